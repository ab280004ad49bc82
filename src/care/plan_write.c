/* SPDX-License-Identifier: MIT */
/* Writing goals and their progress. */
#include <stdio.h>

#include "care/plan_rows.h"

static bool domain_check(
	const struct care_writing *writing, struct text domain, struct error *error)
{
	for (size_t i = 0; i < writing->schema->framework_count; i++)
		if (framework_domain(&writing->schema->frameworks[i], domain) >= 0)
			return true;
	return !domain.length || error_set(error, ERROR_INPUT, "There is no such domain");
}

static bool goal_clean(const struct care_writing *writing, struct arena *arena, struct goal *goal,
	struct error *error)
{
	if (!care_text_clean(arena, "The goal", goal->goal, CARE_TEXT_MOST, &goal->goal, error) ||
		!care_text_clean(
			arena, "What helps", goal->helps, CARE_TEXT_MOST, &goal->helps, error) ||
		!care_text_clean(
			arena, "Who does it", goal->who, CARE_LINE_MOST, &goal->who, error) ||
		!care_text_clean(arena, "Why", goal->why, CARE_TEXT_MOST, &goal->why, error) ||
		!domain_check(writing, goal->domain, error))
		return false;
	if (!goal->goal.length)
		return error_set(error, ERROR_INPUT, "Write what the goal is");
	if (goal->state < 0 || goal->state >= GOAL_STATES)
		return error_set(error, ERROR_INPUT, "Say how it stands with the goal");
	if ((goal->state == GOAL_CHANGED || goal->state == GOAL_STOPPED) && !goal->why.length)
		return error_set(
			error, ERROR_INPUT, "Say why the goal is %s", goal_state_key(goal->state));
	return true;
}

/* Names of what differs; empty when nothing does. */
static const char *goal_differences(const struct goal *one, const struct goal *other, char out[80])
{
	snprintf(out, 80, "%s%s%s%s%s%s%s", text_equal(one->goal, other->goal) ? "" : "goal ",
		text_equal(one->helps, other->helps) ? "" : "helps ",
		text_equal(one->who, other->who) ? "" : "who ",
		text_equal(one->why, other->why) ? "" : "why ",
		text_equal(one->domain, other->domain) ? "" : "domain ",
		one->by_when == other->by_when ? "" : "by_when ",
		one->state == other->state ? "" : "state ");
	if (out[0])
		out[strlen(out) - 1] = 0;
	return out;
}

static bool goal_add(const struct care_writing *writing, int64_t *out_goal, struct error *error)
{
	struct store_cursor *cursor;

	if (!care_child_known(writing, error) ||
		!care_next(writing->store, "care_goal_next", out_goal, error) ||
		!store_query(writing->store, "care_goal_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, *out_goal);
	care_stamp_now(cursor, 2, writing);
	store_bind_integer(cursor, 5, writing->child);
	return store_run(cursor, error);
}

static bool version_add(const struct care_writing *writing, struct arena *arena,
	const struct goal *goal, struct error *error)
{
	const struct text words[GOAL_WORDS] = {goal->goal, goal->helps, goal->who, goal->why};
	struct store_cursor *cursor;
	struct text sealed;
	int64_t entry;

	if (!care_next(writing->store, "care_goal_version_next", &entry, error) ||
		!care_words_seal(writing->store, arena, goal_place(entry), words, GOAL_WORDS,
			&sealed, error) ||
		!store_query(writing->store, "care_goal_version_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, entry);
	care_stamp_now(cursor, 2, writing);
	store_bind_integer(cursor, 5, goal->id);
	store_bind_integer(cursor, 6, goal->version + 1);
	store_bind_text(cursor, 7, goal->domain);
	care_day_bind(cursor, 8, goal->by_when);
	store_bind_text(cursor, 9, text_of(goal_state_key(goal->state)));
	store_bind_bytes(cursor, 10, sealed);
	return store_run(cursor, error);
}

bool goal_save(const struct care_writing *writing, struct arena *arena, const struct goal *goal,
	int64_t *out_goal, int64_t *out_version, struct care_conflict *out_conflict,
	struct error *error)
{
	struct goal form = *goal, last = {.by_when = DATE_MISSING};
	const char *fields;
	char words[80];

	if (!goal_clean(writing, arena, &form, error))
		return false;
	if (form.id && !goal_read(writing->store, arena, writing->child, form.id, &last, error))
		return false;
	if (last.version != form.version)
		return care_conflicts(out_conflict, last.saved, last.version, form.id, error);
	fields = goal_differences(&form, &last, words);
	*out_goal = form.id;
	*out_version = last.version;
	if (!fields[0])
		return true;
	if (!form.id && !goal_add(writing, &form.id, error))
		return false;
	*out_goal = form.id;
	*out_version = last.version + 1;
	return version_add(writing, arena, &form, error) &&
	       care_audit(writing, "goal.save", fields, error, "goal %lld version %lld",
		       (long long)form.id, (long long)*out_version);
}

static bool progress_add(const struct care_writing *writing, struct arena *arena,
	const struct goal_progress *progress, int64_t *out_entry, struct error *error)
{
	struct store_cursor *cursor;
	struct text sealed;

	if (!care_next(writing->store, "care_progress_next", out_entry, error) ||
		!care_words_seal(writing->store, arena, progress_place(*out_entry), &progress->note,
			1, &sealed, error) ||
		!store_query(writing->store, "care_progress_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, *out_entry);
	care_stamp_now(cursor, 2, writing);
	store_bind_integer(cursor, 5, progress->goal);
	store_bind_integer(cursor, 6, progress->on);
	store_bind_text(cursor, 7, text_of(goal_course_key(progress->course)));
	store_bind_bytes(cursor, 8, sealed);
	return store_run(cursor, error);
}

bool goal_add_progress(const struct care_writing *writing, struct arena *arena,
	const struct goal_progress *progress, int64_t *out_entry, struct error *error)
{
	struct goal_progress form = *progress;
	struct goal goal;

	if (!care_day_check(writing, "The day", form.on, error) ||
		!care_text_clean(
			arena, "How it is going", form.note, CARE_TEXT_MOST, &form.note, error) ||
		!goal_read(writing->store, arena, writing->child, form.goal, &goal, error))
		return false;
	if (form.course < 0 || form.course >= COURSES)
		return error_set(error, ERROR_INPUT, "Choose how it is going from the list");
	if (!form.note.length && form.course == COURSE_NOT_SAID)
		return error_set(error, ERROR_INPUT, "Write or choose how it is going");
	return progress_add(writing, arena, &form, out_entry, error) &&
	       care_audit(writing, "goal.progress", "progress", error, "goal %lld",
		       (long long)form.goal);
}
