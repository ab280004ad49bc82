/* SPDX-License-Identifier: MIT */
#include "numeric/proportion.h"

#include <math.h>

#include "numeric/distribution.h"
#include "numeric/undefined.h"

/* The share that count / n can be at most; the least it can be is one less that of the rest. */
static double highest(double count, double n)
{
	double p = count / n;
	double zz = normal_quantile_975 * normal_quantile_975 / n;
	double half = normal_quantile_975 * sqrt(p * (1 - p) / n + zz / (4 * n));

	return (p + zz / 2 + half) / (1 + zz);
}

struct estimate wilson(int64_t count, int64_t n)
{
	if (n == 0)
		return (struct estimate){UNDEFINED, UNDEFINED, UNDEFINED};
	double zz = normal_quantile_975 * normal_quantile_975 / (double)n;
	/* The bounds solve (1 + zz) q^2 - (2 p + zz) q + p^2 = 0, so that their product is
	 * p^2 / (1 + zz): no cancellation, and exactly 0 for none and 100 for all. */
	double p = (double)count / (double)n;
	double high = count == n ? 1 : highest((double)count, (double)n);
	return (struct estimate){
		ratio((numeric_wide)100 * count, n), 100 * p * p / ((1 + zz) * high), 100 * high};
}
