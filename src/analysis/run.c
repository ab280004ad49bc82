/* SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"
#include "analysis/measures.h"
#include "analysis/notes.h"
#include "base/parallel.h"

struct analysis_params analysis_defaults(void)
{
	return (struct analysis_params){
		.cap_pounds = COHORT_CAP_PENCE / PENCE_A_POUND,
		.national = 83840,
		.threshold = -1,
		.child = HISTORY_NONE,
	};
}

/* The cohort with cost_side divided by another cap; the rest is shared with the first. */
static const struct cohort *cohort_capped(
	struct arena *arena, const struct cohort *cohort, int64_t cap_pence)
{
	const struct grouping *sides = &cohort->history->schema->groupings[GROUPING_COST_SIDE];
	int over = grouping_find(sides, TEXT("over")), under = grouping_find(sides, TEXT("under"));
	struct cohort *capped = arena_take(arena, 1, sizeof *capped);
	uint8_t *side = arena_take_raw(arena, cohort->count, 1);

	if (!capped || !side)
		return NULL;
	for (size_t i = 0; i < cohort->count; i++) {
		if (cohort->pence[i] == MONEY_MISSING)
			side[i] = sides->count;
		else
			side[i] = (uint8_t)(cohort->pence[i] >= cap_pence ? over : under);
	}
	*capped = *cohort;
	capped->cap_pence = cap_pence;
	capped->groups[GROUPING_COST_SIDE] = side;
	if (cohort->everyone == cohort)
		capped->everyone = capped;
	return capped;
}

bool analysis_prepare(struct analysis_input *out_input, struct arena *arena,
	const struct cohort *cohort, const struct analysis_params *params, struct error *error)
{
	int64_t cap_pence = params->cap_pounds * PENCE_A_POUND;
	struct tallies *tallies, *everyone;

	if (cohort->cap_pence != cap_pence)
		cohort = cohort_capped(arena, cohort, cap_pence);
	if (!cohort)
		return error_no_memory(error);
	if (!tally_cohort(&tallies, arena, cohort, error))
		return false;
	everyone = tallies;
	if (cohort->everyone != cohort && !tally_cohort(&everyone, arena, cohort->everyone, error))
		return false;
	*out_input = (struct analysis_input){cohort, tallies, everyone, *params};
	return true;
}

bool analysis_run(struct result **out_result, struct arena *arena, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct result *result = arena_take(arena, 1, sizeof *result);

	if (!result)
		return error_no_memory(error);
	result->arena = arena;
	result->id = analysis->id;
	result->name = analysis->name;
	result->chart = analysis->chart;
	if (!analysis->run(result, analysis, input, error))
		return false;
	notes_common(result, input);
	if (result_failed(result))
		return error_no_memory(error);
	*out_result = result;
	return true;
}

struct run_all {
	const struct analysis *const *list;
	const struct analysis_input *input;
	struct analysis_results *results;
	struct error *errors;
	bool *failed;
};

/* The long ones stand at the end of the registry, so the list is begun there. */
static void run_one(void *context, size_t chunk, size_t first, size_t count)
{
	struct run_all *all = context;
	size_t i = all->results->count - 1 - first;

	(void)chunk;
	(void)count;
	all->results->arenas[i] = arena_open();
	if (!all->results->arenas[i])
		all->failed[i] = !error_no_memory(&all->errors[i]);
	else
		all->failed[i] = !analysis_run(&all->results->results[i], all->results->arenas[i],
			all->list[i], all->input, &all->errors[i]);
}

bool analysis_run_all(struct analysis_results *out_results, struct arena *arena,
	const struct analysis *const *list, size_t count, const struct analysis_input *input,
	struct error *error)
{
	struct analysis_results results = {
		.count = count,
		.results = arena_take(arena, count, sizeof(struct result *)),
		.arenas = arena_take(arena, count, sizeof(struct arena *)),
	};
	struct run_all all = {list, input, &results, arena_take(arena, count, sizeof(struct error)),
		arena_take(arena, count, sizeof(bool))};

	*out_results = (struct analysis_results){0};
	if (!results.results || !results.arenas || !all.errors || !all.failed)
		return error_no_memory(error);
	parallel_for(count, 1, run_one, &all);
	for (size_t i = 0; i < count; i++) {
		if (!all.failed[i])
			continue;
		if (error)
			*error = all.errors[i];
		analysis_results_close(&results);
		return false;
	}
	*out_results = results;
	return true;
}

void analysis_results_close(struct analysis_results *results)
{
	for (size_t i = 0; i < results->count; i++)
		arena_close(results->arenas[i]);
	*results = (struct analysis_results){0};
}
