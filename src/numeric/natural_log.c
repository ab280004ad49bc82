/* SPDX-License-Identifier: MIT */
#include "numeric/natural_log.h"

#include <math.h>

double natural_log(double x)
{
	static const double ln2_high =
		6.93147180369123816490e-01; /* 33 bits: e ln2_high is exact */
	static const double ln2_low = 1.90821492927058770002e-10;
	int e;
	double m = frexp(x, &e);

	if (m < 0.70710678118654752) {
		m *= 2;
		e--;
	}
	double s = (m - 1) / (m + 1);
	double z = s * s;
	double series = 0;
	for (int odd = 23; odd >= 3; odd -= 2)
		series = (series + 1.0 / odd) * z;
	return e * ln2_high + (2 * s + (2 * s * series + e * ln2_low));
}
