/* SPDX-License-Identifier: MIT */
/*
 * The collection year of a return: what its path says, or else what its dates say.
 *
 * The one rule: returns without a year of their own share the one of their folder: the collection
 * year of the greatest DECOM there (no return holds an episode that starts later), or without
 * episodes that of the greatest review, missing, social worker, adoption or DoLO date.
 */
#ifndef HEARTH_IMPORT_YEARS_H
#define HEARTH_IMPORT_YEARS_H

#include "import/check.h"

/* The last year 2000 to 2099 that stands alone among digits; 0 when there is none. */
int year_in_path(const char *shown);

/* Sets intake.year of the returns that have none. */
bool years_infer(struct intake *intakes, size_t count, const struct schema *schema,
	struct error *error) MUST_CHECK;

#endif
