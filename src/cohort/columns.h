/* SPDX-License-Identifier: MIT */
/*
 * The columns of a cohort while they are filled, before they are const; private to this folder.
 */
#ifndef HEARTH_COHORT_COLUMNS_H
#define HEARTH_COHORT_COLUMNS_H

#include "cohort/cohort.h"

enum { COHORT_CHUNK = 4096 }; /* children or members worked on at a time */

struct cohort_columns {
	uint32_t *child, *episode, *assessment, *provider;
	int16_t *age;
	uint8_t *groups[GROUPING_COUNT];
	uint8_t (*scores)[DOMAINS_MOST];
	uint16_t *total;
	uint8_t *severe;
	int64_t *pence;
};

/* What a chunk of members holds, added up when all are filled. */
struct cohort_part {
	size_t first; /* where its members begin */
	size_t count, assessed, costed;
};

/* Room for `count` members; false when memory ran out. */
bool cohort_columns_take(struct cohort_columns *out_columns, struct arena *arena, size_t count);

/* Hands the columns over to the cohort. */
void cohort_columns_give(struct cohort *cohort, const struct cohort_columns *columns);

/* Turns counts of parts into places; returns the sum of all. */
size_t cohort_parts_place(struct cohort_part *parts, size_t count);

/* The members of `everyone` who pass the filter; ERROR_INPUT names an authority or a provider that
 * is not in the record. */
bool cohort_subset(struct cohort *out_cohort, struct arena *arena, const struct cohort *everyone,
	const struct filter *filter, struct error *error) MUST_CHECK;

#endif
