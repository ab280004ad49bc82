/* SPDX-License-Identifier: MIT */
/* Results as the JSON object of the definitions, for tests and for comparing with the reference. */
#ifndef HEARTH_TESTS_PRINT_FIGURES_H
#define HEARTH_TESTS_PRINT_FIGURES_H

#include "analysis/analysis.h"
#include "base/json.h"

void print_table(struct json *json, const struct table *table);
void print_figures(struct json *json, const struct cohort *cohort, struct result *const *results,
	size_t count);

#endif
