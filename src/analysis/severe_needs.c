/* SPDX-License-Identifier: MIT */
/* Figures 6 and 7: severe needs in residential care, and the children there without one. */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "analysis/notes.h"

static const struct shape by_severe_shape = {"by_severe",
	{{"severe_domains", COLUMN_INTEGER, "domains"}, {"n", COLUMN_INTEGER, "children"},
		{"percent", COLUMN_NUMBER, "percent"}}};

static const struct shape cost_shape = {
	"cost", {{"mean_weekly_cost", COLUMN_NUMBER, "pounds a week"},
			{"ifa_mean_weekly_cost", COLUMN_NUMBER, "pounds a week"},
			{"difference", COLUMN_NUMBER, "pounds a week"}}};

/* The assessed in residential: by number of severe domains, low totals, range of totals. */
struct severe {
	int64_t n;
	int64_t by[DOMAINS_MOST + 1];
	int64_t low;
	int64_t least, most; /* INTEGER_MISSING for nobody */
};

static struct severe count_severe(const struct cohort *cohort, uint8_t homes)
{
	struct severe found = {.least = INTEGER_MISSING, .most = INTEGER_MISSING};

	for (size_t i = 0; i < cohort->count; i++) {
		int64_t total = cohort->total[i];

		if (total == TOTAL_MISSING || cohort->groups[GROUPING_PLACEMENT_GROUP][i] != homes)
			continue;
		found.n++;
		found.by[cohort->severe[i]]++;
		found.low += total <= cohort->framework->low_total;
		if (found.least == INTEGER_MISSING || total < found.least)
			found.least = total;
		if (total > found.most)
			found.most = total;
	}
	return found;
}

static void severe_summary(
	struct result *result, const struct severe *found, const struct framework *framework)
{
	struct table *table = result_table(result, "summary");
	const char *low_n = arena_format(result->arena, "total_le_%d_n", framework->low_total);
	const char *low_percent =
		arena_format(result->arena, "total_le_%d_percent", framework->low_total);

	if (!low_n || !low_percent) {
		result->failed = true;
		return;
	}
	table_column(table, "n", COLUMN_INTEGER, "children");
	table_column(table, "none_severe_n", COLUMN_INTEGER, "children");
	table_column(table, "none_severe_percent", COLUMN_NUMBER, "percent");
	table_column(table, low_n, COLUMN_INTEGER, "children");
	table_column(table, low_percent, COLUMN_NUMBER, "percent");
	table_column(table, "min_total", COLUMN_INTEGER, "points");
	table_column(table, "max_total", COLUMN_INTEGER, "points");
	table_row(table);
	table_set_integer(table, 0, found->n);
	table_set_integer(table, 1, found->by[0]);
	table_set_number(table, 2, percent(found->by[0], found->n));
	table_set_integer(table, 3, found->low);
	table_set_number(table, 4, percent(found->low, found->n));
	table_set_integer(table, 5, found->least);
	table_set_integer(table, 6, found->most);
}

static bool severe_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct framework *framework = input->cohort->framework;
	uint8_t homes = input_group(input, GROUPING_PLACEMENT_GROUP, "residential");
	struct severe found = count_severe(input->cohort, homes);
	struct table *table = shape_table(result, &by_severe_shape);
	struct statement_of *finding;

	(void)analysis;
	(void)error;
	for (size_t severe = 0; severe <= framework->domain_count; severe++) {
		table_row(table);
		table_set_integer(table, 0, (int64_t)severe);
		table_set_integer(table, 1, found.by[severe]);
		table_set_number(table, 2, percent(found.by[severe], found.n));
	}
	severe_summary(result, &found, framework);
	result->n = found.n;
	missing_of(result, USES_ASSESSMENT,
		&input->tallies->by[GROUPING_PLACEMENT_GROUP].groups[homes], 0);
	finding = result_finding(result, found.n == 0		  ? "nobody"
					 : found.n < ANALYSIS_FEW ? "few"
								  : "known");
	statement_number(finding, "percent", FORMAT_PERCENT, percent(found.by[0], found.n));
	statement_number(finding, "none", FORMAT_COUNT, (double)found.by[0]);
	statement_number(finding, "n", FORMAT_COUNT, (double)found.n);
	result_note(result, "of_assessed");
	note_bands(result, framework);
	statement_number(
		result_note(result, "low_total"), "low", FORMAT_COUNT, framework->low_total);
	return true;
}

/* The assessed in residential without a domain in the severe band. */
static bool tally_without_severe(
	struct tally *out_tally, struct arena *arena, const struct cohort *cohort, uint8_t homes)
{
	uint8_t *keep = arena_take_raw(arena, cohort->count, 1);
	struct tally_group *group = arena_take(arena, 1, sizeof *group);

	if (!keep || !group)
		return false;
	for (size_t i = 0; i < cohort->count; i++)
		keep[i] = cohort->groups[GROUPING_PLACEMENT_GROUP][i] == homes &&
			  cohort->total[i] != TOTAL_MISSING && cohort->severe[i] == 0;
	tally_part(group, cohort, keep, GROUPING_PLACEMENT_GROUP);
	*out_tally = group->groups[homes];
	return true;
}

static void without_finding(
	struct result *result, const struct tally *mild, const struct estimate *gap)
{
	const char *variant = direction(gap);
	struct statement_of *finding;

	if (mild->assessed == 0)
		variant = "nobody";
	else if (isnan(gap->value))
		variant = "uncosted";
	finding = result_finding(result, variant);
	statement_estimate(finding, gap, FORMAT_POUNDS);
	statement_number(finding, "total", FORMAT_ONE, tally_mean_total(mild));
	statement_number(finding, "n", FORMAT_COUNT, (double)mild->assessed);
}

static bool without_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	uint8_t homes = input_group(input, GROUPING_PLACEMENT_GROUP, "residential");
	uint8_t kind = input_group(input, GROUPING_PLACEMENT_KIND, "independent fostering agency");
	const struct tally *agency = &input->everyone->by[GROUPING_PLACEMENT_KIND].groups[kind];
	struct table *profile, *cost;
	struct moments costs, agency_costs = tally_costs(agency);
	struct estimate gap;
	struct tally mild;

	(void)analysis;
	if (!tally_without_severe(&mild, result->arena, input->cohort, homes))
		return error_no_memory(error);
	costs = tally_costs(&mild);
	gap = moments_difference(&costs, &agency_costs, PENCE_A_POUND);
	profile = result_table(result, "profile");
	profile_columns(result, profile, input->cohort->framework);
	table_row(profile);
	profile_cells(profile, 0, &mild, input->cohort->framework);
	cost = shape_table(result, &cost_shape);
	table_row(cost);
	table_set_number(cost, 0, tally_mean_cost(&mild));
	table_set_number(cost, 1, tally_mean_cost(agency));
	table_set_number(cost, 2, gap.value);
	result->n = mild.assessed;
	missing_of(result, USES_ASSESSMENT | USES_COST,
		&input->tallies->by[GROUPING_PLACEMENT_GROUP].groups[homes], 0);
	without_finding(result, &mild, &gap);
	note_bands(result, input->cohort->framework);
	return true;
}

const struct analysis figure_severe_needs = {
	.id = "6",
	.name = "severe_needs",
	.chart = "severe_needs",
	.run = severe_run,
};

const struct analysis figure_without_severe_need = {
	.id = "7",
	.name = "without_severe_need",
	.chart = "without_severe_need",
	.run = without_run,
};
