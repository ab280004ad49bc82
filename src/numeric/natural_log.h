/* SPDX-License-Identifier: MIT */
/* The natural logarithm from + - * / alone: the same bits whatever the mathematics library. */
#ifndef HEARTH_NUMERIC_NATURAL_LOG_H
#define HEARTH_NUMERIC_NATURAL_LOG_H

/* ln x of a normal x > 0 to about 2e-16: 2 atanh((m - 1) / (m + 1)) + e ln 2 for x = m 2^e, m about
 * 1 (DLMF 4.6.4). */
double natural_log(double x);

#endif
