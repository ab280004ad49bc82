/* SPDX-License-Identifier: MIT */
/* Published numbers are found in figures by id, table, row and column. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "demo/check.h"

static int open_arena(void **state)
{
	*state = arena_open();
	return *state ? 0 : -1;
}

static int close_arena(void **state)
{
	arena_close(*state);
	return 0;
}

static const struct demo_target *target(
	const struct demo_target *targets, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(text_of(id), targets[i].id))
			return &targets[i];
	return NULL;
}

/* Figure 12 with a third in the upper bands of emotional health. */
static struct result *bands_result(struct arena *arena)
{
	static const char *const rows[][2] = {{"emotional_health", "moderate"},
		{"emotional_health", "severe"}, {"learning", "severe"}};
	static const double percents[] = {24.5, 9.5, 50};
	struct result *result = arena_take(arena, 1, sizeof *result);
	struct table *table;

	assert_non_null(result);
	*result = (struct result){.arena = arena, .id = "12"};
	table = result_table(result, "bands");
	table_column(table, "domain", COLUMN_CODE, NULL);
	table_column(table, "band", COLUMN_CODE, NULL);
	table_column(table, "percent", COLUMN_NUMBER, NULL);
	for (size_t i = 0; i < 3; i++) {
		table_row(table);
		table_set_string(table, 0, rows[i][0]);
		table_set_string(table, 1, rows[i][1]);
		table_set_number(table, 2, percents[i]);
	}
	return result;
}

static struct result *shares_result(struct arena *arena, double share)
{
	struct result *result = arena_take(arena, 1, sizeof *result);
	struct table *table;

	assert_non_null(result);
	*result = (struct result){.arena = arena, .id = "2a"};
	table = result_table(result, "shares");
	table_column(table, "top_percent", COLUMN_INTEGER, NULL);
	table_column(table, "share", COLUMN_NUMBER, NULL);
	table_row(table);
	table_set_integer(table, 0, 10);
	table_set_number(table, 1, share);
	return result;
}

static void test_rows_that_fit_are_added_up(void **state)
{
	const struct result *results[] = {bands_result(*state)};
	struct demo_target *targets;
	const struct demo_target *found;
	struct error error;
	size_t count;

	assert_true(demo_check(*state, results, 1, &targets, &count, &error));
	assert_int_equal(count, 49);
	found = target(targets, count, "complex.emotional_health");
	assert_non_null(found);
	assert_true(found->at_least);
	assert_float_equal(found->reproduced, 34, 1e-12);
	assert_true(found->met);
}

static void test_the_edge_of_the_tolerance_is_met(void **state)
{
	const double shares[] = {52.5, 52.51, 49.5, 49.49};
	const bool met[] = {true, false, true, false};

	for (size_t i = 0; i < 4; i++) {
		const struct result *results[] = {shares_result(*state, shares[i])};
		struct demo_target *targets;
		struct error error;
		size_t count;

		assert_true(demo_check(*state, results, 1, &targets, &count, &error));
		assert_int_equal(target(targets, count, "spend.top10")->met, met[i]);
	}
}

static void test_what_no_figure_has_is_not_met(void **state)
{
	struct demo_target *targets;
	struct table *table;
	struct error error;
	size_t count;

	assert_true(demo_check(*state, NULL, 0, &targets, &count, &error));
	assert_int_equal(demo_targets_met(targets, count), 0);
	assert_true(isnan(targets[0].reproduced));
	table = demo_check_table(*state, targets, count);
	assert_non_null(table);
	assert_int_equal(table->rows, count);
	assert_true(text_is(table_find(table, "met")->texts[0], "no"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_rows_that_fit_are_added_up, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(
			test_the_edge_of_the_tolerance_is_met, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(
			test_what_no_figure_has_is_not_met, open_arena, close_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
