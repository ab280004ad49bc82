/* SPDX-License-Identifier: MIT */
/*
 * A history made by hand or by chance, without a record behind it.
 *
 * The one rule: the same seed gives the same history; about one fact in twenty is missing.
 */
#ifndef HEARTH_TESTS_MADE_HISTORY_H
#define HEARTH_TESTS_MADE_HISTORY_H

#include "cohort/history.h"

/* `children` children of the framework valuing-care-13, each with up to five episodes, assessments
 * and cost lines between 2010 and 2025. Fails the test when memory runs out. */
void make_history(struct history *out_history, struct arena *arena, size_t children, uint64_t seed);

#endif
