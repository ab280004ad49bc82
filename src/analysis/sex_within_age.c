/* SPDX-License-Identifier: MIT */
/* Figures 22 to 24 in one: how needs differ by sex within age. */
#include "analysis/figures.h"
#include "analysis/measures.h"

static const struct shape difference_shape = {
	"difference", {{"sex_age_band", COLUMN_CODE, NULL}, {"percent", COLUMN_NUMBER, "percent"}}};

static const struct shape change_shape = {
	"change", {{"sex", COLUMN_CODE, NULL}, {"from", COLUMN_CODE, NULL},
			  {"to", COLUMN_CODE, NULL}, {"percent", COLUMN_NUMBER, "percent"}}};

/* The cells and the words for them; [count] is not recorded. */
struct cells {
	const struct tally (*by)[3];
	const struct grouping *bands, *sexes;
	size_t male, female;
};

static double totals_against(const struct tally *one, const struct tally *other)
{
	return percent_against(one->total, one->assessed, other->total, other->assessed);
}

static void profile_tables(
	struct result *result, const struct cells *cells, const struct framework *framework)
{
	struct table *table = result_table(result, "profile");
	struct table *intervals = result_table(result, "intervals");

	for (size_t i = 0; i < 2; i++) {
		table_column(i ? intervals : table, cells->bands->name, COLUMN_CODE, NULL);
		table_column(i ? intervals : table, cells->sexes->name, COLUMN_CODE, NULL);
	}
	profile_columns(result, table, framework);
	table_column(intervals, "low", COLUMN_NUMBER, "points");
	table_column(intervals, "high", COLUMN_NUMBER, "points");
	for (size_t b = 0; b <= cells->bands->count; b++) {
		for (size_t s = 0; s <= cells->sexes->count; s++) {
			const struct tally *tally = &cells->by[b][s];
			struct moments totals = tally_totals(tally);
			struct estimate mean = moments_mean_interval(&totals, 1);
			bool stated = b < cells->bands->count && s < cells->sexes->count;

			if (!stated && tally->members == 0)
				continue;
			table_row(table);
			table_set_string(table, 0, cells->bands->codes[b]);
			table_set_string(table, 1, cells->sexes->codes[s]);
			profile_cells(table, 2, tally, framework);
			table_row(intervals);
			table_set_string(intervals, 0, cells->bands->codes[b]);
			table_set_string(intervals, 1, cells->sexes->codes[s]);
			table_set_number(intervals, 2, mean.low);
			table_set_number(intervals, 3, mean.high);
		}
	}
}

static void difference_table(struct result *result, const struct cells *cells)
{
	struct table *table = shape_table(result, &difference_shape);

	for (size_t b = 0; b < cells->bands->count; b++) {
		table_row(table);
		table_set_string(table, 0, cells->bands->codes[b]);
		table_set_number(table, 1,
			totals_against(&cells->by[b][cells->male], &cells->by[b][cells->female]));
	}
}

static void change_table(struct result *result, const struct cells *cells)
{
	struct table *table = shape_table(result, &change_shape);

	for (size_t s = 0; s < cells->sexes->count; s++) {
		for (size_t b = 0; b + 1 < cells->bands->count; b++) {
			table_row(table);
			table_set_string(table, 0, cells->sexes->codes[s]);
			table_set_string(table, 1, cells->bands->codes[b]);
			table_set_string(table, 2, cells->bands->codes[b + 1]);
			table_set_number(
				table, 3, totals_against(&cells->by[b + 1][s], &cells->by[b][s]));
		}
	}
}

static int64_t not_recorded(const struct cells *cells)
{
	int64_t count = 0;

	for (size_t b = 0; b <= cells->bands->count; b++)
		for (size_t s = 0; s <= cells->sexes->count; s++)
			if (b == cells->bands->count || s == cells->sexes->count)
				count += cells->by[b][s].members;
	return count;
}

/* The band in which boys and girls are furthest apart, of those in which they clearly are. */
static void sex_finding(struct result *result, const struct cells *cells)
{
	const char *variant = result->n == 0 ? "nobody" : "few";
	struct estimate told = {(double)NAN, (double)NAN, (double)NAN};
	struct statement_of *finding;
	size_t band = 0;

	for (size_t b = 0; b < cells->bands->count && result->n > 0; b++) {
		struct moments boys = tally_totals(&cells->by[b][cells->male]);
		struct moments girls = tally_totals(&cells->by[b][cells->female]);
		struct estimate gap = moments_difference(&boys, &girls, 1);
		const char *way = direction(&gap);
		bool clear = strcmp(way, "higher") == 0 || strcmp(way, "lower") == 0;
		bool further = isnan(told.value) || fabs(gap.value) > fabs(told.value);

		if (clear && further) {
			told = gap;
			band = b;
			variant = way;
		} else if (strcmp(way, "unclear") == 0 && isnan(told.value)) {
			variant = way;
		}
	}
	finding = result_finding(result, variant);
	statement_code(finding, "band", cells->bands->name, cells->bands->codes[band]);
	statement_number(finding, "percent", FORMAT_PERCENT,
		fabs(totals_against(
			&cells->by[band][cells->male], &cells->by[band][cells->female])));
	statement_estimate(finding, &told, FORMAT_ONE);
	statement_number(finding, "n", FORMAT_COUNT, (double)result->n);
}

static bool sex_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct cells cells = {
		.by = input->tallies->sex_within_age,
		.bands = input_grouping(input, GROUPING_SEX_AGE_BAND),
		.sexes = input_grouping(input, GROUPING_SEX),
		.male = input_group(input, GROUPING_SEX, "male"),
		.female = input_group(input, GROUPING_SEX, "female"),
	};

	(void)analysis;
	(void)error;
	profile_tables(result, &cells, input->cohort->framework);
	difference_table(result, &cells);
	change_table(result, &cells);
	result->n = input->tallies->all.assessed;
	missing_of(result, USES_ASSESSMENT | USES_COST, &input->tallies->all, not_recorded(&cells));
	sex_finding(result, &cells);
	result_note(result, "raw_differences");
	return true;
}

const struct analysis figure_need_by_sex_and_age = {
	.id = "22-24",
	.name = "need_by_sex_and_age",
	.chart = "need_by_sex_and_age",
	.run = sex_run,
};
