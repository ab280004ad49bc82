/* SPDX-License-Identifier: MIT */
/* What may be opened, and what is said of what may not. */
#include "made_import.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../server_place.h"

static const struct made_file children = {
	"children.csv", "children", 0, "child_id,sex", "a1,1\na2,2\n", NULL, 1};

/* Closes the record and opens another place: the error it gives. */
static struct error refusal(struct bench *bench, const char *place, enum database_mode mode)
{
	struct error error = {0};
	struct store *store = NULL;

	assert_false(store_open(&store, place, mode, &error));
	assert_null(store);
	assert_true(strlen(error.message) > 20);
	assert_null(strchr(error.message, '\n'));
	(void)bench;
	return error;
}

static const char *beside(struct bench *bench, const char *name)
{
	return arena_format(bench->arena, "%s/%s", bench->folder, name);
}

static void write_file(const char *place, const char *bytes)
{
	FILE *file = fopen(place, "w");

	assert_non_null(file);
	assert_true(fputs(bytes, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(place, 0600), 0);
}

static void test_only_its_owner_may_read_it(void **state)
{
	struct bench *bench = *state;
	struct stat status;

	if (bench_is_on_server(bench))
		skip(); /* it has no file */
	assert_int_equal(stat(bench->place, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void test_reading_what_is_not_there_says_so(void **state)
{
	struct bench *bench = *state;
	const char *empty = beside(bench, "empty.db");

	assert_int_equal(
		refusal(bench, beside(bench, "none.db"), DATABASE_READ).code, ERROR_MISSING);
	assert_int_equal(access(beside(bench, "none.db"), F_OK), -1);
	write_file(empty, "");
	assert_int_equal(refusal(bench, empty, DATABASE_READ).code, ERROR_MISSING);
	unlink(empty);
}

static void test_other_files_are_left_as_they_are(void **state)
{
	static const char letter[] = "Dear council,\nthis is a letter and no record of anything.\n";
	struct bench *bench = *state;
	const char *place = beside(bench, "letter.txt");
	char bytes[sizeof letter] = "";
	FILE *file;

	write_file(place, letter);
	assert_int_equal(refusal(bench, place, DATABASE_READ).code, ERROR_INPUT);
	assert_int_equal(refusal(bench, place, DATABASE_WRITE).code, ERROR_INPUT);
	file = fopen(place, "r");
	assert_int_equal(fread(bytes, 1, sizeof bytes, file), sizeof letter - 1);
	fclose(file);
	assert_string_equal(bytes, letter);
	unlink(place);
	assert_int_equal(refusal(bench, bench->folder, DATABASE_WRITE).code, ERROR_INPUT);
}

static void make_database(const char *place, struct text sql)
{
	struct database *database;
	struct error error;

	assert_true(database_sqlite.open(&database, place, DATABASE_WRITE, &error));
	assert_true(database_sqlite.script(database, sql, &error));
	database_sqlite.close(database);
}

static void test_a_database_of_another_program_is_refused(void **state)
{
	struct bench *bench = *state;
	const char *place = beside(bench, "other.db");

	make_database(place, TEXT("create table cats (name text); pragma user_version = 1;"));
	assert_int_equal(refusal(bench, place, DATABASE_WRITE).code, ERROR_INPUT);
	assert_int_equal(refusal(bench, place, DATABASE_READ).code, ERROR_INPUT);
	unlink(place);
}

static void test_a_record_of_a_newer_program_is_refused(void **state)
{
	struct bench *bench = *state;
	struct error error;

	store_close(bench->store);
	bench->store = NULL;
	if (bench_is_on_server(bench))
		server_run(bench->place, "comment on domain blob is 'Hearth record, form 999'");
	else
		make_database(bench->place, TEXT("pragma user_version = 999;"));
	error = refusal(bench, bench->place, DATABASE_WRITE);
	assert_int_equal(error.code, ERROR_CONFLICT);
	assert_non_null(strstr(error.message, "newer"));
	assert_int_equal(refusal(bench, bench->place, DATABASE_READ).code, ERROR_CONFLICT);
}

static void test_links_are_followed_with_care(void **state)
{
	struct bench *bench = *state;
	const char *link = beside(bench, "link.db"), *nowhere = beside(bench, "nowhere.db");
	struct store *store;
	struct error error;

	if (bench_is_on_server(bench))
		skip(); /* it has no file */
	assert_int_equal(symlink(bench->place, link), 0);
	assert_int_equal(symlink(beside(bench, "absent"), nowhere), 0);
	assert_true(store_open(&store, link, DATABASE_WRITE, &error));
	store_close(store);
	assert_int_equal(refusal(bench, nowhere, DATABASE_WRITE).code, ERROR_INPUT);
	assert_int_equal(access(beside(bench, "absent"), F_OK), -1);
	unlink(link);
	unlink(nowhere);
}

static void test_a_record_all_may_write_to_is_refused(void **state)
{
	struct bench *bench = *state;

	if (bench_is_on_server(bench))
		skip(); /* it has no file */
	store_close(bench->store);
	bench->store = NULL;
	assert_int_equal(chmod(bench->place, 0666), 0);
	assert_int_equal(refusal(bench, bench->place, DATABASE_READ).code, ERROR_DENIED);
}

static void test_a_reader_cannot_write(void **state)
{
	struct bench *bench = *state;
	struct store_import record;
	struct import import;
	struct error error;

	bench_import(bench, &children, 1, false);
	bench_reopen(bench, DATABASE_READ);
	assert_int_equal(bench_count(bench, "load_children"), 2);
	assert_false(bench_try_import(bench, &children, 1, false, &import, &record, &error));
	assert_int_equal(error.code, ERROR_DENIED);
	assert_false(store_undo(bench->store, 1, TEXT("x"), 0, &error));
	assert_int_equal(bench_count(bench, "load_children"), 2);
}

/* Statements come from sql/ only, and may do nothing but read and write rows. */
static void test_unknown_queries_are_an_error(void **state)
{
	struct bench *bench = *state;
	struct store_cursor *cursor;
	struct error error;

	assert_false(store_query(bench->store, "no_such_query", &cursor, &error));
	assert_int_equal(error.code, ERROR_SYSTEM);
}

/* Every named statement can be prepared and is allowed. */
static void test_every_query_is_in_order(void **state)
{
	struct bench *bench = *state;
	const struct queries *queries = bench->store->driver->queries(bench->store->database);
	struct error error;

	assert_true(queries->count > 80);
	/* those of store/sealing.c are for records of before: test_sealing.c */
	for (size_t i = 0; i < queries->count; i++)
		if (strncmp(queries->queries[i].name.data, "old_", 4) != 0 &&
			!bench->store->driver->statement(
				bench->store->database, queries->queries[i].name, &error))
			fail_msg("%.*s: %s", (int)queries->queries[i].name.length,
				queries->queries[i].name.data, error.message);
}

/* A table added to the dictionary must be undone, told apart and remembered like the others. */
static void test_every_table_is_undone(void **state)
{
	struct bench *bench = *state;
	const struct queries *queries = bench->store->driver->queries(bench->store->database);
	struct text forget = queries_find(queries, TEXT("children_forget"))->sql;

	for (size_t i = 0; i < bench->schema.table_count; i++) {
		const struct source_table *table = &bench->schema.tables[i];
		const char *undo = arena_format(bench->arena, "undo_%s", table->name);
		const char *lines = arena_format(bench->arena, "lines_%s", table->name);
		const char *from = arena_format(bench->arena, "from %s", table->name);

		assert_non_null(queries_find(queries, text_of(undo)));
		assert_non_null(queries_find(queries, text_of(lines)));
		if (table->child_column >= 0)
			assert_non_null(memmem(forget.data, forget.length, from, strlen(from)));
	}
}

/* Every column of every table that comes in has a place. */
static void test_every_column_has_a_place(void **state)
{
	struct bench *bench = *state;

	for (size_t i = 0; i < bench->schema.table_count; i++) {
		struct made_file file = {bench->schema.tables[i].name, bench->schema.tables[i].name,
			2022, NULL, NULL, NULL, 1};
		struct buffer header = buffer_in(bench->arena), row = buffer_in(bench->arena);

		for (size_t c = 0; c < bench->schema.tables[i].column_count; c++) {
			const struct source_column *column = &bench->schema.tables[i].columns[c];
			bool id = (int)c == bench->schema.tables[i].child_column;

			buffer_format(&header, "%s%s", c ? "," : "", column->name);
			buffer_format(&row, "%s%s", c ? "," : "",
				id			     ? "a1"
				: column->kind == VALUE_TEXT ? "text"
				: column->kind == VALUE_DATE || column->kind == VALUE_BIRTH
					? "2022-02-02"
				: column->kind == VALUE_AMOUNT	  ? "12.50"
				: column->kind == VALUE_FRAMEWORK ? "valuing-care-12"
				: column->kind == VALUE_CODE
					? arena_string(
						  bench->arena, column->codes->codes[0].code.data)
					: "7");
		}
		file.header = buffer_cstring(&header);
		file.rows = buffer_cstring(&row);
		if (!bench->schema.tables[i].names_children)
			bench_import(bench, &children, 1, false);
		assert_int_equal(bench_import(bench, &file, 1, false).rows_accepted, 1);
	}
}

/* A second writer waits; a third that waited in vain is told why. */
static void test_a_locked_record_is_waited_for(void **state)
{
	struct bench *bench = *state;
	struct error error;
	struct store *other;
	int ready[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		if (!store_open(&other, bench->place, DATABASE_WRITE, &error) ||
			!other->driver->begin(other->database, &error))
			_exit(1);
		if (write(ready[1], "x", 1) != 1)
			_exit(1);
		usleep(300000);
		_exit(other->driver->commit(other->database, &error) ? 0 : 1);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	bench_import(bench, &children, 1, false);
	assert_int_equal(bench_count(bench, "load_children"), 2);
	waitpid(child, NULL, 0);
	close(ready[0]);
	close(ready[1]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_only_its_owner_may_read_it),
		CASE(test_reading_what_is_not_there_says_so),
		CASE(test_other_files_are_left_as_they_are),
		CASE(test_a_database_of_another_program_is_refused),
		CASE(test_a_record_of_a_newer_program_is_refused),
		CASE(test_links_are_followed_with_care),
		CASE(test_a_record_all_may_write_to_is_refused),
		CASE(test_a_reader_cannot_write),
		CASE(test_unknown_queries_are_an_error),
		CASE(test_every_query_is_in_order),
		CASE(test_every_table_is_undone),
		CASE(test_every_column_has_a_place),
		CASE(test_a_locked_record_is_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
