/* SPDX-License-Identifier: MIT */
#include "demo/check.h"

#include "numeric/undefined.h"
#include "schema/data_file.h"

/* A value within its tolerance to the last digit of the sum is within it. */
static const double slack = 1e-9;

/* Where a published number stands in the figures: a row of data/demo/check.csv. */
struct lookup {
	struct text figure, table, column;
	struct text where; /* "column=value|value&column=value"; rows that fit are added up */
	double divide_by;
};

static const struct result *find_result(
	const struct result *const *results, size_t count, struct text figure)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(figure, results[i]->id))
			return results[i];
	return NULL;
}

/* Whether the cell is one of the values; a number is compared as a number. */
static bool cell_is_one_of(const struct column *column, size_t row, struct text values)
{
	struct text value;
	double number;

	while (text_split(&values, '|', &value)) {
		bool text = column->type == COLUMN_CODE || column->type == COLUMN_TEXT;

		if (text ? text_equal(column->texts[row], value)
			 : text_number(value, &number) && column_number(column, row) == number)
			return true;
	}
	return false;
}

static bool row_fits(const struct table *table, size_t row, struct text where)
{
	struct text condition, name;

	while (where.length && text_split(&where, '&', &condition)) {
		const struct column *column = NULL;

		/* the first sign parts the name from the value, which may hold one itself: <=11 */
		if (!text_split(&condition, '=', &name))
			return false;
		for (size_t i = 0; i < table->column_count; i++)
			if (text_is(name, table->columns[i].name))
				column = &table->columns[i];
		if (!column || !cell_is_one_of(column, row, condition))
			return false;
	}
	return true;
}

/* The sum over the rows that fit; NAN when there is none. */
static double look_up(
	const struct result *const *results, size_t count, const struct lookup *lookup)
{
	const struct result *result = find_result(results, count, lookup->figure);
	const struct table *table = NULL;
	const struct column *column = NULL;
	double sum = 0;
	size_t rows = 0;

	for (size_t i = 0; result && i < result->table_count; i++)
		if (text_is(lookup->table, result->tables[i]->name))
			table = result->tables[i];
	for (size_t i = 0; table && i < table->column_count; i++)
		if (text_is(lookup->column, table->columns[i].name))
			column = &table->columns[i];
	if (!column)
		return UNDEFINED;
	for (size_t row = 0; row < table->rows; row++) {
		if (!row_fits(table, row, lookup->where))
			continue;
		sum += column_number(column, row);
		rows++;
	}
	if (rows == 0)
		return UNDEFINED;
	return sum / lookup->divide_by;
}

static bool target_met(const struct demo_target *target)
{
	if (isnan(target->reproduced))
		return false;
	if (target->at_least)
		return target->reproduced > target->published;
	return fabs(target->reproduced - target->published) <= target->tolerance + slack;
}

static bool read_target(
	struct demo_target *target, const struct data_rows *rows, size_t row, struct error *error)
{
	*target = (struct demo_target){.id = data_cell(rows, row, 0),
		.figure = data_cell(rows, row, 1),
		.measure = data_cell(rows, row, 2),
		.unit = data_cell(rows, row, 4),
		.reproduced = UNDEFINED};
	target->at_least = text_is(data_text(rows, row, 5), "min");
	if (!text_number(data_text(rows, row, 3), &target->published) ||
		(!target->at_least && !text_number(data_text(rows, row, 5), &target->tolerance)))
		return data_wrong(rows, row, error, "value and tolerance are numbers");
	return true;
}

static bool read_lookup(
	struct lookup *lookup, const struct data_rows *rows, const char *id, struct error *error)
{
	for (size_t row = 0; row < rows->count; row++) {
		if (!text_is(data_text(rows, row, 0), id))
			continue;
		*lookup = (struct lookup){.figure = data_text(rows, row, 1),
			.table = data_text(rows, row, 2),
			.column = data_text(rows, row, 3),
			.where = data_text(rows, row, 4)};
		if (!text_number(data_text(rows, row, 5), &lookup->divide_by) ||
			lookup->divide_by <= 0)
			return data_wrong(rows, row, error, "divide_by is a number above 0");
		return true;
	}
	return error_set(error, ERROR_INPUT, "%s has no row for %s", rows->path, id);
}

bool demo_check(struct arena *arena, const struct result *const *results, size_t result_count,
	struct demo_target **out_targets, size_t *out_count, struct error *error)
{
	static const char *const published_columns[] = {
		"id", "figure", "measure", "value", "unit", "tolerance"};
	static const char *const check_columns[] = {
		"id", "figure", "table", "column", "where", "divide_by"};
	struct data_files files;
	struct data_rows published, check;
	struct demo_target *targets;

	if (!data_files_open(&files, arena, NULL, error) ||
		!data_file_read(
			&published, arena, &files, "published.csv", published_columns, 6, error) ||
		!data_file_read(&check, arena, &files, "demo/check.csv", check_columns, 6, error))
		return false;
	targets = arena_take(arena, published.count, sizeof *targets);
	if (!targets)
		return error_no_memory(error);
	for (size_t i = 0; i < published.count; i++) {
		struct lookup lookup;

		if (!read_target(&targets[i], &published, i, error) ||
			!read_lookup(&lookup, &check, targets[i].id, error))
			return false;
		targets[i].reproduced = look_up(results, result_count, &lookup);
		targets[i].met = target_met(&targets[i]);
	}
	*out_targets = targets;
	*out_count = published.count;
	return true;
}

size_t demo_targets_met(const struct demo_target *targets, size_t count)
{
	size_t met = 0;

	for (size_t i = 0; i < count; i++)
		met += targets[i].met;
	return met;
}

struct table *demo_check_table(struct arena *arena, const struct demo_target *targets, size_t count)
{
	static const char *const texts[] = {"id", "figure", "measure", "unit"};
	struct table *table = table_make(arena, "check");
	size_t published, tolerance, reproduced, met;

	if (!table)
		return NULL;
	for (size_t i = 0; i < 4; i++)
		table_column(table, texts[i], COLUMN_TEXT, NULL);
	published = table_column(table, "published", COLUMN_NUMBER, NULL);
	tolerance = table_column(table, "tolerance", COLUMN_NUMBER, NULL);
	reproduced = table_column(table, "reproduced", COLUMN_NUMBER, NULL);
	met = table_column(table, "met", COLUMN_CODE, NULL);
	table_reserve(table, count);
	for (size_t i = 0; i < count; i++) {
		table_row(table);
		table_set_string(table, 0, targets[i].id);
		table_set_string(table, 1, targets[i].figure);
		table_set_string(table, 2, targets[i].measure);
		table_set_string(table, 3, targets[i].unit);
		table_set_number(table, published, targets[i].published);
		if (!targets[i].at_least)
			table_set_number(table, tolerance, targets[i].tolerance);
		table_set_number(table, reproduced, targets[i].reproduced);
		table_set_string(table, met, targets[i].met ? "yes" : "no");
	}
	return table->failed ? NULL : table;
}
