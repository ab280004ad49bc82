/* SPDX-License-Identifier: MIT */
#include "numeric/correlation.h"

#include <math.h>

#include "numeric/distribution.h"
#include "numeric/quad.h"
#include "numeric/rank.h"
#include "numeric/undefined.h"

double pearson_sums(
	int64_t n, int64_t sx, int64_t sy, numeric_wide sxx, numeric_wide syy, numeric_wide sxy)
{
	numeric_wide xx = n * sxx - (numeric_wide)sx * sx;
	numeric_wide yy = n * syy - (numeric_wide)sy * sy;
	numeric_wide xy = n * sxy - (numeric_wide)sx * sy;

	if (n < 2 || xx == 0 || yy == 0)
		return UNDEFINED;
	numeric_quad square =
		(numeric_quad)xy / (numeric_quad)xx * ((numeric_quad)xy / (numeric_quad)yy);
	double size = sqrt((double)square);
	return xy < 0 ? -size : size;
}

double pearson(const int64_t *x, const int64_t *y, size_t n)
{
	int64_t sx = 0;
	int64_t sy = 0;
	numeric_wide sxx = 0;
	numeric_wide syy = 0;
	numeric_wide sxy = 0;

	for (size_t i = 0; i < n; i++) {
		sx += x[i];
		sy += y[i];
		sxx += (numeric_wide)x[i] * x[i];
		syy += (numeric_wide)y[i] * y[i];
		sxy += (numeric_wide)x[i] * y[i];
	}
	return pearson_sums((int64_t)n, sx, sy, sxx, syy, sxy);
}

struct estimate fisher_interval(double r, int64_t n)
{
	if (isnan(r) || n <= 3 || 1 - fabs(r) <= 1e-9)
		return (struct estimate){r, UNDEFINED, UNDEFINED};
	double half = normal_quantile_975 / sqrt((double)(n - 3));
	return (struct estimate){r, tanh(atanh(r) - half), tanh(atanh(r) + half)};
}

bool spearman(struct arena *arena, const int64_t *x, const int64_t *y, size_t n, double *out_rho,
	struct error *error)
{
	struct arena_mark mark = arena_mark(arena);
	int64_t *ranks = arena_take_raw(arena, n, 2 * sizeof *ranks);
	bool ok = false;

	if (!ranks) {
		error_no_memory(error);
		goto done;
	}
	if (!doubled_ranks(arena, x, n, ranks, error) ||
		!doubled_ranks(arena, y, n, ranks + n, error))
		goto done;
	*out_rho = pearson(ranks, ranks + n, n);
	ok = true;
done:
	arena_release(arena, mark);
	return ok;
}
