/* SPDX-License-Identifier: MIT */
/* The digits are those of the C library: the first of 15, 16 and 17 that reads back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

static const char *by_the_library(double number, char out[DECIMAL_SIZE])
{
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(out, DECIMAL_SIZE, "%.*g", digits, number);
		if (strtod(out, NULL) == number)
			break;
	}
	return out;
}

static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static double from_bits(uint64_t bits)
{
	double number;

	memcpy(&number, &bits, sizeof number);
	return number;
}

/* Any bits, money, fractions, and the neighbours of powers of two. */
static double example(uint64_t *state, int kind)
{
	uint64_t exponent = (uint64_t)(1023 - 14 + (int)(next(state) % 65)) << 52;

	switch (kind) {
	case 0:
		return from_bits((next(state) & UINT64_C(0xFFFFFFFFFFFFF)) | exponent);
	case 1:
		return (double)(next(state) % 10000000) / 100;
	case 2:
		return -(double)(next(state) % 1000003) / (double)(1 + next(state) % 977);
	default:
		return from_bits(exponent + next(state) % 5 - 2);
	}
}

static void test_digits_are_those_of_the_library(void **state)
{
	char ours[DECIMAL_SIZE], theirs[DECIMAL_SIZE];
	uint64_t seed = 88172645463325252u;
	int written = 0;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		double number = example(&seed, i % 4);

		if (!decimal_text(number, ours))
			continue;
		assert_string_equal(ours, by_the_library(number, theirs));
		written++;
	}
	assert_true(written > 190000);
}

static void test_others_are_left_to_the_library(void **state)
{
	static const double others[] = {
		-0.0, 9.9e-5, 9e14, 1e300, 5e-324, (double)INFINITY, (double)NAN};
	char out[DECIMAL_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(decimal_text(others[i], out));
	assert_true(decimal_text(0, out));
	assert_string_equal(out, "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digits_are_those_of_the_library),
		cmocka_unit_test(test_others_are_left_to_the_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
