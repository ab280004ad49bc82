/* SPDX-License-Identifier: MIT */
#include "figure_case.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "numeric/random.h"

void case_open(struct figure_case *out_case, struct text lines, const char *day, const char *filter)
{
	struct cohort_options options = {.cap_pence = COHORT_CAP_PENCE};
	struct analysis_params params = analysis_defaults();
	struct error error = {ERROR_NONE, ""};

	*out_case = (struct figure_case){.arena = arena_open()};
	assert_non_null(out_case->arena);
	tell_history(&out_case->history, out_case->arena, lines);
	assert_true(date_parse(text_of(day), &options.as_at));
	if (!filter_parse(&out_case->filter, out_case->arena, out_case->history.schema,
		    text_of(filter), &error))
		fail_msg("%s", error.message);
	options.filter = &out_case->filter;
	if (!cohort_build(
		    &out_case->cohort, out_case->arena, &out_case->history, &options, &error) ||
		!analysis_prepare(
			&out_case->input, out_case->arena, out_case->cohort, &params, &error))
		fail_msg("%s", error.message);
}

void case_close(struct figure_case *figure_case)
{
	arena_close(figure_case->arena);
}

const struct result *case_run(struct figure_case *figure_case, const char *id)
{
	const struct analysis *analysis = analysis_find(text_of(id));
	struct error error = {ERROR_NONE, ""};
	struct result *result = NULL;

	assert_non_null(analysis);
	if (!analysis_run(&result, figure_case->arena, analysis, &figure_case->input, &error))
		fail_msg("%s: %s", id, error.message);
	return result;
}

/* Whether the texts at the head of the row, with spaces between, are the key. */
static bool row_is(const struct table *table, size_t row, const char *key)
{
	char found[200];
	size_t length = 0;

	for (size_t c = 0; c < table->column_count && table->columns[c].type >= COLUMN_CODE; c++) {
		struct text text = table->columns[c].texts[row];

		if (length > 0)
			found[length++] = ' ';
		assert_true(length + text.length < sizeof found);
		if (text.length > 0)
			memcpy(found + length, text.data, text.length);
		length += text.length;
		if (text_is((struct text){found, length}, key))
			return true;
	}
	return false;
}

static const struct column *find_cell(const struct result *result, const char *name,
	const char *key, const char *column, size_t *out_row)
{
	const struct table *table = result_find(result, name);
	const struct column *found = table ? table_find(table, column) : NULL;
	size_t row = 0;

	if (!found)
		fail_msg("%s has no %s/%s", result->id, name, column);
	while (*key && row < table->rows && !row_is(table, row, key))
		row++;
	if (row >= table->rows)
		fail_msg("%s/%s has no row %s", result->id, name, key);
	*out_row = row;
	return found;
}

double cell(const struct result *result, const char *table, const char *key, const char *column)
{
	size_t row;
	const struct column *found = find_cell(result, table, key, column, &row);

	return column_number(found, row);
}

const char *cell_text(
	const struct result *result, const char *table, const char *key, const char *column)
{
	size_t row;
	const struct column *found = find_cell(result, table, key, column, &row);
	struct text text = found->texts[row];

	return text.data ? arena_copy(result->arena, text.data, text.length) : "";
}

size_t rows_of(const struct result *result, const char *table)
{
	const struct table *found = result_find(result, table);

	assert_non_null(found);
	return found->rows;
}

void assert_near(double found, double expected)
{
	if (!(fabs(found - expected) <= 1e-12 * fmax(1, fabs(expected))))
		fail_msg("%.17g is not %.17g", found, expected);
}

void assert_missing(double found)
{
	if (!isnan(found))
		fail_msg("%.17g is not missing", found);
}

void assert_finding(const struct result *result, const char *variant)
{
	char key[100];

	snprintf(key, sizeof key, "%s.%s", result->name, variant);
	assert_string_equal(result->finding.key, key);
}

/* ---- chance ------------------------------------------------------------------------------------
 */

static const char *one_of(struct random *random, const char *const *words, size_t count)
{
	return words[random_below(random, count)];
}

#define ONE_OF(random, ...)                                                                        \
	one_of(random, (const char *const[]){__VA_ARGS__},                                         \
		sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static void random_date(struct buffer *out, struct random *random, int from, int to)
{
	char day[DATE_TEXT_SIZE];

	buffer_string(out, date_format((int32_t)random_between(random, from, to), day));
}

enum { DAY_2005 = 12784, DAY_2016 = 16801, DAY_2019 = 17897, DAY_2023 = 19358, DAY_2024 = 19723 };

/* Runs of placements without a gap, the last open more often than not. */
static void random_episodes(struct buffer *out, struct random *random)
{
	int32_t start = (int32_t)random_between(random, DAY_2016, DAY_2023);
	int32_t period = start;
	char day[DATE_TEXT_SIZE];
	int count = (int)random_between(random, 1, 4);

	for (int i = 0; i < count; i++) {
		int32_t end = start + (int32_t)random_between(random, 0, 500);
		bool open = i == count - 1 && random_chance(random, 0.8);

		buffer_format(out, "episode|%s|", date_format(start, day));
		buffer_format(out, "%s|%s|%s|%s|", open ? "" : date_format(end, day),
			ONE_OF(random, "U6", "U1", "K2", "R1", "K1", "H5", "P1", "A3", "A4", "T0",
				"Z1", ""),
			ONE_OF(random, "PR1", "PR4", "PR0", ""),
			ONE_OF(random, "Alder", "Birch Care", "Cedar", ""));
		buffer_format(out, "%s|", ONE_OF(random, "", "3.5", "20", "20.1", "80"));
		buffer_format(out, "%s|%d|%d\n", date_format(period, day), i,
			(int)random_below(random, 4));
		start = end;
	}
}

static void random_child(struct buffer *out, struct random *random, size_t number)
{
	buffer_format(out, "child|C%06zu|", number);
	if (random_chance(random, 0.95))
		random_date(out, random, DAY_2005, DAY_2023);
	buffer_format(out, "|%s|%s|%s|%s|%s\n", ONE_OF(random, "male", "female", "male", ""),
		ONE_OF(random, "White", "White", "Mixed", "Asian", "Black", "Other", ""),
		ONE_OF(random, "yes", "no", "no", ""), ONE_OF(random, "yes", "no", ""),
		ONE_OF(random, "yes", "no", "no", ""));
	random_episodes(out, random);
	for (int i = (int)random_below(random, 4), day = DAY_2019; i > 0; i--) {
		char words[DATE_TEXT_SIZE];
		int need = (int)random_below(random, 8);

		day += (int)random_below(random, 500);
		buffer_format(out, "assessment|%s|", date_format(day, words));
		for (int d = 0; d < 13; d++)
			buffer_format(out, "%d ", need + (int)random_below(random, 4));
		buffer_char(out, '\n');
	}
	for (int i = (int)random_below(random, 3); i > 0; i--) {
		buffer_string(out, "cost|");
		random_date(out, random, DAY_2019, DAY_2024);
		buffer_format(out, "||%d|%s\n", (int)random_below(random, 900000),
			ONE_OF(random, "", "total", "care"));
	}
	if (random_chance(random, 0.5))
		buffer_format(out, "sdq|2023|%d\n", (int)random_below(random, 41));
}

struct text random_lines(struct arena *arena, size_t children, uint64_t seed)
{
	struct buffer out = buffer_in(arena);
	struct random random;
	const char *lines;

	random_seed(&random, seed);
	for (size_t i = 0; i < children; i++)
		random_child(&out, &random, i);
	for (size_t i = 0; i < children / 2; i++) {
		buffer_format(&out, "enquiry|%s|%s|%s|2022-0%d-01|%s\n",
			ONE_OF(&random, "enquiry", "enquiry", "stage_1", "panel", "approved"),
			ONE_OF(&random, "", "continued", "withdrew", "approved"),
			ONE_OF(&random, "", "moved house", "no spare room"),
			(int)random_between(&random, 1, 9),
			ONE_OF(&random, "", "2022-10-01", "2023-01-15"));
	}
	lines = buffer_cstring(&out);
	assert_false(out.failed);
	return text_of(lines);
}
