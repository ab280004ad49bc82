/* SPDX-License-Identifier: MIT */
/*
 * Means, medians and their 95% intervals.
 *
 * The one rule: what is undefined is NAN. Values are whole numbers (scores, pence); `scale` is how
 * many of them make one of the unit shown (1 for scores, 100 for pence shown in pounds). Magnitudes
 * up to 2^40 over up to 2^30 values are safe.
 */
#ifndef HEARTH_NUMERIC_MOMENTS_H
#define HEARTH_NUMERIC_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numeric/wide.h"

/* A figure with its 95% interval. */
struct estimate {
	double value;
	double low;
	double high;
};

/* Exact sums of whole numbers: how many, their sum, the sum of their squares. */
struct moments {
	int64_t n;
	int64_t sum;
	numeric_wide squares;
};

static inline void moments_add(struct moments *moments, int64_t value)
{
	moments->n++;
	moments->sum += value;
	moments->squares += (numeric_wide)value * value;
}

static inline void moments_merge(struct moments *moments, const struct moments *other)
{
	moments->n += other->n;
	moments->sum += other->sum;
	moments->squares += other->squares;
}

/* numerator / denominator, rounded once (correctly for denominators below 2^58, else within a
 * hair of it); NAN when the denominator is 0. */
double ratio(numeric_wide numerator, numeric_wide denominator);

/* sum / (n scale); NAN for n = 0. */
double moments_mean(const struct moments *moments, int64_t scale);

/* mean +- t sqrt(s^2 / n), s^2 = (n squares - sum^2) / (n (n - 1)), t the 97.5% point of Student's
 * t with n - 1 degrees of freedom (Student 1908). Bounds NAN for n < 2, all NAN for n = 0. */
struct estimate moments_mean_interval(const struct moments *moments, int64_t scale);

/* mean a - mean b with Welch's interval (Welch 1947): +- t sqrt(A + B), A = s_a^2 / n_a, with
 * (A + B)^2 / (A^2 / (n_a - 1) + B^2 / (n_b - 1)) degrees of freedom, not rounded. Bounds NAN with
 * fewer than two on a side, all NAN with none; the value itself where neither side varies. */
struct estimate moments_difference(const struct moments *a, const struct moments *b, int64_t scale);

/* The same as moments_mean_interval of real values: compensated sums, in order. */
struct estimate doubles_mean_interval(const double *values, size_t n);

/* The middle value, or the mean of the middle two, over scale; NAN for n = 0. Time is proportional
 * to n whatever the values. Reorders `values`. */
double median_of(int64_t *values, size_t n, int64_t scale);

/* The sum in order with the lost low parts added at the end (Neumaier 1974): error about one
 * rounding, however many are added, unless they cancel almost wholly. */
double sum_compensated(const double *values, size_t n);

#endif
