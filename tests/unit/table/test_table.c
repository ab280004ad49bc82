/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "table/table.h"

static int open_arena(void **state)
{
	struct arena *arena = arena_open();

	*state = arena;
	return arena ? 0 : -1;
}

static int close_arena(void **state)
{
	arena_close(*state);
	return 0;
}

static void test_new_rows_are_missing(void **state)
{
	struct table *table = table_make(*state, "profile");

	assert_non_null(table);
	table_column(table, "n", COLUMN_INTEGER, "children");
	table_column(table, "mean_total", COLUMN_NUMBER, "points");
	table_column(table, "from", COLUMN_DATE, NULL);
	table_column(table, "band", COLUMN_CODE, NULL);
	table_column(table, "reason", COLUMN_TEXT, NULL);
	table_row(table);
	assert_int_equal(table->rows, 1);
	for (size_t i = 0; i < table->column_count; i++)
		assert_true(column_missing(&table->columns[i], 0));
	assert_true(isnan(column_number(&table->columns[0], 0)));
	assert_true(isnan(column_number(&table->columns[1], 0)));
}

static void test_cells_read_back(void **state)
{
	struct table *table = table_make(*state, "profile");
	size_t n, mean, from, band, reason;

	assert_non_null(table);
	n = table_column(table, "n", COLUMN_INTEGER, "children");
	mean = table_column(table, "mean_total", COLUMN_NUMBER, "points");
	from = table_column(table, "from", COLUMN_DATE, NULL);
	band = table_column(table, "band", COLUMN_CODE, NULL);
	reason = table_column(table, "reason", COLUMN_TEXT, NULL);
	table_row(table);
	table_set_integer(table, n, 0);
	table_set_number(table, mean, 0.5);
	table_set_date(table, from, 0);
	table_set_string(table, band, "");
	table_set_text(table, reason, TEXT("moved away"));
	for (size_t i = 0; i < table->column_count; i++)
		assert_false(column_missing(&table->columns[i], 0));
	assert_true(column_number(table_find(table, "n"), 0) == 0);
	assert_true(column_number(table_find(table, "mean_total"), 0) == 0.5);
	assert_true(text_is(table_find(table, "reason")->texts[0], "moved away"));
	table_set_string(table, band, NULL);
	assert_true(column_missing(&table->columns[band], 0));
	assert_null(table_find(table, "no such column"));
	assert_string_equal(table_find(table, "n")->unit, "children");
}

static void test_many_columns_and_rows_keep_their_values(void **state)
{
	static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k",
		"l", "m", "n", "o", "p", "q", "r", "s", "t"};
	enum { COLUMNS = sizeof names / sizeof *names, ROWS = 5000 };
	struct table *table = table_make(*state, "wide");

	assert_non_null(table);
	for (size_t i = 0; i < COLUMNS; i++)
		assert_int_equal(table_column(table, names[i], COLUMN_INTEGER, NULL), i);
	for (int64_t row = 0; row < ROWS; row++) {
		if (row == 100)
			table_reserve(table, 1000);
		table_row(table);
		for (size_t i = 0; i < COLUMNS; i++)
			if (i != 3)
				table_set_integer(table, i, row * COLUMNS + (int64_t)i);
	}
	assert_false(table->failed);
	assert_int_equal(table->rows, ROWS);
	for (size_t row = 0; row < ROWS; row++) {
		assert_true(column_missing(&table->columns[3], row));
		assert_int_equal(table->columns[19].integers[row], row * COLUMNS + 19);
	}
}

static void test_memory_that_ran_out_is_kept(void **state)
{
	struct table *table = table_make(*state, "too long");
	size_t n;

	assert_non_null(table);
	n = table_column(table, "n", COLUMN_INTEGER, NULL);
	table_row(table);
	table_set_integer(table, n, 7);
	table_reserve(table, SIZE_MAX / 2);
	assert_true(table->failed);
	table_row(table);
	table_set_integer(table, n, 8);
	assert_int_equal(table->rows, 1);
	assert_int_equal(table->columns[n].integers[0], 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_new_rows_are_missing, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_cells_read_back, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(
			test_many_columns_and_rows_keep_their_values, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(
			test_memory_that_ran_out_is_kept, open_arena, close_arena),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
