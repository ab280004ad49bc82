/* SPDX-License-Identifier: MIT */
/* What the tests of the HTTP layer share: cmocka, and a short way to say what is expected. */
#ifndef HEARTH_TESTS_WEB_PARTS_H
#define HEARTH_TESTS_WEB_PARTS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"

#define assert_text(given, expected)                                                               \
	do {                                                                                       \
		struct text seen_ = (given);                                                       \
		assert_non_null(seen_.data);                                                       \
		assert_int_equal(seen_.length, strlen(expected));                                  \
		assert_memory_equal(seen_.data, expected, seen_.length);                           \
	} while (0)

static inline int parts_arena_open(void **state)
{
	*state = arena_open();
	return *state ? 0 : -1;
}

static inline int parts_arena_close(void **state)
{
	arena_close(*state);
	return 0;
}

#define parts_test(test) cmocka_unit_test_setup_teardown(test, parts_arena_open, parts_arena_close)

#endif
