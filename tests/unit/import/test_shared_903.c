/* SPDX-License-Identifier: MIT */
/*
 * Returns that others made up (cs-demand-model, its regional successor, the 903 validator): what is
 * read, what goes in, and why each of the other rows and values does not. Needs ../shared.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "imported.h"

/* Rows of one table, in all files of the import whose shown path contains `in`. */
struct rows_expected {
	const char *table;
	const char *in;
	unsigned read, accepted, refused, repeated;
};

/* Problems of a column ("" for whole rows) in the files whose path contains `in`. */
struct problems_expected {
	const char *in;
	const char *column;
	enum severity severity;
	unsigned count;
};

static const char *shared_folder(struct arena *arena, const char *name)
{
	const char *shared = getenv("HEARTH_SHARED"), *root = getenv("HEARTH_ROOT");
	const char *folder =
		shared ? arena_format(arena, "%s/data/%s", shared, name)
		       : arena_format(arena, "%s/../shared/data/%s", root ? root : ".", name);

	if (folder && file_is_folder(folder))
		return folder;
	print_message("skipped: there is no %s\n", folder);
	return NULL;
}

static bool open_shared(struct imported *imported, const char *name)
{
	struct arena *arena = arena_open();
	const char *folder = shared_folder(arena, name);

	if (folder && !imported_open(imported, true, &folder, 1))
		fail_msg("%s", imported->error.message);
	arena_close(arena);
	return folder;
}

static void assert_rows(
	const struct import *import, const struct rows_expected *expected, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct rows_expected found = expected[i];

		found.read = found.accepted = found.refused = found.repeated = 0;
		for (size_t file = 0; file < import->file_count; file++) {
			const struct import_file *one = &import->files[file];

			if (!one->table || strcmp(one->table->name, found.table) != 0 ||
				!strstr(one->shown, found.in))
				continue;
			found.read += (unsigned)one->rows_read;
			found.accepted += (unsigned)one->rows_accepted;
			found.refused += (unsigned)one->rows_refused;
			found.repeated += (unsigned)one->rows_repeated;
		}
		if (memcmp(&found, &expected[i], sizeof found) != 0)
			fail_msg("%s: %u read, %u accepted, %u refused, %u repeated", found.table,
				found.read, found.accepted, found.refused, found.repeated);
	}
}

static void assert_problems(
	const struct import *import, const struct problems_expected *expected, size_t count)
{
	size_t all = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned found = 0;

		for (size_t k = 0; k < import->problem_count; k++) {
			const struct problem *problem = &import->problems[k];

			found += strstr(import->files[problem->file].shown, expected[i].in) &&
				 text_is(problem->column, expected[i].column) &&
				 problem->severity == expected[i].severity;
		}
		if (found != expected[i].count)
			fail_msg("%s, column '%s': %u problems", expected[i].in, expected[i].column,
				found);
		all += found;
	}
	assert_int_equal(all, import->problem_count); /* and there are no others */
}

/* How many different children the accepted rows of a table speak of. */
static size_t count_children(struct imported *imported, const char *table)
{
	struct text rest = {imported->rows.data, imported->rows.length}, line, part;
	const struct text **seen = arena_take(imported->arena, 1 << 14, sizeof *seen);
	size_t count = 0;

	assert_non_null(seen);
	while (rest.length && text_split(&rest, '\n', &line)) {
		struct text *id;
		size_t slot;

		if (!text_split(&line, '|', &part) || !text_is(part, table))
			continue;
		for (int skip = 0; skip < 4; skip++)
			assert_true(text_split(&line, '|', &part));
		slot = text_hash(part) & ((1 << 14) - 1);
		while (seen[slot] && !text_equal(*seen[slot], part))
			slot = (slot + 1) & ((1 << 14) - 1);
		if (seen[slot])
			continue;
		id = arena_take(imported->arena, 1, sizeof *id);
		assert_non_null(id);
		*id = part;
		seen[slot] = id;
		count++;
	}
	return count;
}

#define count_of(array) (sizeof(array) / sizeof *(array))

static void test_five_returns_of_one_authority(void **state)
{
	static const struct rows_expected rows[] = {
		{"header", "/", 2123, 2123, 0, 0},
		{"episodes_903", "/", 3737, 3737, 0, 0},
		{"reviews", "/", 11038, 11037, 0, 1}, /* one review of 2017 stands twice */
		{"oc2", "/", 1974, 1974, 0, 0},
		{"oc3", "/", 357, 357, 0, 0},
		{"previous_permanence", "/", 2123, 2123, 0, 0},
		{"missing", "/", 7, 7, 0, 0},
		{"uasc", "/", 82, 82, 0, 0},
	};
	static const struct problems_expected problems[] = {
		{"2017/episodes.csv", "REC", SEVERITY_WARNING, 84}, /* E45 to E48 are of 2019 on */
		{"2018/episodes.csv", "REC", SEVERITY_WARNING, 58},
		{"2017/episodes.csv", "REASON_PLACE_CHANGE", SEVERITY_WARNING, 58}, /* CUSTOD */
		{"2018/episodes.csv", "REASON_PLACE_CHANGE", SEVERITY_WARNING, 36},
		{"2017/header.csv", "MOTHER", SEVERITY_ERROR, 1}, /* 1.0 for 1 */
		{"oc3.csv", "ACCOM", SEVERITY_ERROR, 24},	  /* 01 and 02 for 0 */
		{"2017/reviews.csv", "", SEVERITY_WARNING, 1},
	};
	struct imported imported = {.import = {0}};

	(void)state;
	if (!open_shared(&imported, "ssda903-csdm"))
		skip();
	assert_int_equal(imported.import.file_count, 40);
	for (size_t i = 0; i < 40; i++)
		assert_int_equal(imported.import.files[i].collection_year, 2017 + i / 8);
	assert_rows(&imported.import, rows, count_of(rows));
	assert_problems(&imported.import, problems, count_of(problems));
	assert_int_equal(imported.import.refused, 0);
	assert_int_equal(count_children(&imported, "header"), 820);
	imported_close(&imported);
}

static void test_a_pooled_file_of_three_boroughs(void **state)
{
	static const struct rows_expected rows[] = {
		/* rows that stand twice */
		{"header", "/", 1304, 1080, 0, 224},
		/* 248 children of 2017 whom the pooled header leaves out */
		{"episodes_903", "/", 3737, 3350, 387, 0},
		{"uasc", "/", 51, 44, 0, 7},
	};
	static const struct problems_expected problems[] = {
		{"episodes.csv", "CHILD", SEVERITY_ERROR, 387},
		{"episodes.csv", "REC", SEVERITY_WARNING, 142}, /* E45 to E48 of YEAR 2017, 2018 */
		{"episodes.csv", "REASON_PLACE_CHANGE", SEVERITY_WARNING, 94}, /* CUSTOD */
		{"header.csv", "", SEVERITY_WARNING, 224},
		{"uasc.csv", "", SEVERITY_WARNING, 7},
	};
	struct imported imported = {.import = {0}};

	(void)state;
	if (!open_shared(&imported, "ssda903-csdm-regional"))
		skip();
	assert_rows(&imported.import, rows, count_of(rows));
	assert_problems(&imported.import, problems, count_of(problems));
	assert_int_equal(imported.import.refused, 387);
	assert_int_equal(count_children(&imported, "header"), 572);
	imported_close(&imported);
}

static void test_the_validators_twelve_tables_and_its_xml(void **state)
{
	static const struct rows_expected rows[] = {
		{"header", "header.csv", 2675, 2675, 0, 0},
		{"episodes_903", "episodes.csv", 5050, 5050, 0, 0},
		{"reviews", "reviews.csv", 12582, 12580, 0, 2},
		{"uasc", "uasc.csv", 132, 132, 0, 0},
		{"oc2", "oc2.csv", 2675, 2675, 0, 0},
		{"oc3", "oc3.csv", 53, 53, 0, 0},
		{"ad1", "ad1.csv", 29, 29, 0, 0},
		{"placed_adoption", "placed_for_adoption.csv", 29, 29, 0, 0},
		{"placed_adoption", "placed_for_adoption_errors.csv", 30, 30, 0, 0},
		{"previous_permanence", "previous_permanence.csv", 2675, 2675, 0, 0},
		{"missing", "missing.csv", 43, 43, 0, 0},
		{"sw_episodes", "sw_episodes.csv", 1, 0, 1, 0}, /* of CHILD10, whom nobody names */
		{"dolo", "DoLo.csv", 1, 0, 1, 0},
		{"header", ".xml", 253, 253, 0, 0},
		{"episodes_903", ".xml", 459, 459, 0, 0},
		{"reviews", ".xml", 1206, 1206, 0, 0},
		{"oc2", ".xml", 253, 253, 0, 0},
		{"previous_permanence", ".xml", 253, 253, 0, 0},
	};
	static const struct problems_expected problems[] = {
		/* with no year in a path or a column, the greatest DECOM makes it the return of
		 * 2018: E45 to E48 and CUSTOD came a year later */
		{"episodes.csv", "REC", SEVERITY_WARNING, 226},
		{"episodes.csv", "REASON_PLACE_CHANGE", SEVERITY_WARNING, 216},
		{".xml", "REC", SEVERITY_WARNING, 15},
		{".xml", "REASON_PLACE_CHANGE", SEVERITY_WARNING, 19},
		{"header.csv", "MOTHER", SEVERITY_ERROR, 1}, /* 1.0 for 1 */
		{"oc3.csv", "ACCOM", SEVERITY_ERROR, 2},     /* 01 and 02 for 0 */
		{".xml", "ACCOM", SEVERITY_ERROR, 1},
		/* planted: XXX in every row */
		{"placed_for_adoption", "REASON_PLACED_CEASED", SEVERITY_ERROR, 59},
		{".xml", "REASON_PLACED_CEASED", SEVERITY_ERROR, 3},
		{"sw_episodes.csv", "SW_REASON", SEVERITY_ERROR, 1}, /* planted: SWLAZY */
		{"sw_episodes.csv", "CHILD", SEVERITY_ERROR, 1},
		{"DoLo.csv", "CHILD", SEVERITY_ERROR, 1}, {"reviews.csv", "", SEVERITY_WARNING, 2},
		{".xlsx", "", SEVERITY_ERROR, 9}, /* sheets of Ofsted's lists of providers */
	};
	struct imported imported = {.import = {0}};

	(void)state;
	if (!open_shared(&imported, "ssda903-validator-fake"))
		skip();
	assert_rows(&imported.import, rows, count_of(rows));
	assert_problems(&imported.import, problems, count_of(problems));
	assert_int_equal(imported.import.refused, 2 + 9);
	imported_close(&imported);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_five_returns_of_one_authority),
		cmocka_unit_test(test_a_pooled_file_of_three_boroughs),
		cmocka_unit_test(test_the_validators_twelve_tables_and_its_xml),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
