/* SPDX-License-Identifier: MIT */
/* Which passwords are taken, and how they are kept. */
#include "office.h"

#include <time.h>

#include "people/password.h"

static bool taken(const char *password, bool second_factor)
{
	struct account account = {.login = TEXT("ada.lovelace"),
		.shown = TEXT("Ada Lovelace"),
		.second_factor = second_factor};
	struct error error = {0};

	return password_check(&account, text_of(password), &error);
}

static void test_long_ones_of_any_kind_are_taken(void **state)
{
	char longest[PASSWORD_LONGEST_BYTES + 2];

	(void)state;
	assert_true(taken("tractor violet seven", false));
	assert_true(taken("tractorviole", false));
	assert_true(taken("8472910384756", false)); /* no rule about kinds of characters */
	assert_true(taken("żółw gęś kość", false));
	assert_true(taken("    spaces   count  ", false));
	for (size_t i = 0; i < sizeof longest; i++)
		longest[i] = (char)('a' + i * i % 23);
	longest[PASSWORD_LONGEST_BYTES] = 0;
	assert_true(taken(longest, false));
	longest[PASSWORD_LONGEST_BYTES] = 'x';
	longest[PASSWORD_LONGEST_BYTES + 1] = 0;
	assert_false(taken(longest, false));
}

static void test_short_common_and_own_names_are_not(void **state)
{
	(void)state;
	assert_false(taken("tractorviol", false));
	assert_true(taken("tractorv", true)); /* with a second factor */
	assert_false(taken("tractor", true));
	assert_false(taken("żółwgęśkość", false)); /* 11 characters, more bytes */
	assert_false(taken("Password1234", false));
	assert_false(taken("PASSWORD1234", false));
	assert_false(taken("qwertyuiop123", false));
	assert_false(taken("welcome2024!", true));
	assert_false(taken("aaaaaaaaaaaaaa", false));
	assert_false(taken("abababababab", false));
	assert_false(taken("abcdefghijklmn", false));
	assert_false(taken("ada.lovelace1", false));
	assert_false(taken("ADA LOVELACE!", false));
	assert_true(taken("ada.lovelace wrote this", false));
	assert_false(taken("tractor\xff violet seven", false));
	assert_false(taken("", false));
}

static void test_only_the_password_matches(void **state)
{
	struct password_queue *queue;
	struct error error = {0};
	char hash[PASSWORD_HASH_SIZE], again[PASSWORD_HASH_SIZE];
	bool match;

	(void)state;
	must(password_queue_open(&queue, 0, 0, &error), &error);
	must(password_hash(queue, TEXT("tractor violet seven"), hash, &error), &error);
	must(password_hash(queue, TEXT("tractor violet seven"), again, &error), &error);
	assert_string_not_equal(hash, again);
	assert_non_null(strstr(hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
	must(password_matches(
		     queue, false, text_of(hash), TEXT("tractor violet seven"), &match, &error),
		&error);
	assert_true(match);
	must(password_matches(
		     queue, false, text_of(hash), TEXT("tractor violet sevem"), &match, &error),
		&error);
	assert_false(match);
	must(password_matches(queue, false, (struct text){0}, TEXT(""), &match, &error), &error);
	assert_false(match);
	must(password_matches(queue, false, TEXT("nonsense"), TEXT("nonsense"), &match, &error),
		&error);
	assert_false(match);
	password_queue_close(queue);
}

static double seconds_of(struct password_queue *queue, struct text hash)
{
	struct error error = {0};
	struct timespec from, to;
	bool match;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	must(password_matches(queue, false, hash, TEXT("a guess of somebody"), &match, &error),
		&error);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* An unknown login costs what a known one does. */
static void test_no_password_takes_as_long(void **state)
{
	struct password_queue *queue;
	struct error error = {0};
	char hash[PASSWORD_HASH_SIZE];
	double known = 1e9, unknown = 1e9;

	(void)state;
	must(password_queue_open(&queue, 0, 0, &error), &error);
	must(password_hash(queue, TEXT("tractor violet seven"), hash, &error), &error);
	for (int i = 0; i < 5; i++) { /* the least of five: other programs run too */
		double one = seconds_of(queue, text_of(hash)),
		       other = seconds_of(queue, (struct text){0});

		known = one < known ? one : known;
		unknown = other < unknown ? other : unknown;
	}
	assert_true(unknown > known * 0.5 && unknown < known * 2);
	password_queue_close(queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_long_ones_of_any_kind_are_taken),
		cmocka_unit_test(test_short_common_and_own_names_are_not),
		cmocka_unit_test(test_only_the_password_matches),
		cmocka_unit_test(test_no_password_takes_as_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
