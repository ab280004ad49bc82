/* SPDX-License-Identifier: MIT */
#include "demo/story.h"

/* From which collection year a code gave way to another. */
struct successor {
	struct text place;
	int from_year;
	struct text after;
};

static const struct successor successors[] = {
	{{"H5", 2}, 2025, {"K3", 2}},
	{{"P2", 2}, 2025, {"K3", 2}},
	{{"Z1", 2}, 2026, {"Z11", 3}},
};

enum { LETTERS_FOR_SEX_FROM = 2025, SW_EPISODES_FROM = 2024, MOTHER_FROM_AGE = 15 };

int32_t year_first_day(int year)
{
	return date_from_parts((struct date_parts){year - 1, 4, 1});
}

int32_t year_last_day(const struct cast *cast, int year)
{
	int32_t last = date_from_parts((struct date_parts){year, 3, 31});

	return last < cast->options.as_at ? last : cast->options.as_at;
}

bool story_touches(const struct story_of_child *story, int32_t first, int32_t last)
{
	return story->child.entered <= last &&
	       (story->child.left == DATE_MISSING || story->child.left >= first);
}

static struct text place_in_year(struct text place, int year)
{
	for (size_t i = 0; i < sizeof successors / sizeof *successors; i++)
		if (year >= successors[i].from_year && text_equal(place, successors[i].place))
			return successors[i].after;
	return place;
}

static void row_sex(struct row *row, const struct child *child, int year)
{
	if (year >= LETTERS_FOR_SEX_FROM)
		row_string(row, child->male ? "M" : "F");
	else
		row_string(row, child->male ? "1" : "2");
}

/* The unique pupil number: one that no school gives, or UN1 for those too young to have one. */
static void row_upn(struct row *row, const struct child *child, int32_t day)
{
	char upn[ID_SIZE];

	if (date_years_between(child->born, day) < 5) {
		row_string(row, "UN1");
		return;
	}
	snprintf(upn, sizeof upn, "DEMO00%s", child->id + 5);
	row_string(row, upn);
}

static void header_write(struct files *files, const struct story_of_child *story, int year)
{
	const struct child *child = &story->child;
	struct row row = {.length = 0};
	int32_t last = year_last_day(files->cast, year);
	bool asked = !child->male && date_years_between(child->born, last) >= MOTHER_FROM_AGE;

	row_string(&row, child->id);
	row_sex(&row, child, year);
	row_date(&row, child->born);
	row_text(&row, child->ethnicity->first);
	row_upn(&row, child, last);
	row_string(&row, asked ? "0" : "");
	row_blank(&row);
	files_return(files, &row, child->authority, year, RETURN_HEADER);
}

/* An episode as the return of that year shows it: what ends after the year is open. */
static void episode_write(struct files *files, const struct story_of_child *story,
	const struct episode *episode, int year)
{
	const struct stay *stay = episode->stay;
	struct row row = {.length = 0};
	bool open = episode->to == DATE_MISSING || episode->to > year_last_day(files->cast, year);

	row_string(&row, story->child.id);
	row_date(&row, episode->from);
	row_string(&row, episode->reason_started);
	row_text(&row, episode->legal_status);
	row_text(&row, story->episodes.need);
	row_text(&row, place_in_year(stay->place, year));
	row_text(&row, stay->sector);
	row_date(&row, open ? DATE_MISSING : episode->to);
	row_text(&row, open ? TEXT("") : episode->reason_ended);
	row_text(&row, open ? TEXT("") : episode->reason_moved);
	row_string(&row, story->episodes.home_postcode);
	row_string(&row, stay->postcode);
	row_string(&row, stay->urn);
	files_return(files, &row, story->child.authority, year, RETURN_EPISODES);
}

static void unaccompanied_write(struct files *files, const struct story_of_child *story, int year)
{
	struct row row = {.length = 0};

	row_string(&row, story->child.id);
	row_sex(&row, &story->child, year);
	row_date(&row, story->child.born);
	row_blank(&row);
	files_return(files, &row, story->child.authority, year, RETURN_UASC);
}

static void social_worker_write(struct files *files, const struct story_of_child *story, int year)
{
	const struct child *child = &story->child;
	struct row row = {.length = 0};
	char worker[ID_SIZE];

	snprintf(worker, sizeof worker, "DEMO-SW-%zu%02d", child->authority + 1,
		(int)(child->born % 90 + 90) % 90);
	row_string(&row, child->id);
	row_date(&row, child->born);
	row_string(&row, worker);
	row_date(&row, child->entered);
	row_blank(&row);
	row_string(&row, "FCONTA");
	files_return(files, &row, child->authority, year, RETURN_SW_EPISODES);
}

static void year_write(struct files *files, struct story_of_child *story, int year)
{
	int32_t first = year_first_day(year), last = year_last_day(files->cast, year);

	header_write(files, story, year);
	for (size_t i = 0; i < story->episodes.count; i++) {
		const struct episode *episode = &story->episodes.rows[i];

		if (episode->from <= last && (episode->to == DATE_MISSING || episode->to >= first))
			episode_write(files, story, episode, year);
	}
	if (story->child.unaccompanied)
		unaccompanied_write(files, story, year);
	if (year >= SW_EPISODES_FROM && story->child.story != STORY_SHORT_BREAKS)
		social_worker_write(files, story, year);
}

void returns_write(struct files *files, struct story_of_child *story)
{
	for (int year = files->last_year - files->cast->options.years + 1; year <= files->last_year;
		year++) {
		if (story_touches(story, year_first_day(year), year_last_day(files->cast, year)))
			year_write(files, story, year);
		if (story->child.story != STORY_SHORT_BREAKS)
			outcomes_write(files, story, year);
	}
}
