/* SPDX-License-Identifier: MIT */
#include "numeric/moments.h"

#include <math.h>

#include "numeric/compensated.h"
#include "numeric/distribution.h"
#include "numeric/quad.h"
#include "numeric/undefined.h"

static const numeric_wide exact_in_double = (numeric_wide)1 << DBL_MANT_DIG;

static bool is_exact(numeric_wide number)
{
	return number <= exact_in_double && number >= -exact_in_double;
}

static numeric_quad quotient(numeric_wide numerator, numeric_wide denominator)
{
	return (numeric_quad)numerator / (numeric_quad)denominator;
}

double ratio(numeric_wide numerator, numeric_wide denominator)
{
	if (denominator == 0)
		return UNDEFINED;
	if (is_exact(numerator) && is_exact(denominator))
		return (double)numerator / (double)denominator;
	return (double)quotient(numerator, denominator);
}

double moments_mean(const struct moments *moments, int64_t scale)
{
	return ratio(moments->sum, (numeric_wide)moments->n * scale);
}

/* The square of the standard error of the mean, s^2 / n; n >= 2. */
static numeric_quad error_square(const struct moments *moments)
{
	numeric_wide n = moments->n;
	numeric_wide spread = n * moments->squares - (numeric_wide)moments->sum * moments->sum;

	return quotient(spread, n * n * (n - 1));
}

static struct estimate around(double value, double half)
{
	return (struct estimate){value, value - half, value + half};
}

struct estimate moments_mean_interval(const struct moments *moments, int64_t scale)
{
	double value = moments_mean(moments, scale);

	if (moments->n < 2)
		return around(value, UNDEFINED);
	double error = sqrt((double)error_square(moments)) / (double)scale;
	return around(value, student_t_quantile_975((double)(moments->n - 1)) * error);
}

static double difference_of_means(const struct moments *a, const struct moments *b, int64_t scale)
{
	return ratio((numeric_wide)a->sum * b->n - (numeric_wide)b->sum * a->n,
		(numeric_wide)a->n * b->n * scale);
}

struct estimate moments_difference(const struct moments *a, const struct moments *b, int64_t scale)
{
	double value = difference_of_means(a, b, scale);

	if (a->n < 2 || b->n < 2)
		return around(value, UNDEFINED);
	numeric_quad one = error_square(a);
	numeric_quad other = error_square(b);
	numeric_quad both = one + other;
	if (both == 0)
		return around(value, 0);
	numeric_quad freedom =
		both * both /
		(one * one / (numeric_quad)(a->n - 1) + other * other / (numeric_quad)(b->n - 1));
	double error = sqrt((double)both) / (double)scale;
	return around(value, student_t_quantile_975((double)freedom) * error);
}

double sum_compensated(const double *values, size_t n)
{
	struct compensated total = {0};

	for (size_t i = 0; i < n; i++)
		compensated_add(&total, values[i]);
	return compensated_total(&total);
}

struct estimate doubles_mean_interval(const double *values, size_t n)
{
	struct compensated squares = {0};

	if (n == 0)
		return around(UNDEFINED, UNDEFINED);
	double mean = sum_compensated(values, n) / (double)n;
	if (n < 2)
		return around(mean, UNDEFINED);
	for (size_t i = 0; i < n; i++)
		compensated_add(&squares, (values[i] - mean) * (values[i] - mean));
	double variance = compensated_total(&squares) / (double)(n - 1);
	return around(mean, student_t_quantile_975((double)(n - 1)) * sqrt(variance / (double)n));
}
