/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <math.h>

#include "numeric/correlation.h"
#include "numeric/random.h"
#include "numeric/rank.h"

static void test_pearson_of_a_handful(void **state)
{
	static const int64_t x[] = {1, 2, 3, 4, 5};
	static const int64_t y[] = {2, 4, 5, 4, 5};
	static const int64_t down[] = {50, 40, 30, 20, 10};
	static const int64_t none[] = {3, 1, 0, 1, 3};

	(void)state;
	assert_near(pearson(x, y, 5), sqrt(0.6), 2e-16);
	assert_near(pearson(x, down, 5), -1, 0);
	assert_near(pearson(x, none, 5), 0, 0);
}

static void test_no_correlation_where_a_side_does_not_vary(void **state)
{
	static const int64_t x[] = {1, 2, 3};
	static const int64_t same[] = {7, 7, 7};

	(void)state;
	assert_true(isnan(pearson(x, same, 3)));
	assert_true(isnan(pearson(same, x, 3)));
	assert_true(isnan(pearson(x, x, 1)));
	assert_true(isnan(pearson(x, x, 0)));
}

static void test_large_numbers_lose_nothing(void **state)
{
	int64_t x[1000];
	int64_t y[1000];
	struct random random;

	(void)state;
	random_seed(&random, 1);
	for (size_t i = 0; i < 1000; i++) {
		x[i] = random_between(&random, 0, 130);
		y[i] = random_between(&random, 0, 1000) + 3 * x[i];
	}
	double r = pearson(x, y, 1000);
	for (size_t i = 0; i < 1000; i++) {
		x[i] += (int64_t)1 << 39;
		y[i] = y[i] * 1000000 - 7;
	}
	assert_near(pearson(x, y, 1000), r, 0);
}

static void test_interval_by_fisher(void **state)
{
	struct estimate got = fisher_interval(0.5, 28);

	(void)state;
	assert_near(got.low, tanh(atanh(0.5) - 1.959963984540054 / 5), 1e-15);
	assert_near(got.high, tanh(atanh(0.5) + 1.959963984540054 / 5), 1e-15);
	assert_true(isnan(fisher_interval(0.5, 3).low));
	assert_true(isnan(fisher_interval(1, 100).high));
	assert_true(isnan(fisher_interval(-1 + 1e-10, 100).high));
	assert_true(isnan(fisher_interval((double)NAN, 100).low));
	assert_near(fisher_interval(0.25, 2).value, 0.25, 0);
}

static double rho_of(const int64_t *x, const int64_t *y, size_t n)
{
	struct arena *arena = arena_open();
	struct error error;
	double rho = 0;

	assert_non_null(arena);
	assert_true(spearman(arena, x, y, n, &rho, &error));
	arena_close(arena);
	return rho;
}

static void test_spearman_looks_at_order_only(void **state)
{
	static const int64_t x[] = {1, 2, 3, 4, 1000000000};
	static const int64_t y[] = {-5, 0, 1, 90, 91};
	/* ranks 1 to 10 against others, squared differences sum to 194: 1 - 6 * 194 / 990 */
	static const int64_t iq[] = {86, 97, 99, 100, 101, 103, 106, 110, 112, 113};
	static const int64_t hours[] = {2, 20, 28, 27, 50, 29, 7, 17, 6, 12};
	static const int64_t same[] = {4, 4, 4, 4, 4};

	(void)state;
	assert_near(rho_of(x, y, 5), 1, 0);
	assert_near(rho_of(iq, hours, 10), 1 - 6 * 194.0 / 990, 1e-15);
	assert_true(isnan(rho_of(x, same, 5)));
	assert_true(isnan(rho_of(x, y, 0)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pearson_of_a_handful),
		cmocka_unit_test(test_no_correlation_where_a_side_does_not_vary),
		cmocka_unit_test(test_large_numbers_lose_nothing),
		cmocka_unit_test(test_interval_by_fisher),
		cmocka_unit_test(test_spearman_looks_at_order_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
