/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/parallel.h"
#include "cohort/tally.h"
#include "made_history.h"

static const int32_t day = 17987; /* 1 April 2019 */

static const struct cohort *take_cohort(
	struct arena *arena, const struct history *history, const char *where)
{
	struct filter *filter = arena_take(arena, 1, sizeof *filter);
	struct cohort_options options = {
		.as_at = day, .cap_pence = COHORT_CAP_PENCE, .filter = filter};
	const struct cohort *cohort = NULL;
	struct error error = {ERROR_NONE, ""};

	assert_non_null(filter);
	if (!filter_parse(filter, arena, history->schema, text_of(where), &error) ||
		!cohort_build(&cohort, arena, history, &options, &error))
		fail_msg("%s", error.message);
	return cohort;
}

static struct tallies *take_tallies(struct arena *arena, const struct cohort *cohort)
{
	struct tallies *tallies = NULL;
	struct error error = {ERROR_NONE, ""};

	if (!tally_cohort(&tallies, arena, cohort, &error))
		fail_msg("%s", error.message);
	return tallies;
}

/* One member, by the words of tally.h. */
static void add_plainly(struct tally *tally, const struct cohort *cohort, size_t member)
{
	bool assessed = cohort->assessment[member] != HISTORY_NONE;
	bool costed = cohort->pence[member] != MONEY_MISSING;

	tally->members += 1;
	tally->assessed += assessed;
	tally->costed += costed;
	tally->both += assessed && costed;
	for (int i = 0; assessed && i < DOMAINS_MOST; i++) {
		tally->scores[i] += cohort->scores[member][i];
		tally->total += cohort->scores[member][i];
	}
	if (assessed)
		tally->total_squares += (int64_t)cohort->total[member] * cohort->total[member];
	if (costed) {
		tally->pence += cohort->pence[member];
		tally->pence_squares += (numeric_wide)cohort->pence[member] * cohort->pence[member];
	}
}

static bool same_tally(const struct tally *a, const struct tally *b)
{
	return a->members == b->members && a->assessed == b->assessed && a->costed == b->costed &&
	       a->both == b->both && a->total == b->total && a->total_squares == b->total_squares &&
	       a->pence == b->pence && a->pence_squares == b->pence_squares &&
	       memcmp(a->scores, b->scores, sizeof a->scores) == 0;
}

static struct tallies *tally_plainly(struct arena *arena, const struct cohort *cohort)
{
	struct tallies *tallies = arena_take(arena, 1, sizeof *tallies);

	assert_non_null(tallies);
	for (size_t i = 0; i < cohort->count; i++) {
		uint8_t sex = cohort->groups[GROUPING_SEX][i];

		add_plainly(&tallies->all, cohort, i);
		for (int g = 0; g < GROUPING_COUNT; g++)
			add_plainly(&tallies->by[g].groups[cohort->groups[g][i]], cohort, i);
		add_plainly(&tallies->sex_within_age[cohort->groups[GROUPING_SEX_AGE_BAND][i]][sex],
			cohort, i);
		add_plainly(
			&tallies->sex_within_age_band[cohort->groups[GROUPING_AGE_BAND][i]][sex],
			cohort, i);
		for (size_t d = 0; d < cohort->framework->domain_count; d++)
			if (cohort->assessment[i] != HISTORY_NONE)
				tallies->score_counts[d][cohort->scores[i][d]]++;
	}
	return tallies;
}

static void assert_same_tallies(const struct tallies *a, const struct tallies *b)
{
	assert_true(same_tally(&a->all, &b->all));
	for (int g = 0; g < GROUPING_COUNT; g++)
		for (int i = 0; i <= GROUPS_MOST; i++)
			assert_true(same_tally(&a->by[g].groups[i], &b->by[g].groups[i]));
	for (int band = 0; band <= GROUPS_MOST; band++)
		for (int sex = 0; sex < 3; sex++) {
			assert_true(same_tally(
				&a->sex_within_age[band][sex], &b->sex_within_age[band][sex]));
			assert_true(same_tally(&a->sex_within_age_band[band][sex],
				&b->sex_within_age_band[band][sex]));
		}
	assert_memory_equal(a->score_counts, b->score_counts, sizeof a->score_counts);
}

static void test_the_same_as_a_plain_loop(void **state)
{
	static const size_t sizes[] = {0, 1, 7, 300, 5000, 40000};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct arena *arena = arena_open();
		struct history history;
		const struct cohort *cohort;

		assert_non_null(arena);
		make_history(&history, arena, sizes[i], 11 + i);
		cohort = take_cohort(arena, &history, "");
		assert_same_tallies(take_tallies(arena, cohort), tally_plainly(arena, cohort));
		cohort = take_cohort(arena, &history, "sex=male age_band=5-11|12-16");
		assert_same_tallies(take_tallies(arena, cohort), tally_plainly(arena, cohort));
		arena_close(arena);
	}
}

/* A framework whose scores go far beyond ten takes other ways to the same sums. */
static void test_a_framework_with_large_scores(void **state)
{
	struct arena *arena = arena_open();
	struct framework framework;
	const struct cohort *cohort;
	struct history history;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 4000, 8);
	framework = *history.framework;
	framework.score_max = 200;
	framework.max_total = 200 * (int)framework.domain_count;
	history.framework = &framework;
	cohort = take_cohort(arena, &history, "");
	assert_same_tallies(take_tallies(arena, cohort), tally_plainly(arena, cohort));
	arena_close(arena);
}

static void test_the_same_on_one_thread_and_on_two(void **state)
{
	struct arena *arena = arena_open();
	struct tallies *one, *two;
	struct history history;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 30000, 5);
	parallel_set_threads(1);
	one = take_tallies(arena, take_cohort(arena, &history, ""));
	parallel_set_threads(2);
	two = take_tallies(arena, take_cohort(arena, &history, ""));
	parallel_set_threads(0);
	assert_same_tallies(one, two);
	arena_close(arena);
}

static void test_a_part_of_a_cohort(void **state)
{
	struct arena *arena = arena_open();
	struct tally_group *part, *expected;
	const struct cohort *cohort;
	struct history history;
	uint8_t *keep;

	(void)state;
	assert_non_null(arena);
	make_history(&history, arena, 3000, 6);
	cohort = take_cohort(arena, &history, "");
	keep = arena_take(arena, cohort->count, 1);
	part = arena_take(arena, 1, sizeof *part);
	expected = arena_take(arena, 1, sizeof *expected);
	assert_true(keep && part && expected);
	for (size_t i = 0; i < cohort->count; i++) {
		keep[i] = cohort->severe[i] == 2;
		if (keep[i])
			add_plainly(&expected->groups[cohort->groups[GROUPING_EHCP][i]], cohort, i);
	}
	tally_part(part, cohort, keep, GROUPING_EHCP);
	for (int i = 0; i <= GROUPS_MOST; i++)
		assert_true(same_tally(&part->groups[i], &expected->groups[i]));
	tally_part(part, cohort, NULL, GROUPING_EHCP);
	assert_int_equal(
		part->groups[0].members + part->groups[1].members + part->groups[2].members,
		cohort->count);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_same_as_a_plain_loop),
		cmocka_unit_test(test_a_framework_with_large_scores),
		cmocka_unit_test(test_the_same_on_one_thread_and_on_two),
		cmocka_unit_test(test_a_part_of_a_cohort),
	};

	return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
