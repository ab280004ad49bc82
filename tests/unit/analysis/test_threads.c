/* SPDX-License-Identifier: MIT */
/* The same figures to the last bit for any number of threads, and one by one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/parallel.h"
#include "figure_case.h"
#include "print_figures.h"

/* All figures as one text in `arena`. */
static const char *all_figures(struct arena *arena, struct text lines, int threads)
{
	const struct analysis **list = arena_take(arena, analysis_count, sizeof *list);
	struct buffer out = buffer_in(arena);
	struct json json = json_in(&out);
	struct analysis_results results;
	struct error error = {ERROR_NONE, ""};
	struct figure_case made;
	size_t count;

	parallel_set_threads(threads);
	case_open(&made, lines, "2023-06-30", "");
	count = analysis_list(false, list);
	if (!analysis_run_all(&results, made.arena, list, count, &made.input, &error))
		fail_msg("%s", error.message);
	print_figures(&json, made.cohort, results.results, results.count);
	analysis_results_close(&results);
	case_close(&made);
	parallel_set_threads(0);
	assert_false(out.failed);
	return buffer_cstring(&out);
}

static void test_threads_change_nothing(void **state)
{
	struct arena *arena = arena_open();
	struct text lines = random_lines(arena, 3000, 1);
	const char *first = all_figures(arena, lines, 1);

	(void)state;
	for (int threads = 2; threads <= 8; threads += 3)
		assert_string_equal(all_figures(arena, lines, threads), first);
	arena_close(arena);
}

static void test_the_first_that_fails_is_told(void **state)
{
	const struct analysis *list[] = {
		analysis_find(TEXT("0")), analysis_find(TEXT("1")), analysis_find(TEXT("13"))};
	struct arena *arena = arena_open();
	struct analysis_results results;
	struct error error = {ERROR_NONE, ""};
	struct figure_case made;

	(void)state;
	case_open(&made, random_lines(arena, 20, 1), "2023-06-30", "");
	assert_false(analysis_run_all(&results, arena, list, 3, &made.input, &error));
	assert_int_equal(error.code, ERROR_INPUT);
	assert_int_equal(results.count, 0);
	analysis_results_close(&results);
	case_close(&made);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_threads_change_nothing),
		cmocka_unit_test(test_the_first_that_fails_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
