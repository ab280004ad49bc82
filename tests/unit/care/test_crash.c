/* SPDX-License-Identifier: MIT */
/* A program that is killed while somebody types loses at most the save that was not answered. */
#include "care_bench.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 40, LONGEST_MICROSECONDS = 20000 };

/* Saves number after number and says which was saved. */
static void type_for_ever(struct bench *bench, int64_t assessment, int from, int answers)
{
	for (int number = from;; number++) {
		char words[32];

		snprintf(words, sizeof words, "typed %d", number);
		if (bench_score(bench, assessment, (size_t)number % bench->framework->domain_count,
			    number % 11, words) != ERROR_NONE ||
			write(answers, &number, sizeof number) != sizeof number)
			_exit(1);
	}
}

/* The last number that was answered before the kill; 0 when none was. */
static int type_until_killed(struct bench *bench, int64_t assessment, int from, useconds_t after)
{
	int answers[2], status, number, last = 0;
	pid_t child;

	store_close(bench->store);
	bench->store = NULL;
	assert_int_equal(pipe(answers), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		bench_reopen(bench, DATABASE_WRITE);
		type_for_ever(bench, assessment, from, answers[1]);
	}
	close(answers[1]);
	assert_int_equal(read(answers[0], &number, sizeof number), sizeof number);
	last = number;
	usleep(after);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	while (read(answers[0], &number, sizeof number) == sizeof number)
		last = number;
	close(answers[0]);
	return last;
}

/* The greatest number that stands; every domain holds the last one that was its own. */
static int greatest_kept(struct bench *bench, int64_t assessment)
{
	struct assessment read = bench_read(bench, assessment);
	int greatest = 0, domains = (int)bench->framework->domain_count;

	for (int i = 0; i < domains; i++) {
		int number = 0;

		if (!read.domains[i].revision)
			continue;
		assert_true(read.domains[i].evidence.length < 32);
		assert_int_equal(sscanf(arena_copy(bench->arena, read.domains[i].evidence.data,
						read.domains[i].evidence.length),
					 "typed %d", &number),
			1);
		assert_int_equal(number % domains, i);
		assert_int_equal(read.domains[i].score, number % 11);
		greatest = number > greatest ? number : greatest;
	}
	return greatest;
}

static void test_a_kill_loses_at_most_what_was_not_answered(void **state)
{
	struct bench opened, *bench = &opened;
	struct audit_verdict verdict;
	int64_t assessment;
	unsigned chance = 11;
	int from = 1;

	(void)state;
	bench_open(bench, 1);
	expect_done(bench_start(bench, TODAY, &assessment));
	for (int i = 0; i < KILLS; i++) {
		int last = type_until_killed(bench, assessment, from,
			(useconds_t)rand_r(&chance) % LONGEST_MICROSECONDS);
		int kept;

		bench_reopen(bench, i % 2 ? DATABASE_READ : DATABASE_WRITE);
		kept = greatest_kept(bench, assessment);
		if (kept != last && kept != last + 1)
			fail_msg("%d was answered, %d is kept", last, kept);
		from = kept + 1;
	}
	assert_true(audit_verify(bench->store, NULL, &verdict, &bench->error));
	assert_true(verdict.whole);
	assert_true(verdict.entries >= from);
	print_message("%d kills, %d saves\n", KILLS, from - 1);
	bench_close(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_kill_loses_at_most_what_was_not_answered)};

	return cmocka_run_group_tests_name("care/crash", tests, NULL, NULL);
}
