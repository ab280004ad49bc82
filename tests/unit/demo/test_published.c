/* SPDX-License-Identifier: MIT */
/* From the default population every published number comes out, and nothing in it is at fault. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "reproduce.h"
#include "scratch.h"

static void test_every_published_number_is_met(void **state)
{
	struct arena *arena = arena_open();
	struct demo_options options = demo_defaults();
	struct demo_reproduction found;
	struct error error = {0};
	char folder[SCRATCH_SIZE];
	bool done;

	(void)state;
	assert_non_null(arena);
	assert_true(scratch_make(folder));
	options.folder = folder;
	done = demo_reproduce(&found, arena, &options, &error);
	scratch_remove(folder);
	if (!done)
		fail_msg("%s", error.message);
	assert_int_equal(found.problems, 0);
	assert_int_equal(found.target_count, 49);
	for (size_t i = 0; i < found.target_count; i++)
		if (!found.targets[i].met)
			print_error("%s: published %g, reproduced %g\n", found.targets[i].id,
				found.targets[i].published, found.targets[i].reproduced);
	assert_int_equal(demo_targets_met(found.targets, found.target_count), found.target_count);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_published_number_is_met),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
