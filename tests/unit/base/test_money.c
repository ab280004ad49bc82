/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/money.h"

static void test_pounds_become_pence(void **state)
{
	int64_t pence = 0;

	(void)state;
	assert_true(money_parse(TEXT("1234"), &pence));
	assert_int_equal(pence, 123400);
	assert_true(money_parse(TEXT("1234.5"), &pence));
	assert_int_equal(pence, 123450);
	assert_true(money_parse(TEXT("0.00"), &pence));
	assert_int_equal(pence, 0);
	assert_true(money_parse(TEXT("0000000000000000000001"), &pence));
	assert_int_equal(pence, 100);
}

static void test_what_is_no_amount_is_refused(void **state)
{
	static const char *const wrong[] = {"", "-1", "+1", "£12", "1,234", "1.234", "1.", ".5",
		"1e3", "12 ", "99999999999999999999", "1.2.3", "ten"};
	int64_t pence = 7;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(money_parse(text_of(wrong[i]), &pence));
	assert_int_equal(pence, 7);
}

static void test_money_is_shown_as_people_write_it(void **state)
{
	char words[40];

	(void)state;
	assert_string_equal(money_words(123456789, false, words), "£1,234,567.89");
	assert_string_equal(money_words(139950, true, words), "£1,400");
	assert_string_equal(money_words(-5, false, words), "-£0.05");
	assert_string_equal(money_words(MONEY_MISSING, true, words), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pounds_become_pence),
		cmocka_unit_test(test_what_is_no_amount_is_refused),
		cmocka_unit_test(test_money_is_shown_as_people_write_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
