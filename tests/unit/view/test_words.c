/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "view/words.h"

static void test_numbers_for_people(void **state)
{
	static const struct {
		enum value_format format;
		double number;
		const char *expected;
	} cases[] = {
		{FORMAT_COUNT, 0, "0"},
		{FORMAT_COUNT, 999, "999"},
		{FORMAT_COUNT, 3402, "3,402"},
		{FORMAT_COUNT, 1234567, "1,234,567"},
		{FORMAT_COUNT, (double)NAN, "not known"},
		{FORMAT_DECIMAL, 0.19499, "0.19"},
		{FORMAT_DECIMAL, -0.5, "−0.50"},
		{FORMAT_DECIMAL, -0.001, "0.00"},
		{FORMAT_DECIMAL, 1234.5, "1,234.50"},
		{FORMAT_ONE, 41.25, "41.2"},
		{FORMAT_ONE, -13.34, "−13.3"},
		{FORMAT_PERCENT, 51.4, "51%"},
		{FORMAT_PERCENT, 0, "0%"},
		{FORMAT_PERCENT, 4.25, "4.2%"},
		{FORMAT_PERCENT, 100, "100%"},
		{FORMAT_PERCENT, -11, "−11%"},
		{FORMAT_POUNDS, 1400, "£1,400"},
		{FORMAT_POUNDS, 648.6, "£649"},
		{FORMAT_POUNDS, -2637.49, "−£2,637"},
		{FORMAT_POUNDS, -0.2, "£0"},
		{FORMAT_MILLION, 34700000, "£34.7 million"},
		{FORMAT_MILLION, 670000, "£670,000"},
		{FORMAT_MILLION, (double)INFINITY, "not known"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			words_number(*state, cases[i].format, cases[i].number), cases[i].expected);
}

static void open_sample(struct view_report *out_report, struct arena *arena)
{
	struct error error = {0};

	if (!sample_report(out_report, arena, 30, false, &error))
		fail_msg("%s", error.message);
}

static void test_codes_have_labels_and_the_unknown_stay(void **state)
{
	struct view_report report;
	const struct framework *framework;

	open_sample(&report, *state);
	framework = report.cohort->framework;
	assert_string_equal(
		words_code(*state, report.schema, framework, "age_band", TEXT("0-1")), "0 to 1");
	assert_string_equal(words_code(*state, report.schema, framework, "from_kind",
				    TEXT("in-house fostering")),
		"In-house fostering");
	assert_string_equal(
		words_code(*state, report.schema, framework, "domain", TEXT("emotional_health")),
		framework->domains[0].label);
	assert_string_equal(
		words_code(*state, report.schema, framework, "age_band", TEXT("no such code")),
		"no such code");
}

static void test_every_figure_says_what_it_found(void **state)
{
	struct view_report report;

	open_sample(&report, *state);
	for (size_t i = 0; i < report.result_count; i++) {
		const struct result *result = report.results[i];
		const char *title = words_title(*state, report.schema, result);

		assert_true(strlen(title) > 10);
		assert_null(strchr(title, '{'));
		assert_non_null(view_figure_text(*state, result->name, "question"));
		assert_non_null(view_figure_text(*state, result->name, "definition"));
		for (size_t n = 0; n < result->note_count; n++) {
			const char *note = view_sentence(*state, report.schema, &result->notes[n]);

			assert_true(strlen(note) > 10);
			assert_null(strchr(note, '{'));
		}
	}
}

/* Every column and code that a report can show has words of its own. */
static void test_columns_and_tables_have_headings(void **state)
{
	struct view_report report;

	open_sample(&report, *state);
	for (size_t i = 0; i < report.result_count; i++) {
		for (size_t t = 0; t < report.results[i]->table_count; t++) {
			const struct table *table = report.results[i]->tables[t];

			assert_null(strchr(words_table(*state, table), '_'));
			for (size_t c = 0; c < table->column_count; c++)
				assert_null(strchr(words_column(*state, report.cohort->framework,
							   &table->columns[c]),
					'_'));
		}
	}
}

static struct table *few_table(struct arena *arena)
{
	struct table *table = table_make(arena, "kinds");

	assert_non_null(table);
	table_column(table, "n", COLUMN_INTEGER, "children");
	table_column(table, "mean_total", COLUMN_NUMBER, "points");
	table_column(table, "n_costed", COLUMN_INTEGER, "children");
	table_column(table, "mean_weekly_cost", COLUMN_NUMBER, "pounds a week");
	table_row(table);
	table_set_integer(table, 0, 6);
	table_set_number(table, 1, 20);
	table_set_integer(table, 2, 5);
	table_set_number(table, 3, 400);
	return table;
}

static void test_a_mean_over_fewer_than_six_rests_on_few(void **state)
{
	const struct table *table = few_table(*state);

	assert_false(words_rests_on_few(table, 0, 0));
	assert_false(words_rests_on_few(table, 1, 0));
	assert_false(words_rests_on_few(table, 2, 0));
	assert_true(words_rests_on_few(table, 3, 0));
}

static void test_who_is_left_out_is_said(void **state)
{
	struct result result = {.n = 3402, .missing_assessment = 126, .missing_group = 1};

	assert_string_equal(words_used(*state, &result),
		"n = 3,402 children. Not included: 126 without an assessment, 1 whose group is not "
		"recorded.");
	result = (struct result){.n = 1};
	assert_string_equal(words_used(*state, &result), "n = 1 child.");
}

static void test_moments_are_told_in_utc(void **state)
{
	assert_string_equal(words_moment(*state, INT64_C(1680528300)), "3 April 2023, 13:25 UTC");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_numbers_for_people),
		CHECKS(test_codes_have_labels_and_the_unknown_stay),
		CHECKS(test_every_figure_says_what_it_found),
		CHECKS(test_columns_and_tables_have_headings),
		CHECKS(test_a_mean_over_fewer_than_six_rests_on_few),
		CHECKS(test_who_is_left_out_is_said),
		CHECKS(test_moments_are_told_in_utc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
