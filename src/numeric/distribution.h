/* SPDX-License-Identifier: MIT */
/*
 * Distributions: the quantiles that 95% intervals rest on. Thread safe, no tables, no state.
 */
#ifndef HEARTH_NUMERIC_DISTRIBUTION_H
#define HEARTH_NUMERIC_DISTRIBUTION_H

/* The 97.5% point of the normal distribution. */
static const double normal_quantile_975 = 1.959963984540054;

/* The 97.5% point of Student's t for any real number of degrees of freedom > 0, to about 2e-14
 * relative (5e-14 below 1). NAN for 0 or less; taken for infinite below 0.01, from 10^130 on. */
double student_t_quantile_975(double freedom);

/* The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1]; NAN elsewhere.
 * About 2e-13 relative for a and b up to 1,000: the continued fraction DLMF 8.17.22 (NIST), its
 * factor x^a (1 - x)^b / B(a, b) by Loader's saddle point (2000), so that no logarithm of a gamma
 * function cancels. */
double beta_incomplete(double a, double b, double x);

/* The point below which a share p (0 < p < 1) of the normal distribution lies, to 1e-15 relative
 * (Wichura 1988, AS 241). Only + - * / and square root: the same bits on every machine. */
double normal_quantile(double p);

#endif
