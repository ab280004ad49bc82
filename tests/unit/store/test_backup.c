/* SPDX-License-Identifier: MIT */
/* A backup is the record again, or it is refused in words. */
#include "made_import.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/backup.h"
#include "store/change.h"
#include "store/health.h"

enum { CHILDREN = 40, MANY_CHILDREN = 3500, BACKUP_LONGEST = 1 << 24 };

static struct made_file children_file(struct bench *bench, const char *shown, int count)
{
	struct buffer rows = buffer_in(bench->arena);

	for (int i = 0; i < count; i++)
		buffer_format(&rows, "child-%06d,authority %d\n", i, i * 7919 % 1000003);
	return (struct made_file){
		shown, "children", 0, "child_id,authority", buffer_cstring(&rows), NULL, 1};
}

static const char *path_of(struct bench *bench, const char *name)
{
	return arena_format(bench->arena, "%s/%s", bench->folder, name);
}

static struct backup_options options_of(struct bench *bench)
{
	struct backup_options options = {
		.place = bench->place, .now = 1700000000, .program = "test"};

	/* the key of a record on a server is wherever people put it: a passphrase does for all */
	if (bench_is_on_server(bench))
		options.passphrase = path_of(bench, "passphrase");
	return options;
}

static void write_passphrase(struct bench *bench, const char *name, const char *words)
{
	struct error error;

	assert_true(file_write(path_of(bench, name), text_of(words), &error));
}

/* What the test itself put into the folder goes first. */
static void leave(struct bench *bench)
{
	char command[200];

	snprintf(command, sizeof command,
		"find %s -maxdepth 1 -type f ! -name 'hearth.db*' -delete; rm -f %s/*.part",
		bench->folder, bench->folder);
	assert_int_equal(system(command), 0);
	bench_close(bench);
}

/* Leaves a test of what a record on a server does not have. */
static void only_in_a_file(struct bench *bench)
{
	if (bench_is_on_server(bench)) {
		leave(bench);
		skip();
	}
}

static void open_with_children(struct bench *bench, int count)
{
	struct made_file one, two;

	bench_open(bench);
	one = children_file(bench, "one.csv", count);
	two = children_file(bench, "two.csv", count / 2);
	two.rows = "child-x,authority x\n";
	bench_import(bench, &one, 1, false);
	bench_import(bench, &two, 1, false);
	bench_undo(bench, 1);
	one.shown = "again.csv";
	bench_import(bench, &one, 1, false);
	write_passphrase(bench, "passphrase", "correct horse battery staple\n");
	write_passphrase(bench, "other", "another horse battery staple\n");
}

static struct backup_manifest make(
	struct bench *bench, const struct backup_options *options, const char *path)
{
	struct backup_manifest manifest;
	struct error error = {0};

	if (!backup_make(bench->arena, options, path, &manifest, &error))
		fail_msg("%s", error.message);
	return manifest;
}

static void assert_same_tables(const struct backup_manifest *a, const struct backup_manifest *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_string_equal(a->tables[i].name, b->tables[i].name);
		if (!table_sum_equal(&a->tables[i].sum, &b->tables[i].sum))
			fail_msg("%s has other rows", a->tables[i].name);
	}
	assert_int_equal(a->rows, b->rows);
}

static void test_what_is_restored_is_the_record(void **state)
{
	struct bench bench, again;
	struct backup_options options;
	struct backup_manifest made, checked, restored;
	struct error error = {0};
	const char *path, *to, *hash;

	(void)state;
	open_with_children(&bench, MANY_CHILDREN);
	options = options_of(&bench);
	path = path_of(&bench, "a.backup");
	to = path_of(&bench, "restored.db");
	hash = bench_hash(&bench);
	made = make(&bench, &options, path);
	assert_true(made.rows > 2 * MANY_CHILDREN);
	if (!backup_check(bench.arena, &options, path, &checked, &error) ||
		!backup_restore(bench.arena, &options, path, to, &restored, &error))
		fail_msg("%s", error.message);
	assert_same_tables(&made, &checked);
	assert_same_tables(&made, &restored);
	/* and a backup of what was restored is the same again */
	options.place = to;
	options.passphrase = path_of(&bench, "passphrase");
	checked = make(&bench, &options, path_of(&bench, "b.backup"));
	assert_same_tables(&made, &checked);
	if (!bench_is_on_server(&bench)) {
		again = bench;
		snprintf(again.place, sizeof again.place, "%s", to);
		options.key_file = arena_format(bench.arena, "%s.key", bench.place);
		again.store = NULL;
		if (!store_open_with(&again.store, to, options.key_file, DATABASE_READ, &error))
			fail_msg("%s", error.message);
		assert_string_equal(bench_hash(&again), hash);
		store_close(again.store);
	}
	leave(&bench);
}

/* Writes bytes to a file and expects that they are no backup. */
static void expect_refused(struct bench *bench, const struct backup_options *options,
	struct text bytes, const char *what, size_t where)
{
	const char *path = path_of(bench, "changed.backup");
	struct arena_mark mark = arena_mark(bench->arena);
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct backup_manifest manifest;
	struct error error = {0};

	assert_true(file >= 0 && file_write_bytes(file, bytes));
	close(file);
	if (backup_check(bench->arena, options, path, &manifest, &error))
		fail_msg("%s at %zu was not noticed", what, where);
	assert_true(strlen(error.message) > 20);
	assert_true(error.code == ERROR_INPUT || error.code == ERROR_CONFLICT ||
		    error.code == ERROR_MISSING);
	arena_release(bench->arena, mark);
}

static char *read_whole(struct bench *bench, const char *path, size_t *out_length)
{
	struct file_map map;
	struct error error;
	char *copy;

	assert_true(file_map_open(&map, path, BACKUP_LONGEST, &error));
	copy = arena_copy(bench->arena, map.bytes.data, map.bytes.length);
	*out_length = map.bytes.length;
	file_map_close(&map);
	return copy;
}

/* A backup, its bytes to be changed. */
static char *make_and_read(
	struct bench *bench, const struct backup_options *options, size_t *out_length)
{
	const char *path = path_of(bench, "a.backup");

	make(bench, options, path);
	return read_whole(bench, path, out_length);
}

static void test_every_changed_byte_is_noticed(void **state)
{
	struct bench bench;
	struct backup_options options;
	size_t length;
	char *bytes;

	(void)state;
	open_with_children(&bench, CHILDREN);
	options = options_of(&bench);
	only_in_a_file(&bench);
	bytes = make_and_read(&bench, &options, &length);
	for (size_t i = 0; i < length; i++) {
		bytes[i] = (char)(bytes[i] ^ (1 << (i * 5 % 8)));
		expect_refused(&bench, &options, (struct text){bytes, length}, "a flip", i);
		bytes[i] = (char)(bytes[i] ^ (1 << (i * 5 % 8)));
		if (i % 3 == 0)
			expect_refused(&bench, &options, (struct text){bytes, i}, "an end", i);
	}
	print_message("%zu flips and %zu ends were refused\n", length, length / 3);
	leave(&bench);
}

/* Of a backup of many pieces: any two change places, one is left out, one comes twice. */
static void test_pieces_keep_their_places(void **state)
{
	enum { HEAD = 92, PIECE = 4 + 65536 + 17 };
	struct bench bench;
	struct backup_options options;
	size_t length;
	char *bytes, *changed;

	(void)state;
	open_with_children(&bench, MANY_CHILDREN);
	options = options_of(&bench);
	bytes = make_and_read(&bench, &options, &length);
	assert_true(length > HEAD + 3 * PIECE);
	changed = arena_copy(bench.arena, bytes, length);
	memcpy(changed + HEAD, bytes + HEAD + PIECE, PIECE);
	memcpy(changed + HEAD + PIECE, bytes + HEAD, PIECE);
	expect_refused(&bench, &options, (struct text){changed, length}, "an exchange", 0);
	memcpy(changed, bytes, length);
	memmove(changed + HEAD + PIECE, changed + HEAD + 2 * PIECE, length - HEAD - 2 * PIECE);
	expect_refused(&bench, &options, (struct text){changed, length - PIECE}, "a gap", 0);
	memcpy(changed, bytes, length);
	memcpy(changed + HEAD + PIECE, changed + HEAD, PIECE);
	expect_refused(&bench, &options, (struct text){changed, length}, "a repetition", 0);
	expect_refused(
		&bench, &options, (struct text){bytes, HEAD + 2 * PIECE}, "an end of a piece", 0);
	leave(&bench);
}

static void test_more_after_the_end_is_noticed(void **state)
{
	struct bench bench;
	struct backup_options options;
	size_t length;
	char *bytes, *longer;

	(void)state;
	open_with_children(&bench, CHILDREN);
	options = options_of(&bench);
	bytes = make_and_read(&bench, &options, &length);
	longer = arena_take(bench.arena, length + 1, 1);
	memcpy(longer, bytes, length);
	expect_refused(&bench, &options, (struct text){longer, length + 1}, "more", length);
	leave(&bench);
}

static void expect_message(struct bench *bench, const struct backup_options *options,
	const char *path, const char *words)
{
	struct backup_manifest manifest;
	struct error error = {0};

	assert_false(backup_check(bench->arena, options, path, &manifest, &error));
	if (!strstr(error.message, words))
		fail_msg("%s", error.message);
}

static void test_another_secret_opens_nothing(void **state)
{
	struct bench bench;
	struct backup_options options;
	const char *path, *key;

	(void)state;
	open_with_children(&bench, CHILDREN);
	options = options_of(&bench);
	options.passphrase = path_of(&bench, "passphrase");
	path = path_of(&bench, "a.backup");
	make(&bench, &options, path);
	options.passphrase = path_of(&bench, "other");
	expect_message(&bench, &options, path, "does not open with this passphrase");
	options.passphrase = NULL;
	expect_message(&bench, &options, path, "--passphrase");
	write_passphrase(&bench, "short", "too short\n");
	options.passphrase = path_of(&bench, "short");
	expect_message(&bench, &options, path, "at least");
	if (!bench_is_on_server(&bench)) {
		options.passphrase = NULL;
		path = path_of(&bench, "b.backup");
		make(&bench, &options, path);
		key = path_of(&bench, "strange.key");
		write_passphrase(&bench, "strange.key",
			"hearth-key 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
		assert_int_equal(chmod(key, 0600), 0);
		options.key_file = key;
		expect_message(&bench, &options, path, "does not open with this key");
		options.key_file = NULL;
		options.passphrase = path_of(&bench, "passphrase");
		expect_message(&bench, &options, path, "--key");
	}
	leave(&bench);
}

static void test_nothing_is_written_over(void **state)
{
	struct bench bench;
	struct backup_options options;
	struct backup_manifest manifest;
	struct error error = {0};
	const char *path, *to;

	(void)state;
	open_with_children(&bench, CHILDREN);
	options = options_of(&bench);
	path = path_of(&bench, "a.backup");
	to = path_of(&bench, "there");
	make(&bench, &options, path);
	assert_false(backup_make(bench.arena, &options, path, &manifest, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	write_passphrase(&bench, "there", "somebody's work");
	assert_false(backup_restore(bench.arena, &options, path, to, &manifest, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	if (bench_is_on_server(&bench))
		assert_false(backup_restore(
			bench.arena, &options, path, bench.place, &manifest, &error));
	leave(&bench);
}

static void test_the_key_is_in_it_only_when_asked(void **state)
{
	struct bench bench;
	struct backup_options options;
	struct backup_manifest manifest;
	struct error error = {0};
	const char *path, *to, *key;
	size_t length, other;

	(void)state;
	open_with_children(&bench, CHILDREN);
	options = options_of(&bench);
	only_in_a_file(&bench);
	path = path_of(&bench, "a.backup");
	to = path_of(&bench, "new.db");
	key = arena_format(bench.arena, "%s.key", to);
	options.with_key = true;
	assert_false(backup_make(bench.arena, &options, path, &manifest, &error));
	options.passphrase = path_of(&bench, "passphrase");
	make(&bench, &options, path);
	assert_true(backup_restore(bench.arena, &options, path, to, &manifest, &error));
	assert_true(manifest.with_key);
	assert_string_equal(read_whole(&bench, key, &length),
		read_whole(&bench, arena_format(bench.arena, "%s.key", bench.place), &other));
	options.with_key = false;
	make(&bench, &options, path_of(&bench, "b.backup"));
	to = path_of(&bench, "newer.db");
	assert_true(backup_restore(
		bench.arena, &options, path_of(&bench, "b.backup"), to, &manifest, &error));
	assert_false(file_exists(arena_format(bench.arena, "%s.key", to)));
	leave(&bench);
}

static void test_a_record_of_a_newer_program_is_refused_in_words(void **state)
{
	struct bench bench;
	struct backup_options options;
	struct backup_manifest manifest;
	struct error error = {0};

	(void)state;
	open_with_children(&bench, CHILDREN);
	options = options_of(&bench);
	only_in_a_file(&bench);
	assert_true(bench.store->driver->script(
		bench.store->database, TEXT("pragma user_version = 999;"), &error));
	assert_false(
		backup_make(bench.arena, &options, path_of(&bench, "a.backup"), &manifest, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	assert_non_null(strstr(error.message, "newer version"));
	assert_false(file_exists(path_of(&bench, "a.backup")));
	leave(&bench);
}

static enum health_level level_of(const struct health *health, const char *check)
{
	for (size_t i = 0; i < health->count; i++)
		if (strcmp(health->lines[i].check, check) == 0)
			return health->lines[i].level;
	fail_msg("there is no line about %s", check);
	return HEALTH_OK;
}

static struct health health_of(struct bench *bench)
{
	struct health health = {.arena = bench->arena};
	bool opens;

	health_of_files(&health, bench->place, NULL);
	health_of_record(&health, bench->place, NULL, &opens);
	return health;
}

static void test_what_is_wrong_with_an_installation_is_said(void **state)
{
	struct bench bench;
	struct health health;
	const char *key, *journal;

	(void)state;
	open_with_children(&bench, CHILDREN);
	only_in_a_file(&bench);
	key = arena_format(bench.arena, "%s.key", bench.place);
	health = health_of(&bench);
	for (size_t i = 0; i < health.count; i++)
		if (health.lines[i].level == HEALTH_FAIL)
			fail_msg("%s: %s", health.lines[i].check, health.lines[i].found);
	assert_int_equal(chmod(key, 0644), 0);
	health = health_of(&bench);
	assert_int_equal(level_of(&health, "key"), HEALTH_FAIL);
	assert_int_equal(chmod(key, 0600), 0);
	assert_int_equal(chmod(bench.place, 0640), 0);
	health = health_of(&bench);
	assert_int_equal(level_of(&health, "record"), HEALTH_FAIL);
	assert_int_equal(chmod(bench.place, 0600), 0);
	journal = arena_format(bench.arena, "%s.123.part", bench.place);
	write_passphrase(&bench, file_name(journal), "half a restore");
	health = health_of(&bench);
	assert_int_equal(level_of(&health, "left behind"), HEALTH_WARN);
	assert_int_equal(unlink(key), 0);
	health = health_of(&bench);
	assert_int_equal(level_of(&health, "key fits the record"), HEALTH_FAIL);
	health = (struct health){.arena = bench.arena};
	health_of_clock(&health, 1000, 0);
	health_of_clock(&health, 1800000000, 1800009999);
	health_of_clock(&health, 1800000000, 1799999999);
	assert_int_equal(health.lines[0].level, HEALTH_FAIL);
	assert_int_equal(health.lines[1].level, HEALTH_FAIL);
	assert_int_equal(health.lines[2].level, HEALTH_OK);
	leave(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_restored_is_the_record),
		cmocka_unit_test(test_every_changed_byte_is_noticed),
		cmocka_unit_test(test_pieces_keep_their_places),
		cmocka_unit_test(test_more_after_the_end_is_noticed),
		cmocka_unit_test(test_another_secret_opens_nothing),
		cmocka_unit_test(test_nothing_is_written_over),
		cmocka_unit_test(test_the_key_is_in_it_only_when_asked),
		cmocka_unit_test(test_a_record_of_a_newer_program_is_refused_in_words),
		cmocka_unit_test(test_what_is_wrong_with_an_installation_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
