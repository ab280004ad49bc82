/* SPDX-License-Identifier: MIT */
/*
 * The figures of a told history, for comparing this layer alone with the reference:
 *
 *	figures_of HISTORY.txt YYYY-MM-DD [FILTER [CHILD]]
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "print_figures.h"
#include "told_history.h"

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool figures(
	struct arena *arena, const struct cohort *cohort, uint32_t child, struct error *error)
{
	struct analysis_params params = analysis_defaults();
	struct analysis_results results = {0};
	struct analysis_input input;
	struct buffer out = buffer_in(arena);
	struct json json = json_in(&out);
	const struct analysis **list = arena_take(arena, analysis_count, sizeof *list);
	double started = milliseconds();
	size_t count;

	if (!list)
		return error_no_memory(error);
	params.child = child;
	count = analysis_list(child != HISTORY_NONE, list);
	if (!analysis_prepare(&input, arena, cohort, &params, error) ||
		!analysis_run_all(&results, arena, list, count, &input, error))
		return false;
	fprintf(stderr, "%.1f ms for %zu figures of %zu children\n", milliseconds() - started,
		count, cohort->count);
	print_figures(&json, cohort, results.results, results.count);
	puts(buffer_cstring(&out));
	analysis_results_close(&results);
	return true;
}

static bool run(struct arena *arena, int count, char **arguments, struct error *error)
{
	struct cohort_options options = {.cap_pence = COHORT_CAP_PENCE};
	struct filter filter = {.count = 0};
	const struct cohort *cohort;
	struct history history;
	struct file_map file;
	uint32_t child = HISTORY_NONE;

	if (count < 3 || !date_parse(text_of(arguments[2]), &options.as_at))
		return error_set(
			error, ERROR_INPUT, "figures_of HISTORY.txt DATE [FILTER [CHILD]]");
	if (!file_map_open(&file, arguments[1], (size_t)1 << 32, error))
		return false;
	tell_history(&history, arena, file.bytes);
	if (count > 3 &&
		!filter_parse(&filter, arena, history.schema, text_of(arguments[3]), error))
		return false;
	options.filter = &filter;
	if (count > 4)
		child = history_child(&history, text_of(arguments[4]));
	return cohort_build(&cohort, arena, &history, &options, error) &&
	       figures(arena, cohort, child, error);
}

int main(int count, char **arguments)
{
	struct arena *arena = arena_open();
	struct error error = {ERROR_NONE, ""};
	bool done = arena && run(arena, count, arguments, &error);

	if (!done)
		fprintf(stderr, "figures_of: %s\n", error.message);
	arena_close(arena);
	return done ? 0 : 1;
}
