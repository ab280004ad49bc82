/* SPDX-License-Identifier: MIT */
#include "reproduce.h"

#include "analysis/analysis.h"
#include "store/store.h"

/* What the steps hand on. */
struct reproduction {
	struct arena *arena;
	struct schema schema;
	const struct framework *framework;
	struct store *store;
	struct history history;
	const struct cohort *cohort;
	const struct result **results;
	size_t result_count;
};

static bool write_files(struct reproduction *run, struct demo_options options,
	const char **out_files, struct error *error)
{
	*out_files = arena_format(run->arena, "%s/children", options.folder);
	if (!*out_files)
		return error_no_memory(error);
	options.folder = *out_files;
	return demo_write(&options, error);
}

/* Imports as of the day as at: no clock is looked at. */
static bool import_files(struct reproduction *run, const struct demo_options *options,
	const char *files, size_t *out_problems, struct error *error)
{
	const char *place = arena_format(run->arena, "%s/record.db", options->folder);
	struct store_options how = {
		.by = TEXT("demonstration"), .now = (int64_t)options->as_at * 86400};
	struct store_import record;
	struct import import;

	if (!place)
		return error_no_memory(error);
	if (!store_open(&run->store, place, DATABASE_WRITE, error) ||
		!store_import_files(run->store, run->arena, &run->schema, &files, 1, &how, &import,
			&record, error))
		return false;
	*out_problems = import.problem_count;
	return true;
}

static bool take_cohort(
	struct reproduction *run, const struct demo_options *options, struct error *error)
{
	struct cohort_options how = {.as_at = options->as_at, .cap_pence = COHORT_CAP_PENCE};

	return history_load(&run->history, run->arena, &run->schema, run->framework, run->store,
		       error) &&
	       cohort_build(&run->cohort, run->arena, &run->history, &how, error);
}

static bool run_figures(struct reproduction *run, struct error *error)
{
	struct analysis_params params = analysis_defaults();
	struct analysis_input input;

	run->results = arena_take(run->arena, analysis_count, sizeof *run->results);
	if (!run->results)
		return error_no_memory(error);
	if (!analysis_prepare(&input, run->arena, run->cohort, &params, error))
		return false;
	for (size_t i = 0; i < analysis_count; i++) {
		struct result *result;

		if (analysis_registry[i]->of_child)
			continue;
		if (!analysis_run(&result, run->arena, analysis_registry[i], &input, error))
			return false;
		run->results[run->result_count++] = result;
	}
	return true;
}

bool demo_reproduce(struct demo_reproduction *out_reproduction, struct arena *arena,
	const struct demo_options *options, struct error *error)
{
	struct reproduction run = {.arena = arena};
	struct demo_reproduction found = {0};
	const char *files;
	bool done;

	if (!schema_open(&run.schema, arena, NULL, error))
		return false;
	run.framework = schema_framework(&run.schema, TEXT("valuing-care-13"));
	if (!run.framework)
		return error_set(error, ERROR_MISSING, "there is no framework valuing-care-13");
	done = write_files(&run, *options, &files, error) &&
	       import_files(&run, options, files, &found.problems, error) &&
	       take_cohort(&run, options, error) && run_figures(&run, error) &&
	       demo_check(arena, run.results, run.result_count, &found.targets, &found.target_count,
		       error);
	store_close(run.store);
	if (done)
		*out_reproduction = found;
	return done;
}
