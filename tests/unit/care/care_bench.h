/* SPDX-License-Identifier: MIT */
/* A record with some children, somebody who writes, and short ways to write. */
#ifndef HEARTH_TESTS_CARE_BENCH_H
#define HEARTH_TESTS_CARE_BENCH_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "care/contribution.h"
#include "care/drafting.h"
#include "cohort/history.h"

enum { TODAY = 19523 }; /* 15 June 2023 */

struct bench {
	struct arena *arena;
	struct schema schema;
	const struct framework *framework;
	struct store *store;
	char folder[64], place[256];
	struct actor actor;
	struct care_writing writing; /* about the first child, by Sam */
	struct care_conflict conflict;
	struct error error;
};

/* With so many children, c000, c001, ... */
void bench_open(struct bench *bench, int children);
void bench_close(struct bench *bench);
void bench_reopen(struct bench *bench, enum database_mode mode);

/* Imports a file of the record. */
int64_t bench_import(struct bench *bench, const char *name, const char *contents);

/* The record's number of child c`number`. */
int64_t bench_child(struct bench *bench, int number);

/* Begins a transaction, and ends it by what was done: the code, ERROR_NONE when it was. */
void bench_begin(struct bench *bench);
enum error_code bench_end(struct bench *bench, bool done);

/* In a transaction of their own. */
enum error_code bench_start(struct bench *bench, int32_t on, int64_t *out_assessment);
enum error_code bench_score(
	struct bench *bench, int64_t assessment, size_t domain, int score, const char *evidence);
enum error_code bench_sign(struct bench *bench, int64_t assessment);
enum error_code bench_correct(struct bench *bench, int64_t assessment, int64_t *out_draft);
enum error_code bench_withdraw(struct bench *bench, int64_t assessment);

/* A signed version with that score in every domain. */
int64_t bench_signed(struct bench *bench, int32_t on, int score);

struct assessment bench_read(struct bench *bench, int64_t assessment);

/* Somebody else writes from now on. */
void bench_writer(struct bench *bench, int64_t account, const char *shown);

/* Rows of the audit log. */
int64_t bench_audit(struct bench *bench);

/* What the figures see, built afresh. */
struct history bench_history(struct bench *bench);

/* The totals of the child's assessments in the history, as "2023-06-01 26, 2023-06-02 13". */
const char *bench_seen(struct bench *bench, int child);

#define expect_done(call)                                                                          \
	do {                                                                                       \
		if ((call) != ERROR_NONE)                                                          \
			fail_msg("%s", bench->error.message);                                      \
	} while (0)

#endif
