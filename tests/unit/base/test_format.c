/* SPDX-License-Identifier: MIT */
/* What is written by our own hand is what printf would have written. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/format.h"

#define SAME(...)                                                                                  \
	do {                                                                                       \
		char ours[200], theirs[200];                                                       \
		for (size_t room = 0; room < sizeof ours; room += room < 30 ? 1 : 50) {            \
			memset(ours, 'x', sizeof ours);                                            \
			memset(theirs, 'x', sizeof theirs);                                        \
			assert_int_equal(format_into(ours, room, __VA_ARGS__),                     \
				snprintf(theirs, room, __VA_ARGS__));                              \
			assert_memory_equal(ours, theirs, sizeof ours);                            \
		}                                                                                  \
	} while (0)

static void test_words_and_whole_numbers(void **state)
{
	(void)state;
	SAME("%s", "");
	SAME("plain words, 100%%");
	SAME("%s: %s of %d, %s", "1 May 2024", "total", 17, "moderate");
	SAME("%.*s|%.*s|%.*s", 3, "abcdef", 0, "abc", 10, "abc");
	SAME("%c%d %dH%d", 'M', 12, -7, 0);
	SAME("%d %d %u %u", INT_MIN, INT_MAX, 0u, UINT_MAX);
	SAME("%ld %lu %lld %llu %zu", LONG_MIN, ULONG_MAX, LLONG_MIN, ULLONG_MAX, SIZE_MAX);
	SAME("%02d:%02d:%02d %04d %03d", 7, 0, 59, 2024, -5);
	SAME("%02d %02u %03lld", 123, 7u, 45678LL);
	SAME("\xE2\x88\x92%s\n", "\xC2\xA3");
}

static void test_the_rest_is_left_to_printf(void **state)
{
	(void)state;
	SAME("%d and %.2f and %s", 3, 2.5, "end");
	SAME("%s %5d|%-8s|%x|%010d", "a", 42, "left", 255u, 42);
	SAME("%s %.3s %p", "a", "abcdef", (void *)0);
	SAME("%i %+d % d %#x", 3, 4, 5, 6u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_and_whole_numbers),
		cmocka_unit_test(test_the_rest_is_left_to_printf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
