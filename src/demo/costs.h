/* SPDX-License-Identifier: MIT */
/*
 * What each placement of a child of the demonstration costs: lines by element and payer, dearer
 * each April.
 *
 * The one rule: the lines open on the day as at add up to the cost that the child was dealt.
 */
#ifndef HEARTH_DEMO_COSTS_H
#define HEARTH_DEMO_COSTS_H

#include "demo/stays.h"

enum { COST_LINES_MOST = 240 };

struct cost_line {
	int32_t from, to; /* to is DATE_MISSING while it is paid */
	int64_t pence;
	struct text element, paid_by;
};

struct cost_lines {
	struct cost_line rows[COST_LINES_MOST];
	size_t count;
};

void costs_make(struct cost_lines *out_lines, const struct stays *stays, struct child *child,
	const struct cast *cast);

/* Pounds a week of a placement of that kind at that rank, in whole pence. */
int64_t cost_at_rank(const struct cast *cast, enum kind kind, double rank);

#endif
