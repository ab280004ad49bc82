/* SPDX-License-Identifier: MIT */
/*
 * Working days in England: Monday to Friday without bank holidays.
 *
 * The one rule: holidays are computed by the rules of the Banking and Financial Dealings Act 1971
 * (with Easter by the Gregorian rule); what proclamations added or moved is in
 * data/rhythm/bank_holidays.csv.
 */
#ifndef HEARTH_CARE_WORKING_DAY_H
#define HEARTH_CARE_WORKING_DAY_H

#include "base/arena.h"
#include "base/date.h"

/* Days that differ from the rule. */
struct bank_holiday_exception {
	int32_t day;
	bool holiday; /* false: a day that the rule would make one is none */
};
struct bank_holidays {
	const struct bank_holiday_exception *exceptions; /* by day */
	size_t count;
};

/* Easter Sunday of a year of the Gregorian calendar. */
int32_t easter_sunday(int year);

/* `holidays` may be NULL: by the rule alone. */
bool is_bank_holiday(const struct bank_holidays *holidays, int32_t day);
bool is_working_day(const struct bank_holidays *holidays, int32_t day);

/* The `count`-th working day after a day, which itself does not count; count >= 1. */
int32_t working_days_after(const struct bank_holidays *holidays, int32_t day, int count);

/* The same day of the month so many months later; the last of a month that is too short. */
int32_t months_after(int32_t day, int months);

#endif
