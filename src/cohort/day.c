/* SPDX-License-Identifier: MIT */
#include "cohort/day.h"

#include "base/date.h"

static uint8_t day_total_band(
	const struct schema *schema, const struct framework *framework, int total)
{
	const struct grouping *grouping = &schema->groupings[GROUPING_TOTAL_BAND];

	for (size_t i = 0; i < framework->total_band_count; i++) {
		const struct band *band = &framework->total_bands[i];

		if (total >= band->from && total <= band->to) {
			int group = grouping_find(grouping, text_of(band->key));

			return group < 0 ? grouping->count : (uint8_t)group;
		}
	}
	return grouping->count;
}

static int32_t day_reached(int32_t as_at, int years)
{
	struct date_parts parts = date_parts(as_at);

	parts.year -= years;
	if (!date_is_real(parts)) /* 29 February of another year is 1 March: not reached from it */
		parts.day = 28;
	return date_from_parts(parts);
}

void cohort_day_open(struct cohort_day *out_day, const struct schema *schema,
	const struct framework *framework, int32_t as_at)
{
	const struct grouping *groupings = schema->groupings;

	*out_day = (struct cohort_day){
		.as_at = as_at,
		.no_age_band = groupings[GROUPING_AGE_BAND].count,
		.no_sex_age_band = groupings[GROUPING_SEX_AGE_BAND].count,
		.no_total_band = groupings[GROUPING_TOTAL_BAND].count,
	};
	for (int years = 0; years <= DAY_YEARS_MOST + 1; years++)
		out_day->reached[years] = day_reached(as_at, years);
	for (int years = 0; years <= DAY_YEARS_MOST; years++) {
		out_day->age_band[years] = grouping_of_years(&groupings[GROUPING_AGE_BAND], years);
		out_day->sex_age_band[years] =
			grouping_of_years(&groupings[GROUPING_SEX_AGE_BAND], years);
		out_day->time_band[years] =
			grouping_of_years(&groupings[GROUPING_TIME_BAND], years);
	}
	for (int total = 0; total <= framework->max_total; total++)
		out_day->total_band[total] = day_total_band(schema, framework, total);
}
