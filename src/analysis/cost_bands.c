/* SPDX-License-Identifier: MIT */
/* Figures 3 and 3a: what placements cost, and what a cap would save. */
#include "analysis/figures.h"
#include "analysis/measures.h"

enum {
	BAND_POUNDS = 500,
	BANDS = 21, /* the last from 10,000 on */
	LOW_POUNDS = 2000,
	HIGH_POUNDS = 5000,
};

static const struct shape bands_shape = {"bands",
	{{"from", COLUMN_INTEGER, "pounds a week"}, {"to", COLUMN_INTEGER, "pounds a week"},
		{"n", COLUMN_INTEGER, "children"}, {"percent", COLUMN_NUMBER, "percent"}}};

static const struct shape summary_shape = {"summary",
	{{"n", COLUMN_INTEGER, "children"}, {"under_2000_percent", COLUMN_NUMBER, "percent"},
		{"under_5000_percent", COLUMN_NUMBER, "percent"}}};

static const struct shape cap_shape = {
	"cap", {{"cap", COLUMN_INTEGER, "pounds a week"}, {"n", COLUMN_INTEGER, "children"},
		       {"weekly_saving", COLUMN_NUMBER, "pounds a week"},
		       {"annual_saving", COLUMN_NUMBER, "pounds a year"},
		       {"national_annual_saving", COLUMN_NUMBER, "pounds a year"}}};

static void count_bands(const struct cohort *cohort, int64_t counts[BANDS])
{
	for (size_t i = 0; i < cohort->count; i++) {
		int64_t band = cohort->pence[i] / (BAND_POUNDS * PENCE_A_POUND);

		if (cohort->pence[i] != MONEY_MISSING)
			counts[band < BANDS ? band : BANDS - 1]++;
	}
}

static int64_t counts_below(const int64_t counts[BANDS], int64_t limit_pounds)
{
	int64_t below = 0;

	for (int64_t band = 0; band < limit_pounds / BAND_POUNDS; band++)
		below += counts[band];
	return below;
}

static bool bands_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	int64_t counts[BANDS] = {0}, n = input->tallies->all.costed;
	struct table *bands = shape_table(result, &bands_shape);
	struct table *summary = shape_table(result, &summary_shape);
	struct statement_of *finding;
	double low, high;

	(void)analysis;
	(void)error;
	count_bands(input->cohort, counts);
	low = percent(counts_below(counts, LOW_POUNDS), n);
	high = percent(counts_below(counts, HIGH_POUNDS), n);
	for (int64_t band = 0; band < BANDS; band++) {
		table_row(bands);
		table_set_integer(bands, 0, band * BAND_POUNDS);
		if (band < BANDS - 1)
			table_set_integer(bands, 1, (band + 1) * BAND_POUNDS);
		table_set_integer(bands, 2, counts[band]);
		table_set_number(bands, 3, percent(counts[band], n));
	}
	table_row(summary);
	table_set_integer(summary, 0, n);
	table_set_number(summary, 1, low);
	table_set_number(summary, 2, high);
	result->n = n;
	missing_of(result, USES_COST, &input->tallies->all, 0);
	finding = result_finding(result, n == 0 ? "nobody" : "known");
	statement_number(finding, "low", FORMAT_POUNDS, LOW_POUNDS);
	statement_number(finding, "high", FORMAT_POUNDS, HIGH_POUNDS);
	statement_number(finding, "under_low", FORMAT_PERCENT, low);
	statement_number(finding, "under_high", FORMAT_PERCENT, high);
	statement_number(finding, "over_high", FORMAT_PERCENT, 100 - high);
	statement_number(finding, "n", FORMAT_COUNT, (double)n);
	result_note(result, "of_costed");
	return true;
}

/* Children above the cap, and by how much all of them together. */
static int64_t above_cap(const struct cohort *cohort, int64_t cap_pence, int64_t *out_saving)
{
	int64_t count = 0, saving = 0;

	for (size_t i = 0; i < cohort->count; i++) {
		if (cohort->pence[i] == MONEY_MISSING || cohort->pence[i] <= cap_pence)
			continue;
		count++;
		saving += cohort->pence[i] - cap_pence;
	}
	*out_saving = saving;
	return count;
}

static const char *cap_variant(int64_t costed, int64_t above)
{
	if (costed == 0)
		return "nobody";
	if (above == 0)
		return "nobody_above";
	return above == 1 ? "one_above" : "known";
}

static bool cap_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct analysis_params *params = &input->params;
	int64_t everyone = (int64_t)input->cohort->everyone->count;
	int64_t saving, n = input->tallies->all.costed;
	int64_t above = above_cap(input->cohort, params->cap_pounds * PENCE_A_POUND, &saving);
	double annual = (double)NAN, nation = (double)NAN;
	struct table *cap = shape_table(result, &cap_shape);
	struct statement_of *finding;

	(void)analysis;
	(void)error;
	if (n > 0) {
		annual = pounds(saving * WEEKS_A_YEAR);
		nation = ratio((numeric_wide)saving * WEEKS_A_YEAR * params->national,
			(numeric_wide)everyone * PENCE_A_POUND);
	}
	table_row(cap);
	table_set_integer(cap, 0, params->cap_pounds);
	table_set_integer(cap, 1, above);
	table_set_number(cap, 2, n > 0 ? pounds(saving) : (double)NAN);
	table_set_number(cap, 3, annual);
	table_set_number(cap, 4, nation);
	result->n = n;
	missing_of(result, USES_COST, &input->tallies->all, 0);
	finding = result_finding(result, cap_variant(n, above));
	statement_number(finding, "cap", FORMAT_POUNDS, (double)params->cap_pounds);
	statement_number(finding, "above", FORMAT_COUNT, (double)above);
	statement_number(finding, "annual", FORMAT_MILLION, annual);
	statement_number(finding, "nation", FORMAT_MILLION, nation);
	statement_number(finding, "n", FORMAT_COUNT, (double)n);
	finding = result_note(result, "scaled_to_nation");
	statement_number(finding, "national", FORMAT_COUNT, (double)params->national);
	statement_number(finding, "children", FORMAT_COUNT, (double)everyone);
	return true;
}

const struct analysis figure_cost_bands = {
	.id = "3",
	.name = "cost_bands",
	.chart = "cost_bands",
	.run = bands_run,
};

const struct analysis figure_cost_cap = {
	.id = "3a",
	.name = "cost_cap",
	.run = cap_run,
};
