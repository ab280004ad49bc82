/* SPDX-License-Identifier: MIT */
/* Two programs that write in one draft at the same time, and writes that fail half way. */
#include "care_bench.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care/plan.h"
#include "care/profile.h"
#include "care/review.h"

enum { ROUNDS = 150, WRITERS = 3 };

static const char *const names[WRITERS] = {"Sam Lee", "Ada Cole", "Jo Bell"};

/* Saves in one domain again and again, always with what it read before; the saves that went in. */
static int write_for_a_while(struct bench *bench, int64_t assessment, int writer)
{
	int saved = 0;

	bench_writer(bench, 7 + writer, names[writer]);
	for (int round = 0; round < ROUNDS; round++) {
		struct assessment seen = bench_read(bench, assessment);
		struct assessment_domain form = {
			.score = round % 11, .revision = seen.domains[0].revision};
		enum error_code code;
		int64_t revision;
		char words[48];

		snprintf(words, sizeof words, "%s %d", names[writer], round);
		form.evidence = text_of(words);
		usleep(200); /* somebody types */
		bench_begin(bench);
		code = bench_end(
			bench, assessment_save_domain(&bench->writing, bench->arena, assessment, 0,
				       &form, &revision, &bench->conflict, &bench->error));
		if (code == ERROR_NONE && revision == form.revision + 1)
			saved++;
		else if (code != ERROR_CONFLICT || bench->conflict.revision <= form.revision ||
			 !bench->conflict.saved.shown.length)
			_exit(1);
	}
	return saved;
}

static void test_of_many_writers_each_revision_has_one_winner(void **state)
{
	struct bench opened, *bench = &opened;
	struct assessment read_back;
	int64_t assessment, before, saves = 0;
	int results[2], status, saved;

	(void)state;
	bench_open(bench, 1);
	expect_done(bench_start(bench, TODAY, &assessment));
	before = bench_audit(bench);
	assert_int_equal(pipe(results), 0);
	store_close(bench->store);
	bench->store = NULL;
	for (int writer = 0; writer < WRITERS; writer++)
		if (fork() == 0) {
			bench_reopen(bench, DATABASE_WRITE);
			saved = write_for_a_while(bench, assessment, writer);
			_exit(write(results[1], &saved, sizeof saved) != sizeof saved);
		}
	for (int writer = 0; writer < WRITERS; writer++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
		assert_int_equal(read(results[0], &saved, sizeof saved), sizeof saved);
		saves += saved;
	}
	close(results[0]);
	close(results[1]);
	bench_reopen(bench, DATABASE_READ);
	read_back = bench_read(bench, assessment);
	assert_int_equal(read_back.domains[0].revision, saves);
	assert_int_equal(read_back.head.revision, saves + 1);
	assert_int_equal(bench_audit(bench), before + saves);
	print_message("%lld of %d saves won\n", (long long)saves, WRITERS * ROUNDS);
	bench_close(bench);
}

/* Every kind of write, one after another; false when it failed. */
static bool write_kind(struct bench *bench, int kind, int64_t draft, int64_t version)
{
	const struct care_writing *writing = &bench->writing;
	struct arena *arena = bench->arena;
	struct care_conflict *conflict = &bench->conflict;
	struct profile profile = {.written_on = TODAY, .parts = {[PROFILE_HOPES] = TEXT("to fly")}};
	struct goal goal = {.goal = TEXT("swim"), .by_when = DATE_MISSING};
	struct review review = {.on = TODAY, .notes = TEXT("all well")};
	struct assessment_domain domain = {.score = 4};
	struct contribution said = {
		.assessment = draft, .given_on = TODAY, .name = TEXT("Mr Okoro")};
	int64_t a, b;

	switch (kind) {
	case 0:
		return profile_save(writing, arena, &profile, &a, conflict, &bench->error);
	case 1:
		return goal_save(writing, arena, &goal, &a, &b, conflict, &bench->error);
	case 2:
		return review_save(writing, arena, &review, &a, conflict, &bench->error);
	case 3:
		return assessment_save_domain(
			writing, arena, draft, 1, &domain, &a, conflict, &bench->error);
	case 4:
		return contribution_save(writing, arena, &said, &a, &b, conflict, &bench->error);
	case 5:
		return assessment_withdraw(
			writing, arena, version, TEXT("wrong"), conflict, &bench->error);
	case 6:
		return assessment_save_head(writing, arena, draft, TODAY - 1, TEXT("entry"), 1,
			conflict, &bench->error);
	default:
		return assessment_discard(writing, arena, draft, 1, conflict, &bench->error);
	}
}

/* The log takes no reason so long: as if it could not be written. */
static void test_what_the_log_does_not_take_does_not_happen(void **state)
{
	static char why[AUDIT_WHY_LONGEST + 1];
	struct bench opened, *bench = &opened;
	int64_t draft, version, before;

	(void)state;
	bench_open(bench, 1);
	version = bench_signed(bench, TODAY - 3, 2);
	expect_done(bench_start(bench, TODAY, &draft));
	before = bench_audit(bench);
	memset(why, 'x', sizeof why);
	bench->actor.why = (struct text){why, sizeof why};
	for (int kind = 0; kind < 8; kind++) {
		bench_begin(bench);
		assert_int_not_equal(
			bench_end(bench, write_kind(bench, kind, draft, version)), ERROR_NONE);
	}
	assert_int_equal(bench_audit(bench), before);
	assert_string_equal(bench_seen(bench, 0), "2023-06-12 26");
	assert_int_equal(bench_read(bench, draft).head.revision, 1);
	/* and with a log that takes it, each happens and is in it once */
	bench->actor.why = (struct text){0};
	for (int kind = 0; kind < 7; kind++) {
		bench_begin(bench);
		expect_done(bench_end(bench, write_kind(bench, kind, draft, version)));
		assert_int_equal(bench_audit(bench), before + kind + 1);
	}
	bench_close(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_of_many_writers_each_revision_has_one_winner),
		cmocka_unit_test(test_what_the_log_does_not_take_does_not_happen),
	};

	return cmocka_run_group_tests_name("care/writers", tests, NULL, NULL);
}
