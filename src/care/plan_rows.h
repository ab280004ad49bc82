/* SPDX-License-Identifier: MIT */
/* For the files of care/ about goals: where the words of their rows are. */
#ifndef HEARTH_CARE_PLAN_ROWS_H
#define HEARTH_CARE_PLAN_ROWS_H

#include "care/plan.h"
#include "care/rows.h"

enum goal_words { GOAL_WORDS_GOAL, GOAL_WORDS_HELPS, GOAL_WORDS_WHO, GOAL_WORDS_WHY, GOAL_WORDS };

static inline struct vault_place goal_place(int64_t entry)
{
	return (struct vault_place){"care_goal_version", "sealed_words", entry};
}

static inline struct vault_place progress_place(int64_t entry)
{
	return (struct vault_place){"care_progress", "sealed_words", entry};
}

#endif
