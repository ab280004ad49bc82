/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/distribution.h"
#include "numeric/least_squares.h"
#include "numeric/random.h"

enum { ROWS = 3000, COLUMNS = 15 };

static void test_a_line_through_points(void **state)
{
	/* by hand: sxx = 10, sxy = 19, means 2 and 5; residuals -0.2 0.9 -1 0.1 0.2 */
	static const int64_t y[] = {1, 4, 4, 7, 9};
	struct gram gram;
	struct least_squares fit;

	(void)state;
	gram_open(&gram, 2);
	for (int64_t x = 0; x < 5; x++)
		gram_add_row(&gram, (int64_t[]){1, x}, y[x]);
	least_squares_whole(&gram, &fit);
	assert_int_equal(fit.rank, 2);
	assert_near(fit.coefficient[0], 1.2, 1e-16);
	assert_near(fit.coefficient[1], 1.9, 1e-16);
	assert_near(fit.tss, 38, 0);
	assert_near(fit.rss, 1.9, 1e-16);
	double half = student_t_quantile_975(3) * sqrt(1.9 / 3 / 10);
	assert_near(fit.low[1], 1.9 - half, 1e-15);
	assert_near(fit.high[1], 1.9 + half, 1e-15);
}

static void test_groups_give_differences_of_means(void **state)
{
	static const int64_t first[] = {10, 12, 14};
	static const int64_t second[] = {20, 21};
	struct gram gram;
	struct least_squares fit;
	struct moments one = {0};
	struct moments other = {0};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		moments_add(&one, first[i]);
	for (size_t i = 0; i < 2; i++)
		moments_add(&other, second[i]);
	gram_open(&gram, 2);
	gram_add_cell(&gram, (int64_t[]){1, 0}, &one);
	gram_add_cell(&gram, (int64_t[]){1, 1}, &other);
	least_squares_whole(&gram, &fit);
	assert_near(fit.coefficient[0], 12, 0);
	assert_near(fit.coefficient[1], 8.5, 0);
	assert_near(fit.rss, 8.5, 0);
	assert_int_equal(fit.n, 5);
}

/* Both groups of a flag and a constant: only their difference could be told. */
static void test_what_cannot_be_told_apart_is_not_told(void **state)
{
	struct gram gram;
	struct least_squares fit;

	(void)state;
	gram_open(&gram, 4);
	for (int64_t i = 0; i < 12; i++)
		gram_add_row(&gram, (int64_t[]){1, i % 2, 1 - i % 2, i}, 5 + 2 * i + i % 3);
	least_squares_whole(&gram, &fit);
	assert_int_equal(fit.rank, 3);
	assert_true(isnan(fit.coefficient[0]) && isnan(fit.coefficient[1]));
	assert_true(isnan(fit.coefficient[2]) && isnan(fit.low[2]));
	assert_false(isnan(fit.coefficient[3]));
	assert_false(isnan(fit.low[3]));
	assert_near(fit.solution[2], 0, 0);
	assert_false(isnan(fit.solution[0]));
}

static void test_an_exact_fit_leaves_exactly_nothing(void **state)
{
	static const uint8_t x[] = {3, 1, 4, 1, 5, 9};
	static const double same[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
	struct byte_design design = {.columns = 2, .rows = 6, .values = {NULL, x}};
	struct least_squares fit;
	double fitted[6];
	double residuals[6];

	(void)state;
	least_squares_real(&design, same, &fit, fitted, residuals);
	assert_near(fit.coefficient[0], 0.1, 0);
	assert_near(fit.coefficient[1], 0, 0);
	assert_near(fit.tss, 0, 0);
	assert_near(fit.rss, 0, 0);
	for (size_t i = 0; i < 6; i++) {
		assert_near(fitted[i], 0.1, 0);
		assert_near(residuals[i], 0, 0);
	}
	assert_near(fit.low[0], 0.1, 0);
}

static void test_as_many_columns_as_rows_leave_no_interval(void **state)
{
	struct gram gram;
	struct least_squares fit;

	(void)state;
	gram_open(&gram, 2);
	gram_add_row(&gram, (int64_t[]){1, 2}, 7);
	gram_add_row(&gram, (int64_t[]){1, 5}, 9);
	least_squares_whole(&gram, &fit);
	assert_near(fit.coefficient[1], 2.0 / 3.0, 1e-16);
	assert_near(fit.rss, 0, 0);
	assert_true(isnan(fit.low[1]) && isnan(fit.high[1]));
}

static void test_nobody_gives_nothing(void **state)
{
	struct byte_design design = {.columns = 3};
	struct gram gram;
	struct least_squares fit;

	(void)state;
	gram_open(&gram, 3);
	least_squares_whole(&gram, &fit);
	assert_int_equal(fit.rank, 0);
	assert_true(isnan(fit.coefficient[0]));
	assert_near(fit.tss, 0, 0);
	least_squares_real(&design, NULL, &fit, NULL, NULL);
	assert_int_equal(fit.rank, 0);
	assert_near(fit.rss, 0, 0);
}

/* A constant and a column that is it but for the last bit of 2^60: more than 113 bits can tell. */
static void test_what_the_arithmetic_cannot_tell_is_not_given(void **state)
{
	struct gram gram;
	struct least_squares fit;
	int64_t large = (int64_t)1 << 60;

	(void)state;
	gram_open(&gram, 2);
	gram_add_row(&gram, (int64_t[]){large, large}, 1);
	gram_add_row(&gram, (int64_t[]){large, large + 1}, 2);
	gram_add_row(&gram, (int64_t[]){large, large}, 4);
	least_squares_whole(&gram, &fit);
	assert_int_equal(fit.rank, 2);
	assert_true(isnan(fit.coefficient[0]) && isnan(fit.coefficient[1]));
	assert_true(isnan(fit.rss));
}

struct children {
	uint8_t columns[COLUMNS][ROWS];
	double y[ROWS];
	double fitted[ROWS];
	double residuals[ROWS];
};

/* A constant, 13 scores and an age; the logarithm of a cost. */
static struct byte_design make_children(struct children *children, size_t rows)
{
	struct byte_design design = {.columns = COLUMNS, .rows = rows};
	struct random random;

	random_seed(&random, 6);
	for (size_t i = 0; i < rows; i++) {
		double sum = 6;
		for (size_t j = 1; j < COLUMNS; j++) {
			children->columns[j][i] = (uint8_t)random_below(&random, j < 14 ? 11 : 18);
			sum += 0.01 * (double)(j * children->columns[j][i]);
		}
		children->y[i] = sum + 0.4 * random_normal(&random);
	}
	for (size_t j = 1; j < COLUMNS; j++)
		design.values[j] = children->columns[j];
	return design;
}

static void add_rows(struct gram *gram, const struct byte_design *design)
{
	gram_open(gram, design->columns);
	for (size_t i = 0; i < design->rows; i++) {
		int64_t row[COLUMNS];
		for (size_t j = 0; j < design->columns; j++)
			row[j] = design->values[j] ? design->values[j][i] : 1;
		gram_add_row(gram, row, 0);
	}
}

static void test_sums_in_bulk_are_the_sums_row_by_row(void **state)
{
	static const size_t sizes[] = {0, 1, 511, 512, 513, 1024, ROWS};
	struct children *children = calloc(1, sizeof *children);
	static struct gram one;
	static struct gram other;

	(void)state;
	assert_non_null(children);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct byte_design design = make_children(children, sizes[i]);
		add_rows(&one, &design);
		gram_open(&other, design.columns);
		gram_add_bytes(&other, &design);
		assert_memory_equal(&one, &other, sizeof one);
	}
	free(children);
}

static void test_the_largest_bytes_do_not_overflow(void **state)
{
	static uint8_t full[ROWS];
	static struct gram gram;
	struct byte_design design = {.columns = 2, .rows = ROWS, .values = {full, full}};

	(void)state;
	memset(full, 255, sizeof full);
	gram_open(&gram, 2);
	gram_add_bytes(&gram, &design);
	assert_true(gram.products[1][0] == (numeric_wide)255 * 255 * ROWS);
}

static void check_rows(const struct children *children, const struct byte_design *design,
	const struct least_squares *fit)
{
	double squares = 0;
	double weighed[COLUMNS] = {0};

	for (size_t i = 0; i < design->rows; i++) {
		double sum = 0;
		for (size_t j = 0; j < COLUMNS; j++) {
			double x = design->values[j] ? design->values[j][i] : 1;
			sum += fit->solution[j] * x;
			weighed[j] += children->residuals[i] * x;
		}
		assert_near(children->fitted[i], sum, 1e-14);
		assert_near(children->residuals[i] + children->fitted[i], children->y[i], 1e-15);
		squares += children->residuals[i] * children->residuals[i];
	}
	assert_near(fit->rss, squares, 1e-12);
	/* the residuals have nothing left that the columns could explain */
	for (size_t j = 0; j < COLUMNS; j++)
		assert_true(fabs(weighed[j]) < 1e-9);
}

static void test_fitted_values_and_residuals(void **state)
{
	struct children *children = calloc(1, sizeof *children);
	struct least_squares fit;

	(void)state;
	assert_non_null(children);
	struct byte_design design = make_children(children, ROWS);
	least_squares_real(&design, children->y, &fit, children->fitted, children->residuals);
	assert_int_equal(fit.rank, COLUMNS);
	for (size_t j = 1; j < COLUMNS; j++)
		assert_true(fit.low[j] < fit.high[j] &&
			    fabs(fit.coefficient[j] - 0.01 * (double)j) < 0.02);
	check_rows(children, &design, &fit);
	free(children);
}

static void reverse(void *items, size_t n, size_t size)
{
	char *at = items;
	char kept[sizeof(double)];

	for (size_t i = 0; i < n / 2; i++) {
		memcpy(kept, at + i * size, size);
		memcpy(at + i * size, at + (n - 1 - i) * size, size);
		memcpy(at + (n - 1 - i) * size, kept, size);
	}
}

static void test_the_order_of_the_rows_changes_no_coefficient(void **state)
{
	struct children *children = calloc(1, sizeof *children);
	struct least_squares one;
	struct least_squares other;

	(void)state;
	assert_non_null(children);
	struct byte_design design = make_children(children, ROWS);
	least_squares_real(&design, children->y, &one, NULL, NULL);
	for (size_t j = 0; j < COLUMNS; j++)
		reverse(children->columns[j], ROWS, 1);
	reverse(children->y, ROWS, sizeof(double));
	least_squares_real(&design, children->y, &other, NULL, NULL);
	assert_memory_equal(one.coefficient, other.coefficient, sizeof one.coefficient);
	assert_near(other.rss, one.rss, 1e-15);
	assert_near(other.low[3], one.low[3], 1e-15);
	free(children);
}

static void test_responses_of_any_size(void **state)
{
	static const double factors[] = {1e-200, 1e-30, 1, 1e30, 1e200};
	static const uint8_t x[] = {0, 1, 2, 3, 4};
	static const double y[] = {1, 4, 4, 7, 9};
	struct byte_design design = {.columns = 2, .rows = 5, .values = {NULL, x}};

	(void)state;
	for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
		struct least_squares fit;
		double scaled[5];
		for (size_t j = 0; j < 5; j++)
			scaled[j] = y[j] * factors[i];
		least_squares_real(&design, scaled, &fit, NULL, NULL);
		assert_near(fit.coefficient[0] / factors[i], 1.2, 1e-15);
		assert_near(fit.coefficient[1] / factors[i], 1.9, 1e-15);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_line_through_points),
		cmocka_unit_test(test_groups_give_differences_of_means),
		cmocka_unit_test(test_what_cannot_be_told_apart_is_not_told),
		cmocka_unit_test(test_an_exact_fit_leaves_exactly_nothing),
		cmocka_unit_test(test_as_many_columns_as_rows_leave_no_interval),
		cmocka_unit_test(test_nobody_gives_nothing),
		cmocka_unit_test(test_what_the_arithmetic_cannot_tell_is_not_given),
		cmocka_unit_test(test_sums_in_bulk_are_the_sums_row_by_row),
		cmocka_unit_test(test_the_largest_bytes_do_not_overflow),
		cmocka_unit_test(test_fitted_values_and_residuals),
		cmocka_unit_test(test_the_order_of_the_rows_changes_no_coefficient),
		cmocka_unit_test(test_responses_of_any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
