/* SPDX-License-Identifier: MIT */
#include "demo/voices.h"

#include "base/date.h"
#include "care/plan.h"
#include "care/profile.h"
#include "care/review.h"
#include "schema/data_file.h"

enum {
	VOICE_YOUNGEST,
	VOICE_OLDEST,
	VOICE_MATTERS,
	VOICE_GOOD_AT,
	VOICE_HOPES,
	VOICE_LIKED,
	VOICE_WRITTEN_WITH,
	VOICE_PARTICIPATION,
	VOICE_VIEW,
	VOICE_AGREED,
	VOICE_COLUMNS
};

enum {
	GOAL_YOUNGEST,
	GOAL_OLDEST,
	GOAL_DOMAIN,
	GOAL_TEXT,
	GOAL_HELPS,
	GOAL_WHO,
	GOAL_WEEKS,
	GOAL_COURSE,
	GOAL_NOTE,
	GOAL_COLUMNS
};

enum { GOALS_A_CHILD = 2, TALKED_DAYS = 40, REVIEW_DAYS = 33, PROGRESS_DAYS = 9, WEEK = 7 };

struct voices {
	struct arena *arena;
	const struct voices_writer *writer;
	struct care_writing writing;
	struct data_rows words, goals, called;
};

static bool read_rows(struct voices *voices, struct error *error)
{
	static const char *const words[] = {"youngest", "oldest", "matters", "good_at", "hopes",
		"liked", "written_with", "participation", "view", "agreed"};
	static const char *const goals[] = {
		"youngest", "oldest", "domain", "goal", "helps", "who", "weeks", "course", "note"};
	static const char *const called[] = {"called"};
	struct data_files files;

	return data_files_open(&files, voices->arena, NULL, error) &&
	       data_file_read(&voices->words, voices->arena, &files, "demo/voices.csv", words,
		       VOICE_COLUMNS, error) &&
	       data_file_read(&voices->goals, voices->arena, &files, "demo/goals.csv", goals,
		       GOAL_COLUMNS, error) &&
	       data_file_read(
		       &voices->called, voices->arena, &files, "demo/called.csv", called, 1, error);
}

/* The `turn`-th row for that age, going round; the first two columns say from which age to which.
 */
static bool row_for(
	const struct data_rows *rows, int age, size_t turn, size_t *out_row, struct error *error)
{
	size_t fit = 0;
	int youngest, oldest;

	for (int round = 0; round < 2; round++) {
		size_t left = fit ? turn % fit : SIZE_MAX;

		fit = 0;
		for (size_t row = 0; row < rows->count; row++) {
			if (!data_integer(rows, row, 0, 0, 30, INT32_MIN, &youngest, error) ||
				!data_integer(
					rows, row, 1, youngest, 30, INT32_MIN, &oldest, error))
				return false;
			if (age < youngest || age > oldest)
				continue;
			*out_row = row;
			if (fit++ == left)
				return true;
		}
	}
	return error_set(error, ERROR_INPUT, "%s: nothing for the age of %d", rows->path, age);
}

static bool write_profile(struct voices *voices, size_t row, size_t turn, struct error *error)
{
	static const int columns[PROFILE_PARTS] = {
		[PROFILE_MATTERS] = VOICE_MATTERS,
		[PROFILE_GOOD_AT] = VOICE_GOOD_AT,
		[PROFILE_HOPES] = VOICE_HOPES,
		[PROFILE_LIKED] = VOICE_LIKED,
		[PROFILE_WRITTEN_WITH] = VOICE_WRITTEN_WITH,
	};
	struct profile profile = {
		.participation = data_text(&voices->words, row, VOICE_PARTICIPATION),
		.written_on = voices->writer->today - TALKED_DAYS};
	struct care_conflict conflict;
	int64_t version;

	profile.parts[PROFILE_KNOWN_AS] =
		data_text(&voices->called, turn % voices->called.count, 0);
	for (int part = PROFILE_KNOWN_AS + 1; part < PROFILE_PARTS; part++)
		profile.parts[part] = data_text(&voices->words, row, (size_t)columns[part]);
	return profile_save(&voices->writing, voices->arena, &profile, &version, &conflict, error);
}

static bool write_review(struct voices *voices, size_t row, struct error *error)
{
	struct review review = {.on = voices->writer->today - REVIEW_DAYS,
		.participation = data_text(&voices->words, row, VOICE_PARTICIPATION),
		.notes = data_text(&voices->words, row, VOICE_AGREED),
		.view = data_text(&voices->words, row, VOICE_VIEW)};
	struct care_conflict conflict;
	int64_t version;

	return review_save(&voices->writing, voices->arena, &review, &version, &conflict, error);
}

static bool write_goal(struct voices *voices, size_t row, struct error *error)
{
	const struct data_rows *rows = &voices->goals;
	struct goal goal = {.child = voices->writing.child,
		.domain = data_text(rows, row, GOAL_DOMAIN),
		.goal = data_text(rows, row, GOAL_TEXT),
		.helps = data_text(rows, row, GOAL_HELPS),
		.who = data_text(rows, row, GOAL_WHO)};
	struct goal_progress progress = {.on = voices->writer->today - PROGRESS_DAYS,
		.course = goal_course_of(data_text(rows, row, GOAL_COURSE)),
		.note = data_text(rows, row, GOAL_NOTE)};
	struct care_conflict conflict;
	int64_t version, entry;
	int weeks;

	if (!data_integer(rows, row, GOAL_WEEKS, 1, 52, INT32_MIN, &weeks, error))
		return false;
	goal.by_when = voices->writer->today + weeks * WEEK;
	if (!goal_save(&voices->writing, voices->arena, &goal, &progress.goal, &version, &conflict,
		    error))
		return false;
	return !progress.note.length ||
	       goal_add_progress(&voices->writing, voices->arena, &progress, &entry, error);
}

static int age_of(const struct voices *voices, int64_t child)
{
	const struct history *history = voices->writer->history;
	uint32_t index =
		(size_t)child < history->number_count ? history->child_of[child] : HISTORY_NONE;
	int32_t born = index == HISTORY_NONE ? DATE_MISSING : history->born[index];

	return born == DATE_MISSING ? 10 : date_years_between(born, voices->writer->today);
}

static bool write_child(struct voices *voices, size_t turn, struct error *error)
{
	struct profile before;
	int age = age_of(voices, voices->writing.child);
	size_t row;

	if (!profile_read(
		    voices->writer->store, voices->arena, voices->writing.child, &before, error))
		return false;
	if (before.version)
		return true;
	if (!row_for(&voices->words, age, turn, &row, error) ||
		!write_profile(voices, row, turn, error) || !write_review(voices, row, error))
		return false;
	for (size_t i = 0; i < GOALS_A_CHILD; i++)
		if (!row_for(&voices->goals, age, turn * GOALS_A_CHILD + i, &row, error) ||
			!write_goal(voices, row, error))
			return false;
	return true;
}

bool voices_write(struct arena *arena, const struct voices_writer *writer, const int64_t *children,
	size_t count, struct error *error)
{
	struct voices voices = {.arena = arena,
		.writer = writer,
		.writing = {.store = writer->store,
			.actor = writer->actor,
			.shown = writer->shown,
			.today = writer->today,
			.authority = writer->authority,
			.schema = writer->history->schema}};

	if (!read_rows(&voices, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		voices.writing.child = children[i];
		if (!write_child(&voices, i, error))
			return false;
	}
	return true;
}
