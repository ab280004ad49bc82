/* SPDX-License-Identifier: MIT */
/* A told history, a day and a filter, ready for figures; and the cells of what they answer. */
#ifndef HEARTH_TESTS_FIGURE_CASE_H
#define HEARTH_TESTS_FIGURE_CASE_H

#include "analysis/analysis.h"
#include "told_history.h"

struct figure_case {
	struct arena *arena;
	struct history history;
	struct filter filter;
	const struct cohort *cohort;
	struct analysis_input input;
};

/* `filter` may be ""; the parameters are the usual ones until the test changes them. */
void case_open(
	struct figure_case *out_case, struct text lines, const char *day, const char *filter);
void case_close(struct figure_case *figure_case);

/* Runs one figure; fails the test when it cannot. */
const struct result *case_run(struct figure_case *figure_case, const char *id);

/* The cell of a column in the row whose first texts, joined by a space, are `key`; "" for the first
 * row. NAN for a missing number. */
double cell(const struct result *result, const char *table, const char *key, const char *column);

/* The same of a code or text; "" when it is missing. */
const char *cell_text(
	const struct result *result, const char *table, const char *key, const char *column);

/* Rows of a table. */
size_t rows_of(const struct result *result, const char *table);

void assert_near(double found, double expected);
void assert_missing(double found);
void assert_finding(const struct result *result, const char *variant);

/* Lines about `children` children, made by chance: every group, kind and gap occurs. */
struct text random_lines(struct arena *arena, size_t children, uint64_t seed);

#endif
