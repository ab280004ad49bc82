/* SPDX-License-Identifier: MIT */
/*
 * Numbers, codes and columns in words: what people read on the terminal, in HTML and on covers.
 *
 * The one rule: rounded here and nowhere else. A minus is U+2212, what is missing is "not known".
 */
#ifndef HEARTH_VIEW_WORDS_H
#define HEARTH_VIEW_WORDS_H

#include "view/view.h"

#define WORDS_FEW 6 /* a mean over fewer children is marked as resting on few */
#define WORDS_NOT_FOR_PUBLICATION                                                                  \
	"It holds small numbers and is not for publication or for sharing outside the council."

/* A number for people; never NULL. */
const char *words_number(struct arena *arena, enum value_format format, double number);

/* How the numbers of a column are shown. */
enum value_format words_format(const struct column *column);

/* A cell for people: labels for codes, "31 March 2023" for dates, "not known" for what is missing.
 * What a number or a code means may stand in the same row: a measure, a unit, a grouping. */
const char *words_cell(struct arena *arena, const struct schema *schema,
	const struct framework *framework, const struct table *table, size_t column, size_t row);

/* The label of a code of the column of that name; the code itself where there is none. */
const char *words_code(struct arena *arena, const struct schema *schema,
	const struct framework *framework, const char *column, struct text code);

/* The heading of a column or the caption of a table for people. */
const char *words_column(
	struct arena *arena, const struct framework *framework, const struct column *column);
const char *words_table(struct arena *arena, const struct table *table);

/* The finding of a result, or its title where it has none; never NULL. */
const char *words_title(
	struct arena *arena, const struct schema *schema, const struct result *result);

/* "3,402 children. Left out: 126 without an assessment, 12 without a known cost." */
const char *words_used(struct arena *arena, const struct result *result);

/* Whether a note says what words_used says already. */
bool words_note_said(const struct statement_of *note);

/* The filter as "age_band=12-16 sex=male", or "all children looked after on that day". */
const char *words_filter(struct arena *arena, const struct cohort *cohort);

/* The framework's cut-offs: "none 0, minor 1 to 3, ...". */
const char *words_bands(struct arena *arena, const struct framework *framework);

/* The moment in UTC: "31 March 2023, 14:05 UTC". */
const char *words_moment(struct arena *arena, int64_t seconds);

/* Whether the cell is a mean that rests on fewer than WORDS_FEW children, by the n of its row. */
bool words_rests_on_few(const struct table *table, size_t column, size_t row);

#endif
