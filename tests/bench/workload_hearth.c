/* SPDX-License-Identifier: MIT */
/*
 * The workload as Hearth does it: workload_hearth RECORD DATE [REPORTS].
 *
 * A report is everything from the loaded history and the date on: the snapshot, the tallies, and
 * what (a) to (h) need beside them.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/parallel.h"
#include "cohort/tally.h"
#include "numeric/correlation.h"
#include "workload.h"

enum {
	STRIPES = 4,
	STEP_PENCE = 1000,  /* a step of the histogram of costs */
	STEPS = 10001,	    /* the last: from 100,000 pounds on */
	STEPS_OF_BAND = 50, /* 500 pounds */
};

/* What a thread adds up over its members. */
struct part {
	numeric_wide total_pence;
	uint32_t steps[STEPS];
	int64_t severe[DOMAINS_MOST + 1], low_total;
	int64_t changed[GROUPS_MOST + 1], change[GROUPS_MOST + 1];
};

struct report {
	const struct cohort *cohort;
	const struct tallies *tallies;
	uint8_t residential;
	struct part parts[STRIPES];
};

static void part_run(void *context, size_t chunk, size_t first, size_t count)
{
	struct report *report = context;
	const struct cohort *cohort = report->cohort;
	const struct history *history = cohort->history;
	const uint16_t *totals = history->assessments.total;
	struct part *part = &report->parts[chunk];

	for (size_t i = first; i < first + count; i++) {
		uint64_t step = (uint64_t)cohort->pence[i] / STEP_PENCE;
		uint32_t earliest = history->first_assessment[cohort->child[i]];
		uint8_t kind = cohort->groups[GROUPING_PLACEMENT_KIND][i];

		part->total_pence += (int64_t)cohort->total[i] * cohort->pence[i];
		part->steps[step < STEPS ? step : STEPS - 1]++;
		if (cohort->groups[GROUPING_PLACEMENT_GROUP][i] == report->residential) {
			part->severe[cohort->severe[i]]++;
			part->low_total += cohort->total[i] <= cohort->framework->low_total;
		}
		part->changed[kind] += cohort->assessment[i] > earliest;
		part->change[kind] += cohort->total[i] - totals[earliest];
	}
}

static void parts_merge(struct report *report)
{
	struct part *sum = &report->parts[0];

	for (int p = 1; p < STRIPES; p++) {
		const struct part *part = &report->parts[p];

		sum->total_pence += part->total_pence;
		for (int i = 0; i < STEPS; i++)
			sum->steps[i] += part->steps[i];
		for (int i = 0; i <= DOMAINS_MOST; i++)
			sum->severe[i] += part->severe[i];
		sum->low_total += part->low_total;
		for (int i = 0; i <= GROUPS_MOST; i++) {
			sum->changed[i] += part->changed[i];
			sum->change[i] += part->change[i];
		}
	}
}

static int compare_dearest_first(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? 1 : one > other ? -1 : 0;
}

/* Pence of the `wanted` dearest: all in the steps above the one where they end, and the dearest of
 * that one. `some` has room for every member. */
static int64_t dearest(const struct report *report, int64_t wanted, int64_t *some)
{
	const struct cohort *cohort = report->cohort;
	const uint32_t *steps = report->parts[0].steps;
	int64_t sum = 0, above, below;
	size_t step = STEPS, count = 0;

	if (wanted == 0)
		return 0;
	while (wanted > steps[step - 1])
		wanted -= steps[--step];
	step--;
	below = (int64_t)step * STEP_PENCE;
	above = step == STEPS - 1 ? INT64_MAX : below + STEP_PENCE;
	for (size_t i = 0; i < cohort->count; i++) {
		int64_t pence = cohort->pence[i];

		sum += pence >= above ? pence : 0;
		some[count] = pence;
		count += pence >= below && pence < above;
	}
	qsort(some, count, sizeof *some, compare_dearest_first);
	for (int64_t i = 0; i < wanted; i++)
		sum += some[i];
	return sum;
}

static void answer_spend(
	const struct report *report, int64_t *some, struct workload_results *results)
{
	static const int percents[] = {10, 5, 1};
	const struct tally *all = &report->tallies->all;
	const struct tally *over = &report->tallies->by[GROUPING_COST_SIDE].groups[1];
	const uint32_t *steps = report->parts[0].steps;
	int64_t under[2] = {0, 0};

	results->n = all->both;
	results->r = pearson_sums(all->both, all->total, all->pence, all->total_squares,
		all->pence_squares, report->parts[0].total_pence);
	results->spend = ratio(all->pence, 100);
	results->mean_cost = ratio(all->pence, (numeric_wide)100 * all->costed);
	for (int i = 0; i < 3; i++)
		results->top[i] = ratio(
			(numeric_wide)100 *
				dearest(report, workload_dearest(all->costed, percents[i]), some),
			all->pence);
	for (int i = 0; i < STEPS - 1; i++) {
		under[0] += i < 4 * STEPS_OF_BAND ? steps[i] : 0;
		under[1] += i < 10 * STEPS_OF_BAND ? steps[i] : 0;
		results->bands[i / STEPS_OF_BAND] += steps[i];
	}
	if (steps[STEPS - 1] > 0)
		for (size_t i = 0; i < report->cohort->count; i++)
			if (report->cohort->pence[i] / STEP_PENCE >= STEPS - 1)
				results->bands[report->cohort->pence[i] / 50000]++;
	results->under[0] = ratio((numeric_wide)100 * under[0], all->costed);
	results->under[1] = ratio((numeric_wide)100 * under[1], all->costed);
	results->saving = ratio(over->pence - over->costed * report->cohort->cap_pence, 100);
}

static void answer_group(struct workload_group *group, const struct tally *tally)
{
	group->n = tally->both;
	group->cost = ratio(tally->pence, (numeric_wide)100 * tally->costed);
	group->total = ratio(tally->total, tally->assessed);
	for (int d = 0; d < WORKLOAD_DOMAINS; d++)
		group->domains[d] = ratio(tally->scores[d], tally->assessed);
}

static void answer_groups(const struct tallies *tallies, struct workload_results *results)
{
	static const enum grouping_id of[WORKLOAD_GROUPINGS] = {
		[WORKLOAD_PLACEMENT_KIND] = GROUPING_PLACEMENT_KIND,
		[WORKLOAD_HOME] = GROUPING_PLACEMENT_KIND,
		[WORKLOAD_COST_SIDE] = GROUPING_COST_SIDE,
		[WORKLOAD_AGE_BAND] = GROUPING_AGE_BAND,
		[WORKLOAD_TIME_BAND] = GROUPING_TIME_BAND,
		[WORKLOAD_DISABILITY] = GROUPING_DISABILITY,
		[WORKLOAD_ETHNIC_GROUP] = GROUPING_ETHNIC_GROUP,
		[WORKLOAD_EHCP] = GROUPING_EHCP,
		[WORKLOAD_EXCLUDED] = GROUPING_EXCLUDED,
	};

	for (int g = 0; g < WORKLOAD_SEX_AGE_BAND; g++)
		for (size_t i = 0; i < workload_names[g].count; i++)
			/* the two homes are the third and fourth kinds */
			answer_group(&results->groups[g][i],
				&tallies->by[of[g]].groups[g == WORKLOAD_HOME ? i + 2 : i]);
	for (size_t i = 0; i < workload_names[WORKLOAD_SEX_AGE_BAND].count; i++)
		answer_group(&results->groups[WORKLOAD_SEX_AGE_BAND][i],
			&tallies->sex_within_age_band[i % 5][i / 5]);
}

static void answer_domains(const struct report *report, struct workload_results *results)
{
	const struct framework *framework = report->cohort->framework;
	const struct tally *all = &report->tallies->all;

	for (int d = 0; d < WORKLOAD_DOMAINS; d++) {
		const int64_t *counts = report->tallies->score_counts[d];

		results->prevalence[d][0] =
			ratio((numeric_wide)100 * (all->assessed - counts[0]), all->assessed);
		results->prevalence[d][1] = ratio(all->scores[d], all->assessed - counts[0]);
		for (int level = 0; level < 4; level++)
			for (int score = framework->bands[level].from;
				score <= framework->bands[level].to; score++)
				results->levels[d][level] += counts[score];
	}
}

static void answer_rest(const struct report *report, struct workload_results *results)
{
	const struct part *sum = &report->parts[0];

	memcpy(results->severe, sum->severe, sizeof results->severe);
	results->low_total = sum->low_total;
	for (size_t i = 0; i < workload_names[WORKLOAD_PLACEMENT_KIND].count; i++) {
		results->changed[i] = sum->changed[i];
		results->change[i] = ratio(sum->change[i], sum->changed[i]);
	}
}

static bool make_report(const struct history *history, int32_t day,
	struct workload_results *results, struct error *error)
{
	struct cohort_options options = {.as_at = day, .cap_pence = COHORT_CAP_PENCE};
	struct arena *arena = arena_open();
	struct report *report = arena ? arena_take(arena, 1, sizeof *report) : NULL;
	struct tallies *tallies;
	int64_t *some;
	bool done = false;

	*results = (struct workload_results){.n = 0};
	if (!report) {
		error_no_memory(error);
		goto done;
	}
	if (!cohort_build(&report->cohort, arena, history, &options, error) ||
		!tally_cohort(&tallies, arena, report->cohort, error))
		goto done;
	report->tallies = tallies;
	report->residential = (uint8_t)grouping_find(
		&history->schema->groupings[GROUPING_PLACEMENT_GROUP], TEXT("residential"));
	some = arena_take_raw(arena, report->cohort->count + 1, sizeof *some);
	if (!some || tallies->all.both != tallies->all.members || tallies->all.members == 0) {
		error_set(
			error, ERROR_INPUT, "the workload wants children with everything recorded");
		goto done;
	}
	parallel_for(report->cohort->count, parallel_chunks(report->cohort->count, STRIPES),
		part_run, report);
	parts_merge(report);
	answer_spend(report, some, results);
	answer_groups(tallies, results);
	answer_domains(report, results);
	answer_rest(report, results);
	done = true;
done:
	arena_close(arena);
	return done;
}

static bool load(struct history *out_history, struct arena *arena, const char *record,
	struct schema *schema, struct error *error)
{
	struct store *store = NULL;
	bool done = schema_open(schema, arena, NULL, error) &&
		    store_open(&store, record, DATABASE_READ, error) &&
		    history_load(out_history, arena, schema,
			    schema_framework(schema, TEXT("valuing-care-13")), store, error);

	store_close(store);
	return done;
}

int main(int count, char **arguments)
{
	static struct workload_results results;
	static struct workload_run run = {.implementation = "Hearth", .version = HEARTH_VERSION};
	struct arena *arena = arena_open();
	struct error error = {ERROR_NONE, ""};
	struct schema schema;
	struct history history;
	double start;
	int32_t day;

	if (!arena || count < 3 || !date_parse(text_of(arguments[2]), &day)) {
		fprintf(stderr, "usage: workload_hearth RECORD DATE [REPORTS]\n");
		return 2;
	}
	/* memory that was freed is kept for the next report, as any program that goes on running
	 * does */
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	run.reports = count > 3 ? (size_t)atoi(arguments[3]) : 7;
	run.threads = parallel_threads();
	start = workload_clock_ms();
	if (!load(&history, arena, arguments[1], &schema, &error))
		goto failed;
	run.load_ms = workload_clock_ms() - start;
	run.children = history.children;
	for (size_t i = 0; i < run.reports && i < WORKLOAD_REPORTS_MOST; i++) {
		start = workload_clock_ms();
		if (!make_report(&history, day, &results, &error))
			goto failed;
		run.report_ms[i] = workload_clock_ms() - start;
	}
	arena_close(arena);
	return workload_print(&run, &results);
failed:
	fprintf(stderr, "workload_hearth: %s\n", error.message);
	arena_close(arena);
	return 1;
}
