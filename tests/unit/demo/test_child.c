/* SPDX-License-Identifier: MIT */
/* Every child's story holds together: ages, stays, episodes, assessments, costs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/money.h"
#include "demo/story.h"

enum { CHILDREN = 2000 };

struct fixture {
	struct arena *arena;
	struct parameters parameters;
	struct cast cast;
};

static struct fixture fixture;

static int open_cast(void **state)
{
	struct demo_options options = demo_defaults();
	struct error error;

	(void)state;
	options.children = CHILDREN;
	fixture.arena = arena_open();
	if (!fixture.arena || !parameters_read(fixture.arena, &fixture.parameters, &error))
		return -1;
	fixture.cast = cast_make(&fixture.parameters, &options);
	return 0;
}

static int close_cast(void **state)
{
	(void)state;
	arena_close(fixture.arena);
	return 0;
}

static void tell(struct story_of_child *story, uint64_t number)
{
	const struct cast *cast = &fixture.cast;

	child_make(&story->child, cast, number);
	stays_make(&story->stays, &story->child, cast);
	episodes_make(&story->episodes, &story->stays, &story->child, cast);
	assessments_make(&story->assessments, &story->stays, &story->child, cast);
	costs_make(&story->costs, &story->stays, &story->child, cast);
}

static void test_the_cohort_has_its_size(void **state)
{
	size_t looked_after = 0;
	struct story_of_child story;

	(void)state;
	for (uint64_t i = 0; i < cast_size(&fixture.cast); i++) {
		const struct episodes *episodes = &story.episodes;

		tell(&story, i);
		if (story.child.story != STORY_LOOKED_AFTER)
			continue;
		looked_after++;
		assert_true(episodes->count > 0);
		assert_true(episodes->rows[episodes->count - 1].from <= fixture.cast.options.as_at);
		assert_int_equal(episodes->rows[episodes->count - 1].to, DATE_MISSING);
		assert_int_equal(date_years_between(story.child.born, fixture.cast.options.as_at),
			story.child.age);
	}
	assert_int_equal(looked_after, CHILDREN);
}

static void test_episodes_touch_and_say_what_changed(void **state)
{
	struct story_of_child story;

	(void)state;
	for (uint64_t i = 0; i < cast_size(&fixture.cast); i++) {
		tell(&story, i);
		assert_string_equal(story.episodes.rows[0].reason_started, "S");
		assert_true(story.episodes.rows[0].from >= story.child.born);
		for (size_t j = 1; j < story.episodes.count; j++) {
			const struct episode *one = &story.episodes.rows[j - 1];
			const struct episode *next = &story.episodes.rows[j];
			bool legal = !text_equal(one->legal_status, next->legal_status);
			char reason = next->reason_started[0];

			assert_int_equal(one->to, next->from);
			assert_true(next->from > one->from);
			assert_true(text_is(one->reason_ended, "X1"));
			assert_int_equal(legal, reason == 'L' || reason == 'B' || reason == 'U');
			assert_int_equal(one->stay == next->stay, reason == 'L');
		}
	}
}

static bool in_family(const struct stay *stay)
{
	return stay->place.data[0] == 'A' || text_is(stay->place, "P1");
}

static void test_places_make_sense_at_the_age(void **state)
{
	struct story_of_child story;

	(void)state;
	for (uint64_t i = 0; i < cast_size(&fixture.cast); i++) {
		tell(&story, i);
		for (size_t j = 0; j < story.stays.count; j++) {
			const struct stay *stay = &story.stays.rows[j];
			int32_t end =
				stay->to == DATE_MISSING ? fixture.cast.options.as_at : stay->to;
			int age = date_years_between(story.child.born, end);

			if (stay->kind == KIND_SUPPORTED)
				assert_true(age >= 16);
			if (text_is(stay->place, "K2"))
				assert_true(age >= 7);
			assert_int_equal(stay->kind == KIND_FAMILY, in_family(stay));
			assert_int_equal(stay->temporary,
				stay->sector.length == 0 && stay->place.data[0] == 'T');
		}
	}
}

static void test_lines_open_on_the_day_add_up_to_the_cost(void **state)
{
	int32_t day = fixture.cast.options.as_at;
	struct story_of_child story;
	size_t costed = 0;

	(void)state;
	for (uint64_t i = 0; i < cast_size(&fixture.cast); i++) {
		int64_t pence = 0;

		tell(&story, i);
		for (size_t j = 0; j < story.costs.count; j++) {
			const struct cost_line *line = &story.costs.rows[j];

			assert_true(line->to == DATE_MISSING || line->to > line->from);
			assert_true(line->pence > 0 && line->pence <= MONEY_LARGEST_PENCE);
			if (date_open_on(line->from, line->to, day))
				pence += line->pence;
		}
		if (story.child.story != STORY_LOOKED_AFTER || pence == 0)
			continue;
		costed++;
		assert_int_equal(pence,
			cost_at_rank(&fixture.cast, story.child.kind, story.child.cost_rank));
	}
	assert_true(costed > CHILDREN * 9 / 10);
}

/* Two assessments a year apart differ by a few points a domain, not by leaps. */
static void test_needs_move_gradually(void **state)
{
	struct story_of_child story;
	size_t steps = 0, leaps = 0;

	(void)state;
	for (uint64_t i = 0; i < cast_size(&fixture.cast); i++) {
		tell(&story, i);
		for (size_t j = 1; j < story.assessments.count; j++) {
			const struct assessment *one = &story.assessments.rows[j - 1];
			const struct assessment *next = &story.assessments.rows[j];

			assert_true(next->on >= one->on);
			assert_true(one->on >= story.child.entered);
			for (size_t domain = 0; domain < DOMAIN_COUNT; domain++) {
				int change = next->scores[domain] - one->scores[domain];

				assert_true(next->scores[domain] <= 10);
				steps++;
				leaps += change > 3 || change < -3;
			}
		}
	}
	assert_true(steps > 10000);
	assert_true(leaps * 200 < steps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_cohort_has_its_size),
		cmocka_unit_test(test_episodes_touch_and_say_what_changed),
		cmocka_unit_test(test_places_make_sense_at_the_age),
		cmocka_unit_test(test_lines_open_on_the_day_add_up_to_the_cost),
		cmocka_unit_test(test_needs_move_gradually),
	};

	return cmocka_run_group_tests(tests, open_cast, close_cast);
}
