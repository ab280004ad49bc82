/* SPDX-License-Identifier: MIT */
/* Shuffles take every place once; even shares fill each run of places. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "demo/deck.h"

static void test_a_shuffle_takes_every_place_once(void **state)
{
	static const uint64_t sizes[] = {1, 2, 3, 8, 1000};

	(void)state;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		unsigned char taken[1000] = {0};

		for (uint64_t i = 0; i < sizes[s]; i++) {
			uint64_t place = deck_shuffle(77, i, sizes[s]);

			assert_true(place < sizes[s]);
			assert_false(taken[place]);
			taken[place] = 1;
		}
	}
}

static void test_another_key_shuffles_otherwise(void **state)
{
	size_t same = 0;

	(void)state;
	for (uint64_t i = 0; i < 1000; i++)
		same += deck_shuffle(1, i, 1000) == deck_shuffle(2, i, 1000);
	assert_true(same < 10);
}

static void test_each_run_has_one_in_each_eighth(void **state)
{
	(void)state;
	for (uint64_t run = 0; run < 50; run++) {
		unsigned taken = 0;

		for (uint64_t i = 0; i < 8; i++) {
			double share = deck_even(9, 3, run * 8 + i);

			assert_true(share > 0 && share < 1);
			taken |= 1u << (int)(share * 8);
		}
		assert_int_equal(taken, 0xff);
	}
}

static void test_dimensions_are_not_alike(void **state)
{
	double product = 0;

	(void)state;
	for (uint64_t place = 0; place < 4096; place++)
		product += (deck_even(9, 0, place) - 0.5) * (deck_even(9, 1, place) - 0.5);
	assert_true(product / 4096 * 12 < 0.06 && product / 4096 * 12 > -0.06);
}

static void test_choices_follow_their_weights(void **state)
{
	static const double weights[] = {1, 0, 3};

	(void)state;
	assert_int_equal(deck_choose(weights, 3, 0.0), 0);
	assert_int_equal(deck_choose(weights, 3, 0.249), 0);
	assert_int_equal(deck_choose(weights, 3, 0.25), 2);
	assert_int_equal(deck_choose(weights, 3, 0.999), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_shuffle_takes_every_place_once),
		cmocka_unit_test(test_another_key_shuffles_otherwise),
		cmocka_unit_test(test_each_run_has_one_in_each_eighth),
		cmocka_unit_test(test_dimensions_are_not_alike),
		cmocka_unit_test(test_choices_follow_their_weights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
