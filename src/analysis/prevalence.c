/* SPDX-License-Identifier: MIT */
/* Figures 11 and 12: how common, how severe and how complex each need is. */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "analysis/notes.h"
#include "numeric/proportion.h"

static const struct shape domains_shape = {
	"domains", {{"domain", COLUMN_CODE, NULL}, {"n", COLUMN_INTEGER, "children"},
			   {"percent", COLUMN_NUMBER, "percent"},
			   {"mean_where_present", COLUMN_NUMBER, "points"}}};

static const struct shape intervals_shape = {
	"intervals", {{"domain", COLUMN_CODE, NULL}, {"low", COLUMN_NUMBER, "percent"},
			     {"high", COLUMN_NUMBER, "percent"}}};

static const struct shape bands_shape = {
	"bands", {{"domain", COLUMN_CODE, NULL}, {"band", COLUMN_CODE, NULL},
			 {"n", COLUMN_INTEGER, "children"}, {"percent", COLUMN_NUMBER, "percent"}}};

/* Children whose score in a domain is in [from, to]. */
static int64_t scored_between(const struct tallies *tallies, size_t domain, int from, int to)
{
	int64_t count = 0;

	for (int score = from; score <= to; score++)
		count += tallies->score_counts[domain][score];
	return count;
}

/* The domain with most children, and how many. */
struct leading {
	size_t domain;
	int64_t count;
};

static void leading_finding(
	struct result *result, const struct framework *framework, const struct leading *leading)
{
	const char *variant = leading->count ? "known" : "none";
	struct estimate share = wilson(leading->count, result->n);
	struct statement_of *finding = result_finding(result, result->n ? variant : "nobody");

	statement_text(finding, "domain", text_of(framework->domains[leading->domain].label));
	statement_number(finding, "percent", FORMAT_PERCENT, share.value);
	statement_number(finding, "low", FORMAT_PERCENT, share.low);
	statement_number(finding, "high", FORMAT_PERCENT, share.high);
	statement_number(finding, "n", FORMAT_COUNT, (double)result->n);
}

static bool prevalence_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct framework *framework = input->cohort->framework;
	const struct tallies *tallies = input->tallies;
	struct table *domains = shape_table(result, &domains_shape);
	struct table *intervals = shape_table(result, &intervals_shape);
	int64_t n = tallies->all.assessed;
	struct leading leading = {0};

	(void)analysis;
	(void)error;
	for (size_t d = 0; d < framework->domain_count; d++) {
		int64_t count = scored_between(tallies, d, 1, framework->score_max);
		struct estimate share = wilson(count, n);

		table_row(domains);
		table_set_string(domains, 0, framework->domains[d].key);
		table_set_integer(domains, 1, count);
		table_set_number(domains, 2, percent(count, n));
		table_set_number(domains, 3, ratio(tallies->all.scores[d], count));
		table_row(intervals);
		table_set_string(intervals, 0, framework->domains[d].key);
		table_set_number(intervals, 1, share.low);
		table_set_number(intervals, 2, share.high);
		if (count > leading.count)
			leading = (struct leading){d, count};
	}
	result->n = n;
	missing_of(result, USES_ASSESSMENT, &tallies->all, 0);
	leading_finding(result, framework, &leading);
	result_note(result, "of_assessed");
	return true;
}

static bool complexity_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct framework *framework = input->cohort->framework;
	struct table *table = shape_table(result, &bands_shape);
	int64_t n = input->tallies->all.assessed, count = 0;
	struct leading leading = {0};

	(void)analysis;
	(void)error;
	for (size_t d = 0; d < framework->domain_count; d++) {
		for (size_t b = 0; b < framework->band_count; b++) {
			const struct band *band = &framework->bands[b];

			count = scored_between(input->tallies, d, band->from, band->to);
			table_row(table);
			table_set_string(table, 0, framework->domains[d].key);
			table_set_string(table, 1, band->key);
			table_set_integer(table, 2, count);
			table_set_number(table, 3, percent(count, n));
		}
		if (count > leading.count) /* of the last band */
			leading = (struct leading){d, count};
	}
	result->n = n;
	missing_of(result, USES_ASSESSMENT, &input->tallies->all, 0);
	leading_finding(result, framework, &leading);
	result_note(result, "of_assessed");
	note_bands(result, framework);
	return true;
}

const struct analysis figure_prevalence = {
	.id = "11",
	.name = "prevalence",
	.chart = "prevalence",
	.run = prevalence_run,
};

const struct analysis figure_complexity = {
	.id = "12",
	.name = "complexity",
	.chart = "complexity",
	.run = complexity_run,
};
