/* SPDX-License-Identifier: MIT */
#include "care/working_day.h"

enum { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* 1 January 1970 was a Thursday. */
static int weekday(int32_t day)
{
	int rest = (day + THURSDAY) % 7;

	return rest < 0 ? rest + 7 : rest;
}

static int32_t day_of(int year, int month, int day)
{
	return date_from_parts((struct date_parts){year, month, day});
}

/* The Gregorian computus in its form without tables ("Nature", 20 April 1876). */
int32_t easter_sunday(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return day_of(year, n / 31, n % 31 + 1);
}

/* The first Monday on or after a day. */
static int32_t monday_from(int32_t day)
{
	return day + (7 - weekday(day)) % 7;
}

/* New Year's Day: of a weekend, the Monday after. */
static bool is_new_year(int32_t day, int year)
{
	int32_t first = day_of(year, 1, 1);

	return day == (weekday(first) >= SATURDAY ? monday_from(first) : first);
}

/* 25 and 26 December; those of a weekend move to the first days after that are neither. */
static bool is_christmas(int32_t day, int year)
{
	int32_t christmas = day_of(year, 12, 25), boxing = christmas + 1;

	switch (weekday(christmas)) {
	case FRIDAY: /* Boxing Day is a Saturday */
		boxing += 2;
		break;
	case SATURDAY: /* Christmas moves to Monday, Boxing Day to Tuesday */
		christmas += 2;
		boxing += 2;
		break;
	case SUNDAY: /* Boxing Day is the Monday, so Christmas moves to Tuesday */
		christmas += 2;
		break;
	default:
		break;
	}
	return day == christmas || day == boxing;
}

static bool is_holiday_by_rule(int32_t day)
{
	int year = date_parts(day).year;
	int32_t easter = easter_sunday(year);

	return is_new_year(day, year) || is_christmas(day, year) || day == easter - 2 ||
	       day == easter + 1 || day == monday_from(day_of(year, 5, 1)) ||
	       day == monday_from(day_of(year, 5, 25)) || day == monday_from(day_of(year, 8, 25));
}

bool is_bank_holiday(const struct bank_holidays *holidays, int32_t day)
{
	for (size_t i = 0; holidays && i < holidays->count; i++)
		if (holidays->exceptions[i].day == day)
			return holidays->exceptions[i].holiday;
	return is_holiday_by_rule(day);
}

bool is_working_day(const struct bank_holidays *holidays, int32_t day)
{
	return weekday(day) < SATURDAY && !is_bank_holiday(holidays, day);
}

int32_t working_days_after(const struct bank_holidays *holidays, int32_t day, int count)
{
	while (count > 0)
		count -= is_working_day(holidays, ++day);
	return day;
}

int32_t months_after(int32_t day, int months)
{
	struct date_parts parts = date_parts(day);
	int month = parts.year * 12 + parts.month - 1 + months;

	parts.year = month / 12;
	parts.month = month % 12 + 1;
	while (!date_is_real(parts))
		parts.day--;
	return date_from_parts(parts);
}
