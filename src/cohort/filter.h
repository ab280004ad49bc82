/* SPDX-License-Identifier: MIT */
/*
 * Which children of a day a report is about: "age_band=12-16 placement_group=residential".
 *
 * The one rule: conditions combine with and; values of one condition, divided by |, with or.
 */
#ifndef HEARTH_COHORT_FILTER_H
#define HEARTH_COHORT_FILTER_H

#include "cohort/history.h"

enum { FILTER_CONDITIONS_MOST = 16, FILTER_VALUES_MOST = 32 };
enum { FILTER_AUTHORITY = -1, FILTER_PROVIDER = -2 }; /* in place of a grouping_id */

/* What can be filtered: the groupings but cost_side, and authority and provider by name. */
struct filter_condition {
	struct text name;
	struct text value; /* as written, for people and for the JSON object */
	int grouping;	   /* a grouping_id; FILTER_AUTHORITY, FILTER_PROVIDER */
	uint32_t groups;   /* bit per code, `count` for not recorded */
	struct text names[FILTER_VALUES_MOST]; /* authorities or providers */
	size_t name_count;
};

struct filter {
	struct filter_condition conditions[FILTER_CONDITIONS_MOST];
	size_t count;
};

/* Reads `name=value name=value`; a value runs to the next name, so that it may hold spaces, and may
 * stand in quotes. Adds to what is in `filter`; a name given again is refused: whether both or
 * either is meant is not for us to guess. ERROR_INPUT names what is not known and what there is;
 * names of authorities and providers are looked for by cohort_build, which knows the record. */
bool filter_parse(struct filter *filter, struct arena *arena, const struct schema *schema,
	struct text text, struct error *error) MUST_CHECK;

#endif
