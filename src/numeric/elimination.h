/* SPDX-License-Identifier: MIT */
/*
 * Which columns depend on which: reduced row echelon form of exact sums, modulo the prime 2^61 - 1.
 *
 * The one rule: a number is taken for 0 exactly when it is 0 modulo the prime. That errs only where
 * a minor of X'X that is not 0 is a multiple of the prime: at most 2^-61 for each of the at most
 * 1,640 entries decided, taking minors of data that do not know the prime as evenly spread: below
 * 10^-15 for a fit. The rows of X'X span what the rows of X span, so that the form is that of X
 * itself.
 */
#ifndef HEARTH_NUMERIC_ELIMINATION_H
#define HEARTH_NUMERIC_ELIMINATION_H

#include "numeric/least_squares.h"

struct elimination {
	size_t rank;
	size_t pivots[LEAST_SQUARES_COLUMNS];  /* ascending: not made of columns left of them */
	bool estimable[LEAST_SQUARES_COLUMNS]; /* pivots whose row has 0 in every free column */
	bool zero[LEAST_SQUARES_COLUMNS];      /* pivots whose coefficient is exactly 0 */
	bool exact; /* y'y - b'X'y is 0: no residual at all; only where the sums of y are given */
};

/* From X'X and X'y, with the sum of squares of y for `exact`. */
void eliminate(const struct gram *gram, struct elimination *out);

#endif
