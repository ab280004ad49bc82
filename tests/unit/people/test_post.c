/* SPDX-License-Identifier: MIT */
/* The daybook: what lasted in it comes into the log once, whatever happened to the machine, and
 * what was changed in it is found. */
#include "office.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "people/audit_post.h"

enum { SECTOR = 512, CRASHES = 200, MANY = 120, BIG = 60000 };

struct desk {
	struct office *office;
	struct daybook *daybook;
	char path[300];
	int64_t written;
};

static void open_daybook(struct desk *desk)
{
	struct daybook_mark taken, end;
	struct error error = {0};

	must(audit_post_all(desk->office->store, desk->office->place, &taken, &error), &error);
	must(daybook_open(&desk->daybook, desk->path, &taken, &error), &error);
	end = daybook_end(desk->daybook);
	if (taken.book != end.book)
		KEEP(desk->office, &error, audit_set_taken(desk->office->store, &end, &error));
}

static struct desk begin(void **state)
{
	struct desk desk = {.office = *state};

	snprintf(desk.path, sizeof desk.path, "%s.daybook", desk.office->place);
	open_daybook(&desk);
	return desk;
}

static void clean(struct desk *desk)
{
	char path[320];

	daybook_close(desk->daybook, NULL);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof path, "%s-%d%s", desk->path, i / 2, i % 2 ? ".other" : "");
		unlink(path);
	}
}

static struct daybook_mark taken_of(struct desk *desk)
{
	struct daybook_mark taken;
	struct error error = {0};

	must(audit_taken(desk->office->store, &taken, &error), &error);
	return taken;
}

/* A group of `rows` views, each with its number as the child. */
static void add(struct desk *desk, int rows, bool keep)
{
	struct buffer group = buffer_in(desk->office->arena);
	struct daybook_mark taken = taken_of(desk);
	struct error error = {0};

	for (int i = 0; i < rows; i++) {
		struct audit_row row = {.act = TEXT("child.view"),
			.child = ++desk->written,
			.authority = TEXT("North (fictitious)"),
			.fields = TEXT("identity needs")};

		assert_true(audit_pack(&group, &desk->office->actor, &row));
	}
	must(daybook_add(desk->daybook, (struct text){group.data, group.length}, &taken, &error),
		&error);
	if (keep)
		must(daybook_keep(desk->daybook, &error), &error);
}

/* The log has rows 1 to `rows`, each once and in order, and its chain is whole. */
static void assert_log(struct desk *desk, int64_t rows)
{
	struct audit_question question = {.act = TEXT("child.view"), .most = (size_t)rows + 10};
	struct audit_entry *entries;
	struct audit_verdict verdict;
	struct error error = {0};
	size_t count;

	must(audit_list(
		     desk->office->store, desk->office->arena, &question, &entries, &count, &error),
		&error);
	assert_int_equal(count, rows);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(entries[i].row.child, rows - (int64_t)i);
	if (count) {
		assert_true(text_is(entries[0].name, "tester"));
		assert_true(text_is(entries[0].row.authority, "North (fictitious)"));
		assert_true(text_is(entries[0].row.fields, "identity needs"));
		assert_int_equal(entries[0].at, desk->office->actor.now);
	}
	must(audit_verify(desk->office->store, NULL, &verdict, &error), &error);
	assert_true(verdict.whole);
}

static void post(struct desk *desk)
{
	struct daybook_mark taken;
	struct error error = {0};

	must(audit_post_all(desk->office->store, desk->office->place, &taken, &error), &error);
}

static void test_rows_enter_the_log_once(void **state)
{
	struct desk desk = begin(state);
	struct error error = {0};
	int64_t rows;

	add(&desk, 3, true);
	add(&desk, 1, true);
	must(audit_waiting(desk.office->store, desk.office->place, &rows, &error), &error);
	assert_int_equal(rows, 4);
	assert_log(&desk, 0);
	post(&desk);
	assert_log(&desk, 4);
	post(&desk);
	assert_log(&desk, 4);
	add(&desk, 2, true);
	post(&desk);
	assert_log(&desk, 6);
	clean(&desk);
}

static void test_a_program_that_died_left_them(void **state)
{
	struct desk desk = begin(state);

	for (int round = 1; round <= 6; round++) {
		add(&desk, 5, true);
		daybook_close(desk.daybook, NULL); /* as the system does for the dead */
		if (round % 2)
			office_reopen(desk.office);
		open_daybook(&desk);
		assert_log(&desk, round * 5);
	}
	clean(&desk);
}

static void test_files_begin_anew_and_are_taken_away(void **state)
{
	struct desk desk = begin(state);
	struct daybook_mark taken;
	struct error error = {0};
	char path[320];

	for (int i = 0; i < MANY; i++) { /* more than a file of a turn holds */
		add(&desk, BIG / 100, true);
		if (i % 7 == 6)
			post(&desk);
	}
	post(&desk);
	assert_log(&desk, desk.written);
	must(audit_post_all(desk.office->store, desk.office->place, &taken, &error), &error);
	assert_true(taken.turn > 1);
	daybook_close(desk.daybook, &taken);
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s-%d", desk.path, i);
		assert_int_equal(access(path, F_OK), -1);
	}
}

/* The sectors of bytes [from, to) of the present file, each kept or made zeroes by a coin. */
static bool tear(const struct desk *desk, int64_t from, int64_t to)
{
	static const char zeroes[SECTOR];
	char path[320];
	bool torn = false;
	int file;

	snprintf(
		path, sizeof path, "%s-%d", desk->path, (int)(daybook_end(desk->daybook).turn % 2));
	file = open(path, O_WRONLY);
	assert_true(file >= 0);
	for (int64_t at = from / SECTOR * SECTOR; at < to; at += SECTOR) {
		int64_t start = at < from ? from : at;

		if (rand() % 2)
			continue;
		assert_true(pwrite(file, zeroes, (size_t)(at + SECTOR - start), start) > 0);
		torn = true;
	}
	close(file);
	return torn;
}

/* What was not made last yet is torn by sectors: what was is there, nothing half. */
static void test_power_cuts(void **state)
{
	struct desk desk = begin(state);

	srand(7);
	for (int i = 0; i < CRASHES; i++) {
		int64_t from, kept;
		bool torn;

		for (int group = rand() % 3; group > 0; group--)
			add(&desk, 1 + rand() % 9, true);
		kept = desk.written;
		from = daybook_end(desk.daybook).position;
		add(&desk, 1 + rand() % 20, false);
		torn = tear(&desk, from, daybook_end(desk.daybook).position);
		if (torn)
			desk.written = kept;
		daybook_close(desk.daybook, NULL);
		open_daybook(&desk);
		assert_log(&desk, desk.written);
	}
	clean(&desk);
}

static void test_a_change_is_found_and_what_stood_before_it_kept(void **state)
{
	struct desk desk = begin(state);
	struct daybook_mark taken;
	struct error error = {0};
	char path[320], byte;
	int64_t second, third;
	int file;

	add(&desk, 2, true);
	second = daybook_end(desk.daybook).position;
	add(&desk, 2, true);
	third = daybook_end(desk.daybook).position;
	add(&desk, 2, true);
	snprintf(path, sizeof path, "%s-%d", desk.path, (int)(daybook_end(desk.daybook).turn % 2));
	file = open(path, O_RDWR);
	assert_int_equal(pread(file, &byte, 1, (second + third) / 2), 1);
	byte ^= 1;
	assert_int_equal(pwrite(file, &byte, 1, (second + third) / 2), 1);
	assert_false(audit_post_all(desk.office->store, desk.office->place, &taken, &error));
	assert_int_equal(error.code, ERROR_INPUT);
	assert_log(&desk, 2);
	byte ^= 1;
	assert_int_equal(pwrite(file, &byte, 1, (second + third) / 2), 1);
	close(file);
	post(&desk);
	assert_log(&desk, 6);
	clean(&desk);
}

static void test_one_writer_and_its_own_record(void **state)
{
	struct desk desk = begin(state);
	struct daybook_mark taken = taken_of(&desk), none = {0};
	struct daybook *second;
	struct error error = {0};
	char path[320];

	add(&desk, 1, true);
	assert_false(daybook_open(&second, desk.path, &taken, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	daybook_close(desk.daybook, NULL);
	/* the record was put away and another is in its place */
	must(daybook_open(&second, desk.path, &none, &error), &error);
	assert_int_not_equal(daybook_end(second).book, taken.book);
	daybook_close(second, NULL);
	snprintf(path, sizeof path, "%s-%d.other", desk.path, (int)(taken.turn % 2));
	assert_int_equal(access(path, F_OK), 0);
	desk.daybook = NULL;
	clean(&desk);
}

static void test_long_rows_and_reasons_do_not_wait(void **state)
{
	struct office *office = *state;
	struct buffer group = buffer_in(office->arena);
	struct actor actor = office->actor;
	struct audit_row row = {.act = TEXT("child.view")};
	char *fields = arena_take(office->arena, AUDIT_PACKED_MOST, 1);

	assert_true(audit_may_wait(&actor, &row));
	memset(fields, 'a', AUDIT_PACKED_MOST);
	row.fields = (struct text){fields, AUDIT_PACKED_MOST};
	assert_false(audit_may_wait(&actor, &row));
	assert_false(audit_pack(&group, &actor, &row));
	row.fields = (struct text){0};
	actor.why = TEXT("because");
	assert_false(audit_may_wait(&actor, &row));
	assert_int_equal(group.length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_rows_enter_the_log_once, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_a_program_that_died_left_them, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_files_begin_anew_and_are_taken_away, office_open, office_close),
		cmocka_unit_test_setup_teardown(test_power_cuts, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_a_change_is_found_and_what_stood_before_it_kept, office_open,
			office_close),
		cmocka_unit_test_setup_teardown(
			test_one_writer_and_its_own_record, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_long_rows_and_reasons_do_not_wait, office_open, office_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
