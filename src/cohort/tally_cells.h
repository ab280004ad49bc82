/* SPDX-License-Identifier: MIT */
/*
 * The inner loop of the tallies; private to this folder.
 *
 * The one rule: a member is added to four cells only, each the product of three groupings, and the
 * groupings are summed from the cells at the end. A cell is one cache line of small sums that are
 * emptied into a tally before they can overflow (every TALLY_BLOCK members).
 */
#ifndef HEARTH_COHORT_TALLY_CELLS_H
#define HEARTH_COHORT_TALLY_CELLS_H

#include "cohort/tally.h"

enum { TALLY_FAMILIES = 4, TALLY_AXES = 3 };

/* Which groupings span a family of cells. */
extern const enum grouping_id tally_axes[TALLY_FAMILIES][TALLY_AXES];

/* Where the cell of a member is: first + (a * steps[0] + b * steps[1] + c). */
struct tally_layout {
	const struct cohort *cohort;
	const uint8_t *codes[TALLY_FAMILIES][TALLY_AXES];
	uint16_t steps[TALLY_FAMILIES][TALLY_AXES - 1];
	uint16_t first[TALLY_FAMILIES];
	size_t sizes[TALLY_FAMILIES];
	size_t cells; /* of all families */
	size_t block; /* members after which cells are emptied */
};

void tally_layout_open(struct tally_layout *out_layout, const struct cohort *cohort);

struct tally_cell; /* a cache line */

/* What one thread adds up. */
struct tally_stripe {
	struct tally_cell *cells;
	struct tally *sums;			/* [cells] */
	uint32_t (*score_counts)[DOMAINS_MOST]; /* [score], of scores from 1 */
};

bool tally_stripe_take(
	struct tally_stripe *out_stripe, struct arena *arena, const struct tally_layout *layout);

/* Adds members [first, first + count). */
void tally_stripe_add(
	struct tally_stripe *stripe, const struct tally_layout *layout, size_t first, size_t count);

void tally_merge(struct tally *to, const struct tally *from);

/* Adds one member the plain way. */
void tally_member(struct tally *tally, const struct cohort *cohort, size_t member);

#endif
