/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"

static void test_trim_takes_every_kind_of_space(void **state)
{
	(void)state;
	assert_true(text_is(text_trim(TEXT(" \t a b\r\n")), "a b"));
	assert_true(text_is(text_trim(TEXT("\xC2\xA0"
					   "12\xC2\xA0 ")),
		"12"));
	assert_int_equal(text_trim(TEXT("  ")).length, 0);
}

static void test_whole_numbers_only(void **state)
{
	int64_t number = 7;

	(void)state;
	assert_true(text_integer(TEXT("-9223372036854775808"), &number));
	assert_true(number == INT64_MIN);
	assert_false(text_integer(TEXT("9223372036854775808"), &number));
	assert_false(text_integer(TEXT("4.0"), &number));
	assert_false(text_integer(TEXT("-"), &number));
	assert_false(text_integer(TEXT(""), &number));
}

static void test_numbers_are_plain_decimals(void **state)
{
	double number = 0;

	(void)state;
	assert_true(text_number(TEXT("12.5"), &number));
	assert_true(number == 12.5);
	assert_false(text_number(TEXT("1e5"), &number));
	assert_false(text_number(TEXT("nan"), &number));
	assert_false(text_number(TEXT("."), &number));
}

static void test_utf8_is_recognised(void **state)
{
	(void)state;
	assert_true(text_is_utf8(TEXT("£5 – naïve")));
	assert_false(text_is_utf8(TEXT("\xA3"
				       "5")));
	assert_false(text_is_utf8(TEXT("\xC0\x80")));
	assert_false(text_is_utf8(TEXT("\xED\xA0\x80")));
	assert_false(text_is_utf8(TEXT("\xE2\x82")));
}

static void test_a_split_gives_empty_pieces_too(void **state)
{
	struct text rest = TEXT("a,,b,"), piece;
	size_t pieces = 0;

	(void)state;
	while (text_split(&rest, ',', &piece))
		pieces++;
	assert_int_equal(pieces, 4);
}

static void test_a_buffer_grows_and_keeps_its_text(void **state)
{
	struct arena *arena = arena_open();
	struct buffer buffer = buffer_in(arena);

	(void)state;
	assert_non_null(arena);
	for (int i = 0; i < 10000; i++)
		buffer_format(&buffer, "%d,", i % 10);
	assert_int_equal(buffer.length, 20000);
	assert_memory_equal(buffer_cstring(&buffer), "0,1,2,3,", 8);
	assert_false(buffer.failed);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trim_takes_every_kind_of_space),
		cmocka_unit_test(test_whole_numbers_only),
		cmocka_unit_test(test_numbers_are_plain_decimals),
		cmocka_unit_test(test_utf8_is_recognised),
		cmocka_unit_test(test_a_split_gives_empty_pieces_too),
		cmocka_unit_test(test_a_buffer_grows_and_keeps_its_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
