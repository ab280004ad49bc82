/* SPDX-License-Identifier: MIT */
/*
 * Days of the Gregorian calendar, counted from 1 January 1970.
 *
 * The one rule: a date is an int32_t of days, DATE_MISSING when unknown; an interval is half-open
 * [start, end), and an end of DATE_MISSING means still going on.
 */
#ifndef HEARTH_BASE_DATE_H
#define HEARTH_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define DATE_MISSING INT32_MIN

enum { DATE_TEXT_SIZE = 11 };

struct date_parts {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
};

/* Years 1 to 9999; parts must be a real day. */
int32_t date_from_parts(struct date_parts parts);
struct date_parts date_parts(int32_t days);
bool date_is_real(struct date_parts parts);

/* yyyy-mm-dd or dd/mm/yyyy, exactly, of a day that exists, years 1800 to 2199. */
bool date_parse(struct text text, int32_t *out_days);

/* Writes yyyy-mm-dd (empty when missing) and returns `out`. */
char *date_format(int32_t days, char out[DATE_TEXT_SIZE]);

/* Writes e.g. "31 March 2023" and returns `out`. */
char *date_words(int32_t days, char out[32]);

/* The day `years` later; 29 February becomes 1 March in other years. */
int32_t date_add_years(int32_t days, int years);

/* Completed years from `from` to `to` (negative when to < from; whole years are completed on the
 * anniversary, which for 29 February is 1 March in other years). */
int date_years_between(int32_t from, int32_t to);

/* The year in which the SSDA903 collection year (1 April to 31 March) that holds the day ends. */
int date_collection_year(int32_t days);

/* The last 31 March on or before the day. */
int32_t date_last_31_march(int32_t days);

/* Today by the machine's clock in UTC: for the doors only, never below them. */
int32_t date_today(void);

static inline bool date_open_on(int32_t start, int32_t end, int32_t day)
{
	return start <= day && (end == DATE_MISSING || end > day);
}

#endif
