/* SPDX-License-Identifier: MIT */
/*
 * The published numbers beside those of a report: data/published.csv, found in the figures by
 * data/demo/check.csv.
 *
 * The one rule: figures are looked up by id, table, row and column; no figure knows of this.
 */
#ifndef HEARTH_DEMO_CHECK_H
#define HEARTH_DEMO_CHECK_H

#include "analysis/result.h"
#include "base/error.h"

struct demo_target {
	const char *id;	     /* "cost.mean" */
	const char *figure;  /* of the published report: "15", "intro" */
	const char *measure; /* in words */
	const char *unit;
	double published;
	double tolerance;  /* either side; 0 when at_least */
	bool at_least;	   /* published as "more than": met when the value is above it */
	double reproduced; /* NAN where the figures do not have it */
	bool met;
};

/* Every published number with what the results say, in the order of data/published.csv. Results are
 * those of any figures; a number whose figure is not among them is not met. ERROR_INPUT when the
 * two files do not fit together. */
bool demo_check(struct arena *arena, const struct result *const *results, size_t result_count,
	struct demo_target **out_targets, size_t *out_count, struct error *error) MUST_CHECK;

/* How many are met. */
size_t demo_targets_met(const struct demo_target *targets, size_t count);

/* The same as a table: id, figure, measure, unit, published, tolerance (missing when at least),
 * reproduced, met (yes, no). NULL when memory ran out. */
struct table *demo_check_table(
	struct arena *arena, const struct demo_target *targets, size_t count) MUST_CHECK;

#endif
