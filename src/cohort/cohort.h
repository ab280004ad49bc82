/* SPDX-License-Identifier: MIT */
/*
 * The children looked after on one day who pass a filter, in columns: the snapshot every figure of
 * a report is computed from.
 *
 * The one rule: built once, then const. Members are in the order of their ids' bytes.
 */
#ifndef HEARTH_COHORT_COHORT_H
#define HEARTH_COHORT_COHORT_H

#include "base/money.h"
#include "cohort/filter.h"

#define TOTAL_MISSING UINT16_MAX

struct cohort {
	const struct history *history;
	const struct framework *framework;
	const struct filter *filter;
	const struct cohort
		*everyone; /* the day's cohort without the filter; itself when there is none */
	int32_t as_at;
	int64_t cap_pence; /* what cost_side divides by */
	size_t count;
	size_t assessed;	    /* members with a latest assessment */
	size_t costed;		    /* members with a known weekly cost */
	const uint32_t *child;	    /* into history */
	const uint32_t *episode;    /* the current one */
	const uint32_t *assessment; /* the latest one; HISTORY_NONE when not assessed */
	const int16_t *age;	    /* completed years, -1 not recorded */
	const uint8_t
		*groups[GROUPING_COUNT]; /* each [count]; index of the code, count = not recorded */
	const uint8_t (*scores)[DOMAINS_MOST]; /* zeros when not assessed */
	const uint16_t *total;		       /* TOTAL_MISSING when not assessed */
	const uint8_t *severe;		       /* domains in the last band; 255 when not assessed */
	const int64_t *pence;		       /* a week; MONEY_MISSING when unknown */
	const uint32_t *provider; /* into history.providers; HISTORY_NONE not recorded */
};

struct cohort_options {
	int32_t as_at;
	int64_t cap_pence;	     /* 500000 by default */
	const struct filter *filter; /* NULL or empty for everyone */
};

enum { COHORT_CAP_PENCE = 500000 };

/* Takes the snapshot; on several threads, with the same result for any number of them. */
bool cohort_build(const struct cohort **out_cohort, struct arena *arena,
	const struct history *history, const struct cohort_options *options,
	struct error *error) MUST_CHECK;

#endif
