/* SPDX-License-Identifier: MIT */
/*
 * Which columns depend on which: reduced row echelon form of exact sums, modulo the prime 2^61 - 1.
 *
 * The one rule: a number is taken for 0 exactly when it is 0 modulo the prime. That errs only where
 * a minor of X'X that is not 0 is a multiple of the prime: at most 2^-61 for each of the at most
 * 1,681 entries decided, taking minors of data that do not know the prime as evenly spread: below
 * 10^-15 for a fit. The rows of X'X span what the rows of X span, so that the form is that of X
 * itself.
 */
#ifndef HEARTH_NUMERIC_ELIMINATION_H
#define HEARTH_NUMERIC_ELIMINATION_H

#include "numeric/least_squares.h"

struct elimination {
	size_t rank;
	size_t pivots[LEAST_SQUARES_COLUMNS];  /* ascending: columns not made of those left of them
						*/
	bool estimable[LEAST_SQUARES_COLUMNS]; /* pivots whose row has 0 in every free column */
	bool exact;			       /* y is made of the columns: no residual at all */
};

/* From the sums of a whole response; without one (`with_response` false) exact is false. */
void eliminate(const struct gram *gram, bool with_response, struct elimination *out);

#endif
