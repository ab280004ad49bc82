/* SPDX-License-Identifier: MIT */
#include "import/years.h"

#include <stdlib.h>

#include "base/date.h"
#include "import/pieces.h"

static bool year_is_digit(char character)
{
	return character >= '0' && character <= '9';
}

int year_in_path(const char *shown)
{
	size_t length = strlen(shown);
	int found = 0;

	for (size_t i = 0; i + 4 <= length; i++) {
		int16_t year;

		if (value_year((struct text){shown + i, 4}, &year) &&
			(i == 0 || !year_is_digit(shown[i - 1])) && !year_is_digit(shown[i + 4]))
			found = year;
	}
	return found;
}

/* A return without a year of its own, and the greatest dates in it. */
struct year_wanted {
	struct intake *intake;
	struct text folder;
	int32_t greatest[2];
};

static int years_compare_folders(const void *a, const void *b)
{
	const struct year_wanted *one = a, *two = b;

	return text_compare(one->folder, two->folder);
}

static bool years_settle(void *context, struct check_piece *wave, size_t count, struct error *error)
{
	struct year_wanted *wanted = context;

	(void)error;
	for (size_t i = 0; i < count; i++) {
		for (int which = 0; which < 2; which++) {
			if (wave[i].greatest[which] > wanted->greatest[which])
				wanted->greatest[which] = wave[i].greatest[which];
		}
	}
	return true;
}

/* A file that cannot be read any more is told when its turn comes. */
static bool years_read(struct year_wanted *wanted, const struct schema *schema, struct error *error)
{
	struct arena *arena = arena_open();
	struct intake_text text = {0};
	struct pieces pieces = {.opened = 0};
	struct check check = {.schema = schema, .intake = wanted->intake};
	enum problem_kind problem;
	bool done = false;

	if (!arena) {
		error_no_memory(error);
		goto done;
	}
	if (!intake_open(&text, arena, wanted->intake, &problem, error))
		goto done;
	if (problem == PROBLEM_KINDS) {
		check.text = text.text;
		check.sheet = text.sheet;
		if (!pieces_cut(&check, arena, error) ||
			!pieces_run(&pieces, &check, check_greatest, years_settle, wanted, error))
			goto done;
	}
	done = true;
done:
	pieces_close(&pieces);
	intake_close(&text);
	arena_close(arena);
	return done;
}

static void years_of_folder(struct year_wanted *wanted, size_t count)
{
	int32_t greatest[2] = {DATE_MISSING, DATE_MISSING};
	int32_t day;

	for (size_t i = 0; i < count; i++) {
		for (int which = 0; which < 2; which++) {
			if (wanted[i].greatest[which] > greatest[which])
				greatest[which] = wanted[i].greatest[which];
		}
	}
	day = greatest[0] != DATE_MISSING ? greatest[0] : greatest[1];
	for (size_t i = 0; i < count && day != DATE_MISSING; i++)
		wanted[i].intake->year = date_collection_year(day);
}

bool years_infer(
	struct intake *intakes, size_t count, const struct schema *schema, struct error *error)
{
	struct arena *arena = arena_open();
	struct year_wanted *wanted = arena ? arena_take(arena, count, sizeof *wanted) : NULL;
	size_t wanted_count = 0;
	bool done = wanted || error_no_memory(error);

	for (size_t i = 0; done && i < count; i++) {
		struct intake *intake = &intakes[i];

		if (!intake->table || !intake->table->is_return || intake->year)
			continue;
		wanted[wanted_count] = (struct year_wanted){intake,
			{intake->path, (size_t)(file_name(intake->path) - intake->path)},
			{DATE_MISSING, DATE_MISSING}};
		done = years_read(&wanted[wanted_count++], schema, error);
	}
	if (done && wanted_count)
		qsort(wanted, wanted_count, sizeof *wanted, years_compare_folders);
	for (size_t first = 0, next; done && first < wanted_count; first = next) {
		next = first + 1;
		while (next < wanted_count && text_equal(wanted[next].folder, wanted[first].folder))
			next++;
		years_of_folder(wanted + first, next - first);
	}
	arena_close(arena);
	return done;
}
