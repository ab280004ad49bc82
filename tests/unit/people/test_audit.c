/* SPDX-License-Identifier: MIT */
/* The log under somebody who may write to the database: what they can do is found. */
#include "office.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "people/audit_chain.h"

enum { ENTRIES = 60, TRIES = 2000, KINDS = 6 };

static void append(struct office *office, int i)
{
	static const char *const acts[] = {"child.view", "assessment.sign", "child.list"};
	struct audit_row row = {.act = text_of(acts[i % 3]),
		.child = i % 7,
		.authority = i % 2 ? TEXT("North (fictitious)") : TEXT("South (fictitious)"),
		.fields = i % 4 ? TEXT("needs costs") : (struct text){0}};
	struct actor actor = office->actor;
	struct error error = {0};

	actor.account = i % 5;
	actor.now += i;
	actor.why = i % 3 ? (struct text){0} : TEXT("because");
	KEEP(office, &error, audit_append(office->store, &actor, &row, &error));
}

static struct audit_verdict verify(struct store *store, const struct audit_heads *heads)
{
	struct audit_verdict verdict;
	struct error error = {0};

	must(audit_verify(store, heads, &verdict, &error), &error);
	return verdict;
}

static void test_rows_come_back_newest_first(void **state)
{
	struct office *office = *state;
	struct text north = TEXT("North (fictitious)");
	struct account_scope scope = {.authorities = &north, .authority_count = 1};
	struct audit_question question = {.child = 3, .most = 4};
	struct audit_entry *entries;
	struct error error = {0};
	size_t count;

	for (int i = 0; i < ENTRIES; i++)
		append(office, i);
	must(audit_list(office->store, office->arena, &question, &entries, &count, &error), &error);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(entries[i].row.child, 3);
		assert_true(i == 0 || entries[i].sequence < entries[i - 1].sequence);
	}
	assert_int_equal(entries[0].sequence, 60); /* i = 59 */
	question.before = entries[3].sequence;
	must(audit_list(office->store, office->arena, &question, &entries, &count, &error), &error);
	assert_int_equal(count, 4);
	assert_true(entries[0].sequence < question.before);
	question = (struct audit_question){.scope = &scope, .most = ENTRIES};
	must(audit_list(office->store, office->arena, &question, &entries, &count, &error), &error);
	assert_int_equal(count, ENTRIES / 2);
	question = (struct audit_question){.account = 2, .act = TEXT("child.view"), .most = 1};
	must(audit_list(office->store, office->arena, &question, &entries, &count, &error), &error);
	assert_int_equal(count, 1);
	assert_int_equal(entries[0].account, 2);
	assert_true(text_is(entries[0].why, "because"));
}

static void test_a_row_ends_with_its_transaction(void **state)
{
	struct office *office = *state;
	struct audit_row row = {.act = TEXT("child.view"), .child = 1};
	struct audit_head before, after;
	struct error error = {0};

	append(office, 0);
	must(audit_head(office->store, &before, &error), &error);
	must(store_begin(office->store, &error), &error);
	must(audit_append(office->store, &office->actor, &row, &error), &error);
	store_rollback(office->store);
	must(audit_head(office->store, &after, &error), &error);
	assert_memory_equal(&before, &after, sizeof before);
	assert_true(verify(office->store, NULL).whole);
}

/* The log as somebody with the database in their hands sees it. */
struct hand {
	sqlite3 *database;
	unsigned seed;
	int64_t at; /* the entry that is tampered with */
};

static void __attribute__((format(printf, 2, 3))) sql(struct hand *hand, const char *format, ...)
{
	char text[512];
	va_list arguments;
	char *message = NULL;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (sqlite3_exec(hand->database, text, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", text, message);
}

static void edit_one(struct hand *hand)
{
	static const char *const edits[] = {"at = at + 1", "account = account + 1",
		"name = name || 'x'", "route = 'other'", "act = 'nothing'", "child = child + 1",
		"authority = 'East'", "fields = 'none'", "about = 'account 9'",
		"sealed_why = x'00'", "hash = zeroblob(32)", "name = null",
		/* what one text loses the next one gains */
		"name = 'test', route = 'er' || route"};
	int count = sizeof edits / sizeof *edits;

	sql(hand, "update audit set %s where sequence = %" PRId64,
		edits[rand_r(&hand->seed) % count], hand->at);
}

static void insert_one(struct hand *hand)
{
	sql(hand, "update audit set sequence = -sequence where sequence > %" PRId64, hand->at);
	sql(hand, "update audit set sequence = 1 - sequence where sequence < 0");
	sql(hand,
		"insert into audit select sequence + 1, at, account, name, route, act, child, "
		"authority, fields, about, sealed_why, hash from audit where sequence = %" PRId64,
		hand->at);
}

static void swap_two(struct hand *hand)
{
	int64_t other = hand->at < ENTRIES ? hand->at + 1 : hand->at - 1;

	hand->at = other < hand->at ? other : hand->at;
	sql(hand, "update audit set sequence = -1 where sequence = %" PRId64, hand->at);
	sql(hand, "update audit set sequence = %" PRId64 " where sequence = %" PRId64, hand->at,
		hand->at + 1);
	sql(hand, "update audit set sequence = %" PRId64 " where sequence = -1", hand->at + 1);
}

static struct text cell(sqlite3_stmt *statement, int column)
{
	return (struct text){sqlite3_column_blob(statement, column),
		(size_t)sqlite3_column_bytes(statement, column)};
}

/* The hash of each row over the one before, as the program makes it: by somebody who read it. */
static void rewrite_hashes(struct hand *hand)
{
	unsigned char hash[AUDIT_HASH_BYTES] = {0};
	sqlite3_stmt *read, *write;

	sqlite3_prepare_v2(hand->database,
		"select sequence, at, account, child, name, route, act, authority, fields, about, "
		"sealed_why from audit order by sequence",
		-1, &read, NULL);
	sqlite3_prepare_v2(
		hand->database, "update audit set hash = ? where sequence = ?", -1, &write, NULL);
	while (sqlite3_step(read) == SQLITE_ROW) {
		struct chain_entry entry;

		for (int i = 0; i < CHAIN_NUMBERS; i++)
			entry.numbers[i] = sqlite3_column_int64(read, i);
		for (int i = 0; i < CHAIN_TEXTS; i++)
			entry.texts[i] = cell(read, CHAIN_NUMBERS + i);
		audit_chain_hash(&entry, hash, hash);
		sqlite3_bind_blob(write, 1, hash, sizeof hash, SQLITE_TRANSIENT);
		sqlite3_bind_int64(write, 2, entry.numbers[0]);
		assert_int_equal(sqlite3_step(write), SQLITE_DONE);
		sqlite3_reset(write);
	}
	sqlite3_finalize(read);
	sqlite3_finalize(write);
}

static void tamper(struct hand *hand, int kind)
{
	switch (kind) {
	case 0:
		edit_one(hand);
		break;
	case 1:
		sql(hand, "delete from audit where sequence = %" PRId64, hand->at);
		break;
	case 2:
		insert_one(hand);
		hand->at++;
		break;
	case 3:
		swap_two(hand);
		break;
	case 4:
		sql(hand, "delete from audit where sequence >= %" PRId64, hand->at);
		break;
	case 5:
		edit_one(hand);
		sql(hand, "update audit set account = 99 where sequence = %" PRId64, hand->at);
		rewrite_hashes(hand);
		break;
	}
}

static void copy_record(const char *from, const char *to)
{
	struct file_map map;
	struct error error = {0};

	must(file_map_open(&map, from, 1 << 26, &error), &error);
	must(file_write(to, map.bytes, &error), &error);
	file_map_close(&map);
	assert_int_equal(chmod(to, 0600), 0);
}

static struct hand tampered_copy(const struct office *office, const char *copy, int attempt)
{
	struct hand hand = {.seed = (unsigned)attempt + 1};

	copy_record(office->place, copy);
	assert_int_equal(sqlite3_open(copy, &hand.database), SQLITE_OK);
	sql(&hand, "pragma synchronous = off");
	hand.at = 1 + rand_r(&hand.seed) % ENTRIES;
	tamper(&hand, attempt % KINDS);
	sqlite3_close(hand.database);
	return hand;
}

static struct audit_verdict verdict_of(
	const struct office *office, const char *copy, const struct audit_heads *heads)
{
	struct error error = {0};
	struct store *store;
	struct audit_verdict verdict;

	must(store_open_with(&store, copy, office->key, DATABASE_READ, &error), &error);
	verdict = verify(store, heads);
	store_close(store);
	return verdict;
}

static void test_all_tampering_is_found(void **state)
{
	struct office *office = *state;
	struct audit_head kept[2];
	struct audit_heads heads = {kept, 2};
	struct error error = {0};
	char copy[128];

	for (int i = 0; i < ENTRIES / 2; i++)
		append(office, i);
	must(audit_head(office->store, &kept[0], &error), &error);
	for (int i = ENTRIES / 2; i < ENTRIES; i++)
		append(office, i);
	must(audit_head(office->store, &kept[1], &error), &error);
	assert_true(verify(office->store, &heads).whole);
	snprintf(copy, sizeof copy, "%s/copy.db", office->folder);
	for (int attempt = 0; attempt < TRIES; attempt++) {
		int kind = attempt % KINDS;
		struct hand hand = tampered_copy(office, copy, attempt);
		struct audit_verdict verdict = verdict_of(office, copy, &heads);

		if (verdict.whole)
			fail_msg("tampering %d of kind %d was not found", attempt, kind);
		if (kind < 5)
			assert_int_equal(verdict.first_bad, hand.at);
		else
			assert_int_equal(
				verdict.first_bad, hand.at <= ENTRIES / 2 ? 1 : ENTRIES / 2 + 1);
	}
	unlink(copy);
}

/* Why heads are kept elsewhere. */
static void test_without_heads_a_cut_looks_whole(void **state)
{
	struct office *office = *state;
	char copy[128];

	for (int i = 0; i < ENTRIES; i++)
		append(office, i);
	snprintf(copy, sizeof copy, "%s/copy.db", office->folder);
	tampered_copy(office, copy, 4);
	assert_true(verdict_of(office, copy, NULL).whole);
	tampered_copy(office, copy, 5);
	assert_true(verdict_of(office, copy, NULL).whole);
	unlink(copy);
}

static void test_heads_go_through_a_file(void **state)
{
	struct office *office = *state;
	struct buffer lines = buffer_in(office->arena);
	struct audit_head head;
	struct audit_heads heads;
	struct error error = {0};

	append(office, 0);
	must(audit_head(office->store, &head, &error), &error);
	buffer_string(&lines, "# kept at the council's log server\n\n");
	audit_head_write(&head, &lines);
	buffer_char(&lines, '\n');
	must(audit_heads_read(
		     office->arena, (struct text){lines.data, lines.length}, &heads, &error),
		&error);
	assert_int_equal(heads.count, 1);
	assert_memory_equal(&heads.heads[0], &head, sizeof head);
	assert_true(verify(office->store, &heads).whole);
	assert_false(audit_heads_read(office->arena, TEXT("# a\n1 2 notahash\n"), &heads, &error));
	assert_non_null(strstr(error.message, "line 2"));
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(test_rows_come_back_newest_first),
		OFFICE_TEST(test_a_row_ends_with_its_transaction),
		OFFICE_TEST(test_all_tampering_is_found),
		OFFICE_TEST(test_without_heads_a_cut_looks_whole),
		OFFICE_TEST(test_heads_go_through_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
