/* SPDX-License-Identifier: MIT */
/*
 * The groupings of the figures: which groups there are, in their stated order.
 *
 * The one rule: a child's group is a byte, the index of its code; `count` stands for `not
 * recorded`, so that a tally needs count + 1 places and `not recorded` comes last.
 */
#ifndef HEARTH_SCHEMA_GROUPING_H
#define HEARTH_SCHEMA_GROUPING_H

#include "base/text.h"

#define NOT_RECORDED "not recorded"

enum grouping_id {
	GROUPING_AGE_BAND,
	GROUPING_SEX_AGE_BAND,
	GROUPING_TIME_BAND,
	GROUPING_SEX,
	GROUPING_ETHNIC_GROUP,
	GROUPING_PLACEMENT_GROUP,
	GROUPING_PLACEMENT_KIND,
	GROUPING_DISABILITY,
	GROUPING_EHCP,
	GROUPING_EXCLUDED,
	GROUPING_COST_SIDE,
	GROUPING_TOTAL_BAND,
	GROUPING_COUNT,
};

enum { GROUPS_MOST = 15 }; /* without `not recorded` */

struct grouping {
	const char *name;		     /* "age_band" */
	const char *label;		     /* "Age" */
	const char *codes[GROUPS_MOST + 1];  /* "0-1", ...; [count] is NOT_RECORDED */
	const char *labels[GROUPS_MOST + 1]; /* for people: "0 to 1" */
	uint8_t count;
	/* age and time bands: completed years [from, to]; to is INT_MAX for the last */
	int from[GROUPS_MOST];
	int to[GROUPS_MOST];
	/* placement_kind: the placement_group it belongs to */
	uint8_t parent[GROUPS_MOST];
};

/* Index of a code ("not recorded" gives count), -1 when there is none. */
int grouping_find(const struct grouping *grouping, struct text code);

/* The band that holds so many completed years; count when years < 0. */
uint8_t grouping_of_years(const struct grouping *grouping, int years);

/* The number of the grouping of that name, -1 when there is none. */
int grouping_number(const struct grouping groupings[GROUPING_COUNT], struct text name);

#endif
