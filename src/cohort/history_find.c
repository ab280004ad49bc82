/* SPDX-License-Identifier: MIT */
/* Looking one child up in a history. */
#include "cohort/find.h"

uint32_t history_child(const struct history *history, struct text id)
{
	size_t low = 0, high = history->children;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = text_compare(history->ids[middle], id);

		if (order == 0)
			return (uint32_t)middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return HISTORY_NONE;
}

uint32_t history_episode_on(const struct history *history, uint32_t child, int32_t day)
{
	return find_episode(history, child, day);
}

uint32_t history_assessment_on(const struct history *history, uint32_t child, int32_t day)
{
	return find_assessment(history, child, day);
}

int64_t history_cost_on(const struct history *history, uint32_t child, int32_t day)
{
	return find_cost(history, child, day);
}
