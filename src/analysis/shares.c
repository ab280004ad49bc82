/* SPDX-License-Identifier: MIT */
/* Figures 18, 20 and 21: how one grouping is spread over another. */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "numeric/proportion.h"

enum { CODES_MOST = GROUPS_MOST + 1 };

/* Children by two groupings, `not recorded` last on either side. */
struct cross {
	const struct grouping *outer, *inner;
	int64_t n[CODES_MOST][CODES_MOST];
	int64_t whole[CODES_MOST]; /* of each outer group */
};

/* `mild`: only the assessed with no severe domain. */
static struct cross cross_count(const struct analysis_input *input, enum grouping_id outer,
	enum grouping_id inner, bool mild)
{
	const struct cohort *cohort = input->cohort;
	const uint8_t *one = cohort->groups[outer], *other = cohort->groups[inner];
	struct cross cross = {
		input_grouping(input, outer), input_grouping(input, inner), {{0}}, {0}};

	for (size_t i = 0; i < cohort->count; i++) {
		if (mild && (cohort->total[i] == TOTAL_MISSING || cohort->severe[i] > 0))
			continue;
		cross.n[one[i]][other[i]]++;
	}
	for (size_t a = 0; a <= cross.outer->count; a++)
		for (size_t b = 0; b <= cross.inner->count; b++)
			cross.whole[a] += cross.n[a][b];
	return cross;
}

static int64_t cross_not_recorded(const struct cross *cross)
{
	int64_t count = cross->whole[cross->outer->count];

	for (size_t a = 0; a < cross->outer->count; a++)
		count += cross->n[a][cross->inner->count];
	return count;
}

static bool cross_shown(const struct cross *cross, size_t a, size_t b)
{
	bool stated = a < cross->outer->count && b < cross->inner->count;

	return stated || cross->n[a][b] > 0;
}

static struct table *cross_table(struct result *result, const char *name, const struct cross *cross)
{
	struct table *table = result_table(result, name);

	table_column(table, cross->outer->name, COLUMN_CODE, NULL);
	table_column(table, cross->inner->name, COLUMN_CODE, NULL);
	return table;
}

static void cross_row(struct table *table, const struct cross *cross, size_t a, size_t b)
{
	table_row(table);
	table_set_string(table, 0, cross->outer->codes[a]);
	table_set_string(table, 1, cross->inner->codes[b]);
}

static void shares_table(struct result *result, const struct cross *cross)
{
	struct table *table = cross_table(result, "shares", cross);

	table_column(table, "n", COLUMN_INTEGER, "children");
	table_column(table, "percent", COLUMN_NUMBER, "percent");
	for (size_t a = 0; a <= cross->outer->count; a++) {
		for (size_t b = 0; b <= cross->inner->count; b++) {
			if (!cross_shown(cross, a, b))
				continue;
			cross_row(table, cross, a, b);
			table_set_integer(table, 2, cross->n[a][b]);
			table_set_number(table, 3, percent(cross->n[a][b], cross->whole[a]));
		}
	}
}

static void intervals_table(struct result *result, const struct cross *cross)
{
	struct table *table = cross_table(result, "intervals", cross);

	table_column(table, "low", COLUMN_NUMBER, "percent");
	table_column(table, "high", COLUMN_NUMBER, "percent");
	for (size_t a = 0; a <= cross->outer->count; a++) {
		for (size_t b = 0; b <= cross->inner->count; b++) {
			struct estimate share = wilson(cross->n[a][b], cross->whole[a]);

			if (!cross_shown(cross, a, b))
				continue;
			cross_row(table, cross, a, b);
			table_set_number(table, 2, share.low);
			table_set_number(table, 3, share.high);
		}
	}
}

/* ---- figure 18 ------------------------------------------------------------------------------ */

static const struct shape ratio_shape = {
	"ratio", {{"children", COLUMN_CODE, NULL}, {"ratio", COLUMN_NUMBER, "times"}}};

/* Share in residential with a disability over that without. */
static double residential_ratio(const struct cross *cross, size_t yes, size_t no, size_t homes)
{
	if (cross->whole[yes] == 0)
		return (double)NAN;
	return ratio((numeric_wide)cross->n[yes][homes] * cross->whole[no],
		(numeric_wide)cross->n[no][homes] * cross->whole[yes]);
}

static void disability_finding(struct result *result, const struct cross *all, size_t yes,
	size_t no, size_t homes, const double ratios[2])
{
	struct estimate gap = difference_of_percents(
		all->n[yes][homes], all->whole[yes], all->n[no][homes], all->whole[no]);
	const char *variant = direction(&gap);
	struct statement_of *finding;

	if (result->n == 0)
		variant = "nobody";
	else if (isnan(gap.value) || all->whole[yes] < ANALYSIS_FEW)
		variant = "few";
	else if (gap.low > 0 && isnan(ratios[0]))
		variant = "only";
	finding = result_finding(result, variant);
	statement_number(finding, "ratio", FORMAT_ONE, ratios[0]);
	statement_number(finding, "mild_ratio", FORMAT_ONE, ratios[1]);
	statement_number(
		finding, "percent", FORMAT_PERCENT, percent(all->n[yes][homes], all->whole[yes]));
	statement_number(finding, "other_percent", FORMAT_PERCENT,
		percent(all->n[no][homes], all->whole[no]));
	statement_number(finding, "one_n", FORMAT_COUNT, (double)all->whole[yes]);
	statement_number(finding, "n", FORMAT_COUNT, (double)result->n);
}

static bool disability_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	size_t homes = input_group(input, GROUPING_PLACEMENT_GROUP, "residential");
	size_t yes = input_group(input, GROUPING_DISABILITY, "yes");
	size_t no = input_group(input, GROUPING_DISABILITY, "no");
	struct cross all = cross_count(input, GROUPING_DISABILITY, GROUPING_PLACEMENT_GROUP, false);
	struct cross mild = cross_count(input, GROUPING_DISABILITY, GROUPING_PLACEMENT_GROUP, true);
	double ratios[2] = {
		residential_ratio(&all, yes, no, homes), residential_ratio(&mild, yes, no, homes)};
	struct table *table;

	(void)analysis;
	(void)error;
	shares_table(result, &all);
	intervals_table(result, &all);
	table = shape_table(result, &ratio_shape);
	for (size_t i = 0; i < 2; i++) {
		table_row(table);
		table_set_string(table, 0, i == 0 ? "all" : "without_severe");
		table_set_number(table, 1, ratios[i]);
	}
	result->n = input->tallies->all.members;
	missing_of(result, USES_ASSESSMENT, &input->tallies->all, cross_not_recorded(&all));
	disability_finding(result, &all, yes, no, homes, ratios);
	result_note(result, "shares_of_row");
	return true;
}

/* ---- figures 20 and 21 ---------------------------------------------------------------------- */

/* The stated outer groups of enough children with the largest and the smallest share of one inner
 * code; returns how many groups there are of enough children. */
static size_t most_and_least(
	const struct cross *cross, size_t inner, size_t *out_most, size_t *out_least)
{
	const int64_t *whole = cross->whole;
	size_t groups = 0;

	for (size_t a = 0; a < cross->outer->count; a++) {
		if (whole[a] < ANALYSIS_FEW)
			continue;
		if (groups == 0 || cross->n[a][inner] * whole[*out_most] >
					   cross->n[*out_most][inner] * whole[a])
			*out_most = a;
		if (groups == 0 || cross->n[a][inner] * whole[*out_least] <
					   cross->n[*out_least][inner] * whole[a])
			*out_least = a;
		groups++;
	}
	return groups;
}

/* As in profile.c, the extremes differ where their intervals do not meet. */
static const char *shares_variant(
	const struct cross *cross, size_t inner, size_t most, size_t least, size_t groups)
{
	if (groups < 2)
		return "few";
	return wilson(cross->n[most][inner], cross->whole[most]).low >
			       wilson(cross->n[least][inner], cross->whole[least]).high
		       ? "differs"
		       : "unclear";
}

static void shares_finding(struct result *result, const struct cross *cross, size_t inner)
{
	size_t most = 0, least = 0, groups = most_and_least(cross, inner, &most, &least);
	const char *variant = shares_variant(cross, inner, most, least, groups);
	struct statement_of *finding = result_finding(result, result->n == 0 ? "nobody" : variant);

	statement_code(finding, "group", cross->inner->name, cross->inner->codes[inner]);
	statement_code(finding, "most", cross->outer->name, cross->outer->codes[most]);
	statement_code(finding, "least", cross->outer->name, cross->outer->codes[least]);
	statement_number(finding, "most_percent", FORMAT_PERCENT,
		percent(cross->n[most][inner], cross->whole[most]));
	statement_number(finding, "least_percent", FORMAT_PERCENT,
		percent(cross->n[least][inner], cross->whole[least]));
	statement_number(finding, "n", FORMAT_COUNT, (double)result->n);
}

static void ethnicity_tables(struct result *result, const struct analysis_input *input,
	enum grouping_id inner, size_t shown)
{
	struct cross cross = cross_count(input, GROUPING_ETHNIC_GROUP, inner, false);

	shares_table(result, &cross);
	result->n = input->tallies->all.members;
	missing_of(result, 0, &input->tallies->all, cross_not_recorded(&cross));
	shares_finding(result, &cross, shown);
	result_note(result, "shares_of_row");
}

/* What is told of age is the oldest band. */
static bool ethnicity_by_age_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	(void)analysis;
	(void)error;
	ethnicity_tables(result, input, GROUPING_AGE_BAND,
		(size_t)input_grouping(input, GROUPING_AGE_BAND)->count - 1);
	return true;
}

static bool ethnicity_by_sex_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	(void)analysis;
	(void)error;
	ethnicity_tables(result, input, GROUPING_SEX, input_group(input, GROUPING_SEX, "male"));
	return true;
}

const struct analysis figure_disability_by_placement = {
	.id = "18",
	.name = "disability_by_placement",
	.chart = "disability_by_placement",
	.run = disability_run,
};

const struct analysis figure_ethnicity_by_age = {
	.id = "20",
	.name = "ethnicity_by_age",
	.chart = "ethnicity_by_age",
	.run = ethnicity_by_age_run,
};

const struct analysis figure_ethnicity_by_sex = {
	.id = "21",
	.name = "ethnicity_by_sex",
	.chart = "ethnicity_by_sex",
	.run = ethnicity_by_sex_run,
};
