/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "import/encoding.h"
#include "import/values.h"
#include "import/years.h"

static void assert_date(const char *text, const char *expected)
{
	char found[DATE_TEXT_SIZE] = "";
	int32_t days;

	if (value_date(text_of(text), &days))
		date_format(days, found);
	assert_string_equal(found, expected);
}

static void test_dates_of_both_forms_and_no_others(void **state)
{
	(void)state;
	assert_date("2020-02-29", "2020-02-29");
	assert_date("29/02/2020", "2020-02-29");
	assert_date("0001-01-01", "0001-01-01");
	assert_date("31/12/9999", "9999-12-31");
	assert_date("2021-02-29", "");
	assert_date("31/04/2020", "");
	assert_date("0000-01-01", "");
	assert_date("1/4/2020", "");
	assert_date("20200401", "");
	assert_date("2020/04/01", "");
	assert_date("01-04-2020", "");
	assert_date("2020-04-0x", "");
	assert_date("2020-04-01 00:00", "");
}

static void test_partial_dates(void **state)
{
	(void)state;
	assert_true(value_partial_date(TEXT("zz/05/2012")));
	assert_true(value_partial_date(TEXT("Zz/zZ/ZZZZ")));
	assert_true(value_partial_date(TEXT("01/05/zzzz")));
	assert_true(value_partial_date(TEXT("2012-05-01")));
	assert_false(value_partial_date(TEXT("z1/05/2012")));
	assert_false(value_partial_date(TEXT("05/2012")));
	assert_false(value_partial_date(TEXT("2012-zz-01")));
	assert_false(value_partial_date(TEXT("zz/05/20zz")));
}

static void test_scores_are_whole(void **state)
{
	uint8_t score = 99;

	(void)state;
	assert_true(value_score(TEXT("10"), 10, &score));
	assert_int_equal(score, 10);
	assert_true(value_score(TEXT("000000000000000000007"), 10, &score));
	assert_int_equal(score, 7);
	assert_false(value_score(TEXT("11"), 10, &score));
	assert_false(value_score(TEXT("4294967297"), 10, &score));
	assert_false(value_score(TEXT("5.0"), 10, &score));
	assert_false(value_score(TEXT("+5"), 10, &score));
	assert_false(value_score(TEXT(""), 10, &score));
}

static void test_distances_are_the_nearest_doubles(void **state)
{
	static const char *const right[] = {"0", "12.5", "0.1", "3.3", "20.000000000001",
		"123456789012345", "1234567890123456789", "0.30000000000000004",
		"7.0000000000000000000000000000000000000000000000000000000000000000000001"};
	static const char *const wrong[] = {
		"12.", ".5", "-3", "+3", "1,200", "1e3", "1.2.3", "near"};
	double miles;

	(void)state;
	for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
		assert_true(value_distance(text_of(right[i]), &miles));
		assert_true(miles == strtod(right[i], NULL));
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(value_distance(text_of(wrong[i]), &miles));
	assert_true(value_distance(TEXT("999.9"), &miles));
	assert_true(isnan(miles));
}

static void test_the_year_that_stands_alone_in_a_path(void **state)
{
	(void)state;
	assert_int_equal(year_in_path("returns/2021/header.csv"), 2021);
	assert_int_equal(year_in_path("2021/SSDA903_2022_HEADER.csv"), 2022);
	assert_int_equal(year_in_path("v20211/x12021/202/1999/header.csv"), 0);
	assert_int_equal(year_in_path("2099"), 2099);
	assert_int_equal(year_in_path("2019-20/header.csv"), 2019);
	assert_int_equal(year_in_path(""), 0);
}

static void test_codes_of_every_length(void **state)
{
	const struct code codes[] = {{TEXT("1"), TEXT(""), 0, 0, TEXT("")},
		{TEXT("PR1"), TEXT(""), 0, 0, TEXT("")}, {TEXT("E4A"), TEXT(""), 0, 0, TEXT("")},
		{TEXT("continue"), TEXT(""), 0, 0, TEXT("")},
		{TEXT("accommodation"), TEXT(""), 0, 0, TEXT("")}};
	struct code_set set = {.name = "some", .codes = codes, .count = 5};
	struct arena *arena = arena_open();
	struct code_lookup lookup;
	struct error error;
	size_t again;

	(void)state;
	assert_true(code_set_index(&set, arena, &again, &error));
	assert_true(code_lookup_open(&lookup, arena, &set, &error));
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(code_lookup_find(&lookup, codes[i].code), i);
	assert_int_equal(code_lookup_find(&lookup, TEXT("PR11")), -1);
	assert_int_equal(code_lookup_find(&lookup, TEXT("pr1")), -1);
	assert_int_equal(code_lookup_find(&lookup, TEXT("continued")), -1);
	assert_int_equal(code_lookup_find(&lookup, TEXT("accommodatioN")), -1);
	arena_close(arena);
}

/* Characters of three bytes lie across every border between the pieces that threads look at. */
static void test_a_large_file_is_surveyed_in_pieces(void **state)
{
	const size_t length = 9 * 1024 * 1024;
	char *bytes = malloc(length);
	struct encoding_survey survey;

	(void)state;
	assert_non_null(bytes);
	for (size_t shift = 0; shift < 3; shift++) {
		memset(bytes, 'x', length);
		for (size_t i = shift; i + 3 <= length; i += 3)
			memcpy(bytes + i, "\xE2\x82\xAC", 3);
		survey = encoding_survey((struct text){bytes, length});
		assert_int_equal(survey.encoding, ENCODING_UTF8);
		assert_int_equal(survey.lines, 0);
		assert_false(survey.quotes || survey.nul);
		bytes[4 * 1024 * 1024] = 'x'; /* at a border: breaks what is before or after */
		survey = encoding_survey((struct text){bytes, length});
		assert_int_equal(survey.encoding, ENCODING_WINDOWS_1252);
	}
	memset(bytes, '\n', length);
	memcpy(bytes + length - 5, "a\r\n\"\0", 5);
	survey = encoding_survey((struct text){bytes, length});
	assert_int_equal(survey.lines, 1);
	assert_true(survey.quotes && survey.nul);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates_of_both_forms_and_no_others),
		cmocka_unit_test(test_partial_dates),
		cmocka_unit_test(test_scores_are_whole),
		cmocka_unit_test(test_distances_are_the_nearest_doubles),
		cmocka_unit_test(test_the_year_that_stands_alone_in_a_path),
		cmocka_unit_test(test_codes_of_every_length),
		cmocka_unit_test(test_a_large_file_is_surveyed_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
