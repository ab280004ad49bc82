/* SPDX-License-Identifier: MIT */
#include "care_bench.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "../server_place.h"

static void import_children(struct bench *bench, int children)
{
	struct buffer rows = buffer_in(bench->arena);

	buffer_string(&rows, "child_id,authority,sex\n");
	for (int i = 0; i < children; i++)
		buffer_format(&rows, "c%03d,Westmere (fictitious),female\n", i);
	bench_import(bench, "children.csv", buffer_cstring(&rows));
}

void bench_reopen(struct bench *bench, enum database_mode mode)
{
	store_close(bench->store);
	bench->store = NULL;
	if (!store_open(&bench->store, bench->place, mode, &bench->error))
		fail_msg("%s", bench->error.message);
	bench->writing.store = bench->store;
}

void bench_open(struct bench *bench, int children)
{
	*bench = (struct bench){.arena = arena_open()};
	snprintf(bench->folder, sizeof bench->folder, "%s/hearth-care-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(bench->folder));
	snprintf(bench->place, sizeof bench->place, "%s/hearth.db", bench->folder);
	server_take(bench->folder, bench->place);
	if (!crypto_start(&bench->error) ||
		!schema_open(&bench->schema, bench->arena, NULL, &bench->error))
		fail_msg("%s", bench->error.message);
	bench->framework = schema_framework(&bench->schema, TEXT("valuing-care-13"));
	bench->actor = (struct actor){.account = 7,
		.name = TEXT("sam"),
		.route = TEXT("POST /test"),
		.now = (int64_t)TODAY * 86400 + 43200};
	bench->writing = (struct care_writing){.actor = &bench->actor,
		.shown = TEXT("Sam Lee"),
		.today = TODAY,
		.authority = TEXT("Westmere (fictitious)"),
		.schema = &bench->schema};
	bench_reopen(bench, DATABASE_WRITE);
	import_children(bench, children);
	bench->writing.child = bench_child(bench, 0);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

void bench_close(struct bench *bench)
{
	store_close(bench->store);
	server_leave(bench->folder);
	arena_close(bench->arena);
	assert_int_equal(nftw(bench->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

int64_t bench_import(struct bench *bench, const char *name, const char *contents)
{
	struct store_options options = {.by = TEXT("a test"), .now = bench->actor.now};
	const char *path = arena_format(bench->arena, "%s/%s", bench->folder, name);
	struct store_import record;
	struct import import;

	assert_non_null(path);
	if (!file_write(path, text_of(contents), &bench->error) ||
		!store_import_files(bench->store, bench->arena, &bench->schema, &path, 1, &options,
			&import, &record, &bench->error))
		fail_msg("%s", bench->error.message);
	assert_int_equal(import.refused, 0);
	return record.id;
}

int64_t bench_child(struct bench *bench, int number)
{
	struct store_cursor *cursor;
	int64_t child = 0;
	bool row;

	if (!store_query(bench->store, "load_identities", &cursor, &bench->error))
		fail_msg("%s", bench->error.message);
	/* numbers are given in the order of the file, so the k-th child has the k-th number */
	for (int i = 0; i <= number; i++) {
		assert_true(store_next(cursor, &row, &bench->error) && row);
		child = store_integer(cursor, 0);
	}
	store_rewind(cursor);
	return child;
}

void bench_begin(struct bench *bench)
{
	bench->conflict = (struct care_conflict){0};
	bench->error = (struct error){0};
	if (!store_begin(bench->store, &bench->error))
		fail_msg("%s", bench->error.message);
}

enum error_code bench_end(struct bench *bench, bool done)
{
	return store_end(bench->store, done, &bench->error) ? ERROR_NONE : bench->error.code;
}

enum error_code bench_start(struct bench *bench, int32_t on, int64_t *out_assessment)
{
	bench_begin(bench);
	return bench_end(
		bench, assessment_start(&bench->writing, bench->arena, bench->framework, on,
			       TEXT("review"), out_assessment, &bench->conflict, &bench->error));
}

enum error_code bench_score(
	struct bench *bench, int64_t assessment, size_t domain, int score, const char *evidence)
{
	struct assessment seen = bench_read(bench, assessment);
	struct assessment_domain form = {.score = score,
		.evidence = text_of(evidence),
		.revision = seen.domains[domain].revision};
	int64_t revision;

	bench_begin(bench);
	return bench_end(bench, assessment_save_domain(&bench->writing, bench->arena, assessment,
					domain, &form, &revision, &bench->conflict, &bench->error));
}

enum error_code bench_sign(struct bench *bench, int64_t assessment)
{
	struct assessment seen = bench_read(bench, assessment);

	bench_begin(bench);
	return bench_end(bench, assessment_sign(&bench->writing, bench->arena, assessment,
					seen.head.revision, &bench->conflict, &bench->error));
}

enum error_code bench_correct(struct bench *bench, int64_t assessment, int64_t *out_draft)
{
	bench_begin(bench);
	return bench_end(bench, assessment_correct(&bench->writing, bench->arena, assessment,
					TEXT("the wrong school's report"), out_draft,
					&bench->conflict, &bench->error));
}

enum error_code bench_withdraw(struct bench *bench, int64_t assessment)
{
	bench_begin(bench);
	return bench_end(bench,
		assessment_withdraw(&bench->writing, bench->arena, assessment,
			TEXT("it was about another child"), &bench->conflict, &bench->error));
}

int64_t bench_signed(struct bench *bench, int32_t on, int score)
{
	int64_t assessment;

	expect_done(bench_start(bench, on, &assessment));
	for (size_t i = 0; i < bench->framework->domain_count; i++)
		expect_done(bench_score(bench, assessment, i, score, "what we saw"));
	expect_done(bench_sign(bench, assessment));
	return assessment;
}

struct assessment bench_read(struct bench *bench, int64_t assessment)
{
	struct assessment read;

	if (!assessment_read(bench->store, bench->arena, &bench->schema, bench->writing.child,
		    assessment, &read, &bench->error))
		fail_msg("%s", bench->error.message);
	return read;
}

void bench_writer(struct bench *bench, int64_t account, const char *shown)
{
	bench->actor.account = account;
	bench->writing.shown = text_of(shown);
}

int64_t bench_audit(struct bench *bench)
{
	struct audit_head head;

	if (!audit_head(bench->store, &head, &bench->error))
		fail_msg("%s", bench->error.message);
	return head.sequence;
}

struct history bench_history(struct bench *bench)
{
	struct history history;

	if (!history_load(&history, bench->arena, &bench->schema, bench->framework, bench->store,
		    &bench->error))
		fail_msg("%s", bench->error.message);
	return history;
}

const char *bench_seen(struct bench *bench, int child)
{
	struct history history = bench_history(bench);
	struct buffer seen = buffer_in(bench->arena);
	char id[16], day[DATE_TEXT_SIZE];
	uint32_t place;

	snprintf(id, sizeof id, "c%03d", child);
	place = history_child(&history, text_of(id));
	assert_true(place != HISTORY_NONE);
	for (uint32_t i = history.first_assessment[place]; i < history.first_assessment[place + 1];
		i++)
		buffer_format(&seen, "%s%s %d", seen.length ? ", " : "",
			date_format(history.assessments.assessed_on[i], day),
			history.assessments.total[i]);
	return buffer_cstring(&seen);
}
