/* SPDX-License-Identifier: MIT */
/* How two columns go together: Pearson's r, its interval, Spearman's rho. */
#ifndef HEARTH_NUMERIC_CORRELATION_H
#define HEARTH_NUMERIC_CORRELATION_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "numeric/moments.h"
#include "numeric/wide.h"

/* Pearson's r of n pairs from exact sums: (n sxy - sx sy) / sqrt((n sxx - sx^2) (n syy - sy^2)).
 * NAN where n < 2 or a side does not vary. Magnitudes up to 2^40, n up to 2^30. */
double pearson(const int64_t *x, const int64_t *y, size_t n);
double pearson_sums(
	int64_t n, int64_t sx, int64_t sy, numeric_wide sxx, numeric_wide syy, numeric_wide sxy);

/* tanh(atanh r +- z / sqrt(n - 3)) (Fisher 1921); bounds NAN where r is NAN, n <= 3 or |r| is 1 to
 * 1e-9. */
struct estimate fisher_interval(double r, int64_t n);

/* Spearman's rho: Pearson's r of ranks, equal values at the mean of theirs (1904).
 * Takes scratch memory from the arena and gives it back. */
bool spearman(struct arena *arena, const int64_t *x, const int64_t *y, size_t n, double *out_rho,
	struct error *error) MUST_CHECK;

#endif
