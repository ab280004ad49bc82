/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

void reference_near(
	double got, double wanted, double relative, const char *what, const char *file, int line)
{
	if (isnan(got) && isnan(wanted))
		return;
	if (fabs(got - wanted) <= relative * fabs(wanted))
		return;
	print_error("%s is %.17g, not %.17g (off by %.2g of it)\n", what, got, wanted,
		fabs(got - wanted) / fabs(wanted));
	_fail(file, line);
}

char *reference_read(struct arena *arena, const char *path)
{
	const char *root = getenv("HEARTH_ROOT");
	char *full = arena_format(arena, "%s/tests/reference/%s", root ? root : ".", path);
	struct file_map map;
	struct error error;

	assert_non_null(full);
	if (!file_map_open(&map, full, 1 << 20, &error))
		fail_msg("%s", error.message);
	char *copy = arena_copy(arena, map.bytes.data, map.bytes.length);
	assert_non_null(copy);
	file_map_close(&map);
	return copy;
}

size_t reference_numbers(const char *list, double *out, size_t limit)
{
	size_t count = 0;

	for (const char *at = list + strspn(list, " \n"); *at; at += strspn(at, " \n")) {
		char *end = NULL;
		bool missing = strncmp(at, "NA", 2) == 0;
		double number = strtod(at, &end);
		assert_true(count < limit);
		out[count++] = missing ? (double)NAN : number;
		assert_true(missing || end > at);
		at = missing ? at + 2 : end;
	}
	return count;
}

size_t reference_whole(const char *list, double scale, int64_t *out, size_t limit)
{
	double *numbers = calloc(limit, sizeof *numbers);

	assert_non_null(numbers);
	size_t count = reference_numbers(list, numbers, limit);
	for (size_t i = 0; i < count; i++) {
		out[i] = llround(numbers[i] * scale);
		assert_near((double)out[i] / scale, numbers[i], 1e-15);
	}
	free(numbers);
	return count;
}
