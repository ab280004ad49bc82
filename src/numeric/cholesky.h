/* SPDX-License-Identifier: MIT */
/* The normal equations on independent columns, solved in 113 bits. */
#ifndef HEARTH_NUMERIC_CHOLESKY_H
#define HEARTH_NUMERIC_CHOLESKY_H

#include "base/error.h"
#include "numeric/elimination.h"
#include "numeric/quad.h"

/* X'X of the pivot columns as L D L' (L with ones on its diagonal, not kept). The solution of
 * X'X b = m is good to about the condition number of X'X times 2^-113. */
struct cholesky {
	size_t size;
	numeric_quad lower[LEAST_SQUARES_COLUMNS][LEAST_SQUARES_COLUMNS];
	numeric_quad diagonal[LEAST_SQUARES_COLUMNS];
};

/* False where a column is so nearly a combination of those before it that fewer than 33 bits of its
 * coefficient would be right. */
bool cholesky_of(
	const struct gram *gram, const struct elimination *found, struct cholesky *out) MUST_CHECK;

/* Solves X'X b = m; `vector` is m before and b after. */
void cholesky_solve(const struct cholesky *cholesky, numeric_quad *vector);

/* The diagonal of the inverse of X'X. */
void cholesky_inverse_diagonal(const struct cholesky *cholesky, numeric_quad *out);

#endif
