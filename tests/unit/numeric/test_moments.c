/* SPDX-License-Identifier: MIT */
/* Means, medians, proportions. */
#include "reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/moments.h"
#include "numeric/proportion.h"
#include "numeric/random.h"

static struct moments moments_of(const int64_t *values, size_t n)
{
	struct moments moments = {0};

	for (size_t i = 0; i < n; i++)
		moments_add(&moments, values[i]);
	return moments;
}

static void assert_estimate(struct estimate got, double value, double low, double high)
{
	assert_near(got.value, value, 1e-14);
	assert_near(got.low, low, 1e-13);
	assert_near(got.high, high, 1e-13);
}

static void test_ratios_are_rounded_once(void **state)
{
	numeric_wide large = (numeric_wide)1 << 100;

	(void)state;
	assert_near(ratio(1, 3), 1.0 / 3.0, 0);
	assert_near(ratio(-7, 2), -3.5, 0);
	assert_near(ratio(large * 3, large), 3, 0);
	assert_near(ratio(large + 1, 3), 0x1.5555555555555p98, 0);
	/* just above and at the middle between 2^53 and its neighbour */
	assert_near(ratio(((numeric_wide)1 << 54) * 1000 + 2001, 2000), 0x1.0000000000001p53, 0);
	assert_near(ratio(((numeric_wide)1 << 54) * 1000 + 2000, 2000), 0x1p53, 0);
	assert_true(isnan(ratio(1, 0)));
}

static void test_interval_of_a_mean(void **state)
{
	/* mean 5, variance 32 / 7, t(7) = 2.3646242515927849 */
	static const int64_t values[] = {2, 4, 4, 4, 5, 5, 7, 9};
	struct moments moments = moments_of(values, 8);
	double half = 2.3646242515927849 * sqrt(32.0 / 56.0);

	(void)state;
	assert_estimate(moments_mean_interval(&moments, 1), 5, 5 - half, 5 + half);
	assert_estimate(
		moments_mean_interval(&moments, 100), 0.05, (5 - half) / 100, (5 + half) / 100);
}

static void test_one_child_has_a_mean_but_no_interval(void **state)
{
	static const int64_t one[] = {7};
	struct moments none = {0};
	struct moments single = moments_of(one, 1);
	static const double real[] = {0.25};

	(void)state;
	assert_estimate(moments_mean_interval(&single, 1), 7, (double)NAN, (double)NAN);
	assert_estimate(moments_mean_interval(&none, 1), (double)NAN, (double)NAN, (double)NAN);
	assert_estimate(doubles_mean_interval(real, 1), 0.25, (double)NAN, (double)NAN);
	assert_estimate(doubles_mean_interval(real, 0), (double)NAN, (double)NAN, (double)NAN);
}

static void test_costs_that_differ_by_a_penny_at_ten_million_pounds(void **state)
{
	struct moments moments = {0};

	(void)state;
	for (int64_t i = 0; i < 84000; i++)
		moments_add(&moments, 999999999 + i % 2);
	struct estimate got = moments_mean_interval(&moments, 100);
	assert_near(got.value, 9999999.995, 1e-16);
	assert_near((got.high - got.low) / 2,
		1.9599922259453 * sqrt(0.25 * 84000 / 83999 / 84000) / 100,
		1e-4); /* half a unit in the last place of the bounds */
}

static void test_parts_add_up_to_the_whole(void **state)
{
	static const int64_t values[] = {5, -3, 1000000000, 17, 0, 8};
	struct moments whole = moments_of(values, 6);
	struct moments front = moments_of(values, 2);
	struct moments back = moments_of(values + 2, 4);

	(void)state;
	moments_merge(&front, &back);
	assert_memory_equal(&front, &whole, sizeof whole);
}

static void test_difference_of_means_by_welch(void **state)
{
	/* means 3 and 6, s^2/n 0.5 and 2: freedom 2.5^2 / (0.25/4 + 4/4) = 5.88235..., t from 40
	 * digits */
	static const int64_t a[] = {1, 2, 3, 4, 5};
	static const int64_t b[] = {2, 4, 6, 8, 10};
	struct moments one = moments_of(a, 5);
	struct moments other = moments_of(b, 5);
	double half = 2.4588237096991468538 * sqrt(2.5);

	(void)state;
	assert_estimate(moments_difference(&one, &other, 1), -3, -3 - half, -3 + half);
	assert_estimate(
		moments_difference(&other, &one, 10), 0.3, 0.3 - half / 10, 0.3 + half / 10);
}

static void test_difference_where_nothing_varies_is_a_point(void **state)
{
	static const int64_t a[] = {4, 4, 4};
	static const int64_t b[] = {1, 1};
	struct moments one = moments_of(a, 3);
	struct moments other = moments_of(b, 2);
	struct moments single = moments_of(b, 1);
	struct moments none = {0};

	(void)state;
	assert_estimate(moments_difference(&one, &other, 1), 3, 3, 3);
	assert_estimate(moments_difference(&one, &single, 1), 3, (double)NAN, (double)NAN);
	assert_estimate(moments_difference(&one, &none, 1), (double)NAN, (double)NAN, (double)NAN);
}

static int by_size(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a;
	int64_t other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

static double median_by_sorting(int64_t *values, size_t n)
{
	qsort(values, n, sizeof *values, by_size);
	return ((double)values[(n - 1) / 2] + (double)values[n / 2]) / 2;
}

static void test_medians_are_those_of_the_sorted_values(void **state)
{
	static const int64_t ranges[] = {1, 3, 20, 131, 1000000000, (int64_t)1 << 50};
	int64_t values[300];
	int64_t copy[300];
	struct random random;

	(void)state;
	random_seed(&random, 11);
	for (size_t round = 0; round < 3000; round++) {
		size_t n = 1 + random_below(&random, 300);
		int64_t range = ranges[round % 6];
		for (size_t i = 0; i < n; i++)
			values[i] = random_between(&random, round % 2 ? -range : 0, range);
		memcpy(copy, values, sizeof copy);
		double wanted = median_by_sorting(copy, n);
		assert_near(median_of(values, n, 1), wanted, 0);
		qsort(values, n, sizeof *values, by_size);
		assert_memory_equal(values, copy, n * sizeof *values);
	}
}

static void test_medians_of_extremes(void **state)
{
	int64_t two[] = {INT64_MAX, INT64_MIN};
	int64_t many[64];

	(void)state;
	assert_true(isnan(median_of(two, 0, 1)));
	assert_near(median_of(two, 2, 1), -0.5, 0);
	for (size_t i = 0; i < 64; i++)
		many[i] = i < 33 ? INT64_MIN : INT64_MAX;
	assert_near(median_of(many, 64, 1), -0x1p63, 0);
	assert_near(median_of((int64_t[]){350, 100}, 2, 100), 2.25, 0);
}

static void test_sums_keep_what_rounding_takes(void **state)
{
	static const double cancelling[] = {1, 1e100, 1, -1e100};
	static const double nothing[] = {0};
	double tenths[1000];

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		tenths[i] = 0.1;
	assert_near(sum_compensated(cancelling, 4), 2, 0);
	assert_near(sum_compensated(tenths, 1000), 100, 0);
	assert_near(sum_compensated(nothing, 0), 0, 0);
}

static void test_proportions_by_wilson(void **state)
{
	double zz = 1.959963984540054 * 1.959963984540054;

	(void)state;
	assert_estimate(wilson(0, 10), 0, 0, 100 * zz / (10 + zz));
	assert_estimate(wilson(10, 10), 100, 100 * 10 / (10 + zz), 100);
	assert_estimate(wilson(0, 0), (double)NAN, (double)NAN, (double)NAN);
	/* Newcombe 1998, Statistics in Medicine 17: 81 of 263 is 0.2553 to 0.3662, 15 of 148 is
	 * 0.0624 to 0.1605 */
	assert_near(wilson(81, 263).low, 25.53, 2e-4);
	assert_near(wilson(81, 263).high, 36.62, 2e-4);
	assert_near(wilson(15, 148).low, 6.24, 5e-4);
	assert_near(wilson(15, 148).high, 16.05, 5e-4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ratios_are_rounded_once),
		cmocka_unit_test(test_interval_of_a_mean),
		cmocka_unit_test(test_one_child_has_a_mean_but_no_interval),
		cmocka_unit_test(test_costs_that_differ_by_a_penny_at_ten_million_pounds),
		cmocka_unit_test(test_parts_add_up_to_the_whole),
		cmocka_unit_test(test_difference_of_means_by_welch),
		cmocka_unit_test(test_difference_where_nothing_varies_is_a_point),
		cmocka_unit_test(test_medians_are_those_of_the_sorted_values),
		cmocka_unit_test(test_medians_of_extremes),
		cmocka_unit_test(test_sums_keep_what_rounding_takes),
		cmocka_unit_test(test_proportions_by_wilson),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
