/* SPDX-License-Identifier: MIT */
/*
 * Figures 5, 13 to 17, 19, 25 and 26: needs and cost by one grouping. One kernel; each figure is a
 * declaration at the end of the file.
 */
#include "analysis/figures.h"
#include "analysis/measures.h"

/* The rows of a profile: a grouping, or those of its groups that belong to one placement_group. */
struct profile {
	const struct grouping *grouping;
	const struct tally_group *by;
	int parent; /* -1 for all */
};

static bool profile_shows(const struct profile *profile, size_t code)
{
	if (profile->parent >= 0 && (code == profile->grouping->count ||
					    profile->grouping->parent[code] != profile->parent))
		return false;
	return group_shown(profile->grouping, code, profile->by->groups[code].members);
}

static void profile_tables(
	struct result *result, const struct profile *profile, const struct framework *framework)
{
	struct table *table = result_table(result, "profile");
	struct table *intervals = result_table(result, "intervals");

	table_column(table, profile->grouping->name, COLUMN_CODE, NULL);
	profile_columns(result, table, framework);
	table_column(intervals, profile->grouping->name, COLUMN_CODE, NULL);
	table_column(intervals, "low", COLUMN_NUMBER, "points");
	table_column(intervals, "high", COLUMN_NUMBER, "points");
	for (size_t code = 0; code <= profile->grouping->count; code++) {
		const struct tally *tally = &profile->by->groups[code];
		struct moments totals = tally_totals(tally);
		struct estimate mean = moments_mean_interval(&totals, 1);

		if (!profile_shows(profile, code))
			continue;
		table_row(table);
		table_set_string(table, 0, profile->grouping->codes[code]);
		profile_cells(table, 1, tally, framework);
		table_row(intervals);
		table_set_string(intervals, 0, profile->grouping->codes[code]);
		table_set_number(intervals, 1, mean.low);
		table_set_number(intervals, 2, mean.high);
	}
}

/* Whether the mean total of one is above that of other, in whole numbers. */
static bool mean_above(const struct tally *one, const struct tally *other)
{
	return (numeric_wide)one->total * other->assessed >
	       (numeric_wide)other->total * one->assessed;
}

/* The stated groups of enough children with the highest and the lowest mean total. */
struct extremes {
	size_t groups; /* of at least ANALYSIS_FEW assessed */
	size_t high, low;
};

static struct extremes find_extremes(const struct profile *profile)
{
	const struct tally *groups = profile->by->groups;
	struct extremes found = {0};

	for (size_t code = 0; code < profile->grouping->count; code++) {
		if (!profile_shows(profile, code) || groups[code].assessed < ANALYSIS_FEW)
			continue;
		if (found.groups == 0 || mean_above(&groups[code], &groups[found.high]))
			found.high = code;
		if (found.groups == 0 || mean_above(&groups[found.low], &groups[code]))
			found.low = code;
		found.groups++;
	}
	return found;
}

/* The extremes of several groups are picked, so they are only called different where their
 * intervals do not meet: less often than where the interval of their difference leaves out 0. */
static const char *extremes_variant(const struct result *result, const struct tally *high,
	const struct tally *low, size_t groups)
{
	struct moments most = tally_totals(high), least = tally_totals(low);

	if (result->n == 0)
		return "nobody";
	if (groups == 1 && high->assessed == result->n)
		return "one_group";
	if (groups < 2)
		return "few";
	return moments_mean_interval(&most, 1).low > moments_mean_interval(&least, 1).high
		       ? "differs"
		       : "unclear";
}

static void extremes_finding(struct result *result, const struct profile *profile)
{
	const struct grouping *grouping = profile->grouping;
	struct extremes found = find_extremes(profile);
	const struct tally *high = &profile->by->groups[found.high];
	const struct tally *low = &profile->by->groups[found.low];
	struct statement_of *finding =
		result_finding(result, extremes_variant(result, high, low, found.groups));

	statement_code(finding, "highest", grouping->name, grouping->codes[found.high]);
	statement_code(finding, "lowest", grouping->name, grouping->codes[found.low]);
	statement_number(finding, "highest_mean", FORMAT_ONE, tally_mean_total(high));
	statement_number(finding, "lowest_mean", FORMAT_ONE, tally_mean_total(low));
	statement_number(finding, "n", FORMAT_COUNT, (double)result->n);
}

/* One group against another: "higher", "lower", "unclear", "few", or "nobody". */
static void contrast_finding(
	struct result *result, const struct tally *one, const struct tally *other)
{
	struct moments totals = tally_totals(one), other_totals = tally_totals(other);
	struct estimate gap = moments_difference(&totals, &other_totals, 1);
	struct statement_of *finding =
		result_finding(result, result->n == 0 ? "nobody" : direction(&gap));

	statement_estimate(finding, &gap, FORMAT_ONE);
	statement_number(finding, "percent", FORMAT_PERCENT,
		fabs(percent_against(one->total, one->assessed, other->total, other->assessed)));
	statement_number(finding, "mean", FORMAT_ONE, tally_mean_total(one));
	statement_number(finding, "other_mean", FORMAT_ONE, tally_mean_total(other));
	statement_number(finding, "cost", FORMAT_POUNDS, tally_mean_cost(one));
	statement_number(finding, "other_cost", FORMAT_POUNDS, tally_mean_cost(other));
	statement_number(finding, "one_n", FORMAT_COUNT, (double)one->assessed);
	statement_number(finding, "n", FORMAT_COUNT, (double)result->n);
}

static struct profile profile_of(
	const struct analysis *analysis, const struct analysis_input *input)
{
	const struct grouping *groupings = input->cohort->history->schema->groupings;
	int number = grouping_number(groupings, text_of(analysis->grouping));

	return (struct profile){&groupings[number], &input->tallies->by[number], -1};
}

/* Every child of the cohort is in a row. */
static struct profile whole_profile(
	struct result *result, const struct analysis *analysis, const struct analysis_input *input)
{
	struct profile profile = profile_of(analysis, input);

	profile_tables(result, &profile, input->cohort->framework);
	result->n = input->tallies->all.assessed;
	missing_of(result, USES_ASSESSMENT | USES_COST, &input->tallies->all,
		profile.by->groups[profile.grouping->count].members);
	result_note(result, "raw_differences");
	return profile;
}

static bool profile_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct profile profile = whole_profile(result, analysis, input);

	(void)error;
	extremes_finding(result, &profile);
	return true;
}

/* Figure 16: the kinds of residential care only. */
static bool residential_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	uint8_t homes = input_group(input, GROUPING_PLACEMENT_GROUP, "residential");
	const struct tally *base = &input->tallies->by[GROUPING_PLACEMENT_GROUP].groups[homes];
	struct profile profile = profile_of(analysis, input);

	(void)error;
	profile.parent = homes;
	profile_tables(result, &profile, input->cohort->framework);
	result->n = base->assessed;
	missing_of(result, USES_ASSESSMENT | USES_COST, base, 0);
	extremes_finding(result, &profile);
	result_note(result, "raw_differences");
	return true;
}

/* Figure 5: no cost is on neither side, and counted as such. */
static bool cost_side_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct profile profile = profile_of(analysis, input);
	struct tally_group *costed = arena_take_raw(result->arena, 1, sizeof *costed);
	uint8_t over = input_group(input, GROUPING_COST_SIDE, "over");
	uint8_t under = input_group(input, GROUPING_COST_SIDE, "under");

	if (!costed)
		return error_no_memory(error);
	*costed = *profile.by;
	costed->groups[profile.grouping->count] = (struct tally){0};
	profile.by = costed;
	profile_tables(result, &profile, input->cohort->framework);
	result->n = input->tallies->all.both;
	missing_of(result, USES_ASSESSMENT | USES_COST, &input->tallies->all, 0);
	contrast_finding(result, &costed->groups[over], &costed->groups[under]);
	statement_number(&result->finding, "cap", FORMAT_POUNDS,
		(double)(input->cohort->cap_pence / PENCE_A_POUND));
	result_note(result, "raw_differences");
	return true;
}

static const struct shape difference_shape = {
	"difference", {{"domain", COLUMN_CODE, NULL}, {"percent", COLUMN_NUMBER, "percent"}}};

/* Figures 17, 25 and 26: yes against no, domain by domain. */
static bool flag_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct framework *framework = input->cohort->framework;
	struct profile profile = whole_profile(result, analysis, input);
	const struct tally *yes = &profile.by->groups[grouping_find(profile.grouping, TEXT("yes"))];
	const struct tally *no = &profile.by->groups[grouping_find(profile.grouping, TEXT("no"))];
	struct table *table = shape_table(result, &difference_shape);

	(void)error;
	for (size_t d = 0; d < framework->domain_count; d++) {
		table_row(table);
		table_set_string(table, 0, framework->domains[d].key);
		table_set_number(table, 1,
			percent_against(
				yes->scores[d], yes->assessed, no->scores[d], no->assessed));
	}
	table_row(table);
	table_set_string(table, 0, "total");
	table_set_number(
		table, 1, percent_against(yes->total, yes->assessed, no->total, no->assessed));
	contrast_finding(result, yes, no);
	return true;
}

const struct analysis figure_need_by_cost = {
	.id = "5",
	.name = "need_by_cost",
	.chart = "need_by_cost",
	.grouping = "cost_side",
	.run = cost_side_run,
};

const struct analysis figure_need_by_age = {
	.id = "13",
	.name = "need_by_age",
	.chart = "need_by_age",
	.grouping = "age_band",
	.run = profile_run,
};

const struct analysis figure_need_by_time_in_care = {
	.id = "14",
	.name = "need_by_time_in_care",
	.chart = "need_by_time_in_care",
	.grouping = "time_band",
	.run = profile_run,
};

const struct analysis figure_need_by_placement = {
	.id = "15",
	.name = "need_by_placement",
	.chart = "need_by_placement",
	.grouping = "placement_group",
	.run = profile_run,
};

const struct analysis figure_need_in_residential = {
	.id = "16",
	.name = "need_in_residential",
	.chart = "need_in_residential",
	.grouping = "placement_kind",
	.run = residential_run,
};

const struct analysis figure_need_by_disability = {
	.id = "17",
	.name = "need_by_disability",
	.chart = "need_by_disability",
	.grouping = "disability",
	.run = flag_run,
};

const struct analysis figure_need_by_ethnicity = {
	.id = "19",
	.name = "need_by_ethnicity",
	.chart = "need_by_ethnicity",
	.grouping = "ethnic_group",
	.run = profile_run,
};

const struct analysis figure_need_by_ehcp = {
	.id = "25",
	.name = "need_by_ehcp",
	.chart = "need_by_ehcp",
	.grouping = "ehcp",
	.run = flag_run,
};

const struct analysis figure_need_by_exclusion = {
	.id = "26",
	.name = "need_by_exclusion",
	.chart = "need_by_exclusion",
	.grouping = "excluded",
	.run = flag_run,
};
