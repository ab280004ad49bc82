/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "figure_case.h"
#include "small_lines.h"

static struct figure_case small;

static int open_small(void **state)
{
	(void)state;
	case_open(&small, text_of(small_lines), "2023-03-31", "");
	return 0;
}

static int close_small(void **state)
{
	(void)state;
	case_close(&small);
	return 0;
}

static void test_summary_counts_children_needs_and_spend(void **state)
{
	const struct result *result = case_run(&small, "0");

	(void)state;
	assert_int_equal(result->n, 7);
	assert_int_equal(result->missing_assessment, 2);
	assert_int_equal(result->missing_cost, 2);
	assert_int_equal(result->missing_group, 1);
	assert_near(cell(result, "summary", "", "children"), 7);
	assert_near(cell(result, "summary", "", "assessed"), 5);
	assert_near(cell(result, "summary", "", "costed"), 5);
	assert_near(cell(result, "summary", "", "mean_weekly_cost"), 3100);
	assert_near(cell(result, "summary", "", "median_weekly_cost"), 3000);
	assert_near(cell(result, "summary", "", "max_weekly_cost"), 6000);
	assert_near(cell(result, "summary", "", "weekly_spend"), 15500);
	assert_near(cell(result, "summary", "", "annual_spend"), 15500 * 52);
	assert_near(cell(result, "summary", "", "mean_total"), 24.2);
	assert_near(cell(result, "summary", "", "max_total_possible"), 130);
	assert_near(cell(result, "by_group", "residential", "n"), 3);
	assert_near(cell(result, "by_group", "supported", "n"), 0);
	assert_near(cell(result, "by_group", "not recorded", "n"), 1);
	assert_finding(result, "known");
}

static void test_need_against_cost_is_of_children_with_both(void **state)
{
	const struct result *result = case_run(&small, "2");

	(void)state;
	assert_int_equal(result->n, 4);
	/* totals 13 26 43 39, pounds 500 1000 5000 3000 */
	assert_near(cell(result, "summary", "", "r"), 308500 / sqrt(2219 * 50750000.0));
	assert_near(cell(result, "summary", "", "rho"), 1);
	assert_true(cell(result, "summary", "", "r_low") < 0);
	assert_finding(result, "unclear");
	assert_int_equal(rows_of(result, "points"), 4);
	assert_near(cell(result, "points", "C3", "total"), 43);
	assert_near(cell(result, "points", "C3", "weekly_cost"), 5000);
	assert_string_equal(
		cell_text(result, "points", "C3", "placement_kind"), "private children's home");
}

static void test_spend_is_shared_out_from_the_dearest_down(void **state)
{
	const struct result *result = case_run(&small, "2a");

	(void)state;
	assert_int_equal(result->n, 5);
	assert_near(cell(result, "shares", "", "n"), 1); /* 10% of 5, rounded up */
	assert_near(cell(result, "shares", "", "share"), 100 * 6000.0 / 15500);
	assert_int_equal(rows_of(result, "lorenz"), 6);
	assert_near(result_find(result, "lorenz")->columns[1].numbers[1], 100 * 500.0 / 15500);
	assert_near(result_find(result, "lorenz")->columns[1].numbers[5], 100);
}

static void test_cost_bands_begin_at_their_first_amount(void **state)
{
	const struct result *result = case_run(&small, "3");
	const struct table *bands = result_find(result, "bands");

	(void)state;
	assert_int_equal(bands->rows, 21);
	assert_int_equal(bands->columns[2].integers[0], 0);
	assert_int_equal(bands->columns[2].integers[1], 1);  /* £500 */
	assert_int_equal(bands->columns[2].integers[10], 1); /* £5,000 */
	assert_true(column_missing(&bands->columns[1], 20));
	assert_near(cell(result, "summary", "", "under_2000_percent"), 40);
	assert_near(cell(result, "summary", "", "under_5000_percent"), 60);
}

static void test_a_cap_saves_what_is_above_it(void **state)
{
	const struct result *result = case_run(&small, "3a");

	(void)state;
	assert_near(cell(result, "cap", "", "n"), 1);
	assert_near(cell(result, "cap", "", "weekly_saving"), 1000);
	assert_near(cell(result, "cap", "", "annual_saving"), 52000);
	assert_near(cell(result, "cap", "", "national_annual_saving"), 52000.0 * 83840 / 7);
	assert_finding(result, "one_above");
}

static void test_another_cap_moves_the_sides_of_figure_5(void **state)
{
	struct analysis_params params = analysis_defaults();
	struct figure_case capped = small;
	struct error error;
	const struct result *result;

	(void)state;
	params.cap_pounds = 1000;
	assert_true(analysis_prepare(&capped.input, capped.arena, small.cohort, &params, &error));
	result = case_run(&capped, "5");
	assert_near(cell(result, "profile", "under", "n"), 1);
	assert_near(cell(result, "profile", "over", "n"), 3);
	assert_near(cell(result, "profile", "over", "n_costed"), 4);
	assert_near(cell(case_run(&capped, "3a"), "cap", "", "n"), 3);
	assert_near(cell(case_run(&small, "5"), "profile", "under", "n"), 3);
}

static void test_homes_are_compared_in_house_less_private(void **state)
{
	const struct result *result = case_run(&small, "4");

	(void)state;
	assert_int_equal(result->n, 2);
	assert_int_equal(result->missing_assessment, 1);
	assert_int_equal(rows_of(result, "kinds"), 3);
	assert_near(cell(result, "kinds", "private children's home", "mean_weekly_cost"), 5500);
	assert_missing(cell(result, "kinds", "specialist residential", "mean_total"));
	assert_near(cell(result, "difference", "mean_total", "difference"), -4);
	assert_near(cell(result, "difference", "mean_weekly_cost", "difference"), -2500);
	assert_missing(cell(result, "difference", "mean_weekly_cost", "low"));
	assert_int_equal(rows_of(result, "points"), 2);
	assert_finding(result, "few");
}

static void test_sides_of_the_cap(void **state)
{
	const struct result *result = case_run(&small, "5");

	(void)state;
	assert_int_equal(result->n, 4);
	assert_int_equal(result->missing_group, 0);
	assert_int_equal(rows_of(result, "profile"), 2);
	assert_near(cell(result, "profile", "under", "mean_total"), 26);
	assert_near(cell(result, "profile", "under", "mean_weekly_cost"), 1500);
	assert_near(cell(result, "profile", "over", "n"), 1);
	assert_near(cell(result, "profile", "over", "n_costed"), 2);
	/* t of 2 degrees of freedom is 4.30265…; standard deviation 13 */
	assert_near(
		cell(result, "intervals", "under", "high"), 26 + 4.3026527297494637 * 13 / sqrt(3));
}

static void test_severe_needs_in_residential_care(void **state)
{
	const struct result *result = case_run(&small, "6");

	(void)state;
	assert_int_equal(result->n, 2);
	assert_int_equal(rows_of(result, "by_severe"), 14);
	assert_near(cell(result, "summary", "", "none_severe_percent"), 50);
	assert_near(cell(result, "summary", "", "total_le_24_n"), 0);
	assert_near(cell(result, "summary", "", "min_total"), 39);
	assert_near(cell(result, "summary", "", "max_total"), 43);
	result = case_run(&small, "7");
	assert_int_equal(result->n, 1);
	assert_near(cell(result, "profile", "", "mean_total"), 39);
	assert_near(cell(result, "cost", "", "mean_weekly_cost"), 3000);
	assert_near(cell(result, "cost", "", "ifa_mean_weekly_cost"), 1000);
	assert_near(cell(result, "cost", "", "difference"), 2000);
}

static void test_high_need_in_fostering_begins_at_the_mean_of_residential(void **state)
{
	struct figure_case lower = small;
	const struct result *result = case_run(&small, "9");

	(void)state;
	assert_int_equal(result->n, 3);
	assert_near(cell(result, "kinds", "in-house fostering", "mean_total"), 6.5);
	assert_near(cell(result, "high_need", "", "threshold"), 41);
	assert_near(cell(result, "high_need", "", "n"), 0);
	lower.input.params.threshold = 13;
	result = case_run(&lower, "9");
	assert_near(cell(result, "high_need", "", "threshold"), 13);
	assert_near(cell(result, "high_need", "", "n"), 2);
	assert_near(cell(result, "high_need", "", "percent"), 200.0 / 3);
}

static void test_the_pipeline_counts_rows_as_at_the_day(void **state)
{
	const struct result *result = case_run(&small, "10");

	(void)state;
	assert_near(cell(result, "stages", "enquiry", "reached"), 2);
	assert_near(cell(result, "stages", "enquiry", "now"), 0);
	assert_near(cell(result, "stages", "enquiry", "median_days"), 20);
	assert_near(cell(result, "stages", "initial_visit", "now"), 1);
	assert_near(cell(result, "stages", "initial_visit", "median_days"), 28);
	assert_missing(cell(result, "stages", "panel", "median_days"));
	assert_int_equal(rows_of(result, "outcomes"), 4);
	assert_near(cell(result, "outcomes", "enquiry withdrew moved house", "n"), 1);
	assert_string_equal(cell_text(result, "outcomes", "initial_visit withdrew", "reason"), "");
	assert_near(cell(result, "outcomes", "approved approved", "n"), 1);
}

static void test_prevalence_and_bands(void **state)
{
	const struct result *result = case_run(&small, "11");

	(void)state;
	assert_near(cell(result, "domains", "emotional_health", "n"), 4);
	assert_near(cell(result, "domains", "emotional_health", "percent"), 80);
	assert_near(cell(result, "domains", "emotional_health", "mean_where_present"), 3.25);
	assert_true(cell(result, "intervals", "emotional_health", "low") > 37);
	assert_true(cell(result, "intervals", "emotional_health", "high") < 97);
	result = case_run(&small, "12");
	assert_int_equal(rows_of(result, "bands"), 13 * 4);
	assert_near(cell(result, "bands", "emotional_health none", "n"), 1);
	assert_near(cell(result, "bands", "emotional_health minor", "n"), 3);
	assert_near(cell(result, "bands", "emotional_health moderate", "percent"), 0);
	assert_near(cell(result, "bands", "emotional_health severe", "percent"), 20);
	assert_finding(result, "known");
}

static void test_profiles_list_every_stated_group(void **state)
{
	const struct result *result = case_run(&small, "13");

	(void)state;
	assert_int_equal(result->n, 5);
	assert_int_equal(result->missing_group, 1);
	assert_int_equal(rows_of(result, "profile"), 6);
	assert_near(cell(result, "profile", "0-1", "n"), 0);
	assert_missing(cell(result, "profile", "0-1", "mean_total"));
	assert_near(cell(result, "profile", "2-4", "mean_total"), 0);
	assert_near(cell(result, "profile", "12-16", "n"), 3);
	assert_near(cell(result, "profile", "12-16", "mean_emotional_health"), 11.0 / 3);
	assert_near(cell(result, "profile", "17+", "n_costed"), 1);
	assert_near(cell(result, "profile", "not recorded", "n"), 0);
	assert_int_equal(rows_of(case_run(&small, "16"), "profile"), 3);
	assert_int_equal(rows_of(case_run(&small, "15"), "profile"), 6);
}

static void test_a_flag_is_compared_yes_against_no(void **state)
{
	const struct result *result = case_run(&small, "17");

	(void)state;
	assert_int_equal(rows_of(result, "difference"), 14);
	/* 13 against (26 + 43 + 39 + 0) / 4 = 27 */
	assert_near(cell(result, "difference", "total", "percent"), 100 * (13.0 - 27) / 27);
	assert_near(cell(result, "difference", "emotional_health", "percent"), 100 * (1 - 3.0) / 3);
}

static void test_shares_are_of_the_row(void **state)
{
	const struct result *result = case_run(&small, "18");

	(void)state;
	assert_int_equal(result->n, 7);
	assert_near(cell(result, "shares", "no residential", "n"), 3);
	assert_near(cell(result, "shares", "no residential", "percent"), 60);
	assert_near(cell(result, "shares", "not recorded not recorded", "percent"), 100);
	assert_near(cell(result, "ratio", "all", "ratio"), 0);
	result = case_run(&small, "21");
	assert_near(cell(result, "shares", "White male", "percent"), 100);
	assert_near(cell(result, "shares", "Black male", "percent"), 0);
	assert_missing(cell(result, "shares", "Other male", "percent"));
	assert_int_equal(result->missing_group, 1);
	assert_int_equal(case_run(&small, "20")->missing_group, 1);
}

static void test_sex_within_age(void **state)
{
	const struct result *result = case_run(&small, "22-24");

	(void)state;
	assert_int_equal(rows_of(result, "profile"), 7);
	assert_near(cell(result, "profile", "12-16 male", "mean_total"), 28);
	assert_near(cell(result, "difference", "12-16", "percent"), 100 * (28.0 - 39) / 39);
	assert_near(cell(result, "change", "female <=11 12-16", "percent"), 50);
	assert_missing(cell(result, "change", "male <=11 12-16", "percent")); /* against 0 */
	assert_int_equal(rows_of(result, "difference"), 3);
}

static void test_change_is_a_year_of_365_and_a_quarter_days(void **state)
{
	const struct result *result = case_run(&small, "A2");

	(void)state;
	assert_near(cell(result, "by_kind", "independent fostering agency total", "n"), 1);
	assert_near(
		cell(result, "by_kind", "independent fostering agency total", "change_per_year"),
		13 * 365.25 / 730);
	assert_missing(cell(result, "by_kind", "independent fostering agency total", "low"));
	assert_near(
		cell(result, "by_provider", "Agency life_story", "change_per_year"), 365.25 / 730);
	assert_int_equal(rows_of(result, "by_provider"), 14);
	assert_int_equal(rows_of(result, "by_kind"), 9 * 14);
}

static void test_the_dashboard_is_as_at_the_last_31_march(void **state)
{
	const struct result *result = case_run(&small, "A4");

	(void)state;
	assert_int_equal(result->n, 5);
	assert_near(cell(result, "indicators", "foster_care", "value"), 300.0 / 7);
	assert_near(cell(result, "indicators", "kinship", "numerator"), 0);
	assert_near(cell(result, "indicators", "secure_and_childrens_homes", "numerator"), 3);
	assert_near(cell(result, "indicators", "over_20_miles", "denominator"), 3);
	assert_near(cell(result, "indicators", "over_20_miles", "numerator"), 1);
	/* C2 and C3, in care since 2020 and 2018 */
	assert_near(cell(result, "indicators", "stable_2_years", "value"), 100);
	assert_near(cell(result, "indicators", "stable_2_years", "denominator"), 2);
	assert_near(cell(result, "indicators", "sdq_mean", "value"), 11);
	assert_string_equal(cell_text(result, "indicators", "sdq_mean", "unit"), "points");
	assert_near(cell(result, "indicators", "sdq_concern", "value"), 50);
}

static void test_a_filter_leaves_the_references_alone(void **state)
{
	struct figure_case boys;

	(void)state;
	case_open(&boys, text_of(small_lines), "2023-03-31", "sex=male placement_group=fostering");
	assert_int_equal(boys.cohort->count, 2);
	assert_near(cell(case_run(&boys, "9"), "high_need", "", "threshold"), 41);
	assert_near(cell(case_run(&boys, "7"), "cost", "", "ifa_mean_weekly_cost"), 1000);
	assert_near(cell(case_run(&boys, "3a"), "cap", "", "national_annual_saving"), 0);
	case_close(&boys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_summary_counts_children_needs_and_spend),
		cmocka_unit_test(test_need_against_cost_is_of_children_with_both),
		cmocka_unit_test(test_spend_is_shared_out_from_the_dearest_down),
		cmocka_unit_test(test_cost_bands_begin_at_their_first_amount),
		cmocka_unit_test(test_a_cap_saves_what_is_above_it),
		cmocka_unit_test(test_another_cap_moves_the_sides_of_figure_5),
		cmocka_unit_test(test_homes_are_compared_in_house_less_private),
		cmocka_unit_test(test_sides_of_the_cap),
		cmocka_unit_test(test_severe_needs_in_residential_care),
		cmocka_unit_test(test_high_need_in_fostering_begins_at_the_mean_of_residential),
		cmocka_unit_test(test_the_pipeline_counts_rows_as_at_the_day),
		cmocka_unit_test(test_prevalence_and_bands),
		cmocka_unit_test(test_profiles_list_every_stated_group),
		cmocka_unit_test(test_a_flag_is_compared_yes_against_no),
		cmocka_unit_test(test_shares_are_of_the_row),
		cmocka_unit_test(test_sex_within_age),
		cmocka_unit_test(test_change_is_a_year_of_365_and_a_quarter_days),
		cmocka_unit_test(test_the_dashboard_is_as_at_the_last_31_march),
		cmocka_unit_test(test_a_filter_leaves_the_references_alone),
	};

	return cmocka_run_group_tests(tests, open_small, close_small);
}
