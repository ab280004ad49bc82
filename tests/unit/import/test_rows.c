/* SPDX-License-Identifier: MIT */
/* What an import does with files and folders, whatever is wrong with single rows (tests/refused).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "imported.h"

/* A temporary folder and an import of it. */
struct bench {
	char *folder;
	struct imported imported;
};

static int setup(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);

	if (!bench)
		return 1;
	bench->folder = imported_folder();
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;

	imported_close(&bench->imported);
	imported_remove(bench->folder);
	free(bench);
	parallel_set_threads(0);
	return 0;
}

static void put(struct bench *bench, const char *name, const char *text)
{
	imported_write(bench->folder, name, text, strlen(text));
}

static void take_paths(struct bench *bench, const char *const *paths, size_t count)
{
	if (!imported_open(&bench->imported, true, paths, count))
		fail_msg("%s", bench->imported.error.message);
}

static void take(struct bench *bench)
{
	const char *path = bench->folder;

	take_paths(bench, &path, 1);
}

static const struct import_file *file_named(const struct bench *bench, const char *ending)
{
	for (size_t i = 0; i < bench->imported.import.file_count; i++) {
		const struct import_file *file = &bench->imported.import.files[i];
		size_t length = strlen(file->path), end = strlen(ending);

		if (length >= end && strcmp(file->path + length - end, ending) == 0)
			return file;
	}
	fail_msg("there is no %s", ending);
	return NULL;
}

static void test_a_folder_is_read_in_the_order_of_its_paths(void **state)
{
	struct bench *bench = *state;

	put(bench, "b/Costs.CSV", "child_id,from,weekly_cost\n1,2020-01-01,5\n");
	put(bench, "b-c.csv", "child_id,started\n1,2020-01-01\n");
	put(bench, "a.csv", "child_id,sex\n1,M\n");
	put(bench, "README.txt", "not for us\n");
	take(bench);
	assert_int_equal(bench->imported.import.file_count, 3);
	assert_string_equal(strrchr(bench->imported.import.files[0].shown, '/'), "/a.csv");
	assert_string_equal(strrchr(bench->imported.import.files[1].shown, '/'), "/b-c.csv");
	assert_string_equal(strrchr(bench->imported.import.files[2].shown, '/'), "/Costs.CSV");
	assert_string_equal(imported_problems(&bench->imported), "");
	assert_int_equal(bench->imported.import.refused, 0);
	assert_int_equal(bench->imported.import.ignored_count, 1);
	assert_non_null(strstr(bench->imported.import.ignored[0], "/README.txt"));
}

static void test_a_file_that_was_named_is_read_whatever_its_ending(void **state)
{
	struct bench *bench = *state;
	char one[200], two[200], three[200];
	const char *paths[] = {three, two, one};

	put(bench, "children.txt", "child_id,sex\n1,M\n");
	put(bench, "notes.txt", "nothing,here\n");
	snprintf(one, sizeof one, "%s/children.txt", bench->folder);
	snprintf(two, sizeof two, "%s/notes.txt", bench->folder);
	snprintf(three, sizeof three, "%s/nowhere.csv", bench->folder);
	take_paths(bench, paths, 3);
	assert_int_equal(file_named(bench, "children.txt")->rows_accepted, 1);
	assert_string_equal(imported_problems(&bench->imported),
		"notes.txt:1::error:\nnowhere.csv:1::error:\n");
	assert_int_equal(bench->imported.import.refused, 2);
}

static void test_a_child_the_record_knows_needs_no_row(void **state)
{
	struct bench *bench = *state;

	put(bench, "episodes.csv", "child_id,started\n7,2020-01-01\n8,2020-01-01\n");
	bench->imported.known_child = "7";
	take(bench);
	assert_string_equal(
		imported_problems(&bench->imported), "episodes.csv:3:child_id:error:8\n");
	assert_int_equal(file_named(bench, "episodes.csv")->rows_accepted, 1);
}

static void test_a_file_the_record_has_is_left_alone(void **state)
{
	struct bench *bench = *state;

	put(bench, "children.csv", "child_id,sex\n1,M\n1,F\n2,X\n");
	put(bench, "episodes.csv", "child_id,started\n1,2020-01-01\n");
	bench->imported.known_hash =
		"f4ec3b9c1c8b5d6c1fc1e8e4a43a5ac9a3e4a6a4b8ac7c5b6c5a4b3a2a1a0a9a";
	take(bench);
	assert_int_equal(bench->imported.import.problem_count, 2);
	bench->imported.known_hash = strdup(file_named(bench, "children.csv")->sha256);
	assert_int_equal(strlen(bench->imported.known_hash), 64);
	arena_close(bench->imported.arena);
	for (int threads = 1; threads <= 2; threads++) {
		parallel_set_threads(threads);
		take(bench);
		assert_true(file_named(bench, "children.csv")->already);
		assert_int_equal(file_named(bench, "children.csv")->rows_read, 0);
		/* the record did not say that it knows the child */
		assert_string_equal(
			imported_problems(&bench->imported), "episodes.csv:2:child_id:error:1\n");
		if (threads == 1)
			arena_close(bench->imported.arena);
	}
	free((char *)(uintptr_t)bench->imported.known_hash);
}

static void test_totals_are_seen_across_files(void **state)
{
	struct bench *bench = *state;

	put(bench, "children.csv", "child_id,sex\n1,M\n2,M\n");
	put(bench, "costs_a.csv",
		"child_id,from,to,weekly_cost,element\n"
		"1,2020-01-01,,900,total\n2,2020-01-01,2020-02-01,900,total\n");
	put(bench, "costs_b.csv",
		"child_id,from,to,weekly_cost,element\n"
		"1,2021-01-01,2021-02-01,5,care\n2,2020-02-01,,5,care\n");
	take(bench);
	assert_string_equal(
		imported_problems(&bench->imported), "costs_a.csv:2:element:warning:total\n");
}

static void test_problems_come_in_the_order_of_paths(void **state)
{
	struct bench *bench = *state;
	char one[200], two[200];
	const char *paths[] = {two, one};

	put(bench, "a/children.csv", "child_id,sex\n1,X\n");
	put(bench, "b/children.csv", "child_id,sex\n2,M\n1,X\n");
	snprintf(one, sizeof one, "%s/a/", bench->folder);
	snprintf(two, sizeof two, "%s/b", bench->folder);
	take_paths(bench, paths, 2);
	assert_string_equal(imported_problems(&bench->imported),
		"children.csv:2:sex:error:X\nchildren.csv:3:sex:error:X\n");
	assert_string_equal(bench->imported.import.files[0].shown, "b/children.csv");
	assert_string_equal(bench->imported.import.files[1].shown, "a/children.csv");
}

static void test_an_xml_return_meets_the_same_checks(void **state)
{
	struct bench *bench = *state;

	put(bench, "2024.xml",
		"<?xml version='1.0'?><EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><SEX>1</SEX>"
		"<DOB>31/02/2010</DOB><ETHNIC>WBRI</ETHNIC></HEADER><EPISODE><DECOM>01/06/2023"
		"</DECOM><RNE>S</RNE><PL>Z11</PL></EPISODE></CHILD></EXPSSDA903>");
	take(bench);
	assert_int_equal(bench->imported.import.problem_count, 2);
	assert_string_equal(bench->imported.import.files[0].sheet, "header");
	assert_int_equal(bench->imported.import.files[0].collection_year, 2024);
	assert_non_null(strstr(imported_problems(&bench->imported), ":DOB:error:31/02/2010\n"));
	assert_non_null(strstr(imported_problems(&bench->imported), ":PL"));
	assert_non_null(strstr(imported_problems(&bench->imported), ":warning:Z11\n"));
	assert_int_equal(bench->imported.import.refused, 0);
}

static void test_what_is_too_long_is_told(void **state)
{
	struct bench *bench = *state;
	struct arena *arena = arena_open();
	struct buffer out = buffer_in(arena);

	put(bench, "children.csv", "child_id,sex\n1,M\n");
	buffer_string(&out, "child_id,started,provider\n1,2020-01-01,\"");
	for (int i = 0; i < 1100000; i++)
		buffer_char(&out, 'x');
	buffer_string(&out, "\"\n1,2020-01-02,");
	for (int i = 0; i < 300; i++)
		buffer_string(&out, "é");
	buffer_string(&out, "\n1,");
	for (int i = 0; i < 300; i++)
		buffer_string(&out, "é");
	buffer_string(&out, ",\n");
	imported_write(bench->folder, "episodes.csv", out.data, out.length);
	out.length = 0;
	for (int i = 0; i < 1025; i++)
		buffer_format(&out, "%sc%d", i ? "," : "", i);
	imported_write(bench->folder, "wide.csv", out.data, out.length);
	take(bench);
	assert_int_equal(bench->imported.import.problem_count, 3);
	assert_int_equal(bench->imported.import.problems[0].line, 2);
	assert_int_equal(bench->imported.import.problems[1].line, 4);
	assert_int_equal(bench->imported.import.problems[1].value.length, 200);
	assert_non_null(strstr(bench->imported.import.problems[2].problem, "more columns"));
	assert_int_equal(file_named(bench, "episodes.csv")->rows_accepted, 1);
	arena_close(arena);
}

static void test_problems_beyond_the_most_are_counted(void **state)
{
	struct bench *bench = *state;
	struct arena *arena = arena_open();
	struct buffer out = buffer_in(arena);
	const struct problem *last;

	buffer_string(&out, "enquiry_id,stage\n");
	for (int i = 0; i < 40000; i++)
		buffer_format(&out, "%05d,\n%05d,x\n", i, i);
	imported_write(bench->folder, "carer_enquiries.csv", out.data, out.length);
	take(bench);
	/* two pieces, of which each keeps so many */
	last = &bench->imported.import.problems[bench->imported.import.problem_count - 1];
	assert_true(bench->imported.import.problem_count < 40000);
	for (size_t i = 0; i < bench->imported.import.problem_count; i++) {
		const struct problem *problem = &bench->imported.import.problems[i];

		if (strstr(problem->problem, "more problems in this file"))
			last = problem;
	}
	assert_int_equal(
		atoi(last->problem) + (int)bench->imported.import.problem_count - 1, 40000);
	assert_int_equal(file_named(bench, "carer_enquiries.csv")->rows_accepted, 80000);
	arena_close(arena);
}

/* Several pieces with quoted line ends, faults, repeats and first rows among them. */
static void put_many(struct bench *bench)
{
	struct arena *arena = arena_open();
	struct buffer children = buffer_in(arena), rows = buffer_in(arena);

	buffer_string(&children, "child_id,sex,ethnicity\r\n");
	for (int i = 0; i < 40000; i++)
		buffer_format(&children, "c%d,%s,\"%s\"\r\n%s", i, i % 7 ? "M" : "m",
			i % 11 ? "WBRI" : "zzz", i % 1000 == 5 ? "c4,F,\r\n" : "");
	imported_write(bench->folder, "children.csv", children.data, children.length);
	buffer_string(&rows, "child_id,started,ended,provider\n");
	for (int i = 0; i < 40000; i++) {
		buffer_format(&rows, "c%d,2020-01-%02d,,\"%s\"\n", i, 1 + i % 31,
			i % 5 ? "a, b" : "two\nlines\r\nmore");
		if (i % 50 == 0)
			buffer_format(&rows, "c%d,2020-01-%02d,2019-01-01,\n", i, 1 + i % 33);
		if (i % 60 == 0)
			buffer_format(&rows, "c%d,2020-01-%02d,,\"%s\"\n", i, 1 + i % 31,
				i % 5 ? "a, b" : "two\nlines\r\nmore");
		if (i % 70 == 0)
			buffer_format(&rows, "d%d,2020-01-01\n\nd%d,2020-01-01,,\n", i, i % 100);
	}
	imported_write(bench->folder, "episodes.csv", rows.data, rows.length);
	arena_close(arena);
}

static void test_threads_change_nothing(void **state)
{
	struct bench *bench = *state;
	struct buffer problems[2];
	struct imported imported[2];

	put_many(bench);
	for (int i = 0; i < 2; i++) {
		parallel_set_threads(i + 1);
		take(bench);
		imported[i] = bench->imported;
		problems[i] = buffer_in(imported[i].arena);
		import_problems_csv(&imported[i].import, &problems[i]);
		bench->imported = (struct imported){.import = {0}};
	}
	assert_int_equal(problems[0].length, problems[1].length);
	assert_memory_equal(problems[0].data, problems[1].data, problems[0].length);
	assert_int_equal(imported[0].rows.length, imported[1].rows.length);
	assert_memory_equal(imported[0].rows.data, imported[1].rows.data, imported[0].rows.length);
	/* c<multiples of 60> come again, the first of the month moves with 31 */
	assert_int_equal(imported[0].import.files[1].rows_repeated, 667);
	assert_int_equal(imported[0].import.files[1].rows_read, 40000 + 800 + 667 + 572 * 2);
	assert_int_equal(imported[0].import.files[1].rows_accepted, 40000);
	assert_int_equal(imported[0].import.files[0].rows_accepted, 40000);
	assert_int_equal(imported[0].import.files[0].rows_refused +
				 imported[0].import.files[0].rows_repeated,
		40);
	for (int i = 0; i < 2; i++)
		imported_close(&imported[i]);
}

static void test_lines_are_told_right_in_every_piece(void **state)
{
	struct bench *bench = *state;
	size_t found = 0;

	put_many(bench);
	take(bench);
	for (size_t i = 0; i < bench->imported.import.problem_count; i++) {
		const struct problem *problem = &bench->imported.import.problems[i];
		const struct import_file *file = &bench->imported.import.files[problem->file];

		if (strcmp(file->table->name, "children") != 0 ||
			!text_is(problem->column, "ethnicity"))
			continue;
		/* c0, c11, c22 ... and a row more after c5, c1005 ... */
		assert_int_equal(problem->line, 2 + found * 11 + (found * 11 + 994) / 1000);
		found++;
	}
	assert_int_equal(found, 3637);
}

static void test_progress_can_stop_the_import(void **state)
{
	struct bench *bench = *state;
	const char *path = bench->folder;

	put(bench, "children.csv", "child_id,sex\n1,M\n");
	take(bench);
	assert_true(bench->imported.progress_calls >= 2);
	arena_close(bench->imported.arena);
	bench->imported = (struct imported){.stop_after = 1};
	assert_false(imported_open(&bench->imported, true, &path, 1));
	assert_int_equal(bench->imported.error.code, ERROR_CONFLICT);
}

static void test_nothing_is_an_import_too(void **state)
{
	struct bench *bench = *state;

	take(bench);
	assert_int_equal(bench->imported.import.file_count, 0);
	assert_int_equal(bench->imported.import.problem_count, 0);
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_a_folder_is_read_in_the_order_of_its_paths),
		test(test_a_file_that_was_named_is_read_whatever_its_ending),
		test(test_a_child_the_record_knows_needs_no_row),
		test(test_a_file_the_record_has_is_left_alone),
		test(test_totals_are_seen_across_files),
		test(test_problems_come_in_the_order_of_paths),
		test(test_an_xml_return_meets_the_same_checks),
		test(test_what_is_too_long_is_told),
		test(test_problems_beyond_the_most_are_counted),
		test(test_threads_change_nothing),
		test(test_lines_are_told_right_in_every_piece),
		test(test_progress_can_stop_the_import),
		test(test_nothing_is_an_import_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
