/* SPDX-License-Identifier: MIT */
/*
 * The workload as a bare loop over flat columns: workload_bare FOLDER DATE [REPORTS].
 *
 * The limit reference: one thread, one pass over the children, no framework, no missing values, no
 * filters, nothing kept. What Hearth's report is measured against.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bare.h"

enum { POUNDS_MOST = 1 << 17, YEARS_MOST = 18 };

/* Sums of a group: scores by domain, then total, children, pounds. Sixteen of one width, so that a
 * compiler adds four at a time. */
enum { SUM_TOTAL = WORKLOAD_DOMAINS, SUM_N, SUM_COST, SUMS };
struct sums {
	uint32_t of[SUMS];
};

/* All that one pass over the children gathers. */
struct bare_report {
	uint64_t n, total, total_squares, cost, cost_squares, total_cost, saving;
	uint32_t pounds[POUNDS_MOST]; /* children by weekly cost */
	struct sums groups[WORKLOAD_GROUPINGS][WORKLOAD_GROUPS_MOST];
	uint32_t scores[11][BARE_WIDTH]; /* children by score and domain */
	uint32_t severe[WORKLOAD_DOMAINS + 1], low_total;
	int64_t changed[WORKLOAD_GROUPS_MOST], change[WORKLOAD_GROUPS_MOST];
	int32_t reached[YEARS_MOST]; /* the last day from which so many years are completed */
};

static int age_band(const int32_t *reached, int32_t born)
{
	return (born <= reached[2]) + (born <= reached[5]) + (born <= reached[12]) +
	       (born <= reached[17]);
}

static int time_band(const int32_t *reached, int32_t from)
{
	return (from <= reached[1]) + (from <= reached[3]);
}

static void days_reached(int32_t *reached, int32_t day)
{
	for (int count = 0; count < YEARS_MOST; count++) {
		struct date_parts parts = date_parts(day);

		parts.year -= count;
		if (!date_is_real(parts))
			parts.day = 28;
		reached[count] = date_from_parts(parts);
	}
}

static uint32_t total_of(const uint8_t scores[BARE_WIDTH])
{
	uint32_t total = 0;

	for (int d = 0; d < BARE_WIDTH; d++)
		total += scores[d];
	return total;
}

static void add(struct sums *sums, const struct sums *child)
{
	for (int i = 0; i < SUMS; i++)
		sums->of[i] += child->of[i];
}

static void add_groups(struct bare_report *report, const struct bare *bare, size_t child, int kind,
	const struct sums *sums)
{
	int age = age_band(report->reached, bare->born[child]);
	const int places[WORKLOAD_GROUPINGS] = {
		[WORKLOAD_PLACEMENT_KIND] = kind,
		[WORKLOAD_HOME] = kind == 2 || kind == 3 ? kind - 2 : -1,
		[WORKLOAD_COST_SIDE] = sums->of[SUM_COST] >= 5000,
		[WORKLOAD_AGE_BAND] = age,
		[WORKLOAD_TIME_BAND] = time_band(report->reached, bare->care_start[child]),
		[WORKLOAD_DISABILITY] = bare->disability[child],
		[WORKLOAD_ETHNIC_GROUP] = bare->ethnic_group[child],
		[WORKLOAD_EHCP] = bare->ehcp[child],
		[WORKLOAD_EXCLUDED] = bare->excluded[child],
		[WORKLOAD_SEX_AGE_BAND] = 5 * bare->sex[child] + age,
	};

	for (int g = 0; g < WORKLOAD_GROUPINGS; g++)
		if (places[g] >= 0)
			add(&report->groups[g][places[g]], sums);
}

static void add_needs(
	struct bare_report *report, int kind, uint32_t total, const uint8_t scores[BARE_WIDTH])
{
	uint32_t severe = 0;

	for (int d = 0; d < WORKLOAD_DOMAINS; d++)
		report->scores[scores[d]][d]++;
	if (kind < 2 || kind > 4)
		return;
	for (int d = 0; d < WORKLOAD_DOMAINS; d++)
		severe += scores[d] >= 7;
	report->severe[severe]++;
	report->low_total += total <= 24;
}

static void add_child(
	struct bare_report *report, const struct bare *bare, size_t child, int32_t day)
{
	uint32_t placement = bare->first_placement[child + 1];
	uint32_t assessment = bare->first_assessment[child + 1];
	uint32_t first = bare->first_assessment[child], total, cost;
	struct sums sums;
	const uint8_t *scores;
	int kind;

	do {
		if (placement == bare->first_placement[child])
			return;
		placement--;
	} while (bare->start[placement] > day || bare->end[placement] <= day);
	do {
		if (assessment == first)
			return;
		assessment--;
	} while (bare->assessed_on[assessment] > day);
	scores = bare->scores[assessment];
	total = total_of(scores);
	cost = bare->cost[placement];
	kind = bare->kind[placement];
	report->n++;
	report->total += total;
	report->total_squares += total * total;
	report->cost += cost;
	report->cost_squares += (uint64_t)cost * cost;
	report->total_cost += (uint64_t)total * cost;
	report->saving += cost > 5000 ? cost - 5000 : 0;
	report->pounds[cost < POUNDS_MOST ? cost : POUNDS_MOST - 1]++;
	for (int i = 0; i < BARE_WIDTH; i++)
		sums.of[i] = scores[i];
	sums.of[SUM_TOTAL] = total;
	sums.of[SUM_N] = 1;
	sums.of[SUM_COST] = cost;
	add_groups(report, bare, child, kind, &sums);
	add_needs(report, kind, total, scores);
	if (assessment > first) {
		report->changed[kind]++;
		report->change[kind] += (int64_t)total - total_of(bare->scores[first]);
	}
}

/* Pounds of the `wanted` dearest. */
static double dearest(const struct bare_report *report, int64_t wanted)
{
	int64_t sum = 0;

	for (int64_t pounds = POUNDS_MOST - 1; wanted > 0 && pounds >= 0; pounds--) {
		int64_t here = report->pounds[pounds];

		here = here < wanted ? here : wanted;
		sum += here * pounds;
		wanted -= here;
	}
	return (double)sum;
}

static void answer_spend(const struct bare_report *report, struct workload_results *results)
{
	static const int percents[] = {10, 5, 1};
	double n = (double)report->n, x = (double)report->total, y = (double)report->cost;
	int64_t under[2] = {0, 0};

	results->n = (int64_t)report->n;
	results->r = (n * (double)report->total_cost - x * y) /
		     sqrt((n * (double)report->total_squares - x * x) *
			     (n * (double)report->cost_squares - y * y));
	results->spend = y;
	results->mean_cost = y / n;
	results->saving = (double)report->saving;
	for (int i = 0; i < 3; i++)
		results->top[i] =
			100 * dearest(report, workload_dearest(results->n, percents[i])) / y;
	for (int pounds = 0; pounds < POUNDS_MOST; pounds++) {
		under[0] += pounds < 2000 ? report->pounds[pounds] : 0;
		under[1] += pounds < 5000 ? report->pounds[pounds] : 0;
		results->bands[pounds / 500] += report->pounds[pounds];
	}
	results->under[0] = 100 * (double)under[0] / n;
	results->under[1] = 100 * (double)under[1] / n;
}

static void answer_groups(const struct bare_report *report, struct workload_results *results)
{
	for (int g = 0; g < WORKLOAD_GROUPINGS; g++)
		for (size_t i = 0; i < workload_names[g].count; i++) {
			const struct sums *sums = &report->groups[g][i];
			struct workload_group *group = &results->groups[g][i];
			double n = sums->of[SUM_N];

			group->n = sums->of[SUM_N];
			group->cost = sums->of[SUM_COST] / n;
			group->total = sums->of[SUM_TOTAL] / n;
			for (int d = 0; d < WORKLOAD_DOMAINS; d++)
				group->domains[d] = sums->of[d] / n;
		}
}

static void answer_domains(const struct bare_report *report, struct workload_results *results)
{
	for (int d = 0; d < WORKLOAD_DOMAINS; d++) {
		double present = (double)(report->n - report->scores[0][d]);
		double sum = 0;

		for (int score = 0; score <= 10; score++) {
			int level = (score > 0) + (score > 3) + (score > 6);

			results->levels[d][level] += report->scores[score][d];
			sum += score * (double)report->scores[score][d];
		}
		results->prevalence[d][0] = 100 * present / (double)report->n;
		results->prevalence[d][1] = sum / present;
	}
	for (int i = 0; i <= WORKLOAD_DOMAINS; i++)
		results->severe[i] = report->severe[i];
	results->low_total = report->low_total;
	for (size_t i = 0; i < workload_names[WORKLOAD_PLACEMENT_KIND].count; i++) {
		results->changed[i] = report->changed[i];
		results->change[i] = (double)report->change[i] / (double)report->changed[i];
	}
}

static void make_report(const struct bare *bare, int32_t day, struct bare_report *report,
	struct workload_results *results)
{
	memset(report, 0, sizeof *report);
	memset(results, 0, sizeof *results);
	days_reached(report->reached, day);
	for (size_t child = 0; child < bare->children; child++)
		add_child(report, bare, child, day);
	answer_spend(report, results);
	answer_groups(report, results);
	answer_domains(report, results);
}

int main(int count, char **arguments)
{
	static struct workload_results results;
	static struct workload_run run = {
		.implementation = "bare C", .version = __VERSION__, .threads = 1};
	static struct bare_report report;
	struct arena *arena = arena_open();
	struct error error = {ERROR_NONE, ""};
	struct bare bare;
	double start;
	int32_t day;

	if (!arena || count < 3 || !date_parse(text_of(arguments[2]), &day)) {
		fprintf(stderr, "usage: workload_bare FOLDER DATE [REPORTS]\n");
		return 2;
	}
	run.reports = count > 3 ? (size_t)atoi(arguments[3]) : 7;
	start = workload_clock_ms();
	if (!bare_load(&bare, arena, arguments[1], &error)) {
		fprintf(stderr, "workload_bare: %s\n", error.message);
		arena_close(arena);
		return 1;
	}
	run.load_ms = workload_clock_ms() - start;
	run.children = bare.children;
	for (size_t i = 0; i < run.reports && i < WORKLOAD_REPORTS_MOST; i++) {
		start = workload_clock_ms();
		make_report(&bare, day, &report, &results);
		run.report_ms[i] = workload_clock_ms() - start;
	}
	arena_close(arena);
	return workload_print(&run, &results);
}
