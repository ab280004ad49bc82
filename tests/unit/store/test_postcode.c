/* SPDX-License-Identifier: MIT */
/* The postcode directory: which columns, which postcodes, and putting another in its place. */
#include "made_import.h"

#include <stdio.h>
#include <unistd.h>

#include "store/sealed.h"

static const struct made_file files[] = {
	{"children.csv", "children", 0, "child_id", "a1\na2\n", NULL, 1},
	{"episodes.csv", "episodes", 0, "child_id,started,home_postcode,placement_postcode",
		"a1,2022-01-01,ab1 2cd,EF34GH\na2,2022-01-01,AB1 2CD,ZZ99 9ZZ\na2,2022-02-02,,AB1 "
		"2CD\n",
		NULL, 1},
	{"903/episodes.csv", "episodes_903", 2022, "CHILD,DECOM,HOME_POST,PL_POST",
		"a1,2021-01-01,EF3 4GH,AB12CD\n", NULL, 1},
};

static int setup(void **state)
{
	static struct bench bench;

	bench_open(&bench);
	bench_import(&bench, files, 3, false);
	*state = &bench;
	return 0;
}

static bool import_directory(
	struct bench *bench, const char *bytes, int64_t *out_count, struct error *error)
{
	struct store_options options = {.by = TEXT("analyst"), .now = bench->now};
	const char *path = arena_format(bench->arena, "%s/directory.csv", bench->folder);
	FILE *file = fopen(path, "w");
	bool done;

	assert_true(fputs(bytes, file) >= 0);
	fclose(file);
	done = store_import_postcodes(bench->store, bench->arena, path, &options, out_count, error);
	unlink(path);
	return done;
}

static size_t count_points(struct bench *bench)
{
	struct sealed_points *points;
	struct error error = {0};
	size_t count;

	if (!sealed_points_open(&points, &count, bench->arena, bench->store, &error))
		fail_msg("%s", error.message);
	return count;
}

static void test_episodes_get_their_places(void **state)
{
	struct bench *bench = *state;
	struct sealed_points *points;
	struct error error;
	int64_t count;
	size_t found;

	assert_int_equal(count_points(bench), 0);
	assert_true(import_directory(bench,
		"\xef\xbb\xbfpcd,\"pcds\",dointr,oseast1m,osnrth1m\r\n"
		"\"AB1 2CD\",\"AB1 2CD\",\"198001\",\"385386\",\"801193\"\r\n"
		"EF3 4GH,EF3 4GH,198001,385400,0801200\r\n"
		"BT1 1AA,BT1 1AA,198001,333000,374000\r\n"
		"GY1 1AA,GY1 1AA,198001,,\r\n",
		&count, &error));
	assert_int_equal(count, 2);
	assert_int_equal(count_points(bench), 2);
	assert_true(sealed_points_open(&points, &found, bench->arena, bench->store, &error));
	assert_int_equal(points->entry, 3);
	assert_int_equal(points->home_easting, 385386);
	assert_int_equal(points->home_northing, 801193);
	assert_int_equal(points->placement_easting, 385400);
	assert_int_equal(points->placement_northing, 801200);
}

static void test_a_new_directory_stands_in_the_place_of_the_old(void **state)
{
	struct bench *bench = *state;
	struct store_import *imports;
	struct error error;
	int64_t count;
	size_t list;

	assert_true(import_directory(
		bench, "postcode,easting,northing\nAB1 2CD,1,1\nEF3 4GH,2,2\n", &count, &error));
	assert_int_equal(count_points(bench), 2);
	assert_true(import_directory(bench, "pcd7,east1m,north1m\nAB1 2CD,1,1\n", &count, &error));
	assert_int_equal(count_points(bench), 0);
	assert_true(store_imports(bench->store, bench->arena, &imports, &list, &error));
	assert_int_equal(list, 3);
	assert_true(text_is(imports[1].status, "undone"));
	assert_true(text_is(imports[2].status, "in"));
	bench_undo(bench, 3);
	assert_true(import_directory(
		bench, "postcode,easting,northing\nAB1 2CD,1,1\nEF3 4GH,2,2\n", &count, &error));
	bench_undo(bench, 4);
	assert_int_equal(count_points(bench), 0);
	assert_int_equal(bench_count(bench, "load_episodes"), 4);
}

static void test_what_is_no_directory_changes_nothing(void **state)
{
	struct bench *bench = *state;
	struct error error;
	int64_t count;

	assert_true(import_directory(
		bench, "postcode,easting,northing\nAB1 2CD,1,1\nEF3 4GH,2,2\n", &count, &error));
	assert_false(import_directory(bench, "child_id,sex\na1,1\n", &count, &error));
	assert_int_equal(error.code, ERROR_INPUT);
	assert_false(import_directory(bench, "postcode,easting,northing\n", &count, &error));
	assert_false(import_directory(bench, "", &count, &error));
	assert_int_equal(count_points(bench), 2);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, bench_teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_episodes_get_their_places),
		CASE(test_a_new_directory_stands_in_the_place_of_the_old),
		CASE(test_what_is_no_directory_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
