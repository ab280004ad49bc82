/* SPDX-License-Identifier: MIT */
/* Signing in, from the first password to the second factor. */
#include "office.h"

#include <stdlib.h>

#include "base/file.h"
#include "people/second_factor.h"
#include "people/sign_in.h"

static const struct text good = {"tractor violet seven", 20};

struct counter {
	struct office *office;
	struct desk desk;
	char first[FIRST_PASSWORD_SIZE];
	int64_t id;
};

static struct counter opened(struct office *office)
{
	static const struct text north = {"North (fictitious)", 18};
	struct counter counter = {.office = office};
	struct account_form form = {.login = TEXT("ada"),
		.role = TEXT("director"),
		.scope = {.authorities = &north, .authority_count = 1}};
	struct error error = {0};

	must(desk_open(&counter.desk, &error), &error);
	KEEP(office, &error,
		account_create(
			office->store, &office->actor, &form, &counter.id, counter.first, &error));
	return counter;
}

static void choose_password(struct counter *counter)
{
	struct office *office = counter->office;
	struct error error = {0};
	char hash[PASSWORD_HASH_SIZE];

	must(password_hash(counter->desk.queue, good, hash, &error), &error);
	KEEP(office, &error,
		password_set(office->store, &office->actor, counter->id, text_of(hash),
			(struct text){0}, &error));
}

static struct signed_in attempt(
	struct counter *counter, const char *login, struct text password, struct text cookie)
{
	struct sign_in_form form = {.login = text_of(login),
		.password = password,
		.cookie = cookie,
		.address = TEXT("10.0.0.1"),
		.device = TEXT("Firefox"),
		.route = TEXT("POST /sign-in"),
		.now = counter->office->actor.now};
	struct signed_in out;
	struct error error = {0};

	must(sign_in(&counter->desk, counter->office->store, &form, &out, &error), &error);
	return out;
}

static struct session session_of(struct office *office, const char *token)
{
	struct session session;
	struct error error = {0};

	must(session_find(office->store, office->arena, text_of(token), office->actor.now,
		     &office->settings, &session, &error),
		&error);
	return session;
}

static void test_a_first_password_is_to_be_changed(void **state)
{
	struct office *office = *state;
	struct counter counter = opened(office);
	struct signed_in in = attempt(&counter, "Ada", text_of(counter.first), (struct text){0});
	struct session session;

	assert_int_equal(in.answer, SIGN_IN_DONE);
	assert_true(in.change_password);
	session = session_of(office, in.token);
	assert_true(rights_may(office->rights, &session, "signed-in"));
	assert_false(rights_may(office->rights, &session, "child.view"));
	choose_password(&counter);
	assert_int_equal(attempt(&counter, "ada", text_of(counter.first), (struct text){0}).answer,
		SIGN_IN_WRONG);
	in = attempt(&counter, "ada", good, (struct text){0});
	assert_int_equal(in.answer, SIGN_IN_DONE);
	assert_false(in.change_password);
	session = session_of(office, in.token);
	assert_true(rights_may(office->rights, &session, "child.view"));
	assert_int_equal(office_last(office, "sign_in.done").account, counter.id);
	desk_close(&counter.desk);
}

static void test_a_first_password_grows_old(void **state)
{
	struct office *office = *state;
	struct counter counter = opened(office);

	office->actor.now += 7 * 86400 + 1;
	assert_int_equal(attempt(&counter, "ada", text_of(counter.first), (struct text){0}).answer,
		SIGN_IN_WRONG);
	desk_close(&counter.desk);
}

static void test_wrong_unknown_and_disabled_look_alike(void **state)
{
	struct office *office = *state;
	struct counter counter = opened(office);
	struct signed_in wrong, unknown, disabled, odd;
	struct error error = {0};

	choose_password(&counter);
	wrong = attempt(&counter, "ada", TEXT("tractor violet six"), (struct text){0});
	unknown = attempt(&counter, "nobody", good, (struct text){0});
	odd = attempt(&counter, "no body'--", good, (struct text){0});
	KEEP(office, &error, account_disable(office->store, &office->actor, counter.id, &error));
	disabled = attempt(&counter, "ada", good, (struct text){0});
	assert_memory_equal(&wrong, &unknown, sizeof wrong);
	assert_memory_equal(&wrong, &disabled, sizeof wrong);
	assert_memory_equal(&wrong, &odd, sizeof wrong);
	assert_int_equal(wrong.answer, SIGN_IN_WRONG);
	desk_close(&counter.desk);
}

static void test_guesses_wait_but_not_the_known_device(void **state)
{
	struct office *office = *state;
	struct counter counter = opened(office);
	struct signed_in in;
	char cookie[DEVICE_COOKIE_SIZE];

	choose_password(&counter);
	in = attempt(&counter, "ada", good, (struct text){0});
	assert_int_equal(in.answer, SIGN_IN_DONE);
	memcpy(cookie, in.cookie, sizeof cookie);
	for (int i = 0; i < THROTTLE_GUESSES; i++)
		assert_int_equal(attempt(&counter, "ada", TEXT("guess"), (struct text){0}).answer,
			SIGN_IN_WRONG);
	in = attempt(&counter, "ada", good, (struct text){0}); /* even the right one */
	assert_int_equal(in.answer, SIGN_IN_WAIT);
	assert_int_equal(in.wait, THROTTLE_SECONDS);
	in = attempt(&counter, "ada", good, text_of(cookie));
	assert_int_equal(in.answer, SIGN_IN_DONE);
	desk_close(&counter.desk);
}

static void enrol(struct counter *counter, unsigned char *out_secret)
{
	struct office *office = counter->office;
	char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE], code[FACTOR_CODE_SIZE];
	struct factor_offer offer;
	struct account account;
	struct error error = {0};
	bool right;

	must(account_read(office->store, office->arena, counter->id, &account, &error), &error);
	KEEP(office, &error,
		factor_offer(
			office->store, office->arena, &account, &office->actor, &offer, &error));
	must(one_time_code(
		     offer.secret, sizeof offer.secret, office->actor.now / 30, 6, code, &error),
		&error);
	KEEP(office, &error,
		factor_confirm(office->store, &office->actor, counter->id, text_of(code), &right,
			codes, &error));
	assert_true(right);
	memcpy(out_secret, offer.secret, sizeof offer.secret);
}

static struct signed_in second_step(
	struct counter *counter, const struct session *session, struct text code)
{
	struct sign_in_form form = {.address = TEXT("10.0.0.1"),
		.route = TEXT("POST /sign-in/code"),
		.now = counter->office->actor.now};
	struct signed_in out;
	struct error error = {0};

	must(sign_in_code(
		     &counter->desk, counter->office->store, session, &form, code, &out, &error),
		&error);
	return out;
}

static void test_the_second_factor_is_asked_for(void **state)
{
	struct office *office = *state;
	struct counter counter = opened(office);
	unsigned char secret[FACTOR_SECRET_BYTES];
	char code[FACTOR_CODE_SIZE], half[CRYPTO_TOKEN_SIZE];
	struct session session, old;
	struct signed_in in;
	struct error error = {0};

	choose_password(&counter);
	enrol(&counter, secret);
	office->actor.now += 300;
	in = attempt(&counter, "ada", good, (struct text){0});
	assert_int_equal(in.answer, SIGN_IN_CODE);
	assert_int_equal(in.cookie[0], 0);
	memcpy(half, in.token, sizeof half);
	session = session_of(office, in.token);
	assert_int_equal(session.stage, SESSION_CODE);
	assert_false(rights_may(office->rights, &session, "signed-in"));
	for (int i = 0; i < THROTTLE_GUESSES; i++)
		assert_int_equal(
			second_step(&counter, &session, TEXT("000000")).answer, SIGN_IN_WRONG);
	assert_int_equal(second_step(&counter, &session, TEXT("000000")).answer, SIGN_IN_WAIT);
	office->actor.now += THROTTLE_SECONDS;
	must(one_time_code(secret, sizeof secret, office->actor.now / 30, 6, code, &error), &error);
	in = second_step(&counter, &session, text_of(code));
	assert_int_equal(in.answer, SIGN_IN_DONE);
	assert_false(session_find(office->store, office->arena, text_of(half), office->actor.now,
		&office->settings, &old, &error));
	session = session_of(office, in.token);
	assert_true(rights_may(office->rights, &session, "child.view"));
	desk_close(&counter.desk);
}

static void test_weighty_acts_ask_again(void **state)
{
	struct office *office = *state;
	struct counter counter = opened(office);
	struct sign_in_form form = {.password = TEXT("tractor violet six"),
		.address = TEXT("10.0.0.1"),
		.route = TEXT("POST /again")};
	struct session session;
	struct signed_in in;
	struct error error = {0};

	choose_password(&counter);
	session = session_of(office, attempt(&counter, "ada", good, (struct text){0}).token);
	form.now = office->actor.now += 500;
	must(sign_in_again(&counter.desk, office->store, &session, &form, &in, &error), &error);
	assert_int_equal(in.answer, SIGN_IN_WRONG);
	form.password = good;
	must(sign_in_again(&counter.desk, office->store, &session, &form, &in, &error), &error);
	assert_int_equal(in.answer, SIGN_IN_DONE);
	session = session_of(office, in.token);
	assert_int_equal(session.proved, office->actor.now);
	desk_close(&counter.desk);
}

/* Neither passwords, nor tokens, nor secrets lie in the file as they are. */
static void test_the_file_holds_no_secret(void **state)
{
	struct office *office = *state;
	struct counter counter = opened(office);
	unsigned char secret[FACTOR_SECRET_BYTES];
	struct file_map map;
	struct error error = {0};
	struct signed_in in = attempt(&counter, "ada", text_of(counter.first), (struct text){0});

	assert_int_equal(in.answer, SIGN_IN_DONE);
	if (getenv("HEARTH_TEST_SERVER"))
		skip(); /* it has no file */
	enrol(&counter, secret);
	must(file_map_open(&map, office->place, 1 << 26, &error), &error);
	assert_null(memmem(map.bytes.data, map.bytes.length, counter.first, 23));
	assert_null(memmem(map.bytes.data, map.bytes.length, in.token, 43));
	assert_null(memmem(map.bytes.data, map.bytes.length, secret, sizeof secret));
	assert_non_null(memmem(map.bytes.data, map.bytes.length, "ada", 3));
	file_map_close(&map);
	desk_close(&counter.desk);
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(test_a_first_password_is_to_be_changed),
		OFFICE_TEST(test_a_first_password_grows_old),
		OFFICE_TEST(test_wrong_unknown_and_disabled_look_alike),
		OFFICE_TEST(test_guesses_wait_but_not_the_known_device),
		OFFICE_TEST(test_the_second_factor_is_asked_for),
		OFFICE_TEST(test_weighty_acts_ask_again),
		OFFICE_TEST(test_the_file_holds_no_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
