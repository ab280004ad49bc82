/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <math.h>

#include "numeric/distribution.h"
#include "numeric/natural_log.h"

/* The wanted numbers of this file were computed with 40 digits (mpmath). */
static void test_quantiles_of_t_for_any_freedom(void **state)
{
	static const double wanted[][2] = {{0.1, 1682362288745.0254838}, {1, 12.706204736174704646},
		{1.5, 6.0166631044279319219}, {2, 4.3026527297494638523},
		{2.999, 3.1830467153268894629}, {3, 3.1824463052837095927},
		{7.25, 2.3481948491053721998}, {15, 2.1314495455597756821},
		{29, 2.0452296421327042982}, {99.5, 1.9840936109906242427},
		{499.75, 1.9647222222545465584}, {999, 1.9623414611334499787},
		{999.9999, 1.962339081064200899}, {1000, 1.962339080826408485},
		{4321.5, 1.9605130819591344258}, {83999, 1.959992226600462512},
		{1e300, 1.959963984540054}};

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_near(student_t_quantile_975(wanted[i][0]), wanted[i][1], 3e-14);
}

static void test_quantile_of_t_falls_with_the_freedom(void **state)
{
	double before = (double)INFINITY;

	(void)state;
	for (double freedom = 0.02; freedom < 3000; freedom *= 1.003) {
		double quantile = student_t_quantile_975(freedom);
		assert_true(quantile < before);
		before = quantile;
	}
}

static void test_no_freedom_has_no_quantile(void **state)
{
	(void)state;
	assert_true(isnan(student_t_quantile_975(0)));
	assert_true(isnan(student_t_quantile_975(-3)));
	assert_true(isnan(student_t_quantile_975((double)NAN)));
}

static void test_incomplete_beta(void **state)
{
	static const double wanted[][4] = {{2, 3, 0.25, 0.26171875},
		{0.5, 0.5, 0.1, 0.204832764699133458}, {10, 0.5, 0.9, 0.151640909634709969},
		{100, 200, 0.3, 0.108843065644909758}, {0.01, 5, 0.001, 0.952795880007077236},
		{500, 0.5, 0.998, 0.157195252690260756}, {1, 1, 0.3, 0.3},
		{30, 40, 0.6, 0.99807411120246102}, {3, 2, 0, 0}, {3, 2, 1, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_near(beta_incomplete(wanted[i][0], wanted[i][1], wanted[i][2]), wanted[i][3],
			2e-13);
	assert_true(isnan(beta_incomplete(0, 1, 0.5)));
	assert_true(isnan(beta_incomplete(1, 1, 1.5)));
}

static void test_the_two_ends_of_beta_mirror(void **state)
{
	(void)state;
	for (double a = 0.3; a < 300; a *= 1.9)
		for (double b = 0.2; b < 300; b *= 2.3)
			for (double x = 0.0625; x < 1; x += 0.0625)
				assert_near(beta_incomplete(a, b, x) + beta_incomplete(b, a, 1 - x),
					1, 1e-13);
}

static void test_quantiles_of_the_normal(void **state)
{
	static const double wanted[][2] = {{0.25, -0.674489750196081743}, {0.5, 0},
		{0.001, -3.09023230616781354}, {1e-10, -6.3613409024040562},
		{1e-20, -9.26234008979840758}, {0.4, -0.253347103135799741},
		{0.075, -1.43953147093845593}, {0.0750001, -1.43953076450172969},
		{0.9, 1.28155156554460059}};

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_near(normal_quantile(wanted[i][0]), wanted[i][1], 1e-15);
	assert_near(normal_quantile(0.975), normal_quantile_975, 4e-16);
	assert_true(isnan(normal_quantile(0)));
	assert_true(isnan(normal_quantile(1)));
}

static void test_own_logarithm(void **state)
{
	(void)state;
	assert_near(natural_log(1), 0, 0);
	assert_near(natural_log(2), 0.693147180559945309, 3e-16);
	for (double x = 1e-300; x < 1e300; x *= 1.37)
		assert_near(natural_log(x), log(x), 1e-15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quantiles_of_t_for_any_freedom),
		cmocka_unit_test(test_quantile_of_t_falls_with_the_freedom),
		cmocka_unit_test(test_no_freedom_has_no_quantile),
		cmocka_unit_test(test_incomplete_beta),
		cmocka_unit_test(test_the_two_ends_of_beta_mirror),
		cmocka_unit_test(test_quantiles_of_the_normal),
		cmocka_unit_test(test_own_logarithm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
