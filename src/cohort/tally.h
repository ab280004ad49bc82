/* SPDX-License-Identifier: MIT */
/*
 * The kernel under most figures: exact sums of scores, totals and costs for every group of every
 * grouping, in one pass over the cohort.
 *
 * The one rule: everything is whole numbers, so that the sums are the same in any order and for any
 * number of threads. Means are made of them later, with one rounding.
 */
#ifndef HEARTH_COHORT_TALLY_H
#define HEARTH_COHORT_TALLY_H

#include "cohort/cohort.h"
#include "numeric/wide.h"

/* The sums of one group of children. */
struct tally {
	int64_t members;  /* assessed or not, costed or not */
	int64_t assessed; /* with a latest assessment */
	int64_t costed;	  /* with a known cost */
	int64_t both;
	int64_t total; /* sum of totals of the assessed */
	numeric_wide total_squares;
	int64_t scores[DOMAINS_MOST]; /* sums by domain, of the assessed */
	int64_t pence;		      /* sum of weekly costs */
	numeric_wide pence_squares;
};

/* One grouping: tallies[code], the last for not recorded. */
struct tally_group {
	struct tally groups[GROUPS_MOST + 1];
};

struct tallies {
	struct tally all;
	struct tally_group by[GROUPING_COUNT];
	/* [band, the last for not recorded][sex, 2 = not recorded] */
	struct tally sex_within_age[GROUPS_MOST + 1][3];      /* by sex_age_band */
	struct tally sex_within_age_band[GROUPS_MOST + 1][3]; /* by age_band */
	/* by domain, of all assessed: children with each score 0 to 10, so that bands, prevalence
	 * and severity of any cut-offs follow */
	int64_t score_counts[DOMAINS_MOST][256];
};

/* Tallies the whole cohort. */
bool tally_cohort(struct tallies **out_tallies, struct arena *arena, const struct cohort *cohort,
	struct error *error) MUST_CHECK;

/* Tallies the members for whom keep[i] is not 0, by one grouping only: for figures about part of a
 * cohort (residential without a severe need). keep may be NULL. */
void tally_part(struct tally_group *out_group, const struct cohort *cohort, const uint8_t *keep,
	enum grouping_id grouping);

#endif
