/* SPDX-License-Identifier: MIT */
/* About me, goals, reviews, and what may be typed. */
#include "care_bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "care/plan.h"
#include "care/profile.h"
#include "care/review.h"

static enum error_code save_profile(
	struct bench *bench, struct profile *profile, int64_t *out_version)
{
	bench_begin(bench);
	return bench_end(bench, profile_save(&bench->writing, bench->arena, profile, out_version,
					&bench->conflict, &bench->error));
}

static void test_about_me_keeps_every_version(void **state)
{
	struct bench opened, *bench = &opened;
	struct profile profile = {.written_on = TODAY, .participation = TEXT("PN1")}, *versions;
	int64_t version;
	size_t count;

	(void)state;
	bench_open(bench, 1);
	assert_true(profile_read(
		bench->store, bench->arena, bench->writing.child, &profile, &bench->error));
	assert_int_equal(profile.version, 0);
	profile.written_on = TODAY;
	profile.participation = TEXT("PN1");
	profile.parts[PROFILE_KNOWN_AS] = TEXT("Bee");
	assert_int_equal(save_profile(bench, &profile, &version), ERROR_INPUT);
	profile.parts[PROFILE_MATTERS] = TEXT("my dog, and to be asked first");
	expect_done(save_profile(bench, &profile, &version));
	assert_int_equal(version, 1);
	profile.version = 1;
	expect_done(save_profile(bench, &profile, &version));
	assert_int_equal(version, 1); /* says nothing new */
	profile.parts[PROFILE_HOPES] = TEXT("to be a vet");
	expect_done(save_profile(bench, &profile, &version));
	assert_int_equal(version, 2);
	/* somebody who still sees the first */
	bench_writer(bench, 8, "Ada Cole");
	profile.parts[PROFILE_HOPES] = TEXT("to be a nurse");
	assert_int_equal(save_profile(bench, &profile, &version), ERROR_CONFLICT);
	assert_int_equal(bench->conflict.revision, 2);
	assert_true(text_is(bench->conflict.saved.shown, "Sam Lee"));
	assert_true(profile_versions(bench->store, bench->arena, bench->writing.child, &versions,
		&count, &bench->error));
	assert_int_equal(count, 2);
	assert_true(text_is(versions[0].parts[PROFILE_HOPES], "to be a vet"));
	assert_int_equal(versions[1].parts[PROFILE_HOPES].length, 0);
	assert_true(text_is(versions[1].parts[PROFILE_KNOWN_AS], "Bee"));
	assert_true(text_is(care_participation_words(&bench->schema, versions[0].participation),
		"Came and spoke for themselves"));
	profile.version = 2;
	profile.participation = TEXT("PN9");
	assert_int_equal(save_profile(bench, &profile, &version), ERROR_INPUT);
	bench_close(bench);
}

#define SECRET "hides in the wardrobe when"

static void test_words_are_not_to_be_read_in_the_file(void **state)
{
	struct bench opened, *bench = &opened;
	struct profile profile = {.written_on = TODAY, .parts = {[PROFILE_MATTERS] = TEXT(SECRET)}};
	struct file_map file;
	int64_t version, draft;

	(void)state;
	if (getenv("HEARTH_TEST_SERVER"))
		skip(); /* it has no file */
	bench_open(bench, 1);
	expect_done(save_profile(bench, &profile, &version));
	expect_done(bench_start(bench, TODAY, &draft));
	expect_done(bench_score(bench, draft, 0, 7, SECRET));
	store_close(bench->store);
	bench->store = NULL;
	if (!file_map_open(&file, bench->place, 1 << 28, &bench->error))
		fail_msg("%s", bench->error.message);
	assert_true(file.bytes.length > 4096);
	assert_null(memmem(file.bytes.data, file.bytes.length, SECRET, strlen(SECRET)));
	file_map_close(&file);
	bench_close(bench);
}

static enum error_code save_goal(
	struct bench *bench, const struct goal *goal, int64_t *out_goal, int64_t *out_version)
{
	bench_begin(bench);
	return bench_end(bench, goal_save(&bench->writing, bench->arena, goal, out_goal,
					out_version, &bench->conflict, &bench->error));
}

static void test_goals_keep_versions_and_progress(void **state)
{
	struct bench opened, *bench = &opened;
	struct goal goal = {.domain = TEXT("education"),
		.goal = TEXT("read a whole book"),
		.helps = TEXT("twenty minutes before bed"),
		.who = TEXT("Jo, her carer"),
		.by_when = TODAY + 30};
	struct goal later = {.goal = TEXT("swim"), .by_when = DATE_MISSING}, *goals;
	struct goal_progress entry = {.on = TODAY, .course = COURSE_BETTER, .note = TEXT("half")};
	struct goal_progress *entries;
	int64_t first, second, version, id;
	size_t count;

	(void)state;
	bench_open(bench, 2);
	expect_done(save_goal(bench, &later, &second, &version));
	expect_done(save_goal(bench, &goal, &first, &version));
	entry.goal = first;
	bench_begin(bench);
	expect_done(bench_end(bench,
		goal_add_progress(&bench->writing, bench->arena, &entry, &id, &bench->error)));
	assert_true(goal_list(
		bench->store, bench->arena, bench->writing.child, &goals, &count, &bench->error));
	assert_int_equal(count, 2);
	assert_int_equal(goals[0].id, first); /* it has a day */
	assert_int_equal(goals[0].progress_count, 1);
	assert_int_equal(goals[0].progress_on, TODAY);
	assert_true(text_is(goals[0].who, "Jo, her carer"));
	assert_int_equal(goals[1].by_when, DATE_MISSING);
	goal = goals[0];
	goal.state = GOAL_STOPPED;
	assert_int_equal(save_goal(bench, &goal, &first, &version), ERROR_INPUT);
	goal.why = TEXT("she likes comics better");
	expect_done(save_goal(bench, &goal, &first, &version));
	assert_int_equal(version, 2);
	assert_int_equal(save_goal(bench, &goal, &first, &version), ERROR_CONFLICT);
	assert_true(goal_list(
		bench->store, bench->arena, bench->writing.child, &goals, &count, &bench->error));
	assert_int_equal(goals[0].id, second);
	assert_int_equal(goals[1].state, GOAL_STOPPED);
	assert_true(goal_versions(bench->store, bench->arena, bench->writing.child, first, &goals,
		&count, &bench->error));
	assert_int_equal(count, 2);
	assert_int_equal(goals[1].state, GOAL_OPEN);
	assert_true(goal_progress_list(bench->store, bench->arena, bench->writing.child, first,
		&entries, &count, &bench->error));
	assert_int_equal(count, 1);
	assert_true(text_is(entries[0].note, "half"));
	assert_int_equal(entries[0].course, COURSE_BETTER);
	/* not another child's */
	bench->writing.child = bench_child(bench, 1);
	bench_begin(bench);
	assert_int_equal(bench_end(bench, goal_add_progress(&bench->writing, bench->arena, &entry,
						  &id, &bench->error)),
		ERROR_MISSING);
	assert_false(goal_read(
		bench->store, bench->arena, bench->writing.child, first, &goal, &bench->error));
	bench_close(bench);
}

static void test_reviews_of_returns_and_ours_are_one_list(void **state)
{
	struct bench opened, *bench = &opened;
	struct review ours = {.on = TODAY - 5,
		.participation = TEXT("PN3"),
		.notes = TEXT("stays with Jo"),
		.view = TEXT("I want to stay")};
	struct review *reviews;
	int64_t version;
	size_t count;

	(void)state;
	bench_open(bench, 1);
	bench_import(bench, "reviews.csv",
		"CHILD,DOB,REVIEW,REVIEW_CODE\n"
		"c000,01/02/2012,01/02/2023,PN1\n"
		"c000,01/02/2012,10/06/2023,PN7\n");
	bench_begin(bench);
	expect_done(bench_end(bench, review_save(&bench->writing, bench->arena, &ours, &version,
					     &bench->conflict, &bench->error)));
	assert_int_equal(version, 1);
	bench_begin(bench);
	assert_int_equal(bench_end(bench, review_save(&bench->writing, bench->arena, &ours,
						  &version, &bench->conflict, &bench->error)),
		ERROR_CONFLICT);
	ours.version = 1;
	ours.notes = TEXT("stays with Jo until summer");
	bench_begin(bench);
	expect_done(bench_end(bench, review_save(&bench->writing, bench->arena, &ours, &version,
					     &bench->conflict, &bench->error)));
	assert_true(review_list(
		bench->store, bench->arena, bench->writing.child, &reviews, &count, &bench->error));
	assert_int_equal(count, 2);
	assert_int_equal(reviews[0].on, TODAY - 5);
	assert_true(reviews[0].in_return);
	assert_true(text_is(reviews[0].participation, "PN3"));
	assert_true(text_is(reviews[0].notes, "stays with Jo until summer"));
	assert_true(text_is(reviews[1].participation, "PN1"));
	assert_int_equal(reviews[1].version, 0);
	assert_true(review_versions(bench->store, bench->arena, bench->writing.child, TODAY - 5,
		&reviews, &count, &bench->error));
	assert_int_equal(count, 2);
	assert_true(text_is(reviews[1].notes, "stays with Jo"));
	assert_false(review_read(
		bench->store, bench->arena, bench->writing.child, TODAY, &ours, &bench->error));
	assert_int_equal(bench->error.code, ERROR_MISSING);
	bench_close(bench);
}

static enum error_code clean(
	struct arena *arena, struct text typed, size_t most, struct text *out_clean)
{
	struct error error = {0};

	return care_text_clean(arena, "Notes", typed, most, out_clean, &error) ? ERROR_NONE
									       : error.code;
}

static void test_what_may_be_typed(void **state)
{
	struct arena *arena = arena_open();
	struct text kept, large;
	char *characters = arena_take(arena, CARE_TEXT_MOST + 1, 2);

	(void)state;
	assert_int_equal(clean(arena, TEXT(" \r\n a\r\nb\rc\td\n\n"), CARE_TEXT_MOST, &kept), 0);
	assert_true(text_is(kept, "a\nb\nc d"));
	assert_int_equal(
		clean(arena, TEXT("Zoë – “née”, 李, \U0001F436"), CARE_LINE_MOST, &kept), 0);
	assert_true(text_is(kept, "Zoë – “née”, 李, \U0001F436"));
	assert_int_equal(clean(arena, TEXT("   "), CARE_LINE_MOST, &kept), 0);
	assert_int_equal(kept.length, 0);
	assert_int_equal(clean(arena, TEXT("two\nlines"), CARE_LINE_MOST, &kept), ERROR_INPUT);
	assert_int_equal(clean(arena, TEXT("a\0b"), CARE_TEXT_MOST, &kept), ERROR_INPUT);
	assert_int_equal(clean(arena, TEXT("a\x1b[31m"), CARE_TEXT_MOST, &kept), ERROR_INPUT);
	assert_int_equal(clean(arena, TEXT("a\x7f"), CARE_TEXT_MOST, &kept), ERROR_INPUT);
	assert_int_equal(clean(arena, TEXT("a\xc2\x85"), CARE_TEXT_MOST, &kept), ERROR_INPUT);
	assert_int_equal(clean(arena, TEXT("a\xff"), CARE_TEXT_MOST, &kept), ERROR_INPUT);
	/* characters count, not bytes */
	for (size_t i = 0; i <= CARE_TEXT_MOST; i++)
		memcpy(characters + 2 * i, "é", 2);
	large = (struct text){characters, 2 * CARE_TEXT_MOST};
	assert_int_equal(clean(arena, large, CARE_TEXT_MOST, &kept), ERROR_NONE);
	large.length += 2;
	assert_int_equal(clean(arena, large, CARE_TEXT_MOST, &kept), ERROR_LIMIT);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_about_me_keeps_every_version),
		cmocka_unit_test(test_words_are_not_to_be_read_in_the_file),
		cmocka_unit_test(test_goals_keep_versions_and_progress),
		cmocka_unit_test(test_reviews_of_returns_and_ours_are_one_list),
		cmocka_unit_test(test_what_may_be_typed),
	};

	return cmocka_run_group_tests_name("care/words", tests, NULL, NULL);
}
