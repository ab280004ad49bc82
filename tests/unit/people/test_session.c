/* SPDX-License-Identifier: MIT */
/* The life of a session. */
#include "office.h"

#include <stdlib.h>

static void begin(struct office *office, int64_t account, char token[CRYPTO_TOKEN_SIZE])
{
	struct error error = {0};

	KEEP(office, &error,
		session_begin(office->store, &office->actor, account, SESSION_FULL,
			TEXT("Firefox on Linux"), &office->settings, token, &error));
}

static bool lives(struct office *office, const char *token, int64_t now)
{
	struct session session;
	struct error error = {0};
	bool done = session_find(office->store, office->arena, text_of(token), now,
		&office->settings, &session, &error);

	assert_true(done || error.code == ERROR_MISSING);
	return done;
}

static void test_a_session_survives_a_restart(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "director", NULL);
	char token[CRYPTO_TOKEN_SIZE];
	struct session session;
	struct error error = {0};

	begin(office, account.id, token);
	office_reopen(office);
	must(session_find(office->store, office->arena, text_of(token), office->actor.now + 60,
		     &office->settings, &session, &error),
		&error);
	assert_true(text_is(session.account.login, "ada"));
	assert_int_equal(session.stage, SESSION_FULL);
	assert_int_equal(session.idle_end, office->actor.now + 30 * 60);
	assert_int_equal(session.ends, office->actor.now + 12 * 3600);
	assert_int_equal(strlen(session.form_secret), CRYPTO_TOKEN_SIZE - 1);
	assert_string_not_equal(session.form_secret, token);
}

static void test_it_ends_unused_and_in_any_case(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "director", NULL);
	int64_t now = office->actor.now;
	char token[CRYPTO_TOKEN_SIZE];
	struct session session;
	struct error error = {0};

	begin(office, account.id, token);
	assert_true(lives(office, token, now + 30 * 60 - 1));
	assert_false(lives(office, token, now + 30 * 60));
	for (int64_t at = now; at < now + 12 * 3600; at += 1500) {
		must(session_find(office->store, office->arena, text_of(token), at,
			     &office->settings, &session, &error),
			&error);
		assert_int_equal(session_is_stale(&session, at), at > now);
		KEEP(office, &error, session_touch(office->store, &session, at, &error));
	}
	assert_true(lives(office, token, now + 12 * 3600 - 1));
	assert_false(lives(office, token, now + 12 * 3600));
}

static void test_settings_say_how_long(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "director", NULL);
	int64_t now = office->actor.now;
	char token[CRYPTO_TOKEN_SIZE];
	struct error error = {0};

	KEEP(office, &error,
		settings_change(
			office->store, &office->actor, TEXT("session_idle_minutes"), 10, &error));
	must(settings_read(office->store, &office->settings, &error), &error);
	begin(office, account.id, token);
	assert_true(lives(office, token, now + 599));
	assert_false(lives(office, token, now + 600));
	REFUSE(office, &error,
		settings_change(
			office->store, &office->actor, TEXT("session_idle_minutes"), 121, &error));
	REFUSE(office, &error,
		settings_change(office->store, &office->actor, TEXT("nothing"), 10, &error));
	assert_true(
		text_is(office_last(office, "setting.change").row.about, "session_idle_minutes"));
}

static void test_changes_of_the_account_end_it(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "social_worker", NULL);
	struct account_form form = {
		.login = account.login, .role = TEXT("director"), .scope = account.scope};
	int64_t now = office->actor.now;
	char token[CRYPTO_TOKEN_SIZE], other[CRYPTO_TOKEN_SIZE], password[FIRST_PASSWORD_SIZE];
	struct session session;
	struct error error = {0};

	begin(office, account.id, token);
	KEEP(office, &error,
		account_change(office->store, &office->actor, account.id, &form, &error));
	assert_false(lives(office, token, now));
	begin(office, account.id, token);
	KEEP(office, &error,
		account_reset(office->store, &office->actor, account.id, false, password, &error));
	assert_false(lives(office, token, now));
	begin(office, account.id, token);
	KEEP(office, &error, account_disable(office->store, &office->actor, account.id, &error));
	assert_false(lives(office, token, now));
	KEEP(office, &error, account_enable(office->store, &office->actor, account.id, &error));
	assert_false(lives(office, token, now)); /* it does not come back */
	begin(office, account.id, token);
	begin(office, account.id, other);
	must(session_find(office->store, office->arena, text_of(other), now, &office->settings,
		     &session, &error),
		&error);
	KEEP(office, &error,
		session_end_all(office->store, account.id,
			(struct text){session.digest, sizeof session.digest}, &error));
	assert_false(lives(office, token, now));
	assert_true(lives(office, other, now));
}

/* A disabled account is refused even where its sessions were left. */
static void test_a_disabled_account_has_no_session(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "social_worker", NULL);
	char token[CRYPTO_TOKEN_SIZE];
	struct error error = {0};

	KEEP(office, &error, account_disable(office->store, &office->actor, account.id, &error));
	begin(office, account.id, token);
	assert_false(lives(office, token, office->actor.now));
}

static void test_only_so_many_at_once(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "social_worker", NULL);
	struct account other = office_account(office, "ben", "social_worker", NULL);
	char tokens[8][CRYPTO_TOKEN_SIZE], bens[CRYPTO_TOKEN_SIZE];
	struct session_line *lines;
	struct error error = {0};
	size_t count;

	begin(office, other.id, bens);
	for (int i = 0; i < 8; i++) {
		begin(office, account.id, tokens[i]);
		office->actor.now++;
	}
	for (int i = 0; i < 8; i++)
		assert_int_equal(lives(office, tokens[i], office->actor.now), i >= 3);
	assert_true(lives(office, bens, office->actor.now));
	must(session_list(office->store, office->arena, account.id, office->actor.now,
		     &office->settings, &lines, &count, &error),
		&error);
	assert_int_equal(count, 5);
	assert_true(text_is(lines[0].device, "Firefox on Linux"));
	assert_true(lines[0].began > lines[4].began);
}

static void test_signing_out_ends_it(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "social_worker", NULL);
	char token[CRYPTO_TOKEN_SIZE];
	struct session session;
	struct error error = {0};

	begin(office, account.id, token);
	must(session_find(office->store, office->arena, text_of(token), office->actor.now,
		     &office->settings, &session, &error),
		&error);
	KEEP(office, &error,
		session_end(office->store, &office->actor,
			(struct text){session.digest, sizeof session.digest}, &error));
	assert_false(lives(office, token, office->actor.now));
}

static void test_more_rights_are_a_new_token(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "social_worker", NULL);
	char token[CRYPTO_TOKEN_SIZE], renewed[CRYPTO_TOKEN_SIZE];
	struct session session, after;
	struct error error = {0};

	begin(office, account.id, token);
	must(session_find(office->store, office->arena, text_of(token), office->actor.now,
		     &office->settings, &session, &error),
		&error);
	KEEP(office, &error,
		session_renew(office->store, &session, SESSION_FULL, true, office->actor.now + 9,
			renewed, &error));
	assert_false(lives(office, token, office->actor.now + 9));
	must(session_find(office->store, office->arena, text_of(renewed), office->actor.now + 9,
		     &office->settings, &after, &error),
		&error);
	assert_int_equal(after.proved, office->actor.now + 9);
	assert_int_equal(after.began, session.began); /* its absolute end stays */
}

static void test_nonsense_is_no_token(void **state)
{
	struct office *office = *state;
	struct account account = office_account(office, "ada", "social_worker", NULL);
	char token[CRYPTO_TOKEN_SIZE];

	begin(office, account.id, token);
	assert_false(lives(office, "", office->actor.now));
	assert_false(lives(office, "x", office->actor.now));
	assert_false(lives(office, "' or 1 = 1 --", office->actor.now));
	token[5] = token[5] == 'a' ? 'b' : 'a';
	assert_false(lives(office, token, office->actor.now));
}

static int compare_tokens(const void *a, const void *b)
{
	return memcmp(a, b, CRYPTO_TOKEN_SIZE);
}

static void test_no_token_comes_twice(void **state)
{
	enum { TOKENS = 1000000 };
	char(*tokens)[CRYPTO_TOKEN_SIZE] = malloc((size_t)TOKENS * CRYPTO_TOKEN_SIZE);

	(void)state;
	assert_non_null(tokens);
	for (int i = 0; i < TOKENS; i++)
		crypto_token(tokens[i]);
	qsort(tokens, TOKENS, CRYPTO_TOKEN_SIZE, compare_tokens);
	for (int i = 1; i < TOKENS; i++)
		assert_true(strcmp(tokens[i - 1], tokens[i]) < 0);
	free(tokens);
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(test_a_session_survives_a_restart),
		OFFICE_TEST(test_it_ends_unused_and_in_any_case),
		OFFICE_TEST(test_settings_say_how_long),
		OFFICE_TEST(test_changes_of_the_account_end_it),
		OFFICE_TEST(test_a_disabled_account_has_no_session),
		OFFICE_TEST(test_only_so_many_at_once),
		OFFICE_TEST(test_signing_out_ends_it),
		OFFICE_TEST(test_more_rights_are_a_new_token),
		OFFICE_TEST(test_nonsense_is_no_token),
		cmocka_unit_test(test_no_token_comes_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
