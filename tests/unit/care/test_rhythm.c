/* SPDX-License-Identifier: MIT */
/* Working days, bank holidays and when an assessment is due: dates reckoned by hand from the
 * calendar and from the bank holidays of England as published on gov.uk. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "care/rhythm.h"

static int32_t day_of(const char *text)
{
	int32_t day = DATE_MISSING;

	if (text && text[0])
		assert_true(date_parse(text_of(text), &day));
	return day;
}

static void open_rhythm(struct rhythm *rhythm, struct arena **arena)
{
	struct error error = {0};

	*arena = arena_open();
	assert_non_null(*arena);
	if (!rhythm_load(rhythm, *arena, NULL, &error))
		fail_msg("%s", error.message);
}

static void assert_day(int32_t day, const char *expected, const char *what)
{
	char text[DATE_TEXT_SIZE];

	if (strcmp(date_format(day, text), expected) != 0)
		fail_msg("%s: %s, expected %s", what, text, expected);
}

static void test_easter(void **state)
{
	static const char *const sundays[] = {"1818-03-22", "1943-04-25", "1954-04-18",
		"1981-04-19", "2000-04-23", "2008-03-23", "2016-03-27", "2019-04-21", "2024-03-31",
		"2025-04-20", "2038-04-25", "2049-04-18", "2100-03-28"};

	(void)state;
	for (size_t i = 0; i < sizeof sundays / sizeof *sundays; i++)
		assert_day(
			easter_sunday(date_parts(day_of(sundays[i])).year), sundays[i], "Easter");
}

/* The bank holidays of a year, month and day, as the rule and the exceptions give them. */
static void holidays_of(const struct rhythm *rhythm, int year, char out[160])
{
	int32_t day = date_from_parts((struct date_parts){year, 1, 1});
	size_t length = 0;

	out[0] = 0;
	for (; date_parts(day).year == year; day++)
		if (is_bank_holiday(rhythm->holidays, day))
			length += (size_t)snprintf(out + length, 160 - length, "%s%02d-%02d",
				length ? " " : "", date_parts(day).month, date_parts(day).day);
}

static void test_bank_holidays(void **state)
{
	static const struct {
		int year;
		const char *days;
	} years[] = {
		{2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"},
		{2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"},
		{2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"},
		{2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"},
		{2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"},
		{2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"},
		{2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"},
		{2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"},
		{2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"},
		{2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"},
	};
	struct rhythm rhythm;
	struct arena *arena;
	char days[160];

	(void)state;
	open_rhythm(&rhythm, &arena);
	for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
		holidays_of(&rhythm, years[i].year, days);
		if (strcmp(days, years[i].days) != 0)
			fail_msg("%d: %s, expected %s", years[i].year, days, years[i].days);
	}
	arena_close(arena);
}

static void test_working_days(void **state)
{
	static const struct {
		const char *from;
		int count;
		const char *to;
	} cases[] = {
		{"2023-06-12", 1, "2023-06-13"},  /* Monday to Tuesday */
		{"2023-06-16", 1, "2023-06-19"},  /* Friday to Monday */
		{"2023-06-17", 1, "2023-06-19"},  /* from a Saturday */
		{"2023-06-05", 20, "2023-07-03"}, /* four weeks without a holiday */
		{"2023-04-06", 1, "2023-04-11"},  /* over Easter */
		{"2023-04-03", 20, "2023-05-04"}, /* Easter and May Day */
		{"2023-12-22", 2, "2023-12-28"},  /* over Christmas */
		{"2021-12-24", 1, "2021-12-29"},  /* Christmas on a Saturday */
		{"2022-05-31", 2, "2022-06-06"},  /* the long weekend of the jubilee */
		{"2024-02-28", 2, "2024-03-01"},  /* over a leap day */
		{"2022-12-30", 1, "2023-01-03"},  /* New Year's Day on a Sunday */
	};
	struct rhythm rhythm;
	struct arena *arena;

	(void)state;
	open_rhythm(&rhythm, &arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_day(
			working_days_after(rhythm.holidays, day_of(cases[i].from), cases[i].count),
			cases[i].to, cases[i].from);
	arena_close(arena);
}

static void test_months(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{"2023-01-15", 3, "2023-04-15"},
		{"2023-11-30", 3, "2024-02-29"},
		{"2022-11-30", 3, "2023-02-28"},
		{"2024-02-29", 6, "2024-08-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2023-08-31", 6, "2024-02-29"},
		{"2023-12-31", 6, "2024-06-30"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_day(months_after(day_of(cases[i].from), cases[i].months), cases[i].to,
			cases[i].from);
}

struct due_case {
	const char *what;
	const char *entered, *moves[3], *assessed[4];
	const char *day; /* as it stands on */
	const char *due;
	enum rhythm_cause cause;
	enum rhythm_state state;
};

static const struct due_case due_cases[] = {
	{"new in care", "2023-06-05", {0}, {0}, "2023-06-05", "2023-07-03", RHYTHM_ENTRY,
		RHYTHM_SOON},
	{"not seen in time", "2023-06-05", {0}, {0}, "2023-07-04", "2023-07-03", RHYTHM_ENTRY,
		RHYTHM_OVERDUE},
	{"on the last day", "2023-06-05", {0}, {0}, "2023-07-03", "2023-07-03", RHYTHM_ENTRY,
		RHYTHM_SOON},
	{"entered before Easter", "2023-04-03", {0}, {0}, "2023-04-20", "2023-05-04", RHYTHM_ENTRY,
		RHYTHM_SOON},
	{"three months after the first", "2023-06-05", {0}, {"2023-06-20"}, "2023-07-01",
		"2023-09-20", RHYTHM_SECOND, RHYTHM_LATER_ON},
	{"from a first that was late", "2023-01-02", {0}, {"2023-05-31"}, "2023-06-01",
		"2023-08-31", RHYTHM_SECOND, RHYTHM_LATER_ON},
	{"three months into a leap year's February", "2023-11-06", {0}, {"2023-11-30"},
		"2024-02-10", "2024-02-29", RHYTHM_SECOND, RHYTHM_SOON},
	{"then every six months", "2022-01-10", {0}, {"2022-01-20", "2022-04-19"}, "2022-06-01",
		"2022-10-19", RHYTHM_LATER, RHYTHM_LATER_ON},
	{"six months and a day", "2022-01-10", {0}, {"2022-01-20", "2022-04-19", "2022-10-10"},
		"2023-04-11", "2023-04-10", RHYTHM_LATER, RHYTHM_OVERDUE},
	{"a move asks for one", "2022-01-10", {"2022-11-01"}, {"2022-01-20", "2022-10-10"},
		"2022-11-02", "2022-11-29", RHYTHM_MOVE, RHYTHM_SOON},
	{"one on the day of the move will do", "2022-01-10", {"2022-11-01"},
		{"2022-01-20", "2022-10-10", "2022-11-01"}, "2022-11-02", "2023-05-01",
		RHYTHM_LATER, RHYTHM_LATER_ON},
	{"a move long before the next is due by rhythm, and forgotten", "2022-01-10",
		{"2022-02-14"}, {"2022-01-20"}, "2022-06-01", "2022-03-14", RHYTHM_MOVE,
		RHYTHM_OVERDUE},
	{"of two moves the first counts", "2022-01-10", {"2022-11-01", "2022-11-08"},
		{"2022-01-20", "2022-10-10"}, "2022-11-20", "2022-11-29", RHYTHM_MOVE, RHYTHM_SOON},
	{"one between two moves leaves the second", "2022-01-10", {"2022-11-01", "2022-11-15"},
		{"2022-01-20", "2022-10-10", "2022-11-07"}, "2022-11-20", "2022-12-13", RHYTHM_MOVE,
		RHYTHM_SOON},
	{"the rhythm comes before the move", "2022-01-10", {"2022-10-05"},
		{"2022-01-20", "2022-04-11"}, "2022-10-06", "2022-10-11", RHYTHM_LATER,
		RHYTHM_SOON},
	{"a move before anything was written", "2023-06-05", {"2023-06-07"}, {0}, "2023-06-10",
		"2023-07-03", RHYTHM_ENTRY, RHYTHM_SOON},
	{"the placement of the first day is no move", "2023-06-05", {"2023-06-05"}, {"2023-06-05"},
		"2023-06-10", "2023-09-05", RHYTHM_SECOND, RHYTHM_LATER_ON},
	{"what was written in an earlier care does not count", "2023-06-05", {0},
		{"2019-01-01", "2019-06-01"}, "2023-06-10", "2023-07-03", RHYTHM_ENTRY,
		RHYTHM_SOON},
	{"what comes later is not known yet", "2023-06-05", {"2023-08-01"}, {"2023-07-20"},
		"2023-06-30", "2023-07-03", RHYTHM_ENTRY, RHYTHM_SOON},
	{"two of one day are one", "2023-06-05", {0}, {"2023-06-20", "2023-06-20"}, "2023-07-01",
		"2023-09-20", RHYTHM_SECOND, RHYTHM_LATER_ON},
	{"not in care", "", {0}, {"2023-06-20"}, "2023-07-01", "", RHYTHM_ENTRY, RHYTHM_NOT_DUE},
	{"not in care yet", "2023-06-05", {0}, {0}, "2023-06-04", "", RHYTHM_ENTRY, RHYTHM_NOT_DUE},
};

static struct rhythm_child child_of(const struct due_case *c, int32_t days[7])
{
	struct rhythm_child child = {
		.child = 1, .entered = day_of(c->entered), .moves = days, .assessed = days + 3};

	while (child.move_count < 3 && c->moves[child.move_count]) {
		days[child.move_count] = day_of(c->moves[child.move_count]);
		child.move_count++;
	}
	while (child.assessed_count < 4 && c->assessed[child.assessed_count]) {
		days[3 + child.assessed_count] = day_of(c->assessed[child.assessed_count]);
		child.assessed_count++;
	}
	return child;
}

static void test_when_an_assessment_is_due(void **state)
{
	struct rhythm rhythm;
	struct arena *arena;

	(void)state;
	open_rhythm(&rhythm, &arena);
	for (size_t i = 0; i < sizeof due_cases / sizeof *due_cases; i++) {
		const struct due_case *c = &due_cases[i];
		int32_t days[7], day = day_of(c->day);
		struct rhythm_child child = child_of(c, days);
		struct rhythm_due due = rhythm_due(&rhythm, &child, day);

		assert_day(due.due, c->due, c->what);
		if (due.state != c->state)
			fail_msg("%s: state %d", c->what, due.state);
		if (c->due[0] && (due.cause != c->cause || due.days != due.due - day))
			fail_msg("%s: cause %d, %d days", c->what, due.cause, due.days);
	}
	arena_close(arena);
}

static void test_the_list_begins_with_the_longest_overdue(void **state)
{
	int32_t first = day_of("2023-06-01");
	struct rhythm_child children[] = {
		{.child = 1, .entered = day_of("2023-06-05")}, /* soon */
		{.child = 2, .entered = DATE_MISSING},
		{.child = 3, .entered = day_of("2023-03-01")}, /* overdue */
		{.child = 4,
			.entered = day_of("2023-05-30"),
			.assessed = &first,
			.assessed_count = 1},		       /* in September */
		{.child = 5, .entered = day_of("2022-03-01")}, /* longer overdue */
	};
	struct error error = {0};
	struct rhythm_list list;
	struct rhythm rhythm;
	struct arena *arena;
	char words[80];

	(void)state;
	open_rhythm(&rhythm, &arena);
	assert_true(rhythm_list(&list, arena, &rhythm, children, 5, day_of("2023-06-15"), &error));
	assert_int_equal(list.count, 4);
	assert_int_equal(list.overdue, 2);
	assert_int_equal(list.soon, 1);
	assert_int_equal(list.due[0].child, 5);
	assert_int_equal(list.due[1].child, 3);
	assert_int_equal(list.due[2].child, 1);
	assert_int_equal(list.due[3].child, 4);
	assert_string_equal(rhythm_cause_words(&rhythm, RHYTHM_ENTRY, words),
		"within 20 working days of entering care");
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_easter),
		cmocka_unit_test(test_bank_holidays),
		cmocka_unit_test(test_working_days),
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_when_an_assessment_is_due),
		cmocka_unit_test(test_the_list_begins_with_the_longest_overdue),
	};

	return cmocka_run_group_tests_name("care/rhythm", tests, NULL, NULL);
}
