/* SPDX-License-Identifier: MIT */
/* Exact sums of products of columns. */
#include "numeric/least_squares.h"

#include <assert.h>
#include <string.h>

/* Rows at a time: 255^2 times BLOCK fits in 32 bits, a block of 40 columns in the first cache. */
enum { BLOCK = 512 };

void gram_open(struct gram *gram, size_t columns)
{
	assert(columns <= LEAST_SQUARES_COLUMNS);
	memset(gram, 0, sizeof *gram);
	gram->columns = columns;
}

void gram_add_row(struct gram *gram, const int64_t *row, int64_t y)
{
	struct moments one = {0};

	moments_add(&one, y);
	gram_add_cell(gram, row, &one);
}

void gram_add_cell(struct gram *gram, const int64_t *row, const struct moments *y)
{
	moments_merge(&gram->y, y);
	for (size_t i = 0; i < gram->columns; i++) {
		if (row[i] == 0)
			continue;
		gram->responses[i] += (numeric_wide)row[i] * y->sum;
		for (size_t j = 0; j <= i; j++)
			gram->products[i][j] += (numeric_wide)row[i] * row[j] * y->n;
	}
}

/* A loop of fixed length over 16-bit numbers: compilers make it multiply and add 8 at once. */
static int32_t dot(const int16_t *a, const int16_t *b)
{
	int32_t sum = 0;

	for (size_t i = 0; i < BLOCK; i++)
		sum += a[i] * b[i];
	return sum;
}

/* Rows [first, first + count) of a column, zeroes after them. */
static void widen(const uint8_t *values, size_t first, size_t count, int16_t out[BLOCK])
{
	for (size_t i = 0; i < count; i++)
		out[i] = values ? values[first + i] : 1;
	memset(out + count, 0, (BLOCK - count) * sizeof *out);
}

void gram_add_bytes(struct gram *gram, const struct byte_design *design)
{
	int16_t block[LEAST_SQUARES_COLUMNS][BLOCK];

	assert(design->columns == gram->columns);
	gram->y.n += (int64_t)design->rows;
	for (size_t first = 0; first < design->rows; first += BLOCK) {
		size_t left = design->rows - first;
		for (size_t i = 0; i < gram->columns; i++) {
			widen(design->values[i], first, left < BLOCK ? left : BLOCK, block[i]);
			for (size_t j = 0; j <= i; j++)
				gram->products[i][j] += dot(block[i], block[j]);
		}
	}
}
