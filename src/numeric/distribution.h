/* SPDX-License-Identifier: MIT */
/*
 * Distributions: the quantiles that 95% intervals rest on. Thread safe, no tables, no state.
 */
#ifndef HEARTH_NUMERIC_DISTRIBUTION_H
#define HEARTH_NUMERIC_DISTRIBUTION_H

/* The 97.5% point of the normal distribution. */
static const double normal_quantile_975 = 1.959963984540054;

/* The 97.5% point of Student's t for any real number of degrees of freedom > 0, to about 1e-15
 * relative from 1 degree on. NAN for 0 or less; INFINITY where it is no double (below 0.005). */
double student_t_quantile_975(double freedom);

/* The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1]; NAN elsewhere.
 * About 1e-14 relative: the continued fraction of DLMF 8.17.22 after the factor of Loader (2000).
 */
double beta_incomplete(double a, double b, double x);

/* The point below which a share p (0 < p < 1) of the normal distribution lies, to 1e-15 relative
 * (Wichura 1988, AS 241). Only + - * / and square root: the same bits on every machine. */
double normal_quantile(double p);

#endif
