/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <stdlib.h>
#include <string.h>

#include "numeric/random.h"
#include "numeric/rank.h"

enum { MOST = 400 };

static int by_size(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a;
	int64_t other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

/* Few or many different values, near zero or over the whole range of the type. */
static size_t fill(struct random *random, int64_t values[MOST])
{
	static const int64_t highest[] = {
		0, 3, 130, 2000000, 1000000000, (int64_t)1 << 40, INT64_MAX};
	int64_t high = highest[random_below(random, 7)];
	int64_t low = random_chance(random, 0.5) ? 0 : -high - (high == INT64_MAX);
	size_t n = random_below(random, MOST + 1);

	for (size_t i = 0; i < n; i++)
		values[i] = random_between(random, low, high);
	return n;
}

static void test_sorting_any_whole_numbers(void **state)
{
	struct arena *arena = arena_open();
	struct random random;
	struct error error;
	int64_t values[MOST];
	int64_t copy[MOST];

	(void)state;
	assert_non_null(arena);
	random_seed(&random, 3);
	for (int round = 0; round < 2000; round++) {
		size_t n = fill(&random, values);
		memcpy(copy, values, sizeof copy);
		qsort(copy, n, sizeof *copy, by_size);
		assert_true(sort_int64(arena, values, n, &error));
		assert_memory_equal(values, copy, n * sizeof *values);
	}
	arena_close(arena);
}

static void test_the_order_keeps_equal_values_as_they_stood(void **state)
{
	struct arena *arena = arena_open();
	struct random random;
	struct error error;
	int64_t values[MOST];
	uint32_t order[MOST];

	(void)state;
	assert_non_null(arena);
	random_seed(&random, 4);
	for (int round = 0; round < 2000; round++) {
		size_t n = fill(&random, values);
		assert_true(sorted_order(arena, values, n, order, &error));
		for (size_t i = 1; i < n; i++) {
			int64_t before = values[order[i - 1]];
			int64_t here = values[order[i]];
			assert_true(before < here || (before == here && order[i - 1] < order[i]));
		}
	}
	arena_close(arena);
}

/* Twice the mean rank: one more than twice those below, and the equal ones. */
static int64_t doubled_rank_by_counting(const int64_t *values, size_t n, size_t place)
{
	int64_t rank = 1;

	for (size_t i = 0; i < n; i++)
		rank += 2 * (values[i] < values[place]) + (values[i] == values[place]);
	return rank;
}

static void test_ranks_are_means_among_equals(void **state)
{
	static const int64_t wanted[] = {3, 10, 3, 7, 7};
	struct arena *arena = arena_open();
	struct random random;
	struct error error;
	int64_t values[MOST] = {5, 900000, 5, 8, 8};
	int64_t ranks[MOST];

	(void)state;
	assert_non_null(arena);
	assert_true(doubled_ranks(arena, values, 5, ranks, &error));
	assert_memory_equal(ranks, wanted, sizeof wanted);
	random_seed(&random, 5);
	for (int round = 0; round < 500; round++) {
		size_t n = fill(&random, values);
		assert_true(doubled_ranks(arena, values, n, ranks, &error));
		for (size_t i = 0; i < n; i++)
			assert_int_equal(ranks[i], doubled_rank_by_counting(values, n, i));
	}
	arena_close(arena);
}

static void test_scratch_memory_is_given_back(void **state)
{
	struct arena *arena = arena_open();
	struct error error;
	int64_t values[MOST] = {9, 1, 4};
	int64_t ranks[MOST];

	(void)state;
	assert_non_null(arena);
	assert_true(doubled_ranks(arena, values, MOST, ranks, &error));
	size_t bytes = arena_bytes(arena);
	for (int round = 0; round < 1000; round++) {
		assert_true(doubled_ranks(arena, values, MOST, ranks, &error));
		assert_true(sort_int64(arena, ranks, MOST, &error));
	}
	assert_int_equal(arena_bytes(arena), bytes);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorting_any_whole_numbers),
		cmocka_unit_test(test_the_order_keeps_equal_values_as_they_stood),
		cmocka_unit_test(test_ranks_are_means_among_equals),
		cmocka_unit_test(test_scratch_memory_is_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
