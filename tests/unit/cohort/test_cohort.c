/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/parallel.h"
#include "cohort/cohort.h"
#include "cohort/day.h"
#include "made_history.h"

static int32_t on(int year, int month, int day)
{
	return date_from_parts((struct date_parts){year, month, day});
}

static const struct cohort *take_cohort(
	struct arena *arena, const struct history *history, int32_t as_at)
{
	struct cohort_options options = {.as_at = as_at, .cap_pence = COHORT_CAP_PENCE};
	const struct cohort *cohort = NULL;
	struct error error = {ERROR_NONE, ""};

	if (!cohort_build(&cohort, arena, history, &options, &error))
		fail_msg("%s", error.message);
	return cohort;
}

/* A member's row by the words of the definitions, one rule after another. */
static void assert_member(const struct cohort *cohort, size_t member, uint32_t child)
{
	const struct history *history = cohort->history;
	const struct grouping *groupings = history->schema->groupings;
	uint32_t episode = cohort->episode[member], assessment = cohort->assessment[member];
	int32_t born = history->born[child], day = cohort->as_at;
	int age = born == DATE_MISSING || born > day ? -1 : date_years_between(born, day);
	int in_care = date_years_between(history->episodes.period_start[episode], day);
	unsigned total = 0, severe = 0;

	assert_int_equal(cohort->child[member], child);
	assert_int_equal(cohort->age[member], age);
	assert_int_equal(cohort->groups[GROUPING_AGE_BAND][member],
		grouping_of_years(&groupings[GROUPING_AGE_BAND], age));
	assert_int_equal(cohort->groups[GROUPING_SEX_AGE_BAND][member],
		grouping_of_years(&groupings[GROUPING_SEX_AGE_BAND], age));
	assert_int_equal(cohort->groups[GROUPING_TIME_BAND][member],
		grouping_of_years(&groupings[GROUPING_TIME_BAND], in_care));
	assert_int_equal(
		cohort->groups[GROUPING_EHCP][member], history->groups[GROUPING_EHCP][child]);
	assert_int_equal(
		cohort->groups[GROUPING_PLACEMENT_KIND][member], history->episodes.kind[episode]);
	assert_int_equal(cohort->provider[member], history->episodes.provider[episode]);
	for (int i = 0; assessment != HISTORY_NONE && i < DOMAINS_MOST; i++) {
		total += history->assessments.scores[assessment][i];
		severe += history->assessments.scores[assessment][i] >= 7;
	}
	assert_int_equal(cohort->total[member], assessment == HISTORY_NONE ? TOTAL_MISSING : total);
	assert_int_equal(cohort->severe[member], assessment == HISTORY_NONE ? 255 : severe);
	assert_int_equal(cohort->groups[GROUPING_COST_SIDE][member],
		cohort->pence[member] == MONEY_MISSING ? 2 : cohort->pence[member] >= 500000);
}

/* The current episode, the latest assessment and the cost, found the long way. */
static bool looked_after(const struct history *history, uint32_t child, int32_t day,
	uint32_t *out_episode, uint32_t *out_assessment, int64_t *out_pence)
{
	*out_episode = *out_assessment = HISTORY_NONE;
	*out_pence = MONEY_MISSING;
	for (uint32_t i = history->first_episode[child]; i < history->first_episode[child + 1]; i++)
		if (date_open_on(history->episodes.start[i], history->episodes.end[i], day))
			*out_episode = i;
	for (uint32_t i = history->first_assessment[child];
		i < history->first_assessment[child + 1]; i++)
		if (history->assessments.assessed_on[i] <= day)
			*out_assessment = i;
	for (uint32_t i = history->first_cost[child]; i < history->first_cost[child + 1]; i++)
		if (date_open_on(history->costs.from[i], history->costs.to[i], day))
			*out_pence = (*out_pence == MONEY_MISSING ? 0 : *out_pence) +
				     history->costs.pence[i];
	return *out_episode != HISTORY_NONE;
}

static void test_members_are_those_looked_after(void **state)
{
	struct arena *arena = arena_open();
	const int32_t days[] = {on(2012, 2, 29), on(2019, 2, 28), on(2020, 3, 1), on(2024, 6, 1)};
	struct history history;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 9000, 3);
	for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
		const struct cohort *cohort = take_cohort(arena, &history, days[d]);
		size_t member = 0, assessed = 0, costed = 0;

		for (uint32_t child = 0; child < history.children; child++) {
			uint32_t episode, assessment;
			int64_t pence;

			if (!looked_after(&history, child, days[d], &episode, &assessment, &pence))
				continue;
			assert_true(member < cohort->count);
			assert_int_equal(cohort->episode[member], episode);
			assert_int_equal(cohort->assessment[member], assessment);
			assert_true(cohort->pence[member] == pence);
			assert_int_equal(history_episode_on(&history, child, days[d]), episode);
			assert_int_equal(
				history_assessment_on(&history, child, days[d]), assessment);
			assert_true(history_cost_on(&history, child, days[d]) == pence);
			assert_member(cohort, member++, child);
			assessed += assessment != HISTORY_NONE;
			costed += pence != MONEY_MISSING;
		}
		assert_int_equal(cohort->count, member);
		assert_int_equal(cohort->assessed, assessed);
		assert_int_equal(cohort->costed, costed);
		assert_ptr_equal(cohort->everyone, cohort);
	}
	arena_close(arena);
}

static void test_the_same_on_one_thread_and_on_two(void **state)
{
	struct arena *arena = arena_open();
	const struct cohort *one, *two;
	struct history history;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 30000, 4);
	parallel_set_threads(1);
	one = take_cohort(arena, &history, on(2019, 4, 1));
	parallel_set_threads(2);
	two = take_cohort(arena, &history, on(2019, 4, 1));
	parallel_set_threads(0);
	assert_int_equal(one->count, two->count);
	assert_memory_equal(one->child, two->child, one->count * sizeof *one->child);
	assert_memory_equal(one->total, two->total, one->count * sizeof *one->total);
	assert_memory_equal(one->pence, two->pence, one->count * sizeof *one->pence);
	for (int g = 0; g < GROUPING_COUNT; g++)
		assert_memory_equal(one->groups[g], two->groups[g], one->count);
	arena_close(arena);
}

/* Thresholds against the calendar, around every birthday of many years. */
static void test_completed_years_are_the_calendars(void **state)
{
	const int32_t days[] = {on(2023, 2, 28), on(2024, 2, 29), on(2023, 3, 1), on(2024, 3, 1),
		on(2022, 12, 31), on(2000, 1, 1)};
	struct arena *arena = arena_open();
	struct cohort_day *day;
	struct history history;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 1, 1);
	day = arena_take(arena, 1, sizeof *day);
	assert_non_null(day);
	for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
		cohort_day_open(day, history.schema, history.framework, days[d]);
		for (int32_t born = days[d] - 45000; born <= days[d]; born++)
			assert_int_equal(
				cohort_day_years(day, born), date_years_between(born, days[d]));
	}
	arena_close(arena);
}

static void test_a_birthday_on_29_february(void **state)
{
	struct arena *arena = arena_open();
	struct cohort_day *day;
	struct history history;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 1, 1);
	day = arena_take(arena, 1, sizeof *day);
	assert_non_null(day);
	cohort_day_open(day, history.schema, history.framework, on(2023, 2, 28));
	assert_int_equal(cohort_day_years(day, on(2020, 2, 29)), 2);
	cohort_day_open(day, history.schema, history.framework, on(2023, 3, 1));
	assert_int_equal(cohort_day_years(day, on(2020, 2, 29)), 3);
	cohort_day_open(day, history.schema, history.framework, on(2024, 2, 29));
	assert_int_equal(cohort_day_years(day, on(2020, 2, 29)), 4);
	arena_close(arena);
}

static void test_a_day_without_children(void **state)
{
	struct arena *arena = arena_open();
	struct history history;
	const struct cohort *cohort;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 50, 2);
	cohort = take_cohort(arena, &history, on(1950, 1, 1));
	assert_int_equal(cohort->count, 0);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members_are_those_looked_after),
		cmocka_unit_test(test_the_same_on_one_thread_and_on_two),
		cmocka_unit_test(test_completed_years_are_the_calendars),
		cmocka_unit_test(test_a_birthday_on_29_february),
		cmocka_unit_test(test_a_day_without_children),
	};

	return cmocka_run_group_tests_name("cohort", tests, NULL, NULL);
}
