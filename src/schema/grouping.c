/* SPDX-License-Identifier: MIT */
#include "schema/grouping.h"

int grouping_find(const struct grouping *grouping, struct text code)
{
	for (int i = 0; i <= grouping->count; i++)
		if (text_is(code, grouping->codes[i]))
			return i;
	return -1;
}

uint8_t grouping_of_years(const struct grouping *grouping, int years)
{
	uint8_t band = 0;

	while (band < grouping->count &&
		(years < grouping->from[band] || years >= grouping->to[band]))
		band++;
	return band;
}

int grouping_number(const struct grouping groupings[GROUPING_COUNT], struct text name)
{
	for (int i = 0; i < GROUPING_COUNT; i++)
		if (text_is(name, groupings[i].name))
			return i;
	return -1;
}
