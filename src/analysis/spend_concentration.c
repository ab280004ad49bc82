/* SPDX-License-Identifier: MIT */
/* Figure 2a: how concentrated is spend? */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "numeric/rank.h"

static const struct shape shares_shape = {
	"shares", {{"top_percent", COLUMN_INTEGER, "percent"}, {"n", COLUMN_INTEGER, "children"},
			  {"share", COLUMN_NUMBER, "percent"}}};

static const struct shape lorenz_shape = {
	"lorenz", {{"children_percent", COLUMN_NUMBER, "percent"},
			  {"spend_percent", COLUMN_NUMBER, "percent"}}};

static const int64_t top_percents[] = {10, 5, 1};
enum { TOP_COUNT = 3 };

/* The first (n p + 99) / 100 children of descending costs; `pence` ascends. */
static int64_t top_children(int64_t n, int64_t top_percent)
{
	return (n * top_percent + 99) / 100;
}

static int64_t top_spend(const int64_t *pence, int64_t n, int64_t top)
{
	int64_t spend = 0;

	for (int64_t i = n - top; i < n; i++)
		spend += pence[i];
	return spend;
}

/* From nobody to everybody, the lowest cost first; nothing where nobody has a cost. */
static void lorenz_rows(struct table *table, const int64_t *pence, int64_t n, int64_t spend)
{
	int64_t running = 0;

	if (n == 0)
		return;
	table_reserve(table, (size_t)n + 1);
	table_row(table);
	table_set_number(table, 0, 0);
	table_set_number(table, 1, 0);
	for (int64_t i = 0; i < n; i++) {
		running += pence[i];
		table_row(table);
		table_set_number(table, 0, percent(i + 1, n));
		table_set_number(table, 1, percent(running, spend));
	}
}

static bool known_costs(
	struct arena *arena, const struct cohort *cohort, int64_t **out_pence, struct error *error)
{
	int64_t *pence = arena_take_raw(arena, cohort->count, sizeof *pence);
	size_t count = 0;

	if (!pence)
		return error_no_memory(error);
	for (size_t i = 0; i < cohort->count; i++)
		if (cohort->pence[i] != MONEY_MISSING)
			pence[count++] = cohort->pence[i];
	*out_pence = pence;
	return sort_int64(arena, pence, count, error);
}

static bool spend_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct tally *all = &input->tallies->all;
	struct table *shares = shape_table(result, &shares_shape);
	struct table *lorenz = shape_table(result, &lorenz_shape);
	double share[TOP_COUNT];
	struct statement_of *finding;
	int64_t *pence = NULL;

	(void)analysis;
	if (!known_costs(result->arena, input->cohort, &pence, error))
		return false;
	for (size_t i = 0; i < TOP_COUNT; i++) {
		int64_t top = top_children(all->costed, top_percents[i]);

		share[i] = percent(top_spend(pence, all->costed, top), all->pence);
		table_row(shares);
		table_set_integer(shares, 0, top_percents[i]);
		table_set_integer(shares, 1, top);
		table_set_number(shares, 2, share[i]);
	}
	lorenz_rows(lorenz, pence, all->costed, all->pence);
	result->n = all->costed;
	missing_of(result, USES_COST, all, 0);
	if (all->costed == 0)
		finding = result_finding(result, "nobody");
	else if (all->pence == 0)
		finding = result_finding(result, "free");
	else
		finding = result_finding(result, all->costed < 10 ? "few" : "known");
	statement_number(finding, "top10", FORMAT_PERCENT, share[0]);
	statement_number(finding, "top5", FORMAT_PERCENT, share[1]);
	statement_number(finding, "top1", FORMAT_PERCENT, share[2]);
	statement_number(finding, "n", FORMAT_COUNT, (double)all->costed);
	result_note(result, "of_costed");
	return true;
}

const struct analysis figure_spend_concentration = {
	.id = "2a",
	.name = "spend_concentration",
	.chart = "spend_concentration",
	.run = spend_run,
};
