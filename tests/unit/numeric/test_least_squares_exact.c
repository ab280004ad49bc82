/* SPDX-License-Identifier: MIT */
/*
 * Small random designs, most of them with columns that depend on one another, solved in fractions:
 * rank, what is estimable, coefficients and sums of squares must agree.
 */
#include "reference.h"

#include <math.h>
#include <string.h>

#include "numeric/distribution.h"
#include "numeric/least_squares.h"
#include "numeric/random.h"

enum { WIDEST = 5, LONGEST = 9 };

struct fraction {
	numeric_wide over;
	numeric_wide under; /* > 0 */
};

static struct fraction fraction(numeric_wide over, numeric_wide under)
{
	numeric_wide a = over < 0 ? -over : over;
	numeric_wide b = under < 0 ? -under : under;

	while (b != 0) {
		numeric_wide rest = a % b;
		a = b;
		b = rest;
	}
	a = under < 0 ? -a : a;
	return (struct fraction){over / a, under / a};
}

static struct fraction times(struct fraction a, struct fraction b)
{
	return fraction(a.over * b.over, a.under * b.under);
}

static struct fraction minus(struct fraction a, struct fraction b)
{
	return fraction(a.over * b.under - b.over * a.under, a.under * b.under);
}

static struct fraction divided(struct fraction a, struct fraction b)
{
	return fraction(a.over * b.under, a.under * b.over);
}

static double as_double(struct fraction a)
{
	return (double)a.over / (double)a.under;
}

/* X'X beside X'y and the unit matrix, brought to reduced row echelon form over X'X. */
struct system {
	size_t columns;
	size_t rank;
	size_t pivots[WIDEST];
	struct fraction entries[WIDEST][2 * WIDEST + 1];
};

static bool find_pivot(struct system *system, size_t column)
{
	struct fraction kept[2 * WIDEST + 1];

	for (size_t i = system->rank; i < system->columns; i++) {
		if (system->entries[i][column].over == 0)
			continue;
		memcpy(kept, system->entries[i], sizeof kept);
		memcpy(system->entries[i], system->entries[system->rank], sizeof kept);
		memcpy(system->entries[system->rank], kept, sizeof kept);
		return true;
	}
	return false;
}

static void reduce(struct system *system)
{
	size_t wide = 2 * system->columns + 1;

	for (size_t column = 0; column < system->columns; column++) {
		if (!find_pivot(system, column))
			continue;
		struct fraction *pivot = system->entries[system->rank];
		struct fraction lead = pivot[column];
		for (size_t j = 0; j < wide; j++)
			pivot[j] = divided(pivot[j], lead);
		for (size_t i = 0; i < system->columns; i++) {
			struct fraction factor = system->entries[i][column];
			for (size_t j = 0; i != system->rank && j < wide; j++)
				system->entries[i][j] =
					minus(system->entries[i][j], times(factor, pivot[j]));
		}
		system->pivots[system->rank++] = column;
	}
}

static bool is_pivot(const struct system *system, size_t column)
{
	for (size_t i = 0; i < system->rank; i++)
		if (system->pivots[i] == column)
			return true;
	return false;
}

static bool is_estimable(const struct system *system, size_t line)
{
	for (size_t j = 0; j < system->columns; j++)
		if (!is_pivot(system, j) && system->entries[line][j].over != 0)
			return false;
	return true;
}

struct design {
	size_t columns;
	size_t rows;
	int64_t x[LONGEST][WIDEST];
	int64_t y[LONGEST];
};

/* Small numbers; often a column that is made of others, or y that is. */
static void make(struct random *random, struct design *out)
{
	out->columns = 1 + random_below(random, WIDEST);
	out->rows = random_below(random, LONGEST + 1);
	size_t made = random_below(random, 2 * out->columns);
	bool exact = random_chance(random, 0.2);

	for (size_t i = 0; i < out->rows; i++) {
		int64_t *x = out->x[i];
		for (size_t j = 0; j < out->columns; j++)
			x[j] = random_between(random, 0, 2);
		if (made < out->columns)
			x[made] = 2 * x[0] + x[(made + 1) % out->columns] * (made != 0);
		out->y[i] = random_between(random, -5, 5);
		for (size_t j = 0; exact && j < out->columns; j++)
			out->y[i] = (j == 0 ? 3 : out->y[i]) - x[j] * (int64_t)j;
	}
}

static void set_up(const struct design *design, struct system *out)
{
	size_t columns = design->columns;

	*out = (struct system){.columns = columns};
	for (size_t i = 0; i < columns; i++) {
		for (size_t j = 0; j <= 2 * columns; j++) {
			int64_t sum = j == columns + 1 + i;
			for (size_t row = 0; j <= columns && row < design->rows; row++) {
				const int64_t *x = design->x[row];
				sum += x[i] * (j < columns ? x[j] : design->y[row]);
			}
			out->entries[i][j] = fraction(sum, 1);
		}
	}
	reduce(out);
}

static struct fraction exact_rss(const struct design *design, const struct system *system)
{
	struct fraction rss = fraction(0, 1);

	for (size_t row = 0; row < design->rows; row++) {
		struct fraction rest = fraction(design->y[row], 1);
		for (size_t i = 0; i < system->rank; i++)
			rest = minus(rest, times(system->entries[i][system->columns],
						   fraction(design->x[row][system->pivots[i]], 1)));
		rss = minus(rss, times(rest, fraction(-rest.over, rest.under)));
	}
	return rss;
}

/* The entry of the inverse of X'X on the pivots: with the free columns left out of it. */
static struct fraction inverse_entry(const struct design *design, size_t pivot)
{
	struct system all;
	struct system kept;
	struct design part = {.rows = design->rows};
	size_t place = 0;

	set_up(design, &all);
	part.columns = all.rank;
	for (size_t i = 0; i < all.rank; i++) {
		place = all.pivots[i] == pivot ? i : place;
		for (size_t row = 0; row < design->rows; row++)
			part.x[row][i] = design->x[row][all.pivots[i]];
	}
	set_up(&part, &kept);
	return kept.entries[place][part.columns + 1 + place];
}

static void check_coefficient(const struct design *design, const struct system *system, size_t line,
	const struct least_squares *fit, double rss)
{
	size_t column = system->pivots[line];
	double value = as_double(system->entries[line][system->columns]);
	double freedom = (double)design->rows - (double)system->rank;

	assert_near(fit->solution[column], value, 1e-15);
	assert_int_equal(fit->estimable[column], is_estimable(system, line));
	if (!fit->estimable[column]) {
		assert_true(isnan(fit->coefficient[column]) && isnan(fit->low[column]));
		return;
	}
	assert_near(fit->coefficient[column], value, 1e-15);
	double half = student_t_quantile_975(freedom) *
		      sqrt(rss / freedom * as_double(inverse_entry(design, column)));
	assert_near(fit->high[column] - fit->low[column], 2 * half, 1e-12);
}

static void check(const struct design *design, const struct least_squares *fit)
{
	struct system system;

	set_up(design, &system);
	struct fraction rss = exact_rss(design, &system);
	assert_int_equal(fit->n, design->rows);
	assert_int_equal(fit->rank, system.rank);
	assert_near(fit->rss, as_double(rss), 1e-15);
	for (size_t i = 0; i < system.rank; i++)
		check_coefficient(design, &system, i, fit, as_double(rss));
	for (size_t j = 0; j < design->columns; j++) {
		if (is_pivot(&system, j))
			continue;
		assert_near(fit->solution[j], 0, 0);
		assert_true(!fit->estimable[j] && isnan(fit->coefficient[j]));
	}
}

static void fit_whole(const struct design *design, struct least_squares *out)
{
	struct gram gram;

	gram_open(&gram, design->columns);
	for (size_t i = 0; i < design->rows; i++)
		gram_add_row(&gram, design->x[i], design->y[i]);
	least_squares_whole(&gram, out);
}

static void fit_real(const struct design *design, struct least_squares *out)
{
	uint8_t bytes[WIDEST][LONGEST];
	double y[LONGEST];
	struct byte_design columns = {.columns = design->columns, .rows = design->rows};

	for (size_t j = 0; j < design->columns; j++) {
		columns.values[j] = bytes[j];
		for (size_t i = 0; i < design->rows; i++) {
			assert_true(design->x[i][j] >= 0);
			bytes[j][i] = (uint8_t)design->x[i][j];
			y[i] = (double)design->y[i];
		}
	}
	least_squares_real(&columns, y, out, NULL, NULL);
}

static void test_designs_are_solved_as_in_fractions(void **state)
{
	static struct design design;
	struct random random;
	struct least_squares fit;

	(void)state;
	random_seed(&random, 2);
	for (int round = 0; round < 20000; round++) {
		make(&random, &design);
		fit_whole(&design, &fit);
		check(&design, &fit);
		fit_real(&design, &fit);
		check(&design, &fit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_designs_are_solved_as_in_fractions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
