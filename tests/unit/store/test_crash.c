/* SPDX-License-Identifier: MIT */
/* Programs that die and disks that fill up: the record is the old one or the new one. */
#include "made_import.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 30, ROWS = 3000, ROOM_BYTES = 65536 };

static struct made_file big_file(struct bench *bench, const char *shown, int salt)
{
	struct buffer rows = buffer_in(bench->arena);

	for (int i = 0; i < ROWS; i++)
		buffer_format(&rows, "child-%06d-%d,authority %d\n", i, salt, i * 7919 % 1000003);
	return (struct made_file){
		shown, "children", 0, "child_id,authority", buffer_cstring(&rows), NULL, 1};
}

/* So small a cache that rows reach the file long before the end of the import. */
static void squeeze(struct bench *bench)
{
	struct error error;

	assert_true(bench->store->driver->script(
		bench->store->database, TEXT("pragma cache_size = 10;"), &error));
}

static void check_whole(struct bench *bench)
{
	struct store_cursor *cursor;
	struct error error;
	bool row;

	assert_true(store_query(bench->store, "record_check", &cursor, &error));
	assert_true(store_next(cursor, &row, &error) && row);
	assert_true(text_is(store_text(cursor, 0), "ok"));
	store_rewind(cursor);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* How long an import takes on this machine, in microseconds; it is undone. */
static unsigned import_time(struct bench *bench)
{
	struct made_file file = big_file(bench, "children.csv", -1);
	double start = seconds();

	squeeze(bench);
	bench_import(bench, &file, 1, false);
	start = seconds() - start;
	bench_undo(bench, 1);
	return 1000 + (unsigned)(start * 1e6);
}

/* Imports one file after another until it is killed; says when it begins. */
static void import_for_ever(struct bench *bench, int ready, int salt)
{
	squeeze(bench);
	if (write(ready, "x", 1) != 1)
		_exit(1);
	for (;; salt += 1000) {
		struct made_file file = big_file(bench, "children.csv", salt);

		bench_import(bench, &file, 1, false);
	}
}

static void kill_during_imports(struct bench *bench, int salt, useconds_t after)
{
	int ready[2], status;
	char byte;
	pid_t child;

	store_close(bench->store);
	bench->store = NULL;
	assert_int_equal(pipe(ready), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		bench_reopen(bench, DATABASE_WRITE);
		import_for_ever(bench, ready[1], salt);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	usleep(after);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	close(ready[0]);
	close(ready[1]);
}

static void test_a_killed_import_leaves_nothing_half(void **state)
{
	struct bench bench;
	unsigned seed = 7, time;
	size_t imports = 0;

	(void)state;
	bench_open(&bench);
	time = import_time(&bench);
	for (int i = 0; i < KILLS; i++) {
		struct store_import *list;
		struct error error;
		size_t count, undone = 1;

		kill_during_imports(&bench, i, (useconds_t)((unsigned)rand_r(&seed) % (time * 3)));
		/* a reader comes first: it must find the old record, whatever the writer left */
		bench_reopen(&bench, i % 2 ? DATABASE_READ : DATABASE_WRITE);
		check_whole(&bench);
		assert_true(store_imports(bench.store, bench.arena, &list, &count, &error));
		assert_true(count >= imports + undone);
		imports = count - undone;
		assert_int_equal(bench_count(&bench, "load_children"), imports * ROWS);
		assert_int_equal(bench_count(&bench, "load_identities"), imports * ROWS);
	}
	print_message("%d kills, %zu imports were complete\n", KILLS, imports);
	bench_close(&bench);
}

static void fill_the_disk(struct bench *bench)
{
	struct rlimit limit;
	struct stat status;
	struct made_file file = big_file(bench, "more.csv", 2);
	const char *before = bench_hash(bench);
	struct store_import record;
	struct import import;
	struct error error = {0};

	assert_int_equal(stat(bench->place, &status), 0);
	limit.rlim_cur = limit.rlim_max = (rlim_t)status.st_size + ROOM_BYTES;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_false(bench_try_import(bench, &file, 1, false, &import, &record, &error));
	/* while rows go in, or, when all of them fit in memory, while the change is being kept */
	assert_true(error.code == ERROR_STORAGE || error.code == ERROR_UNCERTAIN);
	if (!strstr(error.message, "full"))
		fail_msg("%s", error.message);
	assert_string_equal(before, bench_hash(bench));
	check_whole(bench);
}

static void test_a_full_disk_changes_nothing(void **state)
{
	struct bench bench;
	struct made_file file;
	pid_t child;
	int status;

	(void)state;
	bench_open(&bench);
	file = big_file(&bench, "children.csv", 1);
	bench_import(&bench, &file, 1, false);
	child = fork();
	if (child == 0) {
		bench_reopen(&bench, DATABASE_WRITE);
		fill_the_disk(&bench);
		/* and with what no longer fits in memory */
		squeeze(&bench);
		fill_the_disk(&bench);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	file = big_file(&bench, "more.csv", 3);
	assert_int_equal(bench_import(&bench, &file, 1, false).id, 2);
	check_whole(&bench);
	bench_close(&bench);
}

/* As another user, for whom the folder is closed. */
static void write_without_leave(struct bench *bench)
{
	struct store_import record;
	struct import import;
	struct error error = {0};
	struct made_file file = big_file(bench, "children.csv", 1);

	if (geteuid() == 0 && seteuid(65534) != 0)
		_exit(0);
	if (!store_open(&bench->store, bench->place, DATABASE_WRITE, &error))
		_exit(error.code == ERROR_DENIED ? 0 : 1);
	if (bench_try_import(bench, &file, 1, false, &import, &record, &error))
		_exit(2);
	_exit(error.code == ERROR_DENIED && bench_count(bench, "load_children") == 0 ? 0 : 3);
}

static void test_a_folder_without_leave_is_named(void **state)
{
	struct bench bench;
	char command[1000];
	pid_t child;
	int status;

	(void)state;
	bench_open(&bench);
	store_close(bench.store);
	bench.store = NULL;
	snprintf(command, sizeof command, "chmod 0555 %s && chmod 0660 %s && chgrp 65534 %s",
		bench.folder, bench.place, bench.place);
	if (system(command) != 0)
		print_message("the group could not be changed\n");
	child = fork();
	if (child == 0)
		write_without_leave(&bench);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	snprintf(command, sizeof command, "chmod 0700 %s", bench.folder);
	assert_int_equal(system(command), 0);
	bench_reopen(&bench, DATABASE_WRITE);
	bench_close(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_killed_import_leaves_nothing_half),
		cmocka_unit_test(test_a_full_disk_changes_nothing),
		cmocka_unit_test(test_a_folder_without_leave_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
