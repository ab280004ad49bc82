/* SPDX-License-Identifier: MIT */
/* The look-ups of history.h where they can be inlined: loops over all children use these. */
#ifndef HEARTH_COHORT_FIND_H
#define HEARTH_COHORT_FIND_H

#include "base/date.h"
#include "base/money.h"
#include "cohort/history.h"

/* date_open_on as one comparison: DATE_MISSING less 1 wraps to the last of all days. */
static inline bool find_open(int32_t start, int32_t end, int32_t day)
{
	return (start <= day) & ((int32_t)((uint32_t)end - 1) >= day);
}

/* Episodes are by start and then row: the last one that is open is the current one. Going back from
 * the last is quick where the day is late, as it mostly is: a processor guesses it right. */
static inline uint32_t find_episode(const struct history *history, uint32_t child, int32_t day)
{
	const int32_t *start = history->episodes.start, *end = history->episodes.end;
	uint32_t first = history->first_episode[child];

	for (uint32_t i = history->first_episode[child + 1]; i-- > first;)
		if (find_open(start[i], end[i], day))
			return i;
	return HISTORY_NONE;
}

static inline uint32_t find_assessment(const struct history *history, uint32_t child, int32_t day)
{
	const int32_t *assessed_on = history->assessments.assessed_on;
	uint32_t first = history->first_assessment[child];

	for (uint32_t i = history->first_assessment[child + 1]; i-- > first;)
		if (assessed_on[i] <= day)
			return i;
	return HISTORY_NONE;
}

static inline int64_t find_cost(const struct history *history, uint32_t child, int32_t day)
{
	const struct history_costs *costs = &history->costs;
	uint32_t last = history->first_cost[child + 1];
	int64_t pence = 0, lines = 0;

	for (uint32_t i = history->first_cost[child]; i < last; i++) {
		int64_t open = find_open(costs->from[i], costs->to[i], day);

		pence += costs->pence[i] & -open;
		lines += open;
	}
	return lines > 0 ? pence : MONEY_MISSING;
}

#endif
