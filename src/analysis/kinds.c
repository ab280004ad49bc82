/* SPDX-License-Identifier: MIT */
/* Figures 4 and 9: in-house against private homes, in-house against agency fostering. */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "analysis/points.h"

/* The two kinds that are compared, and the group they and the points are of. */
struct kinds {
	const char *group, *one, *other;
};

static const struct kinds residential = {
	"residential", "in-house children's home", "private children's home"};
static const struct kinds fostering = {
	"fostering", "in-house fostering", "independent fostering agency"};

static const struct shape kinds_shape = {"kinds",
	{{"placement_kind", COLUMN_CODE, NULL}, {"n", COLUMN_INTEGER, "children"},
		{"mean_total", COLUMN_NUMBER, "points"}, {"n_costed", COLUMN_INTEGER, "children"},
		{"mean_weekly_cost", COLUMN_NUMBER, "pounds a week"}}};

/* Points in the first row, pounds a week in the second: no one unit. */
static const struct shape difference_shape = {
	"difference", {{"measure", COLUMN_CODE, NULL}, {"difference", COLUMN_NUMBER, NULL},
			      {"low", COLUMN_NUMBER, NULL}, {"high", COLUMN_NUMBER, NULL}}};

static const struct shape high_need_shape = {
	"high_need", {{"threshold", COLUMN_NUMBER, "points"}, {"n", COLUMN_INTEGER, "children"},
			     {"percent", COLUMN_NUMBER, "percent"}}};

static void kind_rows(struct table *table, const struct analysis_input *input, uint8_t group)
{
	const struct grouping *kinds = input_grouping(input, GROUPING_PLACEMENT_KIND);

	for (size_t k = 0; k < kinds->count; k++) {
		const struct tally *tally = &input->tallies->by[GROUPING_PLACEMENT_KIND].groups[k];

		if (kinds->parent[k] != group)
			continue;
		table_row(table);
		table_set_string(table, 0, kinds->codes[k]);
		table_set_integer(table, 1, tally->assessed);
		table_set_number(table, 2, tally_mean_total(tally));
		table_set_integer(table, 3, tally->costed);
		table_set_number(table, 4, tally_mean_cost(tally));
	}
}

static void difference_row(struct table *table, const char *measure, const struct estimate *found)
{
	table_row(table);
	table_set_string(table, 0, measure);
	table_set_number(table, 1, found->value);
	table_set_number(table, 2, found->low);
	table_set_number(table, 3, found->high);
}

/* "higher_unclear": needs higher with the other than in-house, costs not clearly so. */
static void kinds_finding(
	struct result *result, int64_t n, const struct estimate *need, const struct estimate *cost)
{
	struct estimate needs = estimate_turned(need), costs = estimate_turned(cost);
	const char *variant =
		arena_format(result->arena, "%s_%s", direction(&needs), direction(&costs));
	struct statement_of *finding;

	if (n == 0)
		variant = "nobody";
	else if (isnan(needs.low))
		variant = "few";
	finding = result_finding(result, variant ? variant : "");
	statement_estimate(finding, &needs, FORMAT_ONE);
	statement_number(finding, "cost_size", FORMAT_POUNDS, fabs(costs.value));
	statement_number(finding, "cost_difference", FORMAT_POUNDS, costs.value);
	statement_number(finding, "cost_low", FORMAT_POUNDS, costs.low);
	statement_number(finding, "cost_high", FORMAT_POUNDS, costs.high);
	statement_number(finding, "n", FORMAT_COUNT, (double)n);
}

static void kinds_tables(
	struct result *result, const struct analysis_input *input, const struct kinds *kinds)
{
	const struct tally *by = input->tallies->by[GROUPING_PLACEMENT_KIND].groups;
	uint8_t group = input_group(input, GROUPING_PLACEMENT_GROUP, kinds->group);
	const struct tally *one = &by[input_group(input, GROUPING_PLACEMENT_KIND, kinds->one)];
	const struct tally *other = &by[input_group(input, GROUPING_PLACEMENT_KIND, kinds->other)];
	const struct tally *base = &input->tallies->by[GROUPING_PLACEMENT_GROUP].groups[group];
	struct moments totals = tally_totals(one), other_totals = tally_totals(other);
	struct moments costs = tally_costs(one), other_costs = tally_costs(other);
	struct estimate need = moments_difference(&totals, &other_totals, 1);
	struct estimate cost = moments_difference(&costs, &other_costs, PENCE_A_POUND);
	struct table *difference;

	kind_rows(shape_table(result, &kinds_shape), input, group);
	difference = shape_table(result, &difference_shape);
	difference_row(difference, "mean_total", &need);
	difference_row(difference, "mean_weekly_cost", &cost);
	points_table(result, input, group);
	result->n = base->assessed;
	missing_of(result, USES_ASSESSMENT | USES_COST, base, 0);
	kinds_finding(result, base->assessed, &need, &cost);
	result_note(result, "raw_differences");
}

static bool residential_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	(void)analysis;
	(void)error;
	kinds_tables(result, input, &residential);
	return true;
}

/* Children in fostering whose total is at least sum / n, in whole numbers so that one equal to the
 * mean counts. */
static int64_t high_need(const struct cohort *cohort, uint8_t group, int64_t sum, int64_t n)
{
	int64_t count = 0;

	for (size_t i = 0; i < cohort->count; i++)
		count += cohort->groups[GROUPING_PLACEMENT_GROUP][i] == group &&
			 cohort->total[i] != TOTAL_MISSING && cohort->total[i] * n >= sum;
	return count;
}

static bool fostering_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	uint8_t group = input_group(input, GROUPING_PLACEMENT_GROUP, fostering.group);
	uint8_t homes = input_group(input, GROUPING_PLACEMENT_GROUP, residential.group);
	const struct tally *base = &input->everyone->by[GROUPING_PLACEMENT_GROUP].groups[homes];
	int64_t n = base->assessed, sum = base->total;
	struct table *table;

	(void)analysis;
	(void)error;
	kinds_tables(result, input, &fostering);
	if (input->params.threshold >= 0) {
		n = 1;
		sum = input->params.threshold;
	}
	table = shape_table(result, &high_need_shape);
	table_row(table);
	if (n > 0) {
		int64_t count = high_need(input->cohort, group, sum, n);

		table_set_number(table, 0, ratio(sum, n));
		table_set_integer(table, 1, count);
		table_set_number(table, 2, percent(count, result->n));
	}
	result_note(result, "of_assessed");
	if (input->params.threshold < 0)
		result_note(result, "high_need_from_residential");
	return true;
}

const struct analysis figure_residential_kinds = {
	.id = "4",
	.name = "residential_kinds",
	.chart = "residential_kinds",
	.run = residential_run,
};

const struct analysis figure_fostering_kinds = {
	.id = "9",
	.name = "fostering_kinds",
	.chart = "fostering_kinds",
	.run = fostering_run,
};
