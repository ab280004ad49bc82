/* SPDX-License-Identifier: MIT */
/*
 * Everything the figures need of the record, in columns, a child's rows side by side.
 *
 * The one rule: built once, then const, and shared by threads without locks. Which of several rows
 * counts (later rows, replaced episodes, repeated lines) is decided here, by figures.md "Terms" and
 * "Rows that are not clean"; short breaks and partial assessments are left out and counted.
 */
#ifndef HEARTH_COHORT_HISTORY_H
#define HEARTH_COHORT_HISTORY_H

#include "schema/schema.h"
#include "store/store.h"

#define HISTORY_NONE UINT32_MAX

/* The looked-after episodes of a child, by start and then row. */
struct history_episodes {
	const int32_t *start, *end;    /* days; end DATE_MISSING while open */
	const int32_t *period_start;   /* first day of the period of care it is in */
	const uint32_t *placement;     /* which placement it is in */
	const int16_t *place;	       /* code of the set "place", -1 for blank */
	const int16_t *place_provider; /* code of the set "place_provider", -1 for blank */
	const uint8_t *group, *kind;   /* placement_group, placement_kind */
	const uint32_t *provider;      /* into history.providers, or HISTORY_NONE */
	const uint32_t *home;	       /* equal numbers: same PLACE, PLACE_PROVIDER and URN */
	const float *distance_miles;   /* NAN when unknown or 999.9 */
};

/* Maximal runs of episodes in one home. */
struct history_placements {
	const int32_t *start, *end;
	const uint32_t *first_episode, *last_episode; /* both included */
};

struct history_assessments {	    /* completed ones of one framework version */
	const int32_t *assessed_on; /* ascending in a child; of one day, the later row later */
	const uint8_t (*scores)[DOMAINS_MOST]; /* zero beyond the framework's domains */
	const uint16_t *total;
};

struct history_costs {
	const int32_t *from, *to; /* by from and then row */
	const int64_t *pence;	  /* a week */
	const uint8_t *element;	  /* code of the set "element"; 255 for blank */
};

struct history_enquiries { /* the foster-carer pipeline, in order of rows */
	size_t count;
	const uint8_t *stage, *outcome; /* codes of their sets, 255 for blank */
	const int32_t *entered, *left;
	const struct text *reason;
};

struct history {
	const struct schema *schema;
	const struct framework *framework;
	size_t children;
	const struct text *ids;	  /* in byte order: this is the order of children everywhere */
	const uint32_t *numbers;  /* the record's own number of each child, which is no secret */
	const uint32_t *child_of; /* the way back; HISTORY_NONE for nobody named */
	size_t number_count;
	const int32_t *born;		       /* DATE_MISSING when not recorded */
	const uint8_t *groups[GROUPING_COUNT]; /* of children: sex, ethnic_group, disability, ehcp,
						  excluded; NULL for the others */
	const uint16_t *authority;	       /* into authorities; UINT16_MAX not recorded */
	const struct text *authorities;	       /* in byte order */
	size_t authority_count;
	const struct text *providers; /* in byte order */
	size_t provider_count;
	/* rows of child c are [first[c], first[c + 1]) */
	const uint32_t *first_episode, *first_placement, *first_assessment, *first_cost, *first_sdq;
	struct history_episodes episodes;
	struct history_placements placements;
	struct history_assessments assessments;
	struct history_costs costs;
	const int16_t *sdq_year; /* collection years, ascending */
	const uint8_t *sdq_score;
	struct history_enquiries enquiries;
	/* what was left out */
	size_t partial_assessments, other_framework_assessments, short_break_episodes;
	int32_t latest_day; /* the greatest `started` or `assessed_on` not after the day of its
			       import: the default date of figures; DATE_MISSING when there is none
			     */
};

/* Builds the history of one framework version from the record, in `arena`. */
bool history_load(struct history *out_history, struct arena *arena, const struct schema *schema,
	const struct framework *framework, struct store *store, struct error *error) MUST_CHECK;

/* Index of the child with that id, or HISTORY_NONE. */
uint32_t history_child(const struct history *history, struct text id);

/* The child of that number of the record, HISTORY_NONE when nobody is. */
static inline uint32_t history_numbered(const struct history *history, int64_t number)
{
	return number >= 0 && (uint64_t)number < history->number_count ? history->child_of[number]
								       : HISTORY_NONE;
}

/* The child's current episode on a day, HISTORY_NONE when not looked after. */
uint32_t history_episode_on(const struct history *history, uint32_t child, int32_t day);

/* The child's latest completed assessment on or before a day, HISTORY_NONE when there is none. */
uint32_t history_assessment_on(const struct history *history, uint32_t child, int32_t day);

/* The child's weekly cost on a day in pence, MONEY_MISSING when no line is open. */
int64_t history_cost_on(const struct history *history, uint32_t child, int32_t day);

#endif
