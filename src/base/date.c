/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include "base/format.h"

#include <stdio.h>
#include <time.h>

/* Days to civil and back: Howard Hinnant, "chrono-compatible low-level date algorithms" (2013):
 * eras of 400 years, years that begin in March. */
int32_t date_from_parts(struct date_parts parts)
{
	int year = parts.year - (parts.month <= 2);
	int era = (year >= 0 ? year : year - 399) / 400;
	int of_era = year - era * 400;
	int of_year = (153 * (parts.month + (parts.month > 2 ? -3 : 9)) + 2) / 5 + parts.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date_parts date_parts(int32_t days)
{
	int shifted = days + 719468;
	int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;
	int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

	return (struct date_parts){
		.year = year_of_era + era * 400 + (month <= 2),
		.month = month,
		.day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
	};
}

static bool date_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_is_real(struct date_parts parts)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int length;

	if (parts.year < 1 || parts.year > 9999 || parts.month < 1 || parts.month > 12)
		return false;
	length = lengths[parts.month - 1] + (parts.month == 2 && date_is_leap(parts.year));
	return parts.day >= 1 && parts.day <= length;
}

/* `count` digits at `at`; -1 when one is not a digit. */
static int date_digits(const char *at, int count)
{
	int number = 0;

	for (int i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		number = number * 10 + (at[i] - '0');
	}
	return number;
}

bool date_parse(struct text text, int32_t *out_days)
{
	const char *at = text.data;
	struct date_parts parts;

	if (text.length != 10)
		return false;
	if (at[4] == '-' && at[7] == '-') {
		parts = (struct date_parts){
			date_digits(at, 4), date_digits(at + 5, 2), date_digits(at + 8, 2)};
	} else if (at[2] == '/' && at[5] == '/') {
		parts = (struct date_parts){
			date_digits(at + 6, 4), date_digits(at + 3, 2), date_digits(at, 2)};
	} else {
		return false;
	}
	if (!date_is_real(parts) || parts.year < 1800 || parts.year > 2199)
		return false;
	*out_days = date_from_parts(parts);
	return true;
}

char *date_format(int32_t days, char out[DATE_TEXT_SIZE])
{
	struct date_parts parts;

	out[0] = '\0';
	if (days == DATE_MISSING)
		return out;
	parts = date_parts(days);
	snprintf(out, DATE_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)parts.year % 10000,
		(unsigned)parts.month % 100, (unsigned)parts.day % 100);
	return out;
}

char *date_words(int32_t days, char out[32])
{
	static const char *const months[] = {"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"};
	struct date_parts parts;

	out[0] = '\0';
	if (days == DATE_MISSING)
		return out;
	parts = date_parts(days);
	format_into(out, 32, "%d %s %d", parts.day, months[parts.month - 1], parts.year);
	return out;
}

int32_t date_add_years(int32_t days, int years)
{
	struct date_parts parts = date_parts(days);

	parts.year += years;
	if (parts.month == 2 && parts.day == 29 && !date_is_leap(parts.year))
		parts = (struct date_parts){parts.year, 3, 1};
	return date_from_parts(parts);
}

int date_years_between(int32_t from, int32_t to)
{
	int years = date_parts(to).year - date_parts(from).year;

	return date_add_years(from, years) > to ? years - 1 : years;
}

int date_collection_year(int32_t days)
{
	struct date_parts parts = date_parts(days);

	return parts.month >= 4 ? parts.year + 1 : parts.year;
}

int32_t date_last_31_march(int32_t days)
{
	struct date_parts parts = date_parts(days);
	int32_t march = date_from_parts((struct date_parts){parts.year, 3, 31});

	return march <= days ? march : date_from_parts((struct date_parts){parts.year - 1, 3, 31});
}

int32_t date_today(void)
{
	return (int32_t)(time(NULL) / 86400);
}
