/* SPDX-License-Identifier: MIT */
#include "numeric/least_squares.h"

#include <math.h>
#include <string.h>

#include "numeric/cholesky.h"
#include "numeric/distribution.h"
#include "numeric/fixed_point.h"
#include "numeric/undefined.h"

/* What both kinds of response share: X'X taken apart and the solution on its pivots. */
struct fit {
	struct elimination found;
	struct cholesky cholesky;
	bool sound;				      /* the solution has enough right digits */
	numeric_quad solution[LEAST_SQUARES_COLUMNS]; /* on the pivots, in units of the sums */
};

static void fit_sums(const struct gram *gram, struct fit *fit)
{
	eliminate(gram, &fit->found);
	fit->sound = cholesky_of(gram, &fit->found, &fit->cholesky);
	if (!fit->sound)
		return;
	for (size_t i = 0; i < fit->found.rank; i++)
		fit->solution[i] = (numeric_quad)gram->responses[fit->found.pivots[i]];
	cholesky_solve(&fit->cholesky, fit->solution);
	for (size_t i = 0; i < fit->found.rank; i++)
		if (fit->found.zero[fit->found.pivots[i]])
			fit->solution[i] = 0;
}

/* Everything but rss and tss; 2^scale units of the sums make one of the response. */
static void describe(
	const struct gram *gram, const struct fit *fit, int scale, struct least_squares *out)
{
	memset(out, 0, sizeof *out);
	out->n = gram->y.n;
	out->columns = gram->columns;
	out->rank = fit->found.rank;
	memcpy(out->estimable, fit->found.estimable, sizeof out->estimable);
	for (size_t i = 0; i < fit->found.rank; i++)
		out->solution[fit->found.pivots[i]] =
			fit->sound ? ldexp((double)fit->solution[i], -scale) : UNDEFINED;
	for (size_t i = 0; i < gram->columns; i++)
		out->coefficient[i] = out->low[i] = out->high[i] = UNDEFINED;
}

/* coefficient +- t sqrt(rss / (n - rank) c), c the coefficient's entry in the inverse of X'X. */
static void add_intervals(const struct fit *fit, struct least_squares *out)
{
	numeric_quad inverse[LEAST_SQUARES_COLUMNS];
	double freedom = (double)(out->n - (int64_t)out->rank);
	double t = student_t_quantile_975(freedom);

	if (!fit->sound)
		return;
	cholesky_inverse_diagonal(&fit->cholesky, inverse);
	for (size_t i = 0; i < out->rank; i++) {
		size_t column = fit->found.pivots[i];
		if (!out->estimable[column])
			continue;
		double value = out->solution[column];
		double half = t * sqrt(out->rss / freedom * (double)inverse[i]);
		out->coefficient[column] = value;
		out->low[column] = value - half;
		out->high[column] = value + half;
	}
}

/* y'y - b'X'y, in 113 bits because the two are often close. */
static double residual_squares(const struct gram *gram, const struct fit *fit)
{
	numeric_quad rest = (numeric_quad)gram->y.squares;

	if (fit->found.exact)
		return 0;
	if (!fit->sound)
		return UNDEFINED;
	for (size_t i = 0; i < fit->found.rank; i++)
		rest -= fit->solution[i] * (numeric_quad)gram->responses[fit->found.pivots[i]];
	return (double)rest;
}

void least_squares_whole(const struct gram *gram, struct least_squares *out)
{
	struct fit fit;
	numeric_wide sum = gram->y.sum;
	numeric_wide n = gram->y.n;

	fit_sums(gram, &fit);
	describe(gram, &fit, 0, out);
	out->rss = residual_squares(gram, &fit);
	out->tss = n == 0 ? 0 : ratio(n * gram->y.squares - sum * sum, n);
	add_intervals(&fit, out);
}

/* A coefficient for every column: 0 for the free ones. */
static void spread_solution(const struct gram *gram, const struct fit *fit, numeric_quad *out)
{
	for (size_t i = 0; i < gram->columns; i++)
		out[i] = 0;
	for (size_t i = 0; i < fit->found.rank; i++)
		out[fit->found.pivots[i]] = fit->solution[i];
}

static void set_unknown(double *values, size_t n)
{
	for (size_t i = 0; values && i < n; i++)
		values[i] = UNDEFINED;
}

void least_squares_real(const struct byte_design *design, const double *y,
	struct least_squares *out, double *out_fitted, double *out_residuals)
{
	struct gram gram;
	struct fit fit;
	numeric_quad solution[LEAST_SQUARES_COLUMNS];
	struct fixed_response response = fixed_response_of(y, design->rows);

	gram_open(&gram, design->columns);
	gram_add_bytes(&gram, design);
	fixed_moments(&response, design, gram.responses);
	fit_sums(&gram, &fit);
	describe(&gram, &fit, response.scale, out);
	out->tss = fixed_squares_about_mean(&response);
	if (!fit.sound) {
		out->rss = UNDEFINED;
		set_unknown(out_fitted, design->rows);
		set_unknown(out_residuals, design->rows);
		return;
	}
	spread_solution(&gram, &fit, solution);
	out->rss = fixed_residuals(&response, design, solution, out_fitted, out_residuals);
	add_intervals(&fit, out);
}
