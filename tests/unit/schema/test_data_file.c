/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "schema/data_parse.h"

static struct arena *arena;
static struct data_records records;
static struct error error;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open();
	return arena ? 0 : 1;
}

static int shut_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static bool parse(struct text bytes)
{
	return data_parse(&records, arena, bytes, "data/x.csv", &error);
}

static void test_quotes_line_ends_and_marks(void **state)
{
	(void)state;
	assert_true(parse(TEXT("\xEF\xBB\xBF"
			       "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n 2 ,\n")));
	assert_int_equal(records.count, 3);
	assert_int_equal(records.fields, 2);
	assert_string_equal(records.cells[0], "a");
	assert_string_equal(records.cells[3], "x, \"y\"\nz");
	assert_string_equal(records.cells[4], "2");
	assert_string_equal(records.cells[5], "");
	assert_int_equal(records.lines[1], 2);
	assert_int_equal(records.lines[2], 5);
}

static void test_faults_name_file_and_line(void **state)
{
	(void)state;
	assert_false(parse(TEXT("a,b\n1,2\n3\n")));
	assert_string_equal(error.message, "data/x.csv line 3: 1 fields, but the header has 2");
	assert_false(parse(TEXT("a,b\n\"1,2\n3\n")));
	assert_string_equal(error.message, "data/x.csv line 2: a quotation mark is not closed");
	assert_false(parse(TEXT("a,b\n\"1\"x,2\n")));
	assert_string_equal(
		error.message, "data/x.csv line 2: text follows a closing quotation mark");
	assert_false(parse(TEXT("")));
	assert_false(parse(TEXT("a\xff,b\n")));
	assert_false(parse(TEXT("a,b\n1\0,2\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quotes_line_ends_and_marks),
		cmocka_unit_test(test_faults_name_file_and_line),
	};

	return cmocka_run_group_tests(tests, open_arena, shut_arena);
}
