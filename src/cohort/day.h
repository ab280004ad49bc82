/* SPDX-License-Identifier: MIT */
/*
 * One day, made ready: completed years and their bands without calendar arithmetic for each child.
 *
 * The one rule: completed years up to the day are the number of birthdays that were reached; the
 * last birth day that reaches each is worked out once. 29 February falls on 1 March in other years.
 */
#ifndef HEARTH_COHORT_DAY_H
#define HEARTH_COHORT_DAY_H

#include "schema/schema.h"

enum {
	DAY_YEARS_MOST = 512, /* beyond: the calendar */
	DAY_TOTALS_MOST = DOMAINS_MOST * 255 + 1,
};

struct cohort_day {
	int32_t as_at;
	/* [k]: the last day from which k years are completed by as_at */
	int32_t reached[DAY_YEARS_MOST + 2];
	uint8_t age_band[DAY_YEARS_MOST + 1];
	uint8_t sex_age_band[DAY_YEARS_MOST + 1];
	uint8_t time_band[DAY_YEARS_MOST + 1];
	uint8_t total_band[DAY_TOTALS_MOST];
	uint8_t no_age_band, no_sex_age_band, no_total_band; /* not recorded */
};

void cohort_day_open(struct cohort_day *out_day, const struct schema *schema,
	const struct framework *framework, int32_t as_at);

/* Completed years from `from` to the day; `from` must not be after it. At most DAY_YEARS_MOST. */
static inline int cohort_day_years(const struct cohort_day *day, int32_t from)
{
	int64_t years = ((int64_t)day->as_at - from) * 4 / 1461;

	if (years >= DAY_YEARS_MOST)
		return DAY_YEARS_MOST;
	years += from <= day->reached[years + 1];
	years -= from > day->reached[years];
	return (int)years;
}

#endif
