/* SPDX-License-Identifier: MIT */
/* The council's rhythm and the days that differ from the rule of bank holidays, from files. */
#include <limits.h>
#include <stdlib.h>

#include "care/rhythm.h"
#include "schema/data_file.h"

enum { AMOUNT_MOST = 1000 };

static bool unit_read(
	const struct data_rows *rows, size_t row, enum rhythm_unit *out_unit, struct error *error)
{
	static const char *const units[] = {[RHYTHM_WORKING_DAYS] = "working_days",
		[RHYTHM_DAYS] = "days",
		[RHYTHM_MONTHS] = "months"};
	struct text unit = data_text(rows, row, 2);

	for (int i = RHYTHM_WORKING_DAYS; i <= RHYTHM_MONTHS; i++)
		if (text_is(unit, units[i])) {
			*out_unit = (enum rhythm_unit)i;
			return true;
		}
	return data_wrong(rows, row, error, "the unit must be working_days, days or months");
}

/* Where a step of the file goes; NULL for an unknown name. */
static struct rhythm_step *step_named(struct rhythm *rhythm, struct text name)
{
	if (text_is(name, "entry"))
		return &rhythm->entry;
	if (text_is(name, "second"))
		return &rhythm->second;
	if (text_is(name, "later"))
		return &rhythm->later;
	return text_is(name, "move") ? &rhythm->move : NULL;
}

static bool step_read(
	struct rhythm *rhythm, const struct data_rows *rows, size_t row, struct error *error)
{
	struct text name = data_text(rows, row, 0);
	struct rhythm_step *step = step_named(rhythm, name);
	enum rhythm_unit unit = RHYTHM_DAYS;
	int amount;

	if (!data_integer(rows, row, 1, 0, AMOUNT_MOST, INT_MIN, &amount, error) ||
		!unit_read(rows, row, &unit, error))
		return false;
	if (text_is(name, "soon")) {
		rhythm->soon_days = amount;
		return unit == RHYTHM_DAYS || data_wrong(rows, row, error, "soon must be in days");
	}
	if (!step)
		return data_wrong(
			rows, row, error, "the step must be entry, second, later, move or soon");
	*step = (struct rhythm_step){amount, unit};
	return true;
}

static bool steps_read(struct rhythm *rhythm, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	static const char *const columns[] = {"step", "amount", "unit"};
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "rhythm/default.csv", columns, 3, error))
		return false;
	for (size_t i = 0; i < rows.count; i++)
		if (!step_read(rhythm, &rows, i, error))
			return false;
	return true;
}

static int by_day(const void *a, const void *b)
{
	const struct bank_holiday_exception *one = a, *other = b;

	return one->day < other->day ? -1 : one->day > other->day;
}

static bool holidays_read(struct rhythm *rhythm, struct arena *arena,
	const struct data_files *files, struct error *error)
{
	static const char *const columns[] = {"date", "holiday"};
	struct bank_holiday_exception *exceptions;
	struct bank_holidays *holidays = arena_take(arena, 1, sizeof *holidays);
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "rhythm/bank_holidays.csv", columns, 2, error))
		return false;
	exceptions = arena_take(arena, rows.count, sizeof *exceptions);
	if (!holidays || !exceptions)
		return error_no_memory(error);
	for (size_t i = 0; i < rows.count; i++) {
		if (!date_parse(data_text(&rows, i, 0), &exceptions[i].day))
			return data_wrong(&rows, i, error, "the date must be as 2023-05-08");
		if (!data_flag(&rows, i, 1, &exceptions[i].holiday, error))
			return false;
	}
	if (rows.count)
		qsort(exceptions, rows.count, sizeof *exceptions, by_day);
	*holidays = (struct bank_holidays){exceptions, rows.count};
	rhythm->holidays = holidays;
	return true;
}

bool rhythm_load(
	struct rhythm *out_rhythm, struct arena *arena, const char *folder, struct error *error)
{
	struct rhythm rhythm = {0};
	struct data_files files;

	if (!data_files_open(&files, arena, folder, error) ||
		!steps_read(&rhythm, arena, &files, error) ||
		!holidays_read(&rhythm, arena, &files, error))
		return false;
	*out_rhythm = rhythm;
	return true;
}
