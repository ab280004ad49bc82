/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

static void test_memory_is_zeroed_and_aligned(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	for (size_t size = 1; size < 100000; size = size * 3 + 1) {
		unsigned char *piece = arena_take(arena, size, 1);

		assert_non_null(piece);
		assert_int_equal((uintptr_t)piece % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(piece[i], 0);
		memset(piece, 0xAB, size);
	}
	arena_close(arena);
}

static void test_a_product_that_overflows_is_refused(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_null(arena_take(arena, SIZE_MAX / 2, 3));
	assert_null(arena_take(arena, SIZE_MAX, 1));
	arena_close(arena);
}

static void test_growing_keeps_the_contents(void **state)
{
	struct arena *arena = arena_open();
	int *numbers = NULL;
	size_t capacity = 0;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		if ((size_t)i == capacity) {
			numbers = arena_grow(arena, numbers, capacity, capacity ? capacity * 2 : 4,
				sizeof *numbers);
			capacity = capacity ? capacity * 2 : 4;
		}
		assert_non_null(numbers);
		assert_int_equal(numbers[i], 0);
		numbers[i] = i;
	}
	for (int i = 0; i < 5000; i++)
		assert_int_equal(numbers[i], i);
	arena_close(arena);
}

static void test_release_gives_back_what_came_after_the_mark(void **state)
{
	struct arena *arena = arena_open();
	char *kept = arena_string(arena, "kept");
	struct arena_mark mark = arena_mark(arena);
	size_t before = arena_bytes(arena);

	(void)state;
	for (int round = 0; round < 100; round++) {
		assert_non_null(arena_take(arena, 100000, 1));
		arena_release(arena, mark);
	}
	assert_int_equal(arena_bytes(arena), before);
	assert_string_equal(kept, "kept");
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_is_zeroed_and_aligned),
		cmocka_unit_test(test_a_product_that_overflows_is_refused),
		cmocka_unit_test(test_growing_keeps_the_contents),
		cmocka_unit_test(test_release_gives_back_what_came_after_the_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
