/* SPDX-License-Identifier: MIT */
/* The children who have both a total and a weekly cost: figures 2, 4 and 9. */
#ifndef HEARTH_ANALYSIS_POINTS_H
#define HEARTH_ANALYSIS_POINTS_H

#include "analysis/analysis.h"

/* child, total, weekly_cost, placement_kind of each member with a total and a cost, of one
 * placement_group or of all (-1). */
void points_table(struct result *result, const struct analysis_input *input, int placement_group);

/* The members with both a total and a cost: totals and pence, in order. False: no memory. */
bool points_columns(struct arena *arena, const struct cohort *cohort, int64_t **out_totals,
	int64_t **out_pence, size_t *out_count) MUST_CHECK;

#endif
