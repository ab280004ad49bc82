/* SPDX-License-Identifier: MIT */
#include "numeric/elimination.h"

#include <string.h>

enum { PRIME_BITS = 61, WIDEST = LEAST_SQUARES_COLUMNS + 1 };

static const uint64_t prime = ((uint64_t)1 << PRIME_BITS) - 1;

/* X'X with X'y after its last column, modulo the prime. */
struct matrix {
	size_t columns;
	uint64_t entries[LEAST_SQUARES_COLUMNS][WIDEST];
};

static uint64_t times(uint64_t a, uint64_t b)
{
	numeric_wide_unsigned product = (numeric_wide_unsigned)a * b;
	/* 2^61 is 1 modulo the prime: high and low part add up */
	uint64_t sum = (uint64_t)(product & prime) + (uint64_t)(product >> PRIME_BITS);

	return sum >= prime ? sum - prime : sum;
}

static uint64_t minus(uint64_t a, uint64_t b)
{
	return a >= b ? a - b : a + prime - b;
}

/* 1 / a = a^(prime - 2) (Fermat). */
static uint64_t inverse(uint64_t a)
{
	uint64_t result = 1;

	for (uint64_t power = prime - 2; power > 0; power >>= 1) {
		if (power & 1)
			result = times(result, a);
		a = times(a, a);
	}
	return result;
}

static uint64_t residue(numeric_wide number)
{
	numeric_wide rest = number % (numeric_wide)prime;

	return (uint64_t)(rest < 0 ? rest + (numeric_wide)prime : rest);
}

static void fill(struct matrix *matrix, const struct gram *gram)
{
	matrix->columns = gram->columns;
	for (size_t i = 0; i < gram->columns; i++) {
		for (size_t j = 0; j <= i; j++)
			matrix->entries[i][j] = matrix->entries[j][i] =
				residue(gram->products[i][j]);
		matrix->entries[i][gram->columns] = residue(gram->responses[i]);
	}
}

/* Brings a row that is not 0 in `column` to `line`; false when there is none from `line` on. */
static bool bring_pivot(struct matrix *matrix, size_t line, size_t column)
{
	size_t found = line;
	uint64_t kept[WIDEST];

	while (found < matrix->columns && matrix->entries[found][column] == 0)
		found++;
	if (found == matrix->columns)
		return false;
	memcpy(kept, matrix->entries[line], sizeof kept);
	memcpy(matrix->entries[line], matrix->entries[found], sizeof kept);
	memcpy(matrix->entries[found], kept, sizeof kept);
	return true;
}

/* Makes the pivot 1 and everything above and below it 0. */
static void clear_column(struct matrix *matrix, size_t line, size_t column)
{
	uint64_t *pivot = matrix->entries[line];
	uint64_t lead = inverse(pivot[column]);

	for (size_t j = column; j <= matrix->columns; j++)
		pivot[j] = times(pivot[j], lead);
	for (size_t i = 0; i < matrix->columns; i++) {
		uint64_t *row = matrix->entries[i];
		uint64_t factor = row[column];
		if (i == line || factor == 0)
			continue;
		for (size_t j = column; j <= matrix->columns; j++)
			row[j] = minus(row[j], times(factor, pivot[j]));
	}
}

static bool is_zero_in(const uint64_t *row, const bool *columns, size_t count)
{
	for (size_t j = 0; j < count; j++)
		if (columns[j] && row[j] != 0)
			return false;
	return true;
}

/* y'y - b'X'y, b being the last column. */
static uint64_t left_over(
	const struct matrix *matrix, const struct gram *gram, const struct elimination *found)
{
	uint64_t rest = residue(gram->y.squares);

	for (size_t i = 0; i < found->rank; i++)
		rest = minus(rest, times(matrix->entries[i][matrix->columns],
					   residue(gram->responses[found->pivots[i]])));
	return rest;
}

void eliminate(const struct gram *gram, struct elimination *out)
{
	struct matrix matrix = {0};
	bool is_free[LEAST_SQUARES_COLUMNS] = {0};

	*out = (struct elimination){0};
	fill(&matrix, gram);
	for (size_t column = 0; column < gram->columns; column++) {
		is_free[column] = !bring_pivot(&matrix, out->rank, column);
		if (is_free[column])
			continue;
		clear_column(&matrix, out->rank, column);
		out->pivots[out->rank++] = column;
	}
	for (size_t i = 0; i < out->rank; i++) {
		const uint64_t *row = matrix.entries[i];
		out->estimable[out->pivots[i]] = is_zero_in(row, is_free, gram->columns);
		out->zero[out->pivots[i]] = row[gram->columns] == 0;
	}
	out->exact = left_over(&matrix, gram, out) == 0;
}
