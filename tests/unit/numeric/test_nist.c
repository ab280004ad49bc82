/* SPDX-License-Identifier: MIT */
/* Certified values: tests/reference/nist, whose README.md says how the files are written. */
#include "reference.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "numeric/distribution.h"
#include "numeric/least_squares.h"
#include "numeric/moments.h"

enum { MOST = 1200, MOST_ROWS = 64, NAME_SIZE = 16 };

/* Certified values have 15 digits. */
static const double digits = 1e-14;

/* What follows the next "set " up to the one after it. */
static char *next_set(char **rest)
{
	char *set = *rest ? strstr(*rest, "set ") : NULL;
	char *next = set ? strstr(set + 4, "set ") : NULL;

	*rest = next;
	if (next)
		next[-1] = '\0';
	return set ? set + 4 : NULL;
}

/* Half the width of an interval over the quantile: what stands for the error of the value. The
 * width itself is rounded to about a unit in the last place of the value. */
static void check_error(struct estimate got, double freedom, double wanted)
{
	double error = (got.high - got.low) / 2 / student_t_quantile_975(freedom);
	double tolerance = 10 * digits + 4e-16 * fabs(got.value) / (wanted > 0 ? wanted : 1);

	assert_near(error, wanted, tolerance);
}

static void check_univariate(char *set)
{
	static int64_t values[MOST];
	struct moments moments = {0};
	char name[NAME_SIZE];
	double scale;
	double mean;
	double deviation;
	int used;

	assert_int_equal(
		sscanf(set, "%15s %lf %lf %lf%n", name, &scale, &mean, &deviation, &used), 4);
	size_t n = reference_whole(set + used, scale, values, MOST);
	for (size_t i = 0; i < n; i++)
		moments_add(&moments, values[i]);
	struct estimate got = moments_mean_interval(&moments, (int64_t)scale);
	assert_near(got.value, mean, digits);
	check_error(got, (double)(n - 1), deviation / sqrt((double)n));
}

static void test_means_and_standard_deviations(void **state)
{
	struct arena *arena = arena_open();
	size_t sets = 0;

	(void)state;
	assert_non_null(arena);
	char *rest = reference_read(arena, "nist/univariate.txt");
	for (char *set = next_set(&rest); set; set = next_set(&rest), sets++)
		check_univariate(set);
	assert_int_equal(sets, 8);
	arena_close(arena);
}

struct linear_set {
	char name[NAME_SIZE];
	int power;
	double scale_y;
	double scale_x;
	size_t columns;
	double estimates[LEAST_SQUARES_COLUMNS];
	double deviations[LEAST_SQUARES_COLUMNS];
	double residual;
	double r_squared;
	struct gram gram;
};

/* From y and the x of a row to the columns of the design. */
static void add_row(struct linear_set *set, const double *numbers, size_t count)
{
	int64_t row[LEAST_SQUARES_COLUMNS] = {1};
	int64_t x[LEAST_SQUARES_COLUMNS];

	for (size_t i = 1; i < count; i++)
		x[i - 1] = llround(numbers[i] * set->scale_x);
	if (set->power == 0)
		row[0] = x[0];
	else if (set->power == 1)
		memcpy(row + 1, x, (count - 1) * sizeof *row);
	for (int i = 1; set->power > 1 && i <= set->power; i++)
		row[i] = row[i - 1] * x[0];
	gram_add_row(&set->gram, row, llround(numbers[0] * set->scale_y));
}

static void read_linear(char *text, struct linear_set *set)
{
	double numbers[LEAST_SQUARES_COLUMNS];

	assert_int_equal(sscanf(text, "%15s %d %lf %lf", set->name, &set->power, &set->scale_y,
				 &set->scale_x),
		4);
	(void)strsep(&text, "\n");
	for (char *line = strsep(&text, "\n"); line && *line; line = strsep(&text, "\n")) {
		char *list = line;
		char *word = strsep(&list, " ");
		size_t count = reference_numbers(list, numbers, LEAST_SQUARES_COLUMNS);
		if (strcmp(word, "row") == 0) {
			add_row(set, numbers, count);
		} else if (strcmp(word, "residual") == 0) {
			set->residual = numbers[0];
			set->r_squared = numbers[1];
		} else if (strcmp(word, "estimates") == 0) {
			gram_open(&set->gram, set->columns = count);
			memcpy(set->estimates, numbers, sizeof numbers);
		} else {
			memcpy(set->deviations, numbers, sizeof numbers);
		}
	}
}

static void check_linear(const struct linear_set *set)
{
	struct least_squares fit;
	double factor = 1 / set->scale_y;

	least_squares_whole(&set->gram, &fit);
	double freedom = (double)(fit.n - (int64_t)fit.rank);
	assert_int_equal(fit.rank, set->columns);
	assert_near(sqrt(fit.rss / freedom) / set->scale_y, set->residual, digits);
	if (set->r_squared > 0)
		assert_near(2 - fit.rss / fit.tss, 1 + set->r_squared, digits);
	for (size_t i = 0; i < set->columns; i++) {
		if (set->power > 1 ? i > 0 : set->power == 0 || i == 1)
			factor *= set->scale_x;
		assert_near(fit.coefficient[i] * factor, set->estimates[i], digits);
		check_error((struct estimate){fit.coefficient[i] * factor, fit.low[i] * factor,
				    fit.high[i] * factor},
			freedom, set->deviations[i]);
	}
}

static void test_linear_regression(void **state)
{
	static struct linear_set set;
	struct arena *arena = arena_open();
	size_t sets = 0;

	(void)state;
	assert_non_null(arena);
	char *rest = reference_read(arena, "nist/linear.txt");
	for (char *text = next_set(&rest); text; text = next_set(&rest), sets++) {
		read_linear(text, &set);
		print_message("%s\n", set.name);
		check_linear(&set);
	}
	assert_int_equal(sets, 10);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_means_and_standard_deviations),
		cmocka_unit_test(test_linear_regression),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
