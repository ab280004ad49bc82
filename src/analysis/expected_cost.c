/* SPDX-License-Identifier: MIT */
/*
 * A3: what cost does need explain? Least squares of ln(weekly cost in pounds) on the scores and
 * age, over the assessed whose cost is above 0 and whose age is known.
 */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "numeric/compensated.h"
#include "numeric/least_squares.h"
#include "numeric/natural_log.h"

static const struct shape fit_shape = {
	"fit", {{"n", COLUMN_INTEGER, "children"}, {"r_squared", COLUMN_NUMBER, NULL}}};

static const struct shape coefficients_shape = {"coefficients",
	{{"term", COLUMN_CODE, NULL}, {"coefficient", COLUMN_NUMBER, "log pounds a week"}}};

static const struct shape children_shape = {
	"children", {{"child", COLUMN_TEXT, NULL}, {"weekly_cost", COLUMN_NUMBER, "pounds a week"},
			    {"expected", COLUMN_NUMBER, "pounds a week"},
			    {"residual", COLUMN_NUMBER, "log pounds a week"}}};

static const struct shape providers_shape = {
	"providers", {{"provider", COLUMN_TEXT, NULL}, {"n", COLUMN_INTEGER, "children"},
			     {"mean_residual", COLUMN_NUMBER, "log pounds a week"}}};

/* The children in the fit. */
struct used {
	size_t n;
	uint32_t *member; /* into the cohort */
	double *log_cost, *fitted, *residual;
	struct byte_design design; /* 1, the scores, age */
};

static bool can_use(const struct cohort *cohort, size_t i)
{
	return cohort->total[i] != TOTAL_MISSING && cohort->pence[i] != MONEY_MISSING &&
	       cohort->pence[i] > 0 && cohort->age[i] >= 0;
}

static bool used_open(struct used *used, struct arena *arena, const struct cohort *cohort)
{
	used->member = arena_take_raw(arena, cohort->assessed, sizeof *used->member);
	used->log_cost = arena_take_raw(arena, cohort->assessed, sizeof *used->log_cost);
	used->fitted = arena_take_raw(arena, cohort->assessed, sizeof *used->fitted);
	used->residual = arena_take_raw(arena, cohort->assessed, sizeof *used->residual);
	if (!used->member || !used->log_cost || !used->fitted || !used->residual)
		return false;
	for (size_t i = 0; i < cohort->count; i++) {
		if (!can_use(cohort, i))
			continue;
		used->member[used->n] = (uint32_t)i;
		used->log_cost[used->n++] = natural_log(pounds(cohort->pence[i]));
	}
	return true;
}

/* Scores stand child by child in a cohort; the fit wants them column by column. */
static bool used_design(struct used *used, struct arena *arena, const struct cohort *cohort)
{
	size_t domains = cohort->framework->domain_count;
	uint8_t *bytes = arena_take_raw(arena, used->n, domains + 1);

	if (!bytes)
		return false;
	used->design = (struct byte_design){.columns = domains + 2, .rows = used->n};
	for (size_t d = 0; d <= domains; d++)
		used->design.values[d + 1] = bytes + d * used->n;
	for (size_t i = 0; i < used->n; i++) {
		size_t member = used->member[i];

		for (size_t d = 0; d < domains; d++)
			bytes[d * used->n + i] = cohort->scores[member][d];
		bytes[domains * used->n + i] = (uint8_t)cohort->age[member];
	}
	return true;
}

static void coefficient_rows(struct table *table, const struct least_squares *fit, size_t n,
	const struct framework *framework)
{
	size_t domains = framework->domain_count;

	for (size_t c = 0; c < domains + 2; c++) {
		const char *term = c == 0 ? "intercept" : "age";

		table_row(table);
		table_set_string(
			table, 0, c > 0 && c <= domains ? framework->domains[c - 1].key : term);
		if (n > 0)
			table_set_number(table, 1, fit->coefficient[c]);
	}
}

static void child_rows(struct table *table, const struct used *used, const struct cohort *cohort)
{
	table_reserve(table, used->n);
	for (size_t i = 0; i < used->n; i++) {
		uint32_t member = used->member[i];

		table_row(table);
		table_set_text(table, 0, cohort->history->ids[cohort->child[member]]);
		table_set_number(table, 1, pounds(cohort->pence[member]));
		table_set_number(table, 2, exp(used->fitted[i]));
		table_set_number(table, 3, used->residual[i]);
	}
}

/* The residuals of one provider, in the order of the children. */
struct provider_sum {
	int64_t n;
	struct compensated residuals;
};

static bool provider_rows(struct table *table, const struct used *used, const struct cohort *cohort,
	struct arena *arena)
{
	const struct history *history = cohort->history;
	struct provider_sum *sums = arena_take(arena, history->provider_count + 1, sizeof *sums);

	if (!sums)
		return false;
	for (size_t i = 0; i < used->n; i++) {
		uint32_t provider = cohort->provider[used->member[i]];

		if (provider == HISTORY_NONE)
			provider = (uint32_t)history->provider_count;
		sums[provider].n++;
		compensated_add(&sums[provider].residuals, used->residual[i]);
	}
	for (size_t p = 0; p <= history->provider_count; p++) {
		if (sums[p].n == 0)
			continue;
		table_row(table);
		table_set_text(table, 0,
			p < history->provider_count ? history->providers[p] : TEXT(NOT_RECORDED));
		table_set_integer(table, 1, sums[p].n);
		table_set_number(
			table, 2, compensated_total(&sums[p].residuals) / (double)sums[p].n);
	}
	return true;
}

static int64_t ages_not_recorded(const struct cohort *cohort)
{
	int64_t count = 0;

	for (size_t i = 0; i < cohort->count; i++)
		count += cohort->age[i] < 0;
	return count;
}

/* How much of the difference in cost need and age explain. */
static const double explains_little = 0.25, explains_half = 0.5;

static void expected_finding(struct result *result, double square, size_t n, size_t columns)
{
	const char *variant = "much";
	struct statement_of *finding;

	if (n == 0)
		variant = "nobody";
	else if (isnan(square))
		variant = "same";
	else if (n <= columns)
		variant = "few";
	else if (square < explains_half)
		variant = square < explains_little ? "little" : "some";
	finding = result_finding(result, variant);
	statement_number(finding, "percent", FORMAT_PERCENT, 100 * square);
	statement_number(finding, "square", FORMAT_DECIMAL, square);
	statement_number(finding, "n", FORMAT_COUNT, (double)n);
}

static bool expected_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct cohort *cohort = input->cohort;
	struct least_squares *fit = arena_take(result->arena, 1, sizeof *fit);
	struct table *table = shape_table(result, &fit_shape);
	struct used used = {0};
	double square = (double)NAN;

	(void)analysis;
	if (!fit || !used_open(&used, result->arena, cohort) ||
		!used_design(&used, result->arena, cohort))
		return error_no_memory(error);
	if (used.n > 0) {
		least_squares_real(&used.design, used.log_cost, fit, used.fitted, used.residual);
		if (fit->tss > 0)
			square = 1 - fit->rss / fit->tss;
	}
	table_row(table);
	table_set_integer(table, 0, (int64_t)used.n);
	table_set_number(table, 1, square);
	coefficient_rows(shape_table(result, &coefficients_shape), fit, used.n, cohort->framework);
	child_rows(shape_table(result, &children_shape), &used, cohort);
	if (!provider_rows(shape_table(result, &providers_shape), &used, cohort, result->arena))
		return error_no_memory(error);
	result->n = input->tallies->all.assessed;
	missing_of(result, USES_ASSESSMENT | USES_COST, &input->tallies->all,
		ages_not_recorded(cohort));
	expected_finding(result, square, used.n, used.design.columns);
	result_note(result, "residual_is_no_saving");
	return true;
}

const struct analysis figure_expected_cost = {
	.id = "A3",
	.name = "expected_cost",
	.chart = "expected_cost",
	.run = expected_run,
};
