/* SPDX-License-Identifier: MIT */
/*
 * What the figures are made of: shapes of tables, measures of a tally, children a figure lacks, and
 * which way a difference points.
 *
 * The one rule: sums come whole from tallies and are rounded once, here.
 */
#ifndef HEARTH_ANALYSIS_MEASURES_H
#define HEARTH_ANALYSIS_MEASURES_H

#include "analysis/analysis.h"
#include "numeric/moments.h"

enum { SHAPE_COLUMNS_MOST = 10, ANALYSIS_FEW = 6 };

enum { PENCE_A_POUND = 100, WEEKS_A_YEAR = 52 };

/* A table's name and columns as every door prints them; the first without a name ends the list. */
struct shape {
	const char *name;
	struct {
		const char *name;
		enum column_type type;
		const char *unit;
	} columns[SHAPE_COLUMNS_MOST];
};

/* Adds an empty table of that shape. */
struct table *shape_table(struct result *result, const struct shape *shape);

/* A grouping, and the index of a code the program knows by name. */
const struct grouping *input_grouping(const struct analysis_input *input, enum grouping_id id);
uint8_t input_group(const struct analysis_input *input, enum grouping_id id, const char *code);

/* Whether the group has a row: `not recorded` only where it holds a child. */
static inline bool group_shown(const struct grouping *grouping, size_t code, int64_t members)
{
	return code < grouping->count || members > 0;
}

/* Totals and weekly costs (pence) of the children of a tally. */
static inline struct moments tally_totals(const struct tally *tally)
{
	return (struct moments){tally->assessed, tally->total, tally->total_squares};
}

static inline struct moments tally_costs(const struct tally *tally)
{
	return (struct moments){tally->costed, tally->pence, tally->pence_squares};
}

static inline double tally_mean_total(const struct tally *tally)
{
	return ratio(tally->total, tally->assessed);
}

/* Pounds a week. */
static inline double tally_mean_cost(const struct tally *tally)
{
	return ratio(tally->pence, (numeric_wide)tally->costed * PENCE_A_POUND);
}

static inline double pounds(int64_t pence)
{
	return pence == MONEY_MISSING ? (double)NAN : ratio(pence, PENCE_A_POUND);
}

/* 100 count / n; NAN over nothing. */
static inline double percent(int64_t count, int64_t n)
{
	return ratio((numeric_wide)count * 100, n);
}

/* (mean one - mean other) / mean other in percent, of sums over n each; NAN against 0 or nobody. */
double percent_against(int64_t sum, int64_t n, int64_t other_sum, int64_t other_n);

/* Which reasons for a missing child the figure knows. */
enum { USES_ASSESSMENT = 1, USES_COST = 2 };
void missing_of(struct result *result, int uses, const struct tally *base, int64_t group);

/* The measures of a profile row: adds the columns, or writes the last row from `first` on. */
void profile_columns(struct result *result, struct table *table, const struct framework *framework);
void profile_cells(struct table *table, size_t first, const struct tally *tally,
	const struct framework *framework);

/* "few" without an interval, "unclear" when it holds 0, else "higher" or "lower"; and the same
 * difference the other way round. */
const char *direction(const struct estimate *difference);
struct estimate estimate_turned(const struct estimate *estimate);

/* {difference}, {low} and {high} of a statement; and {size}, {size_low} and {size_high}, the same
 * without the sign, for "lower by". */
void statement_estimate(
	struct statement_of *statement, const struct estimate *estimate, enum value_format format);

/* p1 - p2 in percent of two counts, with the interval made of Wilson's for each (Newcombe 1998,
 * method 10); NAN over nobody. */
struct estimate difference_of_percents(int64_t count, int64_t n, int64_t other, int64_t other_n);

#endif
