/* SPDX-License-Identifier: MIT */
/* Comparing numbers, and reading the files of tests/reference. */
#ifndef HEARTH_TESTS_NUMERIC_REFERENCE_H
#define HEARTH_TESTS_NUMERIC_REFERENCE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"

/* Equal to `relative` of the wanted number; NAN equals NAN only, 0 exactly 0. */
#define assert_near(got, wanted, relative)                                                         \
	reference_near((got), (wanted), (relative), #got, __FILE__, __LINE__)
void reference_near(
	double got, double wanted, double relative, const char *what, const char *file, int line);

/* The file tests/reference/`path` with a closing zero. */
char *reference_read(struct arena *arena, const char *path);

/* The numbers of a list cut by spaces; NA is NAN. How many; at most `limit`. */
size_t reference_numbers(const char *list, double *out, size_t limit);

/* The same, times a scale, as whole numbers: fails the test where they are none. */
size_t reference_whole(const char *list, double scale, int64_t *out, size_t limit);

#endif
