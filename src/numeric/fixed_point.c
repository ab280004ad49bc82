/* SPDX-License-Identifier: MIT */
#include "numeric/fixed_point.h"

#include <math.h>

#include "numeric/compensated.h"

enum {
	LARGEST_BITS = 92, /* of a response: times 2^8 and 2^25 rows stays within 127 */
	HIGH_BITS = 52,
	LOW_BITS = LARGEST_BITS - HIGH_BITS,
	LARGEST_SCALE =
		892,	 /* every power of 2 below is then a double, and a product with it exact */
	FINER_BITS = 30, /* fitted values are this much finer than responses */
	SOLUTION_BITS = 112, /* of a coefficient: times 255 and 40 columns stays within 127 */
	NOISE_BITS = 80,
	BLOCK = 512, /* rows at a time */
};

/* The exponent e with largest < 2^e. */
static int exponent_of(double largest)
{
	int exponent = 0;

	(void)frexp(largest, &exponent);
	return exponent;
}

struct fixed_response fixed_response_of(const double *y, size_t rows)
{
	double largest = 0;

	for (size_t i = 0; i < rows; i++)
		largest = fmax(largest, fabs(y[i]));
	int scale = LARGEST_BITS - exponent_of(largest);
	scale = scale < LARGEST_SCALE ? scale : LARGEST_SCALE;
	return (struct fixed_response){y, rows, scale, ldexp(1, scale - LOW_BITS)};
}

/* y 2^scale, rounded towards 0: its high and its low bits one after the other. */
static numeric_wide fixed(const struct fixed_response *response, size_t row)
{
	double scaled = response->y[row] * response->up;
	int64_t high = (int64_t)scaled;
	int64_t low = (int64_t)((scaled - (double)high) * (double)((int64_t)1 << LOW_BITS));

	return (numeric_wide)high * ((int64_t)1 << LOW_BITS) + low;
}

static numeric_wide sum_of_block(const numeric_wide *block, const uint8_t *values, size_t count)
{
	numeric_wide sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += values ? block[i] * values[i] : block[i];
	return sum;
}

void fixed_moments(
	const struct fixed_response *response, const struct byte_design *design, numeric_wide *out)
{
	numeric_wide block[BLOCK];

	for (size_t j = 0; j < design->columns; j++)
		out[j] = 0;
	for (size_t first = 0; first < design->rows; first += BLOCK) {
		size_t left = design->rows - first;
		size_t count = left < BLOCK ? left : BLOCK;
		for (size_t i = 0; i < count; i++)
			block[i] = fixed(response, first + i);
		for (size_t j = 0; j < design->columns; j++) {
			const uint8_t *values = design->values[j];
			out[j] += sum_of_block(block, values ? values + first : NULL, count);
		}
	}
}

double fixed_squares_about_mean(const struct fixed_response *response)
{
	numeric_wide n = (numeric_wide)response->rows;
	numeric_wide sum = 0;
	double down = ldexp(1, -response->scale);
	struct compensated squares = {0};

	for (size_t i = 0; i < response->rows; i++)
		sum += fixed(response, i);
	for (size_t i = 0; i < response->rows; i++) {
		double apart = (double)(n * fixed(response, i) - sum) / (double)n * down;
		compensated_add(&squares, apart * apart);
	}
	return compensated_total(&squares);
}

/* Coefficients as whole numbers of units of 2^-(scale + finer). */
struct whole_solution {
	int finer;
	numeric_wide coefficients[LEAST_SQUARES_COLUMNS];
};

static struct whole_solution whole_solution_of(const numeric_quad *solution, size_t columns)
{
	struct whole_solution out = {0};
	double largest = 0;

	for (size_t j = 0; j < columns; j++)
		largest = fmax(largest, fabs((double)solution[j]));
	int finer = SOLUTION_BITS - exponent_of(largest);
	out.finer = finer < FINER_BITS ? finer : FINER_BITS;
	for (size_t j = 0; j < columns; j++) {
		numeric_quad scaled = solution[j] * (numeric_quad)ldexp(1, out.finer);
		numeric_quad half = scaled < 0 ? (numeric_quad)-0.5 : (numeric_quad)0.5;
		out.coefficients[j] = (numeric_wide)(scaled + half);
	}
	return out;
}

static numeric_wide shifted(numeric_wide number, int bits)
{
	return bits >= 0 ? number * ((numeric_wide)1 << bits) : number / ((numeric_wide)1 << -bits);
}

static void fit_block(const struct whole_solution *solution, const struct byte_design *design,
	size_t first, size_t count, numeric_wide *out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = 0;
	for (size_t j = 0; j < design->columns; j++) {
		numeric_wide coefficient = solution->coefficients[j];
		const uint8_t *values = design->values[j];
		for (size_t i = 0; i < count; i++)
			out[i] += values ? coefficient * values[first + i] : coefficient;
	}
}

static numeric_wide without_noise(numeric_wide residual, int finer)
{
	int bits = LARGEST_BITS - NOISE_BITS + finer;
	numeric_wide limit = bits > 0 ? (numeric_wide)1 << bits : 1;

	return residual < limit && residual > -limit ? 0 : residual;
}

double fixed_residuals(const struct fixed_response *response, const struct byte_design *design,
	const numeric_quad *solution, double *out_fitted, double *out_residuals)
{
	struct whole_solution whole = whole_solution_of(solution, design->columns);
	double down = ldexp(1, -(response->scale + whole.finer));
	numeric_wide fitted[BLOCK];
	struct compensated squares = {0};

	for (size_t row = 0; row < design->rows; row++) {
		size_t i = row % BLOCK;
		size_t left = design->rows - row;
		if (i == 0)
			fit_block(&whole, design, row, left < BLOCK ? left : BLOCK, fitted);
		numeric_wide rest = shifted(fixed(response, row), whole.finer) - fitted[i];
		double residual = (double)without_noise(rest, whole.finer) * down;
		compensated_add(&squares, residual * residual);
		if (out_fitted)
			out_fitted[row] = (double)fitted[i] * down;
		if (out_residuals)
			out_residuals[row] = residual;
	}
	return compensated_total(&squares);
}
