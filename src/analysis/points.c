/* SPDX-License-Identifier: MIT */
#include "analysis/points.h"

#include "analysis/measures.h"

static bool has_both(const struct cohort *cohort, size_t i)
{
	return cohort->total[i] != TOTAL_MISSING && cohort->pence[i] != MONEY_MISSING;
}

void points_table(struct result *result, const struct analysis_input *input, int placement_group)
{
	static const struct shape shape = {
		"points", {{"child", COLUMN_TEXT, NULL}, {"total", COLUMN_INTEGER, "points"},
				  {"weekly_cost", COLUMN_NUMBER, "pounds a week"},
				  {"placement_kind", COLUMN_CODE, NULL}}};
	const struct grouping *kinds = input_grouping(input, GROUPING_PLACEMENT_KIND);
	const struct cohort *cohort = input->cohort;
	const uint8_t *group = cohort->groups[GROUPING_PLACEMENT_GROUP];
	const uint8_t *kind = cohort->groups[GROUPING_PLACEMENT_KIND];
	struct table *table = shape_table(result, &shape);
	int64_t both =
		placement_group < 0
			? input->tallies->all.both
			: input->tallies->by[GROUPING_PLACEMENT_GROUP].groups[placement_group].both;

	table_reserve(table, (size_t)both);
	for (size_t i = 0; i < cohort->count; i++) {
		if (!has_both(cohort, i) || (placement_group >= 0 && group[i] != placement_group))
			continue;
		table_row(table);
		table_set_text(table, 0, cohort->history->ids[cohort->child[i]]);
		table_set_integer(table, 1, cohort->total[i]);
		table_set_number(table, 2, pounds(cohort->pence[i]));
		table_set_string(table, 3, kinds->codes[kind[i]]);
	}
}

bool points_columns(struct arena *arena, const struct cohort *cohort, int64_t **out_totals,
	int64_t **out_pence, size_t *out_count)
{
	int64_t *totals = arena_take_raw(arena, cohort->count, sizeof *totals);
	int64_t *pence = arena_take_raw(arena, cohort->count, sizeof *pence);
	size_t count = 0;

	if (!totals || !pence)
		return false;
	for (size_t i = 0; i < cohort->count; i++) {
		if (!has_both(cohort, i))
			continue;
		totals[count] = cohort->total[i];
		pence[count++] = cohort->pence[i];
	}
	*out_totals = totals;
	*out_pence = pence;
	*out_count = count;
	return true;
}
