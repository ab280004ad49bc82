/* SPDX-License-Identifier: MIT */
/*
 * A2: how needs change, and where.
 *
 * Children with completed assessments on two days or more: (latest - first) / years between, in
 * total and by domain, averaged by current placement kind and by provider.
 */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "numeric/distribution.h"

enum { MEASURES_MOST = DOMAINS_MOST + 1 };

static const double days_a_year = 365.25;

/* Each child's change a year, the total first, then each domain. */
struct changes {
	size_t count;
	size_t measures;
	uint8_t *kind;
	uint32_t *provider;
	double (*values)[MEASURES_MOST];
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
	changes->provider = arena_take_raw(arena, cohort->assessed, sizeof *changes->provider);
	changes->values = arena_take_raw(arena, cohort->assessed, sizeof *changes->values);
	return changes->kind && changes->provider && changes->values;
}

static void changes_add(
	struct changes *changes, const struct history *history, uint32_t first, uint32_t last)
{
	const struct history_assessments *all = &history->assessments;
	double years = (all->assessed_on[last] - all->assessed_on[first]) / days_a_year;
	double *values = changes->values[changes->count++];

	values[0] = (all->total[last] - all->total[first]) / years;
	for (size_t d = 0; d < DOMAINS_MOST; d++)
		values[d + 1] = (all->scores[last][d] - all->scores[first][d]) / years;
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

/* Sums of all measures at once, with what rounding took from their low ends (Knuth's two-sum). */
struct sums {
	double sum[MEASURES_MOST], lost[MEASURES_MOST];
};

static void sums_add(struct sums *sums, const double values[MEASURES_MOST])
{
	for (size_t m = 0; m < MEASURES_MOST; m++) {
		double sum = sums->sum[m] + values[m], part = sum - sums->sum[m];

		sums->lost[m] += (sums->sum[m] - (sum - part)) + (values[m] - part);
		sums->sum[m] = sum;
	}
}

/* Mean and t interval of every measure over the n children `order` names, in that order. */
static void mean_changes(const struct changes *changes, const uint32_t *order, size_t n,
	struct estimate means[MEASURES_MOST])
{
	struct sums sums = {{0}, {0}}, squares = {{0}, {0}};
	double t = n > 1 ? student_t_quantile_975((double)(n - 1)) : (double)NAN;

	for (size_t i = 0; i < n; i++)
		sums_add(&sums, changes->values[order[i]]);
	for (size_t m = 0; m < MEASURES_MOST; m++)
		means[m].value = (sums.sum[m] + sums.lost[m]) / (double)n;
	for (size_t i = 0; i < n; i++) {
		double apart[MEASURES_MOST];

		for (size_t m = 0; m < MEASURES_MOST; m++) {
			apart[m] = changes->values[order[i]][m] - means[m].value;
			apart[m] *= apart[m];
		}
		sums_add(&squares, apart);
	}
	for (size_t m = 0; m < MEASURES_MOST; m++) {
		double spread = (squares.sum[m] + squares.lost[m]) / (double)(n - 1);
		double half = t * sqrt(spread / (double)n);

		means[m].low = means[m].value - half;
		means[m].high = means[m].value + half;
	}
}

/* The measures of one place. */
static void place_rows(struct table *table, struct text name, const struct changes *changes,
	const struct placing *placing, size_t place, const struct framework *framework)
{
	uint32_t start = placing->starts[place];
	size_t n = placing->starts[place + 1] - start;
	struct estimate means[MEASURES_MOST];

	mean_changes(changes, placing->order + start, n, means);
	for (size_t m = 0; m < changes->measures; m++)
		measure_row(table, name, m ? framework->domains[m - 1].key : "total", n, &means[m]);
}

static bool by_kind(
	struct result *result, const struct analysis_input *input, const struct changes *changes)
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
				input->cohort->framework);
	return true;
}

/* Providers with at least one child who has a change, in byte order; not recorded last. */
static bool by_provider(
	struct result *result, const struct analysis_input *input, const struct changes *changes)
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
				changes, &placing, p, input->cohort->framework);
	return true;
}

static bool change_finding(struct result *result, const struct changes *changes)
{
	double *totals = arena_take_raw(result->arena, changes->count, sizeof *totals);
	struct estimate all;
	struct statement_of *finding;

	if (!totals)
		return false;
	for (size_t i = 0; i < changes->count; i++)
		totals[i] = changes->values[i][0];
	all = doubles_mean_interval(totals, changes->count);
	finding = result_finding(result, changes->count == 0 ? "nobody" : direction(&all));
	statement_estimate(finding, &all, FORMAT_ONE);
	statement_number(finding, "n", FORMAT_COUNT, (double)changes->count);
	return true;
}

static bool change_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct grouping *kinds = input_grouping(input, GROUPING_PLACEMENT_KIND);
	struct changes changes = {0};

	(void)analysis;
	if (!changes_open(&changes, result->arena, input->cohort))
		return error_no_memory(error);
	changes_fill(&changes, input->cohort);
	if (!by_kind(result, input, &changes) || !by_provider(result, input, &changes) ||
		!change_finding(result, &changes))
		return error_no_memory(error);
	result->n = input->tallies->all.assessed;
	missing_of(result, USES_ASSESSMENT, &input->tallies->all,
		input->tallies->by[GROUPING_PLACEMENT_KIND].groups[kinds->count].members);
	result_note(result, "change_needs_two");
	return true;
}

const struct analysis figure_change_in_need = {
	.id = "A2",
	.name = "change_in_need",
	.chart = "change_in_need",
	.run = change_run,
};
