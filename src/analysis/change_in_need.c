/* SPDX-License-Identifier: MIT */
/*
 * A2: how needs change, and where.
 *
 * Children with completed assessments on two days or more: (latest - first) / years between, in
 * total and by domain, averaged by current placement kind and by provider.
 */
#include "analysis/figures.h"
#include "analysis/measures.h"

enum { MEASURES_MOST = DOMAINS_MOST + 1 };

static const double days_a_year = 365.25;

/* One child's change a year: the total first, then each domain. */
struct changes {
	size_t count;
	size_t measures;
	uint8_t *kind;
	uint32_t *provider;
	double *values[MEASURES_MOST];
};

/* The last assessment of the first day; of several that day the later row counts. */
static uint32_t first_assessment(const struct history *history, uint32_t child)
{
	const int32_t *day = history->assessments.assessed_on;
	uint32_t first = history->first_assessment[child];
	uint32_t end = history->first_assessment[child + 1];
	uint32_t found = first;

	while (found + 1 < end && day[found + 1] == day[first])
		found++;
	return found;
}

static bool changes_open(struct changes *changes, struct arena *arena, const struct cohort *cohort)
{
	changes->measures = cohort->framework->domain_count + 1;
	changes->kind = arena_take_raw(arena, cohort->assessed, 1);
	changes->provider = arena_take_raw(arena, cohort->assessed, sizeof(uint32_t));
	for (size_t m = 0; m < changes->measures; m++) {
		changes->values[m] = arena_take_raw(arena, cohort->assessed, sizeof(double));
		if (!changes->values[m])
			return false;
	}
	return changes->kind && changes->provider;
}

static void changes_add(
	struct changes *changes, const struct history *history, uint32_t first, uint32_t last)
{
	const struct history_assessments *all = &history->assessments;
	double years = (all->assessed_on[last] - all->assessed_on[first]) / days_a_year;

	changes->values[0][changes->count] = (all->total[last] - all->total[first]) / years;
	for (size_t d = 0; d + 1 < changes->measures; d++)
		changes->values[d + 1][changes->count] =
			(all->scores[last][d] - all->scores[first][d]) / years;
	changes->count++;
}

static void changes_fill(struct changes *changes, const struct cohort *cohort)
{
	const struct history *history = cohort->history;

	for (size_t i = 0; i < cohort->count; i++) {
		uint32_t last = cohort->assessment[i], first;

		if (last == HISTORY_NONE)
			continue;
		first = first_assessment(history, cohort->child[i]);
		if (history->assessments.assessed_on[first] ==
			history->assessments.assessed_on[last])
			continue;
		changes->kind[changes->count] = cohort->groups[GROUPING_PLACEMENT_KIND][i];
		changes->provider[changes->count] = cohort->provider[i];
		changes_add(changes, history, first, last);
	}
}

/* Children in the order of their places, within a place as they stood: those of place p are
 * order[starts[p]] to order[starts[p + 1] - 1]. */
struct placing {
	size_t places;
	uint32_t *starts;
	uint32_t *order;
};

static bool placing_make(struct placing *placing, struct arena *arena, const uint32_t *place,
	size_t count, size_t places)
{
	uint32_t *next = arena_take(arena, places + 1, sizeof *next);

	placing->places = places;
	placing->starts = arena_take(arena, places + 1, sizeof *placing->starts);
	placing->order = arena_take_raw(arena, count, sizeof *placing->order);
	if (!next || !placing->starts || !placing->order)
		return false;
	for (size_t i = 0; i < count; i++)
		placing->starts[place[i] + 1]++;
	for (size_t p = 0; p < places; p++)
		placing->starts[p + 1] += placing->starts[p];
	memcpy(next, placing->starts, (places + 1) * sizeof *next);
	for (size_t i = 0; i < count; i++)
		placing->order[next[place[i]]++] = (uint32_t)i;
	return true;
}

static struct table *measures_table(
	struct result *result, const char *name, const char *place, enum column_type type)
{
	struct table *table = result_table(result, name);

	table_column(table, place, type, NULL);
	table_column(table, "measure", COLUMN_CODE, NULL);
	table_column(table, "n", COLUMN_INTEGER, "children");
	table_column(table, "change_per_year", COLUMN_NUMBER, "points a year");
	table_column(table, "low", COLUMN_NUMBER, "points a year");
	table_column(table, "high", COLUMN_NUMBER, "points a year");
	return table;
}

static void measure_row(struct table *table, struct text place, const char *measure, size_t n,
	const struct estimate *change)
{
	table_row(table);
	table_set_text(table, 0, place);
	table_set_string(table, 1, measure);
	table_set_integer(table, 2, (int64_t)n);
	table_set_number(table, 3, change->value);
	table_set_number(table, 4, change->low);
	table_set_number(table, 5, change->high);
}

/* The measures of one place; `scratch` has room for its children. */
static void place_rows(struct table *table, struct text name, const struct changes *changes,
	const struct placing *placing, size_t place, const struct framework *framework,
	double *scratch)
{
	uint32_t start = placing->starts[place];
	size_t n = placing->starts[place + 1] - start;

	for (size_t m = 0; m < changes->measures; m++) {
		struct estimate change;

		for (size_t i = 0; i < n; i++)
			scratch[i] = changes->values[m][placing->order[start + i]];
		change = doubles_mean_interval(scratch, n);
		measure_row(table, name, m ? framework->domains[m - 1].key : "total", n, &change);
	}
}

static bool by_kind(struct result *result, const struct analysis_input *input,
	const struct changes *changes, double *scratch)
{
	const struct grouping *kinds = input_grouping(input, GROUPING_PLACEMENT_KIND);
	const struct tally *tallies = input->tallies->by[GROUPING_PLACEMENT_KIND].groups;
	struct table *table = measures_table(result, "by_kind", "placement_kind", COLUMN_CODE);
	uint32_t *place = arena_take_raw(result->arena, changes->count, sizeof *place);
	struct placing placing;

	if (!place)
		return false;
	for (size_t i = 0; i < changes->count; i++)
		place[i] = changes->kind[i];
	if (!placing_make(&placing, result->arena, place, changes->count, (size_t)kinds->count + 1))
		return false;
	for (size_t k = 0; k <= kinds->count; k++)
		if (group_shown(kinds, k, tallies[k].members))
			place_rows(table, text_of(kinds->codes[k]), changes, &placing, k,
				input->cohort->framework, scratch);
	return true;
}

/* Providers with at least one child who has a change, in byte order; not recorded last. */
static bool by_provider(struct result *result, const struct analysis_input *input,
	const struct changes *changes, double *scratch)
{
	const struct history *history = input->cohort->history;
	struct table *table = measures_table(result, "by_provider", "provider", COLUMN_TEXT);
	uint32_t *place = arena_take_raw(result->arena, changes->count, sizeof *place);
	struct placing placing;

	if (!place)
		return false;
	for (size_t i = 0; i < changes->count; i++)
		place[i] = changes->provider[i] == HISTORY_NONE ? (uint32_t)history->provider_count
								: changes->provider[i];
	if (!placing_make(
		    &placing, result->arena, place, changes->count, history->provider_count + 1))
		return false;
	for (size_t p = 0; p <= history->provider_count; p++)
		if (placing.starts[p] < placing.starts[p + 1])
			place_rows(table,
				p < history->provider_count ? history->providers[p]
							    : TEXT(NOT_RECORDED),
				changes, &placing, p, input->cohort->framework, scratch);
	return true;
}

static void change_finding(struct result *result, const struct changes *changes)
{
	struct estimate all = doubles_mean_interval(changes->values[0], changes->count);
	struct statement_of *finding =
		result_finding(result, changes->count == 0 ? "nobody" : direction(&all));

	statement_estimate(finding, &all, FORMAT_ONE);
	statement_number(finding, "size", FORMAT_ONE, fabs(all.value));
	statement_number(finding, "n", FORMAT_COUNT, (double)changes->count);
}

static bool change_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct grouping *kinds = input_grouping(input, GROUPING_PLACEMENT_KIND);
	struct changes changes = {0};
	double *scratch = arena_take_raw(result->arena, input->cohort->assessed, sizeof *scratch);

	(void)analysis;
	if (!scratch || !changes_open(&changes, result->arena, input->cohort))
		return error_no_memory(error);
	changes_fill(&changes, input->cohort);
	if (!by_kind(result, input, &changes, scratch) ||
		!by_provider(result, input, &changes, scratch))
		return error_no_memory(error);
	result->n = input->tallies->all.assessed;
	missing_of(result, USES_ASSESSMENT, &input->tallies->all,
		input->tallies->by[GROUPING_PLACEMENT_KIND].groups[kinds->count].members);
	change_finding(result, &changes);
	result_note(result, "change_needs_two");
	return true;
}

const struct analysis figure_change_in_need = {
	.id = "A2",
	.name = "change_in_need",
	.chart = "change_in_need",
	.run = change_run,
};
