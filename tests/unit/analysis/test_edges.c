/* SPDX-License-Identifier: MIT */
/* What is not defined is missing, never wrong: nobody, one child, no costs, equal values. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "figure_case.h"

static const char one_child[] = "child|A|2010-01-01|male|White|yes|no|no\n"
				"episode|2020-01-01||K2|PR1||||0|0\n"
				"assessment|2021-01-01|1 2 3 4 5 6 7 8 9 10 0 0 0\n"
				"cost|2020-01-01||400000|\n";

/* Lines about children in fostering, each with every score `need` and a weekly cost in pence. */
static struct text fostered(struct arena *arena, size_t count, const int *needs, const int *pence)
{
	struct buffer out = buffer_in(arena);
	const char *lines;

	for (size_t i = 0; i < count; i++) {
		buffer_format(&out, "child|C%zu|2010-01-01|%s|White|no|no|no\n", i,
			i % 2 ? "male" : "female");
		buffer_string(&out, "episode|2020-01-01||U6|PR1||||0|0\nassessment|2021-01-01|");
		for (int d = 0; d < 13; d++)
			buffer_format(&out, "%d ", needs[i]);
		buffer_char(&out, '\n');
		if (pence[i] >= 0)
			buffer_format(&out, "cost|2020-01-01||%d|\n", pence[i]);
	}
	lines = buffer_cstring(&out);
	assert_false(out.failed);
	return text_of(lines);
}

static void test_nobody_is_looked_after(void **state)
{
	struct figure_case made;

	(void)state;
	case_open(&made, text_of(one_child), "2019-01-01", "");
	assert_int_equal(made.cohort->count, 0);
	for (size_t i = 0; i < analysis_count; i++) {
		const struct analysis *analysis = analysis_registry[i];

		if (!analysis->of_child)
			assert_int_equal(case_run(&made, analysis->id)->n, 0);
	}
	assert_missing(cell(case_run(&made, "0"), "summary", "", "weekly_spend"));
	assert_missing(cell(case_run(&made, "2"), "summary", "", "rho"));
	assert_int_equal(rows_of(case_run(&made, "2a"), "lorenz"), 0);
	assert_missing(cell(case_run(&made, "3a"), "cap", "", "weekly_saving"));
	assert_missing(cell(case_run(&made, "9"), "high_need", "", "n"));
	assert_int_equal(rows_of(case_run(&made, "13"), "profile"), 5);
	assert_missing(cell(case_run(&made, "A3"), "fit", "", "r_squared"));
	assert_missing(cell(case_run(&made, "A4"), "indicators", "sdq_mean", "value"));
	assert_finding(case_run(&made, "0"), "nobody");
	case_close(&made);
}

static void test_one_child_has_means_but_no_intervals(void **state)
{
	struct figure_case made;
	const struct result *result;

	(void)state;
	case_open(&made, text_of(one_child), "2023-03-31", "");
	result = case_run(&made, "13");
	assert_near(cell(result, "profile", "12-16", "mean_total"), 55);
	assert_missing(cell(result, "intervals", "12-16", "low"));
	assert_finding(result, "few");
	assert_missing(cell(case_run(&made, "2"), "summary", "", "r"));
	assert_near(cell(case_run(&made, "2a"), "shares", "", "share"), 100);
	result = case_run(&made, "A1");
	assert_int_equal(rows_of(result, "adjusted"), 4 + 2 + 4 + 2 + 1 + 4 + 1 + 1);
	assert_string_equal(cell_text(result, "adjusted", "age_band 0-1", "reference"), "12-16");
	assert_missing(cell(result, "adjusted", "disability yes no", "difference"));
	assert_near(cell(result, "adjusted", "disability yes no", "n"), 1);
	case_close(&made);
}

static void test_nobody_has_a_known_cost(void **state)
{
	static const int needs[] = {1, 2, 3}, pence[] = {-1, -1, -1};
	struct arena *arena = arena_open();
	struct figure_case made;

	(void)state;
	case_open(&made, fostered(arena, 3, needs, pence), "2023-03-31", "");
	assert_missing(cell(case_run(&made, "0"), "summary", "", "annual_spend"));
	assert_finding(case_run(&made, "0"), "uncosted");
	assert_int_equal(case_run(&made, "3")->missing_cost, 3);
	assert_missing(cell(case_run(&made, "3"), "summary", "", "under_2000_percent"));
	assert_int_equal(rows_of(case_run(&made, "5"), "profile"), 2);
	assert_int_equal(case_run(&made, "5")->n, 0);
	case_close(&made);
	arena_close(arena);
}

static void test_no_cost_is_known_but_free_is(void **state)
{
	static const int needs[] = {1, 2}, pence[] = {0, 0};
	struct arena *arena = arena_open();
	struct figure_case made;
	const struct result *result;

	(void)state;
	case_open(&made, fostered(arena, 2, needs, pence), "2023-03-31", "");
	assert_near(cell(case_run(&made, "0"), "summary", "", "weekly_spend"), 0);
	result = case_run(&made, "2a");
	assert_finding(result, "free");
	assert_missing(cell(result, "shares", "", "share"));
	assert_int_equal(rows_of(result, "lorenz"), 3);
	assert_near(cell(result, "lorenz", "", "spend_percent"), 0); /* the origin */
	assert_missing(result_find(result, "lorenz")->columns[1].numbers[2]);
	assert_near(cell(case_run(&made, "A3"), "fit", "", "n"), 0); /* no logarithm of 0 */
	case_close(&made);
	arena_close(arena);
}

static void test_need_and_cost_on_one_line(void **state)
{
	static const int needs[] = {1, 2, 3, 4, 5, 6, 7}, same[] = {5, 5, 5, 5, 5, 5, 5},
			 pence[] = {100, 200, 300, 400, 500, 600, 700};
	struct arena *arena = arena_open();
	struct figure_case made;
	const struct result *result;

	(void)state;
	case_open(&made, fostered(arena, 7, needs, pence), "2023-03-31", "");
	result = case_run(&made, "2");
	assert_near(cell(result, "summary", "", "r"), 1);
	assert_near(cell(result, "summary", "", "rho"), 1);
	assert_missing(cell(result, "summary", "", "r_low"));
	assert_finding(result, "exact");
	case_close(&made);
	case_open(&made, fostered(arena, 7, same, pence), "2023-03-31", "");
	assert_missing(cell(case_run(&made, "2"), "summary", "", "r"));
	assert_finding(case_run(&made, "2"), "same");
	case_close(&made);
	arena_close(arena);
}

static void test_ties_share_their_mean_rank(void **state)
{
	static const int needs[] = {1, 1, 2, 3}, pence[] = {100, 300, 300, 200};
	struct arena *arena = arena_open();
	struct figure_case made;

	(void)state;
	case_open(&made, fostered(arena, 4, needs, pence), "2023-03-31", "");
	/* ranks 1.5 1.5 3 4 against 1 3.5 3.5 2 */
	assert_near(cell(case_run(&made, "2"), "summary", "", "rho"), 1.0 / 18);
	case_close(&made);
	arena_close(arena);
}

static void test_nothing_is_recorded(void **state)
{
	static const char nothing[] = "child|A\nepisode|2020-01-01||||||||\nchild|B\n"
				      "episode|2020-01-01||||||||\nassessment|2021-01-01|5\n";
	struct figure_case made;
	const struct result *result;

	(void)state;
	case_open(&made, text_of(nothing), "2023-03-31", "");
	result = case_run(&made, "17");
	assert_int_equal(result->missing_group, 2);
	assert_int_equal(rows_of(result, "profile"), 3);
	assert_near(cell(result, "profile", "not recorded", "mean_total"), 5);
	assert_missing(cell(result, "difference", "total", "percent"));
	result = case_run(&made, "A1");
	assert_int_equal(result->missing_group, 2);
	assert_string_equal(cell_text(result, "adjusted", "age_band 0-1", "reference"), "");
	assert_int_equal(rows_of(result, "adjusted"), 5 + 3 + 5 + 3 + 1 + 5 + 1 + 1);
	assert_finding(result, "few");
	assert_int_equal(case_run(&made, "A3")->missing_group, 2);
	assert_int_equal(rows_of(case_run(&made, "21"), "shares"), 5 * 2 + 1);
	case_close(&made);
}

/* Boys have 13 points more than girls at either age; 12 to 16 have 26 more than 5 to 11. */
static const char balanced[] =
	"child|A|2016-01-01|male|White|no|no|no\nepisode|2020-01-01||U6|PR1||||0|0\n"
	"assessment|2021-01-01|1 1 1 1 1 1 1 1 1 1 1 1 1\n"
	"child|B|2016-01-01|female|White|no|no|no\nepisode|2020-01-01||U6|PR1||||0|0\n"
	"assessment|2021-01-01|\n"
	"child|C|2010-01-01|male|White|yes|no|no\nepisode|2020-01-01||U6|PR1||||0|0\n"
	"assessment|2021-01-01|3 3 3 3 3 3 3 3 3 3 3 3 3\n"
	"child|D|2010-01-01|female|White|yes|no|no\nepisode|2020-01-01||U6|PR1||||0|0\n"
	"assessment|2021-01-01|2 2 2 2 2 2 2 2 2 2 2 2 2\n";

static void test_adjusted_differences_are_exact_where_they_can_be(void **state)
{
	struct figure_case made;
	const struct result *result;

	(void)state;
	case_open(&made, text_of(balanced), "2023-03-31", "");
	result = case_run(&made, "A1");
	assert_near(cell(result, "adjusted", "age_band 12-16", "difference"), 26);
	assert_near(cell(result, "adjusted", "age_band 12-16", "low"), 26); /* a perfect fit */
	/* disability is the same as age here: neither can be told from the other */
	assert_missing(cell(result, "adjusted", "disability yes no", "difference"));
	assert_near(cell(result, "adjusted", "disability yes no", "n"), 2);
	assert_finding(result, "one");
	case_close(&made);
}

/* Nothing rests on 13 domains or a highest total of 130. */
static void test_a_framework_of_twelve_domains(void **state)
{
	static const char twelve[] = "framework|valuing-care-12\n"
				     "child|A|2010-01-01|male|White|yes|no|no\n"
				     "episode|2020-01-01||K2|PR1||||0|0\n"
				     "assessment|2021-01-01|1 2 3 4 5 6 7 8 9 10 0 1\n"
				     "cost|2020-01-01||400000|\n";
	struct figure_case made;

	(void)state;
	case_open(&made, text_of(twelve), "2023-03-31", "");
	assert_near(cell(case_run(&made, "0"), "summary", "", "max_total_possible"), 120);
	assert_int_equal(rows_of(case_run(&made, "6"), "by_severe"), 13);
	assert_int_equal(rows_of(case_run(&made, "11"), "domains"), 12);
	assert_int_equal(result_find(case_run(&made, "13"), "profile")->column_count, 17);
	assert_int_equal(rows_of(case_run(&made, "17"), "difference"), 13);
	assert_int_equal(rows_of(case_run(&made, "A2"), "by_kind"), 8 * 13);
	assert_int_equal(rows_of(case_run(&made, "A3"), "coefficients"), 14);
	made.input.params.child = 0;
	assert_near(cell(case_run(&made, "1"), "assessments", "", "total"), 56);
	case_close(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_is_looked_after),
		cmocka_unit_test(test_one_child_has_means_but_no_intervals),
		cmocka_unit_test(test_nobody_has_a_known_cost),
		cmocka_unit_test(test_no_cost_is_known_but_free_is),
		cmocka_unit_test(test_need_and_cost_on_one_line),
		cmocka_unit_test(test_ties_share_their_mean_rank),
		cmocka_unit_test(test_nothing_is_recorded),
		cmocka_unit_test(test_a_framework_of_twelve_domains),
		cmocka_unit_test(test_adjusted_differences_are_exact_where_they_can_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
