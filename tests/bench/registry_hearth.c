/* SPDX-License-Identifier: MIT */
/*
 * Times the way from a record to every figure: registry_hearth RECORD DATE
 * Prints the load once, and medians of the snapshot, the tallies and all figures of a report.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "analysis/analysis.h"

enum { RUNS = 9 };

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double times[RUNS])
{
	qsort(times, RUNS, sizeof *times, compare);
	return times[RUNS / 2];
}

/* One report in an arena of its own; adds what each step took. */
static bool run(const struct history *history, int32_t day, double took[3], struct error *error)
{
	struct arena *arena = arena_open();
	const struct analysis *list[64];
	struct cohort_options options = {.as_at = day, .cap_pence = COHORT_CAP_PENCE};
	struct analysis_params params = analysis_defaults();
	struct analysis_results results = {0};
	struct analysis_input input;
	const struct cohort *cohort;
	double start = now_ms(), snapshot, prepared;
	bool done;

	if (!arena)
		return error_no_memory(error);
	done = cohort_build(&cohort, arena, history, &options, error);
	snapshot = now_ms();
	done = done && analysis_prepare(&input, arena, cohort, &params, error);
	prepared = now_ms();
	done = done &&
	       analysis_run_all(&results, arena, list, analysis_list(false, list), &input, error);
	took[0] = snapshot - start;
	took[1] = prepared - snapshot;
	took[2] = now_ms() - prepared;
	analysis_results_close(&results);
	arena_close(arena);
	return done;
}

static bool load(struct history *history, struct arena *arena, struct schema *schema,
	const char *record, struct error *error)
{
	struct store *store = NULL;
	bool done;

	done = schema_open(schema, arena, NULL, error) &&
	       store_open(&store, record, DATABASE_READ, error) &&
	       history_load(history, arena, schema,
		       schema_framework(schema, TEXT("valuing-care-13")), store, error);
	store_close(store);
	return done;
}

int main(int argc, char **argv)
{
	static struct schema schema;
	static struct history history;
	struct arena *arena = arena_open();
	struct error error = {0};
	double steps[3][RUNS], took[3] = {0}, start = now_ms();
	int32_t day;

	if (argc != 3 || !arena || !date_parse(text_of(argv[2]), &day)) {
		fprintf(stderr, "usage: registry_hearth RECORD DATE\n");
		return 2;
	}
	if (!load(&history, arena, &schema, argv[1], &error))
		goto failed;
	printf("record to history: %.0f ms (%zu children in the record)\n", now_ms() - start,
		history.children);
	for (int i = 0; i < RUNS; i++) {
		if (!run(&history, day, took, &error))
			goto failed;
		for (int s = 0; s < 3; s++)
			steps[s][i] = took[s];
	}
	printf("snapshot %.2f ms, tallies %.2f ms, all figures %.2f ms (medians of %d)\n",
		median(steps[0]), median(steps[1]), median(steps[2]), RUNS);
	arena_close(arena);
	return 0;
failed:
	fprintf(stderr, "registry_hearth: %s\n", error.message);
	return 1;
}
