/* SPDX-License-Identifier: MIT */
/*
 * Least squares on columns of whole numbers, decided exactly.
 *
 * The one rule: sums of products are exact whole numbers; rank, pivots and what is estimable are
 * decided by exact elimination (modulo a prime, see elimination.h); only the solution is rounded.
 * A column that is a combination of those left of it gets the coefficient 0 in `solution`; what is
 * not the same in every solution is not estimable: NAN.
 */
#ifndef HEARTH_NUMERIC_LEAST_SQUARES_H
#define HEARTH_NUMERIC_LEAST_SQUARES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numeric/moments.h"
#include "numeric/wide.h"

enum { LEAST_SQUARES_COLUMNS = 40 };

/* Exact sums over rows x (of `columns` whole numbers) and responses y: X'X (j <= i kept), X'y and
 * n, sum, sum of squares of y. Start from gram_of(columns). Each sum must stay below 2^126. */
struct gram {
	size_t columns;
	struct moments y;
	numeric_wide products[LEAST_SQUARES_COLUMNS][LEAST_SQUARES_COLUMNS];
	numeric_wide responses[LEAST_SQUARES_COLUMNS];
};

/* Columns of small whole numbers, one after another in memory; NULL stands for a column of ones. */
struct byte_design {
	size_t columns;
	size_t rows;
	const uint8_t *values[LEAST_SQUARES_COLUMNS];
};

struct least_squares {
	int64_t n;
	size_t columns;
	size_t rank;
	double rss; /* residual sum of squares; exactly 0 where the fit is exact */
	double tss; /* sum of squares about the mean; exactly 0 where y does not vary */
	bool estimable[LEAST_SQUARES_COLUMNS];
	double coefficient[LEAST_SQUARES_COLUMNS]; /* NAN where not estimable */
	double low[LEAST_SQUARES_COLUMNS];	   /* 95%: classical errors, t with n - rank */
	double high[LEAST_SQUARES_COLUMNS];	   /* NAN where n = rank */
	double solution[LEAST_SQUARES_COLUMNS];	   /* one that fits: free columns 0 */
};

/* Empty sums; at most LEAST_SQUARES_COLUMNS columns. */
void gram_open(struct gram *gram, size_t columns);

/* One row and its response. */
void gram_add_row(struct gram *gram, const int64_t *row, int64_t y);

/* All rows that are equal to `row` at once: y holds the sums of their responses. The fast way for
 * columns of 0 and 1: count the cells, then add each cell. */
void gram_add_cell(struct gram *gram, const int64_t *row, const struct moments *y);

/* X'X and n of all rows, without responses. */
void gram_add_bytes(struct gram *gram, const struct byte_design *design);

/* Fits whole-numbered responses from their sums. Both fits give NAN for the coefficients and rss in
 * the case that a column is so nearly a combination of others that 113 bits cannot solve it. */
void least_squares_whole(const struct gram *gram, struct least_squares *out);

/* Fits finite real responses y[rows], sizes up to 2^800, up to 2^25 rows. Writes fitted values and
 * residuals (y - fitted, each rounded once) of every row where the pointers are not NULL. */
void least_squares_real(const struct byte_design *design, const double *y,
	struct least_squares *out, double *out_fitted, double *out_residuals);

#endif
