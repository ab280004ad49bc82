/* SPDX-License-Identifier: MIT */
/* What identifies children: in the record it is sealed, and only there, and only with its key. */
#include "made_import.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "store/change.h"
#include "store/personal.h"
#include "store/sealed.h"
#include "store/vault_batch.h"

enum { COUNT = 5000 };

static const struct made_file children = {"children.csv", "children", 0, "child_id,date_of_birth",
	"canary-one,2010-05-01\ncanary-two,2011-06-02\n", NULL, 1};
static const struct made_file header = {"header.csv", "header", 2022, "CHILD,SEX,DOB,UPN,MC_DOB",
	"canary-one,1,2010-05-01,A123456789012,\ncanary-two,2,03/06/"
	"2011,B123456789012,2021-01-01\n",
	NULL, 1};
static const struct made_file homes = {"episodes.csv", "episodes_903", 2022,
	"CHILD,DECOM,PLACE,HOME_POST,PL_POST",
	"canary-one,2022-01-01,U1,QX1 1QX,QY2 2QY\ncanary-one,2022-02-01,U1,QX1 1QX,QZ3 3QZ\n",
	NULL, 1};
static const struct made_file strangers = {"costs.csv", "costs", 0, "child_id,from,weekly_cost",
	"canary-nobody,2022-01-01,1\n", NULL, 1};

static struct sealed_ids ids_of(struct bench *bench)
{
	struct sealed_ids ids = {0};
	struct error error = {0};

	if (!sealed_ids_open(&ids, bench->arena, bench->store, &error))
		fail_msg("%s", error.message);
	return ids;
}

/* Runs SQL of the test's own, as somebody with the file would. */
static void tamper(struct bench *bench, const char *sql)
{
	struct error error = {0};

	if (!bench->store->driver->script(bench->store->database, text_of(sql), &error))
		fail_msg("%s", error.message);
}

static void test_many_values_come_back(void **state)
{
	struct bench *bench = *state;
	struct vault *vault = store_vault(bench->store);
	struct vault_value *values = arena_take(bench->arena, COUNT, sizeof *values);
	char *sealed = arena_take(bench->arena, COUNT, 1), open[64];
	struct error error = {0};
	struct text one;

	for (int i = 0; i < COUNT; i++)
		values[i] = (struct vault_value){i, text_of(arena_format(bench->arena, "%d", i))};
	assert_true(vault_seal_all(vault, bench->arena, "t", "c", values, COUNT, &error));
	assert_non_null(sealed);
	/* each is what vault_open takes, at its own place only */
	assert_true(vault_open(vault, (struct vault_place){"t", "c", 4321}, values[4321].value,
		open, &one, &error));
	assert_true(text_is(one, "4321"));
	assert_false(vault_open(vault, (struct vault_place){"t", "c", 4320}, values[4321].value,
		open, &one, &error));
	assert_true(vault_open_all(vault, bench->arena, "t", "c", values, COUNT, &error));
	for (int i = 0; i < COUNT; i++) {
		int64_t number;

		assert_true(text_integer(values[i].value, &number));
		assert_int_equal(number, i);
	}
}

static void test_one_moved_among_many_is_refused(void **state)
{
	struct bench *bench = *state;
	struct vault *vault = store_vault(bench->store);
	struct vault_value values[] = {{1, TEXT("one")}, {2, TEXT("two")}, {3, TEXT("three")}};
	struct text moved;
	struct error error = {0};

	assert_true(vault_seal_all(vault, bench->arena, "t", "c", values, 3, &error));
	moved = values[0].value;
	values[0].value = values[1].value;
	values[1].value = moved;
	assert_false(vault_open_all(vault, bench->arena, "t", "c", values, 3, &error));
	assert_int_equal(error.code, ERROR_INPUT);
}

static void test_ids_come_back_by_number(void **state)
{
	struct bench *bench = *state;
	struct sealed_ids ids;

	bench_import(bench, &children, 1, false);
	ids = ids_of(bench);
	assert_int_equal(ids.count, 2);
	assert_int_equal(ids.children[0], 1);
	assert_true(text_is(ids.ids[0], "canary-one"));
	assert_true(text_is(ids.ids[1], "canary-two"));
}

static void test_the_same_children_are_found_again(void **state)
{
	struct bench *bench = *state;

	bench_import(bench, &children, 1, false);
	bench_reopen(bench, DATABASE_WRITE);
	bench_import(bench, &header, 1, false);
	assert_int_equal(ids_of(bench).count, 2);
	assert_int_equal(bench_count(bench, "load_children"), 4);
	/* a file of rows of children only the record names */
	assert_int_equal(bench_import(bench, &homes, 1, false).rows_refused, 0);
	assert_int_equal(bench_import(bench, &strangers, 1, false).rows_refused, 1);
	assert_int_equal(ids_of(bench).count, 2);
}

static void test_undoing_takes_sealed_values_away(void **state)
{
	struct bench *bench = *state;
	const char *before;

	bench_import(bench, &children, 1, false);
	before = bench_hash(bench);
	bench_import(bench, (struct made_file[]){header, homes}, 2, false);
	assert_int_equal(bench_count(bench, "load_sealed_dates"), 2 + 2 + 1);
	/* two UPNs; of one child, a home postcode twice and two of placements */
	assert_int_equal(bench_count(bench, "load_sealed_texts"), 2 + 1 + 2);
	bench_undo(bench, 2);
	assert_string_equal(before, bench_hash(bench));
	assert_int_equal(bench_count(bench, "load_sealed_dates"), 2);
	assert_int_equal(bench_count(bench, "load_sealed_texts"), 0);
}

static bool births_open(struct bench *bench, struct error *error)
{
	struct sealed_births births;

	return sealed_births_open(&births, bench->arena, bench->store, error);
}

static void test_values_put_elsewhere_are_refused(void **state)
{
	struct bench *bench = *state;
	struct sealed_ids ids;
	struct error error = {0};

	bench_import(bench, &children, 1, false);
	assert_true(births_open(bench, &error));
	tamper(bench, "update sealed_date set sealed = (select sealed from sealed_date order by "
		      "value limit 1);");
	assert_false(births_open(bench, &error));
	assert_int_equal(error.code, ERROR_INPUT);
	tamper(bench, "update child_identity set sealed_local_id = (select sealed_local_id from "
		      "child_identity order by child limit 1);");
	assert_false(sealed_ids_open(&ids, bench->arena, bench->store, &error));
	assert_int_equal(error.code, ERROR_INPUT);
	assert_null(strstr(error.message, "canary"));
}

static void test_a_value_that_is_gone_is_said(void **state)
{
	struct bench *bench = *state;
	struct sealed_births births;
	struct error error = {0};
	size_t place = 0;
	int32_t day;

	bench_import(bench, &children, 1, false);
	assert_true(sealed_births_open(&births, bench->arena, bench->store, &error));
	assert_true(sealed_births_day(&births, 0, &place, &day, &error));
	assert_int_equal(day, DATE_MISSING);
	assert_false(sealed_births_day(&births, 4711, &place, &day, &error));
	assert_int_equal(error.code, ERROR_INPUT);
}

static void write_key(const char *path, const char *line)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(line, file) >= 0);
	fclose(file);
}

static void test_nothing_opens_without_the_key(void **state)
{
	struct bench *bench = *state;
	const char *key = arena_format(bench->arena, "%s.key", bench->place);
	const char *away = arena_format(bench->arena, "%s/away.key", bench->folder);
	struct store *store = NULL;
	struct error error = {0};

	if (bench_is_on_server(bench))
		skip();
	bench_import(bench, &children, 1, false);
	store_close(bench->store);
	bench->store = NULL;
	assert_int_equal(rename(key, away), 0);
	for (int mode = DATABASE_READ; mode <= DATABASE_WRITE; mode++) {
		assert_false(store_open(&store, bench->place, (enum database_mode)mode, &error));
		assert_int_equal(error.code, ERROR_MISSING);
		assert_non_null(strstr(error.message, "--key"));
	}
	assert_true(store_open_with(&store, bench->place, away, DATABASE_READ, &error));
	assert_null(store_key_made(store));
	store_close(store);
	write_key(key, "hearth-key 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
	assert_int_equal(chmod(key, 0600), 0);
	assert_false(store_open(&store, bench->place, DATABASE_READ, &error));
	assert_int_equal(error.code, ERROR_INPUT);
	assert_non_null(strstr(error.message, "not the key of this record"));
	assert_int_equal(rename(away, key), 0);
}

static void test_the_key_is_made_once(void **state)
{
	struct bench *bench = *state;
	const char *made = store_key_made(bench->store);
	struct stat status;

	if (bench_is_on_server(bench))
		skip();
	assert_non_null(made);
	assert_int_equal(stat(made, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	bench_reopen(bench, DATABASE_WRITE);
	assert_null(store_key_made(bench->store));
}

/* A date in its four bytes is too short to look for; it is where dates are that none may be. */
static void test_the_file_holds_none_of_it(void **state)
{
	struct bench *bench = *state;
	static const char *const clear[] = {"canary", "A123456789012", "B123456789012", "QX1",
		"QY2", "QZ3", "2010-05-01", "03/06/2011"};

	if (bench_is_on_server(bench))
		skip();
	bench_import(bench, (struct made_file[]){children, header, homes, strangers}, 4, false);
	for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
		if (file_holds(bench->place, clear[i]))
			fail_msg("%s is in the file", clear[i]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_many_values_come_back),
		CASE(test_one_moved_among_many_is_refused),
		CASE(test_ids_come_back_by_number),
		CASE(test_the_same_children_are_found_again),
		CASE(test_undoing_takes_sealed_values_away),
		CASE(test_values_put_elsewhere_are_refused),
		CASE(test_a_value_that_is_gone_is_said),
		CASE(test_nothing_opens_without_the_key),
		CASE(test_the_key_is_made_once),
		CASE(test_the_file_holds_none_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
