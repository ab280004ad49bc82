/* SPDX-License-Identifier: MIT */
/* A sum that keeps what rounding takes from its low end (Neumaier 1974, ZAMM 54, 39-51). */
#ifndef HEARTH_NUMERIC_COMPENSATED_H
#define HEARTH_NUMERIC_COMPENSATED_H

#include <math.h>

struct compensated {
	double sum;
	double lost;
};

static inline void compensated_add(struct compensated *total, double value)
{
	double sum = total->sum + value;

	if (fabs(total->sum) >= fabs(value))
		total->lost += (total->sum - sum) + value;
	else
		total->lost += (value - sum) + total->sum;
	total->sum = sum;
}

static inline double compensated_total(const struct compensated *total)
{
	return total->sum + total->lost;
}

#endif
