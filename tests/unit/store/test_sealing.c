/* SPDX-License-Identifier: MIT */
/* A record of before migration 0007, in clear: it is sealed when it is opened with the key. */
#include "made_import.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/personal.h"
#include "store/sealed.h"

enum { BEFORE = 6 };

/* Two imports that say the same of canary-one; the second is to be undone by itself. */
static const char rows[] =
	"insert into import (import, at, made_by, rows_unchanged, first_entry, last_entry, "
	"first_child,"
	" last_child, first_problem, last_problem) values"
	" (1, 1700000000, 'canary', 0, 1, 6, 1, 2, 1, 1), (2, 1700000001, 'b', 0, 7, 8, 3, 2, 2, "
	"1);"
	"insert into import_file (import, file, shown, sha256, bytes, source_table, rows_read,"
	" rows_accepted, rows_refused, rows_repeated, rows_stored, first_entry) values"
	" (1, 0, 'a.csv', 'x', 1, 'children', 3, 2, 1, 0, 6, 1);"
	"insert into import_problem values (1, 1, 0, 4, 'date_of_birth', '31/02/2009x', 'no date', "
	"'a date', 'error');"
	"insert into child_identity values (1, 'sealing-one'), (2, 'sealing-two');"
	"insert into children (entry, import, file, line, child, authority) values"
	" (1, 1, 0, 2, 1, 'North'), (2, 1, 0, 3, 2, 'North'), (7, 2, 0, 2, 1, 'North');"
	"insert into header (entry, import, file, line, year, child, sex) values"
	" (3, 1, 1, 2, 2022, 1, '1');"
	"insert into uasc (entry, import, file, line, year, child, duc) values"
	" (4, 1, 2, 2, 2022, 2, 21000);"
	"insert into episodes_903 (entry, import, file, line, year, child, decom) values"
	" (5, 1, 3, 2, 2022, 1, 19000), (6, 1, 3, 3, 2022, 1, 19100);"
	"insert into episodes (entry, import, file, line, child, started) values (8, 2, 1, 2, 2, "
	"19000);"
	"insert into personal values (1, 14730, null, null, null, null),"
	" (3, 14730, 'C123456789012', 9000, null, null), (4, 14000, null, null, null, null),"
	" (5, null, null, null, 'QX1 1QX', 'QY2 2QY'), (6, null, null, null, 'QX1 1QX', 'QZ3 3QZ'),"
	" (7, 14730, null, null, null, null), (8, null, null, null, 'QW4 4QW', null);";

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->message);
}

/* A record as version 0006 left it, closed. */
static int setup(void **state)
{
	static struct bench bench;
	struct store *store;
	struct error error = {0};

	bench_open(&bench);
	store_close(bench.store);
	bench.store = NULL;
	unlink(bench.place);
	unlink(arena_format(bench.arena, "%s.key", bench.place));
	must(record_open_bare(&store, bench.place, DATABASE_WRITE, &error), &error);
	must(record_migrate_to(store, BEFORE, &error), &error);
	must(store->driver->script(store->database, text_of(rows), &error), &error);
	store_close(store);
	*state = &bench;
	return 0;
}

static int64_t version_of(struct bench *bench)
{
	struct store_cursor *cursor;
	struct error error;
	int64_t version;
	bool row;

	assert_true(store_query(bench->store, "record_version", &cursor, &error));
	assert_true(store_next(cursor, &row, &error) && row);
	version = store_integer(cursor, 0);
	store_rewind(cursor);
	return version;
}

static int32_t birth_of_row(struct bench *bench, size_t row_number)
{
	struct sealed_births births;
	struct store_cursor *cursor;
	struct error error = {0};
	size_t place = 0;
	int32_t day = 0;
	bool row;

	must(sealed_births_open(&births, bench->arena, bench->store, &error), &error);
	must(store_query(bench->store, "load_children", &cursor, &error), &error);
	for (size_t i = 0; i <= row_number; i++)
		assert_true(store_next(cursor, &row, &error) && row);
	must(sealed_births_day(&births, store_integer(cursor, 8), &place, &day, &error), &error);
	store_rewind(cursor);
	return day;
}

static void test_everything_is_there_and_sealed(void **state)
{
	struct bench *bench = *state;
	static const char *const clear[] = {"sealing-one", "sealing-two", "C123456789012",
		"QX1 1QX", "QY2", "QZ3", "QW4", "31/02/2009x"};
	struct store_import record;
	struct sealed_ids ids;
	struct import import;
	struct error error = {0};

	for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
		assert_true(file_holds(bench->place, clear[i]));
	bench_reopen(bench, DATABASE_READ);
	assert_true(version_of(bench) > BEFORE);
	must(sealed_ids_open(&ids, bench->arena, bench->store, &error), &error);
	assert_int_equal(ids.count, 2);
	assert_true(text_is(ids.ids[0], "sealing-one"));
	assert_true(text_is(ids.ids[1], "sealing-two"));
	assert_int_equal(birth_of_row(bench, 0), 14730);
	assert_int_equal(birth_of_row(bench, 2), 14730);
	assert_int_equal(birth_of_row(bench, 3), 14730);
	must(store_import_show(
		     bench->store, bench->arena, &bench->schema, 1, &record, &import, &error),
		&error);
	assert_true(text_is(import.problems[0].value, "31/02/2009x"));
	for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
		if (file_holds(bench->place, clear[i]))
			fail_msg("%s is in the file", clear[i]);
}

static void test_imports_do_not_share_values(void **state)
{
	struct bench *bench = *state;

	bench_reopen(bench, DATABASE_WRITE);
	bench_undo(bench, 2);
	assert_int_equal(birth_of_row(bench, 0), 14730);
	/* births of two children, one of them in two tables, of a mother, and a status' end */
	assert_int_equal(bench_count(bench, "load_sealed_dates"), 5);
	assert_int_equal(bench_count(bench, "load_sealed_texts"), 4);
}

static void test_the_children_are_found_again(void **state)
{
	struct bench *bench = *state;
	struct made_file again = {"children.csv", "children", 0, "child_id,authority",
		"sealing-two,North\nsealing-new,North\n", NULL, 1};
	struct sealed_ids ids;
	struct error error = {0};

	bench_reopen(bench, DATABASE_WRITE);
	bench_import(bench, &again, 1, false);
	must(sealed_ids_open(&ids, bench->arena, bench->store, &error), &error);
	assert_int_equal(ids.count, 3);
	assert_true(text_is(ids.ids[2], "sealing-new"));
}

/* Without a place for the key nothing is changed. */
static void test_without_a_key_it_stays_as_it_was(void **state)
{
	struct bench *bench = *state;
	struct store *store = NULL;
	struct error error = {0};

	assert_false(store_open_with(
		&store, bench->place, "/nowhere/at/all.key", DATABASE_WRITE, &error));
	assert_true(file_holds(bench->place, "sealing-one"));
	bench_reopen(bench, DATABASE_READ);
	assert_false(file_holds(bench->place, "sealing-one"));
}

static void fill(struct bench *bench)
{
	struct store *store;
	struct error error = {0};

	must(record_open_bare(&store, bench->place, DATABASE_WRITE, &error), &error);
	must(store->driver->script(store->database,
		     TEXT("insert into children (entry, import, file, line, child) with recursive "
			  "n(i) as (select 100 union all select i + 1 from n where i < 40000) "
			  "select i, 1, 0, i, i from n;"
			  "insert into personal (entry, date_of_birth) select entry, 10000 + entry "
			  "% "
			  "5000 from children where entry >= 100;"
			  "insert into child_identity select child, 'sealing-' || child from "
			  "children "
			  "where entry >= 100;"
			  "update import set last_child = 40000;"),
		     &error),
		&error);
	store_close(store);
}

/* Killed at any moment: the next program finds the old record or the sealed one, and ends sealed.
 */
static void test_a_kill_leaves_old_or_new(void **state)
{
	struct bench *bench = *state;
	struct error error = {0};
	struct sealed_ids ids;

	fill(bench);
	for (int i = 0; i < 12; i++) {
		struct store *store = NULL;
		pid_t child = fork();

		assert_true(child >= 0);
		if (!child)
			_exit(store_open(&store, bench->place, DATABASE_WRITE, &error) ? 0 : 1);
		usleep((useconds_t)(i * 15000));
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, NULL, 0), child);
		must(record_open_bare(&store, bench->place, DATABASE_WRITE, &error), &error);
		bench->store = store;
		assert_true(version_of(bench) <= BEFORE || version_of(bench) > BEFORE + 1);
		bench->store = NULL;
		store_close(store);
	}
	bench_reopen(bench, DATABASE_READ);
	must(sealed_ids_open(&ids, bench->arena, bench->store, &error), &error);
	assert_int_equal(ids.count, 2 + 39901);
	assert_true(text_is(ids.ids[ids.count - 1], "sealing-40000"));
	assert_int_equal(birth_of_row(bench, 3), 10100);
	assert_false(file_holds(bench->place, "sealing-"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, bench_teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_everything_is_there_and_sealed),
		CASE(test_imports_do_not_share_values),
		CASE(test_the_children_are_found_again),
		CASE(test_without_a_key_it_stays_as_it_was),
		CASE(test_a_kill_leaves_old_or_new),
	};

	/* no server has such a record */
	if (getenv("HEARTH_TEST_SERVER"))
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
