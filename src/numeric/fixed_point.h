/* SPDX-License-Identifier: MIT */
/*
 * Real responses as whole numbers of 93 bits, so that their sums are exact too.
 *
 * The one rule: y is held as the whole number y 2^scale, where the scale suits the largest of them.
 * A response keeps all its bits down to 2^-40 of the largest, and nothing smaller than 2^-92 of the
 * largest. Sums are then the same in any order. Up to 2^25 rows, sizes up to 2^800.
 */
#ifndef HEARTH_NUMERIC_FIXED_POINT_H
#define HEARTH_NUMERIC_FIXED_POINT_H

#include "numeric/least_squares.h"
#include "numeric/quad.h"

struct fixed_response {
	const double *y;
	size_t rows;
	int scale;
	double up; /* to whole numbers of high bits: see fixed_point.c */
};

/* Responses all below 2^-800 lose bits. */
struct fixed_response fixed_response_of(const double *y, size_t rows);

/* X'y in units of 2^-scale. */
void fixed_moments(
	const struct fixed_response *response, const struct byte_design *design, numeric_wide *out);

/* The sum of squares about the mean, of y itself. */
double fixed_squares_about_mean(const struct fixed_response *response);

/* Fitted values and residuals of each row (either may be NULL) and the sum of squared residuals.
 * `solution` has a coefficient for every column of the design, in units of 2^-scale. A residual
 * below 2^-80 of the largest response is 0: it is less than the error of the solution. */
double fixed_residuals(const struct fixed_response *response, const struct byte_design *design,
	const numeric_quad *solution, double *out_fitted, double *out_residuals);

#endif
