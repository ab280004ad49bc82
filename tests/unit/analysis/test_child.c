/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "figure_case.h"

/* Two homes with a stay in hospital between that is no move, then a move, then one after the day.
 */
static const char lines[] = "child|A\n"
			    "child|B|2010-01-01|female|White|no|no|no\n"
			    "episode|2020-01-01|2021-01-01|U6|PR4|||2020-01-01|0|1\n"
			    "episode|2021-01-01|2021-01-10|T1||||2020-01-01|1|2\n"
			    "episode|2021-01-10|2022-01-01|U6|PR4|||2020-01-01|2|1\n"
			    "episode|2022-01-01|2022-01-01|Z1||||2020-01-01|3|4\n"
			    "episode|2022-01-01|2023-06-01|K2|PR4|||2020-01-01|4|3\n"
			    "episode|2023-06-01||U6|PR1|||2020-01-01|5|5\n"
			    "assessment|2020-02-01|1 1 1 1 1 1 1 1 1 1 1 1 1\n"
			    "assessment|2022-02-01|0 3 4 6 7 10 1 1 1 1 1 1 1\n"
			    "assessment|2023-05-01|9 9 9 9 9 9 9 9 9 9 9 9 9\n"
			    "cost|2020-01-01|2022-01-01|100000|\n"
			    "cost|2021-06-01|2021-07-01|5000|\n"
			    "cost|2022-02-01||400000|\n"
			    "cost|2022-03-01|2022-04-01|0|\n";

static const struct result *of_child(struct figure_case *made, const char *id, const char *child)
{
	case_open(made, text_of(lines), "2023-03-31", "");
	made->input.params.child = history_child(&made->history, text_of(child));
	return case_run(made, id);
}

static void test_assessments_by_the_day_with_their_bands(void **state)
{
	struct figure_case made;
	const struct result *result = of_child(&made, "1", "B");
	const struct table *table = result_find(result, "assessments");

	(void)state;
	assert_int_equal(result->n, 2);
	assert_int_equal(table->rows, 2);
	assert_int_equal(table_find(table, "total")->integers[1], 37);
	assert_int_equal(table_find(table, "none")->integers[1], 1);
	assert_int_equal(table_find(table, "minor")->integers[1], 8);
	assert_int_equal(table_find(table, "moderate")->integers[1], 2);
	assert_int_equal(table_find(table, "severe")->integers[1], 2);
	assert_finding(result, "rose");
	case_close(&made);
}

static void test_placements_as_known_on_the_day(void **state)
{
	struct figure_case made;
	const struct table *table = result_find(of_child(&made, "8", "B"), "placements");

	(void)state;
	assert_int_equal(table->rows, 5);
	assert_true(text_is(table_find(table, "temporary")->texts[1], "yes"));
	assert_true(text_is(table_find(table, "temporary")->texts[2], "no"));
	assert_true(column_missing(table_find(table, "to"), 4)); /* ends after the day */
	assert_true(
		text_is(table_find(table, "placement_kind")->texts[4], "private children's home"));
	case_close(&made);
}

static void test_a_cost_row_a_change(void **state)
{
	struct figure_case made;
	const struct table *table = result_find(of_child(&made, "1", "B"), "costs");
	static const double expected[] = {1000, 1050, 1000, (double)NAN, 4000};

	(void)state;
	assert_int_equal(table->rows, 5); /* a line of £0 beside another changes nothing */
	for (size_t row = 0; row < 5; row++) {
		if (isnan(expected[row]))
			assert_missing(table->columns[1].numbers[row]);
		else
			assert_near(table->columns[1].numbers[row], expected[row]);
	}
	case_close(&made);
}

static void test_coming_back_is_no_move(void **state)
{
	struct figure_case made;
	const struct result *result = of_child(&made, "8", "B");

	(void)state;
	assert_int_equal(rows_of(result, "moves"), 1);
	assert_string_equal(
		cell_text(result, "moves", "", "from_kind"), "independent fostering agency");
	assert_string_equal(cell_text(result, "moves", "", "to_kind"), "private children's home");
	assert_near(cell(result, "moves", "", "cost_before"), 1000);
	assert_missing(cell(result, "moves", "", "cost_after"));
	assert_finding(result, "one_move");
	case_close(&made);
}

static void test_a_child_without_anything(void **state)
{
	struct figure_case made;
	const struct result *result = of_child(&made, "8", "A");

	(void)state;
	assert_int_equal(result->n, 0);
	assert_int_equal(rows_of(result, "assessments"), 0);
	assert_int_equal(rows_of(result, "costs"), 0);
	assert_int_equal(rows_of(result, "moves"), 0);
	assert_finding(result, "no_moves");
	assert_finding(case_run(&made, "1"), "none");
	case_close(&made);
}

static void test_no_child_is_asked_for(void **state)
{
	struct figure_case made;
	struct error error = {ERROR_NONE, ""};
	struct result *result;

	(void)state;
	case_open(&made, text_of(lines), "2023-03-31", "");
	assert_false(
		analysis_run(&result, made.arena, analysis_find(TEXT("1")), &made.input, &error));
	assert_int_equal(error.code, ERROR_INPUT);
	case_close(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_assessments_by_the_day_with_their_bands),
		cmocka_unit_test(test_placements_as_known_on_the_day),
		cmocka_unit_test(test_a_cost_row_a_change),
		cmocka_unit_test(test_coming_back_is_no_move),
		cmocka_unit_test(test_a_child_without_anything),
		cmocka_unit_test(test_no_child_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
