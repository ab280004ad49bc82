/* SPDX-License-Identifier: MIT */
#include "numeric/cholesky.h"

bool cholesky_of(const struct gram *gram, const struct elimination *found, struct cholesky *out)
{
	numeric_quad scaled[LEAST_SQUARES_COLUMNS]; /* row i of L times D */

	out->size = found->rank;
	for (size_t i = 0; i < found->rank; i++) {
		const numeric_wide *products = gram->products[found->pivots[i]];
		numeric_quad rest = (numeric_quad)products[found->pivots[i]];
		for (size_t j = 0; j < i; j++) {
			scaled[j] = (numeric_quad)products[found->pivots[j]];
			for (size_t k = 0; k < j; k++)
				scaled[j] -= scaled[k] * out->lower[j][k];
			out->lower[i][j] = scaled[j] / out->diagonal[j];
			rest -= scaled[j] * out->lower[i][j];
		}
		out->diagonal[i] = rest;
		if (!(rest > (numeric_quad)products[found->pivots[i]] * (numeric_quad)0x1p-80))
			return false;
	}
	return true;
}

void cholesky_solve(const struct cholesky *cholesky, numeric_quad *vector)
{
	size_t size = cholesky->size;

	for (size_t i = 0; i < size; i++)
		for (size_t j = 0; j < i; j++)
			vector[i] -= cholesky->lower[i][j] * vector[j];
	for (size_t i = 0; i < size; i++)
		vector[i] /= cholesky->diagonal[i];
	for (size_t i = size; i-- > 0;)
		for (size_t j = i + 1; j < size; j++)
			vector[i] -= cholesky->lower[j][i] * vector[j];
}

/* Column c of the inverse of L gives entry (c, c) of the inverse: the sum of its squares over D. */
static numeric_quad inverse_entry(const struct cholesky *cholesky, size_t c)
{
	numeric_quad column[LEAST_SQUARES_COLUMNS];
	numeric_quad sum = 0;

	for (size_t i = c; i < cholesky->size; i++) {
		column[i] = i == c ? 1 : 0;
		for (size_t j = c; j < i; j++)
			column[i] -= cholesky->lower[i][j] * column[j];
		sum += column[i] * column[i] / cholesky->diagonal[i];
	}
	return sum;
}

void cholesky_inverse_diagonal(const struct cholesky *cholesky, numeric_quad *out)
{
	for (size_t c = 0; c < cholesky->size; c++)
		out[c] = inverse_entry(cholesky, c);
}
