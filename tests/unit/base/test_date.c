/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/date.h"

static int32_t day(const char *text)
{
	int32_t days = DATE_MISSING;

	assert_true(date_parse(text_of(text), &days));
	return days;
}

static void test_both_ways_of_writing_a_date_agree(void **state)
{
	(void)state;
	assert_int_equal(day("1970-01-01"), 0);
	assert_int_equal(day("09/04/2017"), day("2017-04-09"));
	assert_int_equal(day("29/02/2024"), day("2024-02-29"));
}

static void test_what_is_no_date_is_refused(void **state)
{
	static const char *const wrong[] = {"", "2017-4-9", "31/02/2020", "29/02/2023",
		"2023-13-01", "04-09-2017", "2017/04/09", "01/01/1799", "1/1/2020", "2020-01-01 ",
		"20200101xx", "0000-00-00", "aa/bb/cccc"};
	int32_t days = 7;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(date_parse(text_of(wrong[i]), &days));
	assert_int_equal(days, 7);
}

static void test_every_day_survives_the_round_trip(void **state)
{
	char text[DATE_TEXT_SIZE];

	(void)state;
	for (int32_t days = day("1899-12-25"); days < day("2101-01-05"); days++) {
		assert_int_equal(date_from_parts(date_parts(days)), days);
		assert_int_equal(day(date_format(days, text)), days);
	}
}

static void test_leap_day_birthdays_fall_on_1_march(void **state)
{
	(void)state;
	assert_int_equal(date_years_between(day("2008-02-29"), day("2009-02-28")), 0);
	assert_int_equal(date_years_between(day("2008-02-29"), day("2009-03-01")), 1);
	assert_int_equal(date_years_between(day("2008-02-29"), day("2012-02-28")), 3);
	assert_int_equal(date_years_between(day("2008-02-29"), day("2012-02-29")), 4);
	assert_int_equal(date_years_between(day("2010-06-15"), day("2023-06-14")), 12);
	assert_int_equal(date_years_between(day("2010-06-15"), day("2023-06-15")), 13);
	assert_int_equal(date_years_between(day("2010-06-15"), day("2010-06-14")), -1);
}

static void test_collection_years_run_from_april_to_march(void **state)
{
	(void)state;
	assert_int_equal(date_collection_year(day("2017-03-31")), 2017);
	assert_int_equal(date_collection_year(day("2017-04-01")), 2018);
	assert_int_equal(date_last_31_march(day("2023-03-31")), day("2023-03-31"));
	assert_int_equal(date_last_31_march(day("2023-03-30")), day("2022-03-31"));
}

static void test_intervals_are_half_open(void **state)
{
	(void)state;
	assert_true(date_open_on(10, DATE_MISSING, 10));
	assert_true(date_open_on(10, 12, 11));
	assert_false(date_open_on(10, 12, 12));
	assert_false(date_open_on(10, 10, 10));
	assert_false(date_open_on(10, DATE_MISSING, 9));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_ways_of_writing_a_date_agree),
		cmocka_unit_test(test_what_is_no_date_is_refused),
		cmocka_unit_test(test_every_day_survives_the_round_trip),
		cmocka_unit_test(test_leap_day_birthdays_fall_on_1_march),
		cmocka_unit_test(test_collection_years_run_from_april_to_march),
		cmocka_unit_test(test_intervals_are_half_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
