/* SPDX-License-Identifier: MIT */
#include "numeric/distribution.h"

#include <float.h>
#include <math.h>

#include "numeric/undefined.h"

static const double two_pi = 6.283185307179586476925;

/* ln gamma(z) - ((z - 1/2) ln z - z + ln(2 pi) / 2): Stirling's series (DLMF 5.11.1) from 16 on,
 * carried down by gamma(z + 1) = z gamma(z). */
static double stirling_rest(double z)
{
	double rest = 0;

	for (; z < 16; z += 1)
		rest += (z + 0.5) * log1p(1 / z) - 1;
	double w = 1 / (z * z);
	return rest +
	       (1. / 12 +
		       w * (-1. / 360 +
				   w * (1. / 1260 +
					       w * (-1. / 1680 +
							   w * (1. / 1188 - w * 691 / 360360))))) /
		       z;
}

/* x ln(x / mean) + mean - x without cancellation where the two are close (Loader 2000). */
static double deviance(double x, double mean, double mean_less_x)
{
	double v = mean_less_x / (mean + x);

	if (fabs(v) > 0.1)
		return x * log(x / mean) + mean_less_x;
	double sum = 0;
	double power = 1;
	for (int odd = 3; odd < 21; odd += 2) {
		sum += power / odd;
		power *= v * v;
	}
	return v * (mean_less_x - 2 * x * v * v * sum);
}

/* x^a y^b / B(a, b) for y = 1 - x, neither 0. */
static double beta_factor(double a, double b, double x, double y)
{
	double apart = b * x - a * y;
	double exponent = stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b) -
			  deviance(a, (a + b) * x, apart) - deviance(b, (a + b) * y, -apart);

	return sqrt(a / (a + b) * b / two_pi) * exp(exponent);
}

/* The numerator d_k of the continued fraction DLMF 8.17.22. */
static double fraction_numerator(double a, double b, double x, int k)
{
	double m = k / 2; /* whole */

	if (k % 2 == 0)
		return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
	return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
}

/* 1 / (1 + d_1 / (1 + d_2 / ...)) by Lentz's method; quick for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
	double value = 1;
	double c = 1;
	double d = 0;

	for (int k = 1; k < 100000; k++) {
		double numerator = fraction_numerator(a, b, x, k);
		d = 1 / (1 + numerator * d);
		c = 1 + numerator / c;
		value *= c * d;
		if (fabs(c * d - 1) < DBL_EPSILON)
			break;
	}
	return 1 / value;
}

static double beta_lower(double a, double b, double x, double y)
{
	return beta_factor(a, b, x, y) / a * beta_fraction(a, b, x);
}

double beta_incomplete(double a, double b, double x)
{
	if (!(a > 0 && b > 0 && x >= 0 && x <= 1))
		return UNDEFINED;
	if (x == 0 || x == 1)
		return x;
	if (x > (a + 1) / (a + b + 2))
		return 1 - beta_lower(b, a, 1 - x, x);
	return beta_lower(a, b, x, 1 - x);
}

/* Abramowitz and Stegun 26.7.5: the quantile as a series in 1 / freedom. */
static double student_t_by_series(double freedom)
{
	double x = normal_quantile_975;
	double s = x * x;
	double f1 = x * (s + 1) / 4;
	double f2 = x * ((5 * s + 16) * s + 3) / 96;
	double f3 = x * (((3 * s + 19) * s + 17) * s - 15) / 384;
	double f4 = x * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;

	return x + (f1 + (f2 + (f3 + f4 / freedom) / freedom) / freedom) / freedom;
}

/* Newton's method on the logarithm of the probability beyond -t and t as a function of ln t, which
 * is concave, so that it cannot go astray. That probability is I_x(freedom / 2, 1 / 2) at
 * x = freedom / (freedom + t^2) (DLMF 8.17, NIST); the slope is -freedom / continued fraction. */
static double student_t_by_newton(double freedom, double t)
{
	double a = freedom / 2;
	double step = 1;

	for (int i = 0; i < 60 && fabs(step) > 1e-9; i++) {
		double x = freedom / (freedom + t * t);
		double y = t * t / (freedom + t * t);
		double fraction = beta_fraction(a, 0.5, x);
		double beyond = beta_factor(a, 0.5, x, y) / a * fraction;
		step = log(beyond / 0.05) * fraction / freedom;
		t *= exp(step);
	}
	return t;
}

double student_t_quantile_975(double freedom)
{
	if (!(freedom > 0))
		return UNDEFINED;
	if (freedom < 0.01)
		return (double)INFINITY;
	if (freedom >= 1000)
		return student_t_by_series(freedom);
	if (freedom >= 3)
		return student_t_by_newton(freedom, student_t_by_series(freedom));
	/* a guess that is right for 1 and 3 */
	return student_t_by_newton(freedom, exp(0.465 + 2.077 / freedom));
}
