/* SPDX-License-Identifier: MIT */
/* R's answers, stored in tests/reference/r by make.R, which says what each file holds. */
#include "reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/correlation.h"
#include "numeric/distribution.h"
#include "numeric/least_squares.h"
#include "numeric/moments.h"
#include "numeric/proportion.h"

enum { FIELDS = 10, MOST = 512 };

typedef void check_line(struct arena *arena, char *fields[FIELDS]);

/* Calls `check` for every line after the first; fields are cut by semicolons. */
static void check_file(const char *path, check_line *check)
{
	struct arena *arena = arena_open();
	size_t lines = 0;

	assert_non_null(arena);
	char *rest = reference_read(arena, path);
	(void)strsep(&rest, "\n");
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"), lines++) {
		char *fields[FIELDS] = {0};
		for (size_t i = 0; i < FIELDS && line; i++)
			fields[i] = strsep(&line, ";");
		check(arena, fields);
	}
	assert_true(lines > 10);
	arena_close(arena);
}

static double number(const char *field)
{
	return strtod(field, NULL);
}

static void check_estimate(
	struct estimate got, char *const fields[3], double scale, double tolerance)
{
	assert_near(got.value, number(fields[0]) * scale, tolerance);
	assert_near(got.low, number(fields[1]) * scale, tolerance);
	assert_near(got.high, number(fields[2]) * scale, tolerance);
}

static struct moments moments_of(const int64_t *values, size_t n)
{
	struct moments moments = {0};

	for (size_t i = 0; i < n; i++)
		moments_add(&moments, values[i]);
	return moments;
}

static void check_student_t(struct arena *arena, char *fields[FIELDS])
{
	(void)arena;
	/* R's own quantile is good to about 1e-13 */
	assert_near(student_t_quantile_975(number(fields[0])), number(fields[1]), 1e-12);
}

static void test_quantiles_of_t(void **state)
{
	(void)state;
	check_file("r/student_t.csv", check_student_t);
}

static void check_wilson(struct arena *arena, char *fields[FIELDS])
{
	int64_t count = atoll(fields[0]);
	int64_t n = atoll(fields[1]);
	struct estimate got = wilson(count, n);

	(void)arena;
	assert_near(got.value, 100 * (double)count / (double)n, 1e-15);
	assert_near(got.low, 100 * number(fields[2]), 1e-12);
	assert_near(got.high, 100 * number(fields[3]), 1e-12);
}

static void test_proportions(void **state)
{
	(void)state;
	check_file("r/wilson.csv", check_wilson);
}

static void check_mean(struct arena *arena, char *fields[FIELDS])
{
	int64_t values[MOST];
	double real[MOST];
	size_t n = reference_whole(fields[0], 1, values, MOST);
	struct moments moments = moments_of(values, n);

	(void)arena;
	for (size_t i = 0; i < n; i++)
		real[i] = (double)values[i];
	check_estimate(moments_mean_interval(&moments, 1), fields + 1, 1, 1e-12);
	check_estimate(moments_mean_interval(&moments, 100), fields + 1, 0.01, 1e-12);
	check_estimate(doubles_mean_interval(real, n), fields + 1, 1, 1e-12);
	assert_near(median_of(values, n, 1), number(fields[4]), 0);
}

static void test_means_and_medians(void **state)
{
	(void)state;
	check_file("r/mean.csv", check_mean);
}

static void check_welch(struct arena *arena, char *fields[FIELDS])
{
	int64_t values[2][MOST];
	struct moments a = moments_of(values[0], reference_whole(fields[0], 1, values[0], MOST));
	struct moments b = moments_of(values[1], reference_whole(fields[1], 1, values[1], MOST));

	(void)arena;
	check_estimate(moments_difference(&a, &b, 1), fields + 2, 1, 1e-11);
	check_estimate(moments_difference(&a, &b, 100), fields + 2, 0.01, 1e-11);
}

static void test_differences_of_means(void **state)
{
	(void)state;
	check_file("r/welch.csv", check_welch);
}

static void check_correlation(struct arena *arena, char *fields[FIELDS])
{
	int64_t x[MOST];
	int64_t y[MOST];
	double rho = 0;
	struct error error;
	size_t n = reference_whole(fields[0], 1, x, MOST);

	assert_int_equal(reference_whole(fields[1], 1, y, MOST), n);
	check_estimate(fisher_interval(pearson(x, y, n), (int64_t)n), fields + 2, 1, 1e-11);
	assert_true(spearman(arena, x, y, n, &rho, &error));
	assert_near(rho, number(fields[5]), 1e-12);
}

static void test_correlations(void **state)
{
	(void)state;
	check_file("r/correlation.csv", check_correlation);
}

static void check_fit(const struct least_squares *fit, char *fields[FIELDS])
{
	double wanted[3][LEAST_SQUARES_COLUMNS];

	assert_int_equal(fit->rank, atoll(fields[3]));
	assert_near(fit->rss, number(fields[4]), 1e-11);
	assert_near(fit->tss, number(fields[5]), 1e-11);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(reference_numbers(fields[6 + i], wanted[i], LEAST_SQUARES_COLUMNS),
			fit->columns);
	for (size_t i = 0; i < fit->columns; i++) {
		assert_near(fit->solution[i], isnan(wanted[0][i]) ? 0 : wanted[0][i], 1e-10);
		if (!fit->estimable[i])
			continue;
		assert_near(fit->coefficient[i], wanted[0][i], 1e-10);
		assert_near(fit->low[i], wanted[1][i], 1e-10);
		assert_near(fit->high[i], wanted[2][i], 1e-10);
	}
}

static void check_least_squares(struct arena *arena, char *fields[FIELDS])
{
	int64_t *rows = arena_take(arena, MOST, sizeof *rows);
	int64_t y[MOST];
	struct gram gram;
	struct least_squares fit;
	size_t columns = (size_t)atoll(fields[0]);

	assert_non_null(rows);
	size_t n = reference_whole(fields[2], 1, y, MOST);
	assert_int_equal(reference_whole(fields[1], 1, rows, MOST), n * columns);
	gram_open(&gram, columns);
	for (size_t i = 0; i < n; i++)
		gram_add_row(&gram, rows + i * columns, y[i]);
	least_squares_whole(&gram, &fit);
	check_fit(&fit, fields);
}

static void test_least_squares(void **state)
{
	(void)state;
	check_file("r/least_squares.csv", check_least_squares);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quantiles_of_t),
		cmocka_unit_test(test_proportions),
		cmocka_unit_test(test_means_and_medians),
		cmocka_unit_test(test_differences_of_means),
		cmocka_unit_test(test_correlations),
		cmocka_unit_test(test_least_squares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
