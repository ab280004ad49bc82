/* SPDX-License-Identifier: MIT */
/* Figure 0: who is looked after, with what needs, at what cost. */
#include "analysis/figures.h"
#include "analysis/measures.h"

static const struct shape summary_shape = {"summary",
	{{"children", COLUMN_INTEGER, "children"}, {"assessed", COLUMN_INTEGER, "children"},
		{"costed", COLUMN_INTEGER, "children"},
		{"mean_weekly_cost", COLUMN_NUMBER, "pounds a week"},
		{"median_weekly_cost", COLUMN_NUMBER, "pounds a week"},
		{"max_weekly_cost", COLUMN_NUMBER, "pounds a week"},
		{"weekly_spend", COLUMN_NUMBER, "pounds a week"},
		{"annual_spend", COLUMN_NUMBER, "pounds a year"},
		{"mean_total", COLUMN_NUMBER, "points"},
		{"max_total_possible", COLUMN_INTEGER, "points"}}};

static const struct shape by_group_shape = {
	"by_group", {{"placement_group", COLUMN_CODE, NULL}, {"n", COLUMN_INTEGER, "children"}}};

/* Known costs only; *out_most is MONEY_MISSING when there is none. */
static bool median_and_most(
	struct arena *arena, const struct cohort *cohort, double *out_median, int64_t *out_most)
{
	int64_t *pence = arena_take_raw(arena, cohort->count, sizeof *pence);
	int64_t most = MONEY_MISSING;
	size_t count = 0;

	if (!pence)
		return false;
	for (size_t i = 0; i < cohort->count; i++) {
		if (cohort->pence[i] == MONEY_MISSING)
			continue;
		pence[count++] = cohort->pence[i];
		if (cohort->pence[i] > most)
			most = cohort->pence[i];
	}
	*out_median = median_of(pence, count, PENCE_A_POUND);
	*out_most = most;
	return true;
}

/* Members with a line "total" open beside other lines: both are added, which may count twice. */
static int64_t totals_beside_others(const struct cohort *cohort)
{
	const struct history *history = cohort->history;
	const struct code_set *elements = schema_code_set(history->schema, "element");
	int total = elements ? code_set_find(elements, TEXT("total")) : -1;
	const struct history_costs *costs = &history->costs;
	int64_t found = 0;

	for (size_t i = 0; total >= 0 && i < cohort->count; i++) {
		uint32_t child = cohort->child[i];
		int open = 0, totals = 0;

		for (uint32_t c = history->first_cost[child]; c < history->first_cost[child + 1];
			c++) {
			if (!date_open_on(costs->from[c], costs->to[c], cohort->as_at))
				continue;
			open++;
			totals += costs->element[c] == total;
		}
		found += totals > 0 && open > 1;
	}
	return found;
}

static void note_left_out(struct result *result, const char *key, int64_t count)
{
	if (count > 0)
		statement_number(result_note(result, key), "count", FORMAT_COUNT, (double)count);
}

static void summary_finding(
	struct result *result, const struct tally *all, const struct framework *framework)
{
	const char *variant = all->members == 0 ? "nobody" : "known";
	struct statement_of *finding;

	if (all->members > 0 && all->costed == 0)
		variant = all->assessed == 0 ? "neither" : "uncosted";
	finding = result_finding(result, variant);
	statement_number(finding, "n", FORMAT_COUNT, (double)all->members);
	statement_number(finding, "costed", FORMAT_COUNT, (double)all->costed);
	statement_number(finding, "mean", FORMAT_POUNDS, tally_mean_cost(all));
	statement_number(finding, "annual", FORMAT_MILLION,
		all->costed ? pounds(all->pence * WEEKS_A_YEAR) : (double)NAN);
	statement_number(finding, "total", FORMAT_ONE, tally_mean_total(all));
	statement_number(finding, "highest", FORMAT_COUNT, framework->max_total);
}

static bool summary_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct tally_group *by = &input->tallies->by[GROUPING_PLACEMENT_GROUP];
	const struct grouping *grouping = input_grouping(input, GROUPING_PLACEMENT_GROUP);
	const struct tally *all = &input->tallies->all;
	struct table *summary = shape_table(result, &summary_shape);
	struct table *groups = shape_table(result, &by_group_shape);
	int64_t most, spend = all->costed ? all->pence : MONEY_MISSING;
	double median;

	(void)analysis;
	if (!median_and_most(result->arena, input->cohort, &median, &most))
		return error_no_memory(error);
	table_row(summary);
	table_set_integer(summary, 0, all->members);
	table_set_integer(summary, 1, all->assessed);
	table_set_integer(summary, 2, all->costed);
	table_set_number(summary, 3, tally_mean_cost(all));
	table_set_number(summary, 4, median);
	table_set_number(summary, 5, pounds(most));
	table_set_number(summary, 6, pounds(spend));
	table_set_number(summary, 7, all->costed ? pounds(spend * WEEKS_A_YEAR) : (double)NAN);
	table_set_number(summary, 8, tally_mean_total(all));
	table_set_integer(summary, 9, input->cohort->framework->max_total);
	for (size_t g = 0; g <= grouping->count; g++) {
		if (!group_shown(grouping, g, by->groups[g].members))
			continue;
		table_row(groups);
		table_set_string(groups, 0, grouping->codes[g]);
		table_set_integer(groups, 1, by->groups[g].members);
	}
	result->n = all->members;
	missing_of(result, USES_ASSESSMENT | USES_COST, all, by->groups[grouping->count].members);
	summary_finding(result, all, input->cohort->framework);
	note_left_out(result, "partial_assessments",
		(int64_t)input->cohort->history->partial_assessments);
	note_left_out(result, "other_framework",
		(int64_t)input->cohort->history->other_framework_assessments);
	note_left_out(result, "totals_beside_others", totals_beside_others(input->cohort));
	return true;
}

const struct analysis figure_summary = {
	.id = "0",
	.name = "summary",
	.chart = "summary",
	.run = summary_run,
};
