/* SPDX-License-Identifier: MIT */
/* Importing, looking back, undoing; the same file again. */
#include "made_import.h"

#include "store/sealed.h"

static const struct made_file children = {"children.csv", "children", 0,
	"child_id,sex,date_of_birth", "a1,1,2010-05-01\na2,2,2012-06-02\na3,1,\n", NULL, 1};
static const struct made_file costs = {"costs.csv", "costs", 0,
	"child_id,from,to,weekly_cost,element",
	"a1,2022-04-01,,4000.50,total\na2,2022-04-01,2023-04-01,750,accommodation\n", NULL, 1};
static const struct made_file assessments = {"assessments.csv", "assessments", 0,
	"child_id,assessed_on,reason,emotional_health,learning,framework",
	"a1,2022-05-01,review,7,2,\na2,2022-06-01,,10,0,valuing-care-12\n", NULL, 1};
static const struct made_file strangers = {"costs2.csv", "costs", 0, "child_id,from,weekly_cost",
	"a1,2023-01-01,100\nz9,2023-01-01,200\nz8,2023-01-01,300\na2,2023-02-02,400\n", NULL, 1};
static const struct made_file strangers_named = {
	"late.csv", "children", 0, "child_id", "z9\n", NULL, 1};

static void test_rows_are_kept_as_they_came(void **state)
{
	struct bench *bench = *state;
	struct made_file files[] = {costs, children, assessments};
	struct store_import record = bench_import(bench, files, 3, false);
	struct store_cursor *cursor;
	struct error error;
	bool row;

	assert_int_equal(record.id, 1);
	assert_int_equal(record.rows_accepted, 7);
	assert_int_equal(bench_count(bench, "load_children"), 3);
	assert_true(store_query(bench->store, "load_costs", &cursor, &error));
	assert_true(store_next(cursor, &row, &error) && row);
	assert_int_equal(store_integer(cursor, 0), 1);
	assert_int_equal(store_integer(cursor, 1), 1);
	assert_int_equal(store_integer(cursor, 2), 0);
	assert_int_equal(store_integer(cursor, 3), 2);
	assert_int_equal(store_integer(cursor, 4), 19083);
	assert_true(store_is_null(cursor, 5));
	assert_int_equal(store_integer(cursor, 6), 400050);
	assert_true(text_is(store_text(cursor, 7), "total"));
	assert_true(store_is_null(cursor, 8));
	store_rewind(cursor);
}

static void test_scores_are_in_the_order_of_their_framework(void **state)
{
	struct bench *bench = *state;
	struct made_file files[] = {children, assessments};
	const struct framework *older = schema_framework(&bench->schema, TEXT("valuing-care-12"));
	struct store_cursor *cursor;
	struct error error;
	int64_t number, latest;
	struct text scores;
	bool row;

	bench_import(bench, files, 2, false);
	assert_true(store_framework(bench->store, older, &number, &error));
	assert_true(store_framework(bench->store,
		schema_framework(&bench->schema, TEXT("valuing-care-13")), &latest, &error));
	assert_true(number > 0 && latest > 0 && number != latest);
	assert_true(store_query(bench->store, "load_assessments", &cursor, &error));
	assert_true(store_next(cursor, &row, &error) && row);
	assert_int_equal(store_integer(cursor, 5), latest);
	scores = store_text(cursor, 6);
	assert_int_equal(scores.length, 13);
	assert_int_equal((uint8_t)scores.data[0], 7);
	assert_int_equal((uint8_t)scores.data[1], SCORE_BLANK);
	assert_true(store_next(cursor, &row, &error) && row);
	assert_int_equal(store_integer(cursor, 5), number);
	scores = store_text(cursor, 6);
	assert_int_equal(scores.length, older->domain_count);
	assert_int_equal((uint8_t)scores.data[framework_domain(older, TEXT("learning"))], 0);
	store_rewind(cursor);
}

static void test_a_changed_framework_is_refused(void **state)
{
	struct bench *bench = *state;
	struct made_file files[] = {children, assessments};
	struct framework changed;
	struct error error;
	int64_t number;

	bench_import(bench, files, 2, false);
	changed = *schema_framework(&bench->schema, TEXT("valuing-care-13"));
	changed.domains[0].key = "something_else";
	assert_false(store_framework(bench->store, &changed, &number, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
}

static void test_the_same_files_again_change_nothing(void **state)
{
	struct bench *bench = *state;
	struct made_file files[] = {costs, children, assessments};
	const char *before;
	struct store_import again;
	struct store_import *imports;
	struct error error;
	size_t count;

	bench_import(bench, files, 3, false);
	before = bench_hash(bench);
	again = bench_import(bench, files, 3, false);
	assert_int_equal(again.id, 0);
	assert_int_equal(again.rows_unchanged, 7);
	assert_string_equal(before, bench_hash(bench));
	assert_true(store_imports(bench->store, bench->arena, &imports, &count, &error));
	assert_int_equal(count, 1);
}

static void test_the_same_file_of_another_year_is_another(void **state)
{
	struct bench *bench = *state;
	struct made_file header = {
		"2021/header.csv", "header", 2021, "CHILD,SEX,DOB", "a1,1,2010-05-01\n", NULL, 1};

	bench_import(bench, &header, 1, false);
	header.year = 2022;
	assert_int_equal(bench_import(bench, &header, 1, false).id, 2);
	assert_int_equal(bench_import(bench, &header, 1, false).id, 0);
}

static void test_rows_refused_before_go_in_when_their_child_is_named(void **state)
{
	struct bench *bench = *state;
	struct made_file first[] = {children, strangers}, second[] = {strangers, strangers_named};
	struct store_import record = bench_import(bench, first, 2, false);

	assert_int_equal(record.rows_refused, 2);
	assert_int_equal(bench_count(bench, "load_costs"), 2);
	record = bench_import(bench, &strangers, 1, false);
	assert_int_equal(record.id, 0);
	assert_int_equal(record.rows_unchanged, 2);
	record = bench_import(bench, second, 2, false);
	assert_int_equal(record.id, 2);
	assert_int_equal(record.rows_unchanged, 2);
	assert_int_equal(record.rows_refused, 1);
	assert_int_equal(bench_count(bench, "load_costs"), 3);
	/* what import 2 does not hold comes back after import 1 is undone */
	bench_undo(bench, 1);
	assert_int_equal(bench_count(bench, "load_costs"), 1);
	record = bench_import(bench, first, 2, false);
	assert_int_equal(bench_count(bench, "load_costs"), 3);
}

static void test_rows_on_one_line_are_told_apart_by_their_child(void **state)
{
	struct bench *bench = *state;
	struct made_file first[] = {children, strangers}, second[] = {strangers, strangers_named};

	first[1].line_step = second[0].line_step = 0;
	bench_import(bench, first, 2, false);
	assert_int_equal(bench_count(bench, "load_costs"), 2);
	assert_int_equal(bench_import(bench, second, 2, false).rows_unchanged, 2);
	assert_int_equal(bench_count(bench, "load_costs"), 3);
}

static void test_a_dry_run_leaves_nothing(void **state)
{
	struct bench *bench = *state;
	struct made_file files[] = {children, costs};
	const char *before = bench_hash(bench);
	struct store_import record = bench_import(bench, files, 2, true);

	assert_int_equal(record.id, 0);
	assert_int_equal(record.rows_accepted, 5);
	assert_string_equal(before, bench_hash(bench));
}

static void test_undoing_takes_rows_and_ids_away(void **state)
{
	struct bench *bench = *state;
	struct made_file first[] = {children}, second[] = {strangers_named, strangers};
	struct store_import record;
	struct import import;
	struct error error;
	const char *before;

	bench_import(bench, first, 1, false);
	before = bench_hash(bench);
	bench->now++;
	bench_import(bench, second, 2, false);
	assert_string_not_equal(before, bench_hash(bench));
	bench_undo(bench, 2);
	assert_string_equal(before, bench_hash(bench));
	assert_true(store_import_show(
		bench->store, bench->arena, &bench->schema, 2, &record, &import, &error));
	assert_true(text_is(record.status, "undone"));
	assert_true(text_is(record.undone_by, "analyst"));
	assert_int_equal(record.undone_at, bench->now);
	assert_false(store_undo(bench->store, 2, TEXT("analyst"), 0, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	assert_false(store_undo(bench->store, 3, TEXT("analyst"), 0, &error));
	assert_int_equal(error.code, ERROR_MISSING);
}

static void test_what_is_undone_is_not_in_the_file(void **state)
{
	struct bench *bench = *state;
	struct made_file secrets[] = {{"children.csv", "children", 0, "child_id,authority",
					      "canary-id,canary-place\n", NULL, 1},
		{"episodes.csv", "episodes_903", 2022, "CHILD,DECOM,HOME_POST,URN",
			"canary-id,2022-01-01,canary-post,canary-urn\n", NULL, 1}};

	if (bench_is_on_server(bench))
		skip(); /* what becomes of its pages is the server's affair */
	bench_import(bench, &children, 1, false);
	bench_import(bench, secrets, 2, false);
	assert_true(file_holds(bench->place, "canary-place"));
	assert_true(file_holds(bench->place, "canary-urn"));
	/* what identifies never was: */
	assert_false(file_holds(bench->place, "canary-id"));
	assert_false(file_holds(bench->place, "canary-post"));
	bench_undo(bench, 2);
	assert_false(file_holds(bench->place, "canary"));
}

static void test_a_child_whose_import_is_undone_is_not_known(void **state)
{
	struct bench *bench = *state;

	bench_import(bench, &children, 1, false);
	assert_int_equal(bench_import(bench, &costs, 1, false).rows_refused, 0);
	bench_undo(bench, 1);
	assert_int_equal(bench_import(bench, &strangers, 1, false).rows_refused, 4);
}

static void test_an_import_shows_its_files_and_problems(void **state)
{
	struct bench *bench = *state;
	struct made_file files[] = {children, strangers};
	struct store_import record;
	struct import import;
	struct error error;

	bench_import(bench, files, 2, false);
	assert_true(store_import_show(
		bench->store, bench->arena, &bench->schema, 1, &record, &import, &error));
	assert_true(text_is(record.by, "analyst"));
	assert_int_equal(record.at, bench->now);
	assert_int_equal(record.files, 2);
	assert_int_equal(import.file_count, 2);
	assert_string_equal(import.files[1].shown, "costs2.csv");
	assert_ptr_equal(import.files[1].table, schema_table(&bench->schema, "costs"));
	assert_int_equal(strlen(import.files[1].sha256), 64);
	assert_int_equal(import.files[1].rows_refused, 2);
	assert_int_equal(import.problem_count, 1);
	assert_int_equal(import.problems[0].file, 1);
	assert_true(text_is(import.problems[0].value, "someone"));
	assert_string_equal(import.problems[0].problem, "nobody names this child");
	assert_int_equal(import.problems[0].severity, SEVERITY_ERROR);
	assert_false(store_import_show(
		bench->store, bench->arena, &bench->schema, 0, &record, &import, &error));
	assert_int_equal(error.code, ERROR_MISSING);
}

static void test_what_identifies_is_held_apart(void **state)
{
	struct bench *bench = *state;
	struct made_file files[] = {children,
		{"header.csv", "header", 2022, "CHILD,SEX,DOB,UPN",
			"a1,1,2010-05-01,A123456789012\n", NULL, 1},
		{"episodes.csv", "episodes_903", 2022, "CHILD,DECOM,PLACE,HOME_POST,PL_POST",
			"a1,2022-01-01,U1,AA1 1AA,bb1 1bb\na2,2022-01-01,U1,,\n", NULL, 1}};
	struct sealed_births births;
	struct store_cursor *cursor;
	struct error error;
	size_t place = 0;
	int32_t day;
	bool row;

	bench_import(bench, files, 3, false);
	assert_true(sealed_births_open(&births, bench->arena, bench->store, &error));
	assert_true(store_query(bench->store, "load_children", &cursor, &error));
	assert_true(store_next(cursor, &row, &error) && row);
	assert_true(sealed_births_day(&births, store_integer(cursor, 8), &place, &day, &error));
	assert_int_equal(day, 14730);
	store_rewind(cursor);
	assert_int_equal(bench_count(bench, "load_episodes"), 2);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_rows_are_kept_as_they_came),
		CASE(test_scores_are_in_the_order_of_their_framework),
		CASE(test_a_changed_framework_is_refused),
		CASE(test_the_same_files_again_change_nothing),
		CASE(test_the_same_file_of_another_year_is_another),
		CASE(test_rows_refused_before_go_in_when_their_child_is_named),
		CASE(test_rows_on_one_line_are_told_apart_by_their_child),
		CASE(test_a_dry_run_leaves_nothing),
		CASE(test_undoing_takes_rows_and_ids_away),
		CASE(test_what_is_undone_is_not_in_the_file),
		CASE(test_a_child_whose_import_is_undone_is_not_known),
		CASE(test_an_import_shows_its_files_and_problems),
		CASE(test_what_identifies_is_held_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
