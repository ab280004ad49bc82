/* SPDX-License-Identifier: MIT */
/* Drafts, two people at once, signing, correcting, withdrawing; what the figures see of it. */
#include "care_bench.h"

#include "care/needs_change.h"

static void test_a_draft_is_kept_domain_by_domain(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment read;
	struct assessment_domain form = {.score = 4,
		.evidence = TEXT("  wakes at night\r\nthree times a week "),
		.view = TEXT("I sleep badly"),
		.strengths = TEXT("tells her carer"),
		.revision = 0};
	int64_t assessment, revision, before;

	(void)state;
	bench_open(bench, 1);
	expect_done(bench_start(bench, TODAY - 3, &assessment));
	before = bench_audit(bench);
	bench_begin(bench);
	expect_done(
		bench_end(bench, assessment_save_domain(&bench->writing, bench->arena, assessment,
					 2, &form, &revision, &bench->conflict, &bench->error)));
	assert_int_equal(revision, 1);
	assert_int_equal(bench_audit(bench), before + 1);
	bench_reopen(bench, DATABASE_READ);
	read = bench_read(bench, assessment);
	assert_int_equal(read.head.state, ASSESSMENT_DRAFT);
	assert_int_equal(read.head.assessed_on, TODAY - 3);
	assert_int_equal(read.head.domains_scored, 1);
	assert_false(assessment_complete(&read.head));
	assert_int_equal(read.domains[2].score, 4);
	assert_true(text_is(read.domains[2].evidence, "wakes at night\nthree times a week"));
	assert_true(text_is(read.domains[2].view, "I sleep badly"));
	assert_true(text_is(read.domains[2].strengths, "tells her carer"));
	assert_true(text_is(read.domains[2].saved.shown, "Sam Lee"));
	assert_int_equal(read.domains[0].score, SCORE_BLANK);
	assert_int_equal(read.domains[0].revision, 0);
	assert_string_equal(bench_seen(bench, 0), "");
	bench_close(bench);
}

static void test_saving_the_same_again_changes_nothing(void **state)
{
	struct bench opened, *bench = &opened;
	int64_t assessment, before;

	(void)state;
	bench_open(bench, 1);
	expect_done(bench_start(bench, TODAY, &assessment));
	expect_done(bench_score(bench, assessment, 0, 3, "calm most days"));
	before = bench_audit(bench);
	expect_done(bench_score(bench, assessment, 0, 3, "calm most days"));
	assert_int_equal(bench_audit(bench), before);
	assert_int_equal(bench_read(bench, assessment).domains[0].revision, 1);
	bench_close(bench);
}

static void test_of_two_who_edit_the_second_hears_of_the_first(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment_domain sam = {.score = 2, .evidence = TEXT("by Sam")};
	struct assessment_domain ada = {.score = 6, .evidence = TEXT("by Ada")};
	struct assessment read;
	int64_t assessment, revision;

	(void)state;
	bench_open(bench, 1);
	expect_done(bench_start(bench, TODAY, &assessment));
	bench_begin(bench);
	expect_done(
		bench_end(bench, assessment_save_domain(&bench->writing, bench->arena, assessment,
					 5, &sam, &revision, &bench->conflict, &bench->error)));
	bench_writer(bench, 8, "Ada Cole");
	bench_begin(bench);
	assert_int_equal(
		bench_end(bench, assessment_save_domain(&bench->writing, bench->arena, assessment,
					 5, &ada, &revision, &bench->conflict, &bench->error)),
		ERROR_CONFLICT);
	assert_int_equal(bench->conflict.revision, 1);
	assert_int_equal(bench->conflict.saved.account, 7);
	assert_true(text_is(bench->conflict.saved.shown, "Sam Lee"));
	assert_non_null(strstr(bench->error.message, "Sam Lee"));
	read = bench_read(bench, assessment);
	assert_true(text_is(read.domains[5].evidence, "by Sam"));
	/* another domain is not in the way, and with the revision seen it goes */
	expect_done(bench_score(bench, assessment, 6, 6, "by Ada"));
	ada.revision = bench->conflict.revision = 1;
	bench_begin(bench);
	expect_done(
		bench_end(bench, assessment_save_domain(&bench->writing, bench->arena, assessment,
					 5, &ada, &revision, &bench->conflict, &bench->error)));
	assert_int_equal(revision, 2);
	bench_close(bench);
}

static void test_a_child_has_one_draft(void **state)
{
	struct bench opened, *bench = &opened;
	int64_t first, second;

	(void)state;
	bench_open(bench, 1);
	expect_done(bench_start(bench, TODAY, &first));
	bench_writer(bench, 8, "Ada Cole");
	assert_int_equal(bench_start(bench, TODAY, &second), ERROR_CONFLICT);
	assert_int_equal(bench->conflict.standing, first);
	assert_true(text_is(bench->conflict.saved.shown, "Sam Lee"));
	bench_begin(bench);
	expect_done(bench_end(bench, assessment_discard(&bench->writing, bench->arena, first, 1,
					     &bench->conflict, &bench->error)));
	expect_done(bench_start(bench, TODAY, &second));
	assert_true(second > first);
	assert_int_equal(bench_score(bench, first, 0, 1, "too late"), ERROR_CONFLICT);
	bench_close(bench);
}

static void test_only_a_complete_draft_is_signed_and_only_as_it_was_seen(void **state)
{
	struct bench opened, *bench = &opened;
	size_t domains;
	int64_t assessment;

	(void)state;
	bench_open(bench, 1);
	domains = bench->framework->domain_count;
	expect_done(bench_start(bench, TODAY, &assessment));
	for (size_t i = 0; i + 1 < domains; i++)
		expect_done(bench_score(bench, assessment, i, 2, "seen"));
	assert_int_equal(bench_sign(bench, assessment), ERROR_INPUT);
	assert_non_null(strstr(bench->error.message, bench->framework->domains[domains - 1].label));
	assert_string_equal(bench_seen(bench, 0), "");
	expect_done(bench_score(bench, assessment, domains - 1, 0, "no need here"));
	bench_begin(bench);
	assert_int_equal(
		bench_end(bench, assessment_sign(&bench->writing, bench->arena, assessment,
					 (int64_t)domains, &bench->conflict, &bench->error)),
		ERROR_CONFLICT);
	expect_done(bench_sign(bench, assessment));
	assert_int_equal(bench_read(bench, assessment).head.state, ASSESSMENT_SIGNED);
	assert_true(text_is(bench_read(bench, assessment).head.signed_by.shown, "Sam Lee"));
	assert_string_equal(bench_seen(bench, 0), "2023-06-15 24");
	assert_int_equal(bench_score(bench, assessment, 0, 9, "later"), ERROR_CONFLICT);
	assert_int_equal(bench_sign(bench, assessment), ERROR_CONFLICT);
	bench_close(bench);
}

static void test_a_correction_takes_the_place_of_what_was_wrong(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment read;
	int64_t wrong, draft, other;

	(void)state;
	bench_open(bench, 1);
	wrong = bench_signed(bench, TODAY - 10, 3);
	bench_writer(bench, 8, "Ada Cole");
	expect_done(bench_correct(bench, wrong, &draft));
	read = bench_read(bench, draft);
	assert_int_equal(read.head.replaces, wrong);
	assert_int_equal(read.head.version, 2);
	assert_true(text_is(read.head.why, "the wrong school's report"));
	assert_int_equal(read.domains[4].score, 3);
	assert_true(text_is(read.domains[4].evidence, "what we saw"));
	assert_true(text_is(read.domains[4].saved.shown, "Sam Lee"));
	assert_string_equal(bench_seen(bench, 0), "2023-06-05 39");
	expect_done(bench_score(bench, draft, 4, 8, "the right report"));
	expect_done(bench_sign(bench, draft));
	assert_string_equal(bench_seen(bench, 0), "2023-06-05 44");
	read = bench_read(bench, wrong);
	assert_int_equal(read.head.state, ASSESSMENT_REPLACED);
	assert_int_equal(read.head.replaced_by, draft);
	assert_int_equal(read.domains[4].score, 3);
	assert_int_equal(bench_correct(bench, wrong, &other), ERROR_CONFLICT);
	assert_int_equal(bench->conflict.standing, draft);
	bench_close(bench);
}

static void test_what_is_withdrawn_is_no_longer_seen_but_can_be_read(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment read;
	struct store_import *imports;
	int64_t first, second;
	size_t count;

	(void)state;
	bench_open(bench, 1);
	first = bench_signed(bench, TODAY - 100, 5);
	second = bench_signed(bench, TODAY - 10, 1);
	assert_string_equal(bench_seen(bench, 0), "2023-03-07 65, 2023-06-05 13");
	expect_done(bench_withdraw(bench, first));
	assert_string_equal(bench_seen(bench, 0), "2023-06-05 13");
	read = bench_read(bench, first);
	assert_int_equal(read.head.state, ASSESSMENT_WITHDRAWN);
	assert_true(text_is(read.head.ended_why, "it was about another child"));
	assert_int_equal(bench_withdraw(bench, first), ERROR_CONFLICT);
	expect_done(bench_withdraw(bench, second));
	assert_string_equal(bench_seen(bench, 0), "");
	/* imports of files are listed, what was signed is not among them and is not undone there */
	assert_true(store_imports(bench->store, bench->arena, &imports, &count, &bench->error));
	assert_int_equal(count, 1);
	assert_false(store_undo(bench->store, 2, TEXT("x"), 1, &bench->error));
	assert_int_equal(bench->error.code, ERROR_CONFLICT);
	bench_close(bench);
}

static void test_an_entry_is_withdrawn_by_its_page_only(void **state)
{
	struct bench opened, *bench = &opened;

	(void)state;
	bench_open(bench, 1);
	bench_signed(bench, TODAY, 2);
	assert_false(store_undo(bench->store, 2, TEXT("x"), 1, &bench->error));
	assert_int_equal(bench->error.code, ERROR_CONFLICT);
	assert_non_null(strstr(bench->error.message, "withdrawn"));
	assert_string_equal(bench_seen(bench, 0), "2023-06-15 26");
	/* the import of the child goes, what was written about it stays with its number */
	assert_true(store_undo(bench->store, 1, TEXT("x"), 1, &bench->error));
	assert_int_equal(bench_child(bench, 0), bench->writing.child);
	bench_close(bench);
}

static const char imported[] =
	"child_id,assessed_on,emotional_health,managing_emotions,attachments,family_relationships,"
	"education,life_story,identity,expressing,safe_decisions,community,self_care,"
	"physical_health,learning\n"
	"c000,2023-01-10,9,8,,1,1,1,1,1,1,1,1,1,1\n"
	"c000,2022-01-10,5,5,5,5,5,5,5,5,5,5,5,5,5\n";

static void test_each_domain_stands_beside_what_was_said_before(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment read;
	int64_t first, draft;

	(void)state;
	bench_open(bench, 1);
	bench_import(bench, "assessments.csv", imported);
	expect_done(bench_start(bench, TODAY - 30, &draft));
	read = bench_read(bench, draft);
	assert_int_equal(read.domains[0].before.score, 9);
	assert_int_equal(read.domains[2].before.score, 5); /* blank in the later one */
	assert_int_equal(read.domains[0].before.assessment, 0);
	for (size_t i = 0; i < bench->framework->domain_count; i++)
		expect_done(bench_score(bench, draft, i, i == 0 ? 3 : i == 1 ? 10 : 1, "now"));
	expect_done(bench_sign(bench, draft));
	first = draft;
	expect_done(bench_start(bench, TODAY, &draft));
	read = bench_read(bench, draft);
	assert_int_equal(read.domains[1].before.score, 10);
	assert_int_equal(read.domains[1].before.assessment, first);
	assert_int_equal(read.domains[1].before.assessed_on, TODAY - 30);
	assert_true(text_is(read.domains[1].before.evidence, "now"));
	/* a correction is held against what was before the version it corrects */
	bench_begin(bench);
	expect_done(bench_end(bench, assessment_discard(&bench->writing, bench->arena, draft, 1,
					     &bench->conflict, &bench->error)));
	expect_done(bench_correct(bench, first, &draft));
	assert_int_equal(bench_read(bench, draft).domains[1].before.score, 8);
	bench_close(bench);
}

static void test_what_changed_is_told_by_domain(void **state)
{
	struct bench opened, *bench = &opened;
	struct needs_changes changes;
	struct assessment read;
	int64_t draft;

	(void)state;
	bench_open(bench, 1);
	bench_signed(bench, TODAY - 90, 5);
	expect_done(bench_start(bench, TODAY, &draft));
	expect_done(bench_score(bench, draft, 3, 2, "better"));
	expect_done(bench_score(bench, draft, 4, 0, "much better"));
	expect_done(bench_score(bench, draft, 5, 8, "worse"));
	expect_done(bench_score(bench, draft, 6, 5, "as it was"));
	read = bench_read(bench, draft);
	needs_changes(&read, &changes);
	assert_int_equal(changes.count, 3);
	assert_int_equal(changes.first_rise, 2);
	assert_int_equal(changes.compared, 4);
	assert_int_equal(changes.same, 1);
	assert_int_equal(changes.changes[0].domain, 4);
	assert_int_equal(changes.changes[0].from, 5);
	assert_int_equal(changes.changes[0].to, 0);
	assert_int_equal(changes.changes[0].band_from, 2);
	assert_int_equal(changes.changes[0].band_to, 0);
	assert_int_equal(changes.changes[0].since, TODAY - 90);
	assert_int_equal(changes.changes[1].domain, 3);
	assert_int_equal(changes.changes[2].domain, 5);
	assert_int_equal(changes.changes[2].band_to, 3);
	bench_close(bench);
}

static void test_a_draft_of_another_child_is_not_there(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment_domain form = {.score = 1};
	struct assessment read;
	int64_t draft, revision;

	(void)state;
	bench_open(bench, 2);
	expect_done(bench_start(bench, TODAY, &draft));
	bench->writing.child = bench_child(bench, 1);
	assert_false(assessment_read(bench->store, bench->arena, &bench->schema,
		bench->writing.child, draft, &read, &bench->error));
	assert_int_equal(bench->error.code, ERROR_MISSING);
	bench_begin(bench);
	assert_int_equal(
		bench_end(bench, assessment_save_domain(&bench->writing, bench->arena, draft, 0,
					 &form, &revision, &bench->conflict, &bench->error)),
		ERROR_MISSING);
	bench->writing.child = 4711;
	assert_int_equal(bench_start(bench, TODAY, &draft), ERROR_MISSING);
	bench_close(bench);
}

static void test_days_scores_and_reasons_are_checked(void **state)
{
	struct bench opened, *bench = &opened;
	int64_t draft;

	(void)state;
	bench_open(bench, 1);
	assert_int_equal(bench_start(bench, TODAY + 1, &draft), ERROR_INPUT);
	assert_int_equal(bench_start(bench, DATE_MISSING, &draft), ERROR_INPUT);
	expect_done(bench_start(bench, TODAY, &draft));
	assert_int_equal(bench_score(bench, draft, 0, 11, "x"), ERROR_INPUT);
	assert_int_equal(bench_score(bench, draft, 0, -1, "x"), ERROR_INPUT);
	bench_begin(bench);
	assert_int_equal(
		bench_end(bench, assessment_save_head(&bench->writing, bench->arena, draft, TODAY,
					 TEXT("because"), 1, &bench->conflict, &bench->error)),
		ERROR_INPUT);
	bench_begin(bench);
	expect_done(bench_end(
		bench, assessment_save_head(&bench->writing, bench->arena, draft, TODAY - 2,
			       TEXT("entry"), 1, &bench->conflict, &bench->error)));
	assert_int_equal(bench_read(bench, draft).head.assessed_on, TODAY - 2);
	bench_begin(bench);
	assert_int_equal(
		bench_end(bench, assessment_save_head(&bench->writing, bench->arena, draft, TODAY,
					 TEXT("entry"), 1, &bench->conflict, &bench->error)),
		ERROR_CONFLICT);
	bench_close(bench);
}

static void test_drafts_are_found_by_who_wrote_in_them(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment_head *heads;
	int64_t draft, other;
	size_t count;

	(void)state;
	bench_open(bench, 2);
	expect_done(bench_start(bench, TODAY, &draft));
	bench_writer(bench, 8, "Ada Cole");
	expect_done(bench_score(bench, draft, 0, 1, "x"));
	bench->writing.child = bench_child(bench, 1);
	expect_done(bench_start(bench, TODAY, &other));
	assert_true(assessment_drafts(
		bench->store, bench->arena, &bench->schema, 7, &heads, &count, &bench->error));
	assert_int_equal(count, 1);
	assert_true(assessment_drafts(
		bench->store, bench->arena, &bench->schema, 8, &heads, &count, &bench->error));
	assert_int_equal(count, 2);
	assert_true(assessment_drafts(
		bench->store, bench->arena, &bench->schema, 9, &heads, &count, &bench->error));
	assert_int_equal(count, 0);
	assert_true(assessment_list(bench->store, bench->arena, &bench->schema,
		bench->writing.child, &heads, &count, &bench->error));
	assert_int_equal(count, 1);
	assert_int_equal(heads[0].id, other);
	bench_close(bench);
}

static void test_contributions_stand_apart_and_follow_a_correction(void **state)
{
	struct bench opened, *bench = &opened;
	struct contribution form = {.kind = CONTRIBUTOR_SCHOOL,
		.given_on = TODAY - 1,
		.name = TEXT("Mr Okoro"),
		.role = TEXT("Head of year"),
		.comment = TEXT("settled this term"),
		.scores = {[4] = 6}};
	struct contribution *list;
	struct assessment read;
	int64_t draft, id, revision;
	size_t count;

	(void)state;
	bench_open(bench, 1);
	for (size_t i = 0; i < bench->framework->domain_count; i++)
		form.scores[i] = i == 4 ? 6 : SCORE_BLANK;
	form.comments[4] = TEXT("reads above her age");
	expect_done(bench_start(bench, TODAY, &draft));
	form.assessment = draft;
	bench_begin(bench);
	expect_done(bench_end(bench, contribution_save(&bench->writing, bench->arena, &form, &id,
					     &revision, &bench->conflict, &bench->error)));
	for (size_t i = 0; i < bench->framework->domain_count; i++)
		expect_done(bench_score(bench, draft, i, 1, "x"));
	/* changed by somebody who did not see the newest */
	form.id = id;
	form.revision = 0;
	bench_begin(bench);
	assert_int_equal(bench_end(bench, contribution_save(&bench->writing, bench->arena, &form,
						  &id, &revision, &bench->conflict, &bench->error)),
		ERROR_CONFLICT);
	expect_done(bench_sign(bench, draft));
	assert_string_equal(bench_seen(bench, 0), "2023-06-15 13");
	expect_done(bench_correct(bench, draft, &draft));
	read = bench_read(bench, draft);
	assert_true(contribution_list(
		bench->store, bench->arena, &read.head, &list, &count, &bench->error));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].kind, CONTRIBUTOR_SCHOOL);
	assert_int_equal(list[0].scores[4], 6);
	assert_int_equal(list[0].scores[3], SCORE_BLANK);
	assert_true(text_is(list[0].comments[4], "reads above her age"));
	assert_true(text_is(list[0].name, "Mr Okoro"));
	bench_begin(bench);
	expect_done(bench_end(
		bench, contribution_remove(&bench->writing, bench->arena, draft, list[0].id,
			       list[0].revision, &bench->conflict, &bench->error)));
	assert_true(contribution_list(
		bench->store, bench->arena, &read.head, &list, &count, &bench->error));
	assert_int_equal(count, 0);
	bench_close(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_draft_is_kept_domain_by_domain),
		cmocka_unit_test(test_saving_the_same_again_changes_nothing),
		cmocka_unit_test(test_of_two_who_edit_the_second_hears_of_the_first),
		cmocka_unit_test(test_a_child_has_one_draft),
		cmocka_unit_test(test_only_a_complete_draft_is_signed_and_only_as_it_was_seen),
		cmocka_unit_test(test_a_correction_takes_the_place_of_what_was_wrong),
		cmocka_unit_test(test_what_is_withdrawn_is_no_longer_seen_but_can_be_read),
		cmocka_unit_test(test_an_entry_is_withdrawn_by_its_page_only),
		cmocka_unit_test(test_each_domain_stands_beside_what_was_said_before),
		cmocka_unit_test(test_what_changed_is_told_by_domain),
		cmocka_unit_test(test_a_draft_of_another_child_is_not_there),
		cmocka_unit_test(test_days_scores_and_reasons_are_checked),
		cmocka_unit_test(test_drafts_are_found_by_who_wrote_in_them),
		cmocka_unit_test(test_contributions_stand_apart_and_follow_a_correction),
	};

	return cmocka_run_group_tests_name("care/assessment", tests, NULL, NULL);
}
