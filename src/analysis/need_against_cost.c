/* SPDX-License-Identifier: MIT */
/* Figure 2: does cost follow need? */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "analysis/points.h"
#include "numeric/correlation.h"

static const struct shape summary_shape = {
	"summary", {{"n", COLUMN_INTEGER, "children"}, {"r", COLUMN_NUMBER, NULL},
			   {"r_low", COLUMN_NUMBER, NULL}, {"r_high", COLUMN_NUMBER, NULL},
			   {"rho", COLUMN_NUMBER, NULL}}};

/* How strong a link is called, by the size of r (Cohen 1988). */
static const double link_weak = 0.1, link_moderate = 0.3, link_strong = 0.5;

static const char *link_words(double r, const struct estimate *interval, int64_t n)
{
	if (n == 0)
		return "nobody";
	if (isnan(r))
		return n < ANALYSIS_FEW ? "few" : "same";
	if (isnan(interval->low))
		return n < ANALYSIS_FEW ? "few" : "exact";
	if (interval->low <= 0 && interval->high >= 0)
		return "unclear";
	if (r < 0)
		return "opposite";
	if (r < link_weak)
		return "none";
	if (r < link_moderate)
		return "weak";
	return r < link_strong ? "moderate" : "strong";
}

static bool need_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct table *summary = shape_table(result, &summary_shape);
	int64_t *totals, *pence;
	struct statement_of *finding;
	struct estimate interval;
	double r, rho;
	size_t n;

	(void)analysis;
	if (!points_columns(result->arena, input->cohort, &totals, &pence, &n))
		return error_no_memory(error);
	r = pearson(totals, pence, n);
	interval = fisher_interval(r, (int64_t)n);
	if (!spearman(result->arena, totals, pence, n, &rho, error))
		return false;
	table_row(summary);
	table_set_integer(summary, 0, (int64_t)n);
	table_set_number(summary, 1, r);
	table_set_number(summary, 2, interval.low);
	table_set_number(summary, 3, interval.high);
	table_set_number(summary, 4, rho);
	points_table(result, input, -1);
	result->n = (int64_t)n;
	missing_of(result, USES_ASSESSMENT | USES_COST, &input->tallies->all, 0);
	finding = result_finding(result, link_words(r, &interval, (int64_t)n));
	statement_number(finding, "r", FORMAT_DECIMAL, r);
	statement_number(finding, "low", FORMAT_DECIMAL, interval.low);
	statement_number(finding, "high", FORMAT_DECIMAL, interval.high);
	statement_number(finding, "rho", FORMAT_DECIMAL, rho);
	statement_number(finding, "n", FORMAT_COUNT, (double)n);
	result_note(result, "link_is_no_cause");
	return true;
}

const struct analysis figure_need_against_cost = {
	.id = "2",
	.name = "need_against_cost",
	.chart = "need_against_cost",
	.run = need_run,
};
