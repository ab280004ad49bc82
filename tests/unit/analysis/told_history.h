/* SPDX-License-Identifier: MIT */
/*
 * A history told in lines of text, so that a test shows the children it is about:
 *
 *	child|ID|born|sex|ethnic_group|disability|ehcp|excluded
 *	episode|start|end|place|place_provider|provider|miles|period_start|placement|home
 *	assessment|assessed_on|score score ...
 *	cost|from|to|pence|element
 *	sdq|year|score
 *	enquiry|stage|outcome|reason|entered|left
 *	framework|ID
 *
 * The one rule: what a child has follows its line; children are in the order of their ids; anything
 * may be left blank. The framework is valuing-care-13 unless a line names another. Placements are
 *numbered from 0 for each child, homes for all. Missing scores are 0; a line that begins with # is
 *passed over.
 */
#ifndef HEARTH_TESTS_TOLD_HISTORY_H
#define HEARTH_TESTS_TOLD_HISTORY_H

#include "cohort/cohort.h"

/* Fails the test when a line cannot be read. */
void tell_history(struct history *out_history, struct arena *arena, struct text lines);

#endif
