/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <math.h>

#include "numeric/random.h"

static void test_the_published_sequences(void **state)
{
	/* xoshiro256** from the state 1 2 3 4, and splitmix64 from 1234567 as the state it seeds */
	static const uint64_t first[] = {11520, 0, 1509978240, 1215971899390074240U};
	static const uint64_t seeded[] = {6457827717110365317U, 3203168211198807973U,
		9817491932198370423U, 4593380528125082431U};
	struct random random = {{1, 2, 3, 4}};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_true(random_next(&random) == first[i]);
	random_seed(&random, 1234567);
	for (size_t i = 0; i < 4; i++)
		assert_true(random.state[i] == seeded[i]);
}

static void test_uniform_numbers_fill_their_range(void **state)
{
	struct random random;
	double sum = 0;

	(void)state;
	random_seed(&random, 8);
	for (int i = 0; i < 100000; i++) {
		double number = random_uniform(&random);
		assert_true(number >= 0 && number < 1);
		sum += number;
	}
	assert_true(fabs(sum / 100000 - 0.5) < 0.004);
}

static void test_whole_numbers_are_equally_likely(void **state)
{
	int counts[6] = {0};
	struct random random;

	(void)state;
	random_seed(&random, 9);
	for (int i = 0; i < 60000; i++)
		counts[random_below(&random, 6)]++;
	for (int i = 0; i < 6; i++)
		assert_true(counts[i] > 9600 && counts[i] < 10400);
	assert_int_equal(random_below(&random, 0), 0);
	assert_int_equal(random_below(&random, 1), 0);
}

static void test_both_ends_of_a_range_occur(void **state)
{
	struct random random;
	int ends = 0;

	(void)state;
	random_seed(&random, 10);
	for (int i = 0; i < 1000; i++) {
		int64_t number = random_between(&random, -2, 2);
		assert_true(number >= -2 && number <= 2);
		ends |= number == -2 ? 1 : number == 2 ? 2 : 0;
	}
	assert_int_equal(ends, 3);
	assert_int_equal(random_between(&random, 5, 5), 5);
	(void)random_between(&random, INT64_MIN, INT64_MAX);
}

static void test_weights_say_how_often(void **state)
{
	static const double weights[] = {0, 1, 0, 3, 0};
	int counts[5] = {0};
	struct random random;

	(void)state;
	random_seed(&random, 12);
	for (int i = 0; i < 40000; i++)
		counts[random_weighted(&random, weights, 5)]++;
	assert_int_equal(counts[0] + counts[2] + counts[4], 0);
	assert_true(counts[1] > 9600 && counts[1] < 10400);
	assert_false(random_chance(&random, 0));
	assert_true(random_chance(&random, 1));
}

static void test_normal_numbers_have_the_shape(void **state)
{
	struct random random;
	double sum = 0;
	double squares = 0;
	int beyond = 0;

	(void)state;
	random_seed(&random, 13);
	for (int i = 0; i < 100000; i++) {
		double number = random_normal(&random);
		sum += number;
		squares += number * number;
		beyond += fabs(number) > 1.959963984540054;
	}
	assert_true(fabs(sum / 100000) < 0.012);
	assert_true(fabs(squares / 100000 - 1) < 0.02);
	assert_true(beyond > 4700 && beyond < 5300);
}

static void test_the_same_numbers_on_every_machine(void **state)
{
	static const double wanted[] = {0.2929457371394838, -0.58816209818136, 0.22319669091682265};
	struct random random;

	(void)state;
	random_seed_item(&random, 2024, 7);
	for (size_t i = 0; i < 3; i++)
		assert_near(random_normal(&random), wanted[i], 0);
}

static void test_items_have_sequences_of_their_own(void **state)
{
	struct random one;
	struct random other;

	(void)state;
	random_seed_item(&one, 1, 2);
	random_seed_item(&other, 2, 1);
	assert_true(random_next(&one) != random_next(&other));
	random_seed_item(&one, 1, 2);
	random_seed_item(&other, 1, 2);
	assert_true(random_next(&one) == random_next(&other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_published_sequences),
		cmocka_unit_test(test_uniform_numbers_fill_their_range),
		cmocka_unit_test(test_whole_numbers_are_equally_likely),
		cmocka_unit_test(test_both_ends_of_a_range_occur),
		cmocka_unit_test(test_weights_say_how_often),
		cmocka_unit_test(test_normal_numbers_have_the_shape),
		cmocka_unit_test(test_the_same_numbers_on_every_machine),
		cmocka_unit_test(test_items_have_sequences_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
