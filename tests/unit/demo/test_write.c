/* SPDX-License-Identifier: MIT */
/* The folder: the same files again, an earlier demonstration replaced, anybody else's left alone.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/date.h"
#include "base/file.h"
#include "base/sha256.h"
#include "demo/demo.h"
#include "scratch.h"

enum { FILE_LIMIT = 1 << 26 };

static char scratch[SCRATCH_SIZE];

static int open_scratch(void **state)
{
	*state = arena_open();
	return *state && scratch_make(scratch) ? 0 : -1;
}

static int close_scratch(void **state)
{
	scratch_remove(scratch);
	arena_close(*state);
	return 0;
}

static struct demo_options small(const char *folder, uint64_t seed)
{
	struct demo_options options = demo_defaults();

	options.children = 300;
	options.seed = seed;
	options.folder = folder;
	return options;
}

/* One hash of the names and bytes of every file below the folder. */
static const char *fingerprint(struct arena *arena, const char *folder)
{
	struct buffer all = buffer_in(arena);
	char *hash = arena_take(arena, 1, SHA256_TEXT_SIZE);
	const char *const *paths;
	struct error error;
	size_t count;

	assert_non_null(hash);
	assert_true(file_list(arena, folder, &paths, &count, &error));
	for (size_t i = 0; i < count; i++) {
		struct file_map map;

		assert_true(file_map_open(&map, paths[i], FILE_LIMIT, &error));
		buffer_string(&all, paths[i] + strlen(folder));
		buffer_text(&all, map.bytes);
		file_map_close(&map);
	}
	assert_false(all.failed);
	return sha256_text((struct text){all.data, all.length}, hash);
}

static void test_a_seed_writes_the_same_bytes_again(void **state)
{
	char again[SCRATCH_SIZE + 8];
	struct error error;
	struct demo_options options = small(scratch, 4);
	const char *first;

	snprintf(again, sizeof again, "%s-2", scratch);
	assert_true(demo_write(&options, &error));
	first = fingerprint(*state, scratch);
	options.folder = again;
	assert_true(demo_write(&options, &error));
	assert_string_equal(fingerprint(*state, again), first);
	scratch_remove(again);
}

/* A change of data/demo/ or of the code changes this on purpose; a compiler or a machine must not.
 */
static void test_the_bytes_are_the_same_on_every_machine(void **state)
{
	struct error error;
	struct demo_options options = small(scratch, 4);

	assert_true(demo_write(&options, &error));
	assert_string_equal(fingerprint(*state, scratch),
		"027319241654eae8d2d56440e8987189ca84c259e5d965fd8d5b23c029e0c20a");
}

static void test_an_earlier_demonstration_is_replaced(void **state)
{
	struct error error;
	struct demo_options options = small(scratch, 5), later = small(scratch, 6);
	const char *fresh;

	assert_true(demo_write(&options, &error));
	fresh = fingerprint(*state, scratch);
	assert_true(date_parse(TEXT("2024-09-30"), &later.as_at));
	assert_true(demo_write(&later, &error));
	assert_string_not_equal(fingerprint(*state, scratch), fresh);
	assert_true(demo_write(&options, &error));
	assert_string_equal(fingerprint(*state, scratch), fresh);
}

static void test_somebody_elses_folder_is_left_alone(void **state)
{
	char path[SCRATCH_SIZE + 16];
	struct error error = {0};
	struct demo_options options = small(scratch, 7);
	const char *before;

	snprintf(path, sizeof path, "%s/children.csv", scratch);
	assert_true(file_write(path, TEXT("child_id,sex\nA1,M\n"), &error));
	before = fingerprint(*state, scratch);
	assert_false(demo_write(&options, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	assert_string_equal(fingerprint(*state, scratch), before);
}

static void test_every_file_of_nobody_is_written_without_fault(void **state)
{
	struct error error;
	struct demo_options options = small(scratch, 8);

	(void)state;
	options.children = 0;
	assert_true(demo_write(&options, &error));
}

static void test_options_that_cannot_be_are_refused(void **state)
{
	struct error error = {0};
	struct demo_options options = small(scratch, 9);

	(void)state;
	options.children = -1;
	assert_false(demo_write(&options, &error));
	options = small(scratch, 9);
	options.as_at = DATE_MISSING;
	assert_false(demo_write(&options, &error));
	options = small("", 9);
	assert_false(demo_write(&options, &error));
	assert_int_equal(error.code, ERROR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_a_seed_writes_the_same_bytes_again, open_scratch, close_scratch),
		cmocka_unit_test_setup_teardown(
			test_the_bytes_are_the_same_on_every_machine, open_scratch, close_scratch),
		cmocka_unit_test_setup_teardown(
			test_an_earlier_demonstration_is_replaced, open_scratch, close_scratch),
		cmocka_unit_test_setup_teardown(
			test_somebody_elses_folder_is_left_alone, open_scratch, close_scratch),
		cmocka_unit_test_setup_teardown(test_every_file_of_nobody_is_written_without_fault,
			open_scratch, close_scratch),
		cmocka_unit_test_setup_teardown(
			test_options_that_cannot_be_are_refused, open_scratch, close_scratch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
