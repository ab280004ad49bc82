/* SPDX-License-Identifier: MIT */
/* Guessing is slow, and the real person gets in. */
#include "office.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "people/password.h"
#include "people/throttle.h"

static struct throttle *opened(void)
{
	struct throttle *throttle;
	struct error error = {0};

	must(throttle_open(&throttle, &error), &error);
	return throttle;
}

static int64_t try(struct throttle *throttle, const char *login, const char *address, int64_t now)
{
	struct attempt attempt = {.login = text_of(login), .address = text_of(address), .now = now};
	int64_t wait;

	throttle_try(throttle, &attempt, &wait);
	return wait;
}

/* 10,000 passwords on one account, from 1,000 addresses, over a day. */
static void test_ten_guesses_in_five_minutes(void **state)
{
	struct throttle *throttle = opened();
	int64_t times[10000];
	int made = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		char address[32];
		int64_t now = 1000 + (int64_t)i * 86400 / 10000;

		snprintf(address, sizeof address, "10.0.%d.%d", i % 1000 / 250, i % 250);
		if (try(throttle, "ada", address, now) == 0)
			times[made++] = now;
	}
	assert_true(made >= 10);
	for (int i = 10; i < made; i++)
		assert_true(times[i] - times[i - 10] >= THROTTLE_SECONDS);
	throttle_close(throttle);
}

static void test_the_wait_is_told_and_holds(void **state)
{
	struct throttle *throttle = opened();
	int64_t wait;

	(void)state;
	for (int i = 0; i < THROTTLE_GUESSES; i++)
		assert_int_equal(try(throttle, "ada", "10.0.0.1", 100 + i), 0);
	wait = try(throttle, "ADA", "10.0.0.2", 120); /* the same login */
	assert_int_equal(wait, 100 + THROTTLE_SECONDS - 120);
	assert_int_equal(try(throttle, "ben", "10.0.0.2", 120), 0);
	assert_true(try(throttle, "ada", "10.0.0.2", 120 + wait - 1) > 0);
	assert_int_equal(try(throttle, "ada", "10.0.0.2", 120 + wait), 0);
	throttle_close(throttle);
}

static void test_a_right_one_does_not_count(void **state)
{
	struct throttle *throttle = opened();

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct attempt attempt = {
			.login = TEXT("ada"), .address = TEXT("10.0.0.1"), .now = 100 + i};
		int64_t wait;

		throttle_try(throttle, &attempt, &wait);
		assert_int_equal(wait, 0);
		throttle_right(throttle, &attempt);
	}
	throttle_close(throttle);
}

static void test_the_person_gets_in_on_their_device(void **state)
{
	struct office *office = *state;
	const struct vault *vault = store_vault(office->store);
	struct throttle *throttle = opened();
	char cookie[DEVICE_COOKIE_SIZE];
	struct attempt own = {.login = TEXT("ada"), .address = TEXT("10.0.0.1"), .now = 100};
	int64_t wait;

	device_cookie(vault, TEXT("Ada"), cookie);
	assert_true(device_cookie_good(vault, TEXT("ada"), text_of(cookie)));
	assert_false(device_cookie_good(vault, TEXT("ben"), text_of(cookie)));
	assert_false(device_cookie_good(vault, TEXT("ada"), TEXT("")));
	assert_false(device_cookie_good(vault, TEXT("ada"), TEXT("abc.def")));
	for (int i = 0; i < 100; i++)
		try(throttle, "ada", "10.0.0.1", 100); /* somebody in the same building */
	throttle_try(throttle, &own, &wait);
	assert_true(wait > 0);
	own.known = true;
	own.device = text_of(cookie);
	throttle_try(throttle, &own, &wait);
	assert_int_equal(wait, 0);
	for (int i = 1; i < THROTTLE_GUESSES; i++)
		throttle_try(throttle, &own, &wait);
	assert_int_equal(wait, 0);
	throttle_try(throttle, &own, &wait); /* a stolen device does not guess for ever either */
	assert_true(wait > 0);
	cookie[3] = cookie[3] == 'a' ? 'b' : 'a';
	assert_false(device_cookie_good(vault, TEXT("ada"), text_of(cookie)));
	throttle_close(throttle);
}

/* One password on 10,000 accounts from one address, as fast as it is let, for an hour. */
static void test_an_address_gets_slower(void **state)
{
	struct throttle *throttle = opened();
	int64_t now = 1000;
	int made = 0;

	(void)state;
	while (now < 1000 + 3600) {
		char login[32];
		int64_t wait;

		snprintf(login, sizeof login, "user%d", made);
		wait = try(throttle, login, "10.0.0.1", now);
		made += wait == 0;
		now += wait;
	}
	assert_true(made > THROTTLE_ADDRESS_FREE);
	assert_in_range(made, 40, 130);
	/* the same network of IPv6, and another one */
	for (int i = 0; i < 60; i++) {
		char address[64], login[32];

		snprintf(address, sizeof address, "2001:db8:1:2:%x::1", i);
		snprintf(login, sizeof login, "six%d", i);
		try(throttle, login, address, 9000);
	}
	assert_true(try(throttle, "more", "2001:db8:1:2:ffff::9", 9000) > 0);
	assert_int_equal(try(throttle, "more", "2001:db8:1:3::9", 9000), 0);
	throttle_close(throttle);
}

/* Many names of nobody do not make the throttle forget the guesses for one. */
static void test_names_of_nobody_do_not_push_it_out(void **state)
{
	struct throttle *throttle = opened();

	(void)state;
	for (int i = 0; i < THROTTLE_GUESSES; i++)
		assert_int_equal(try(throttle, "ada", "10.0.0.1", 1000), 0);
	for (int i = 0; i < 200000; i++) {
		char login[32], address[32];

		snprintf(login, sizeof login, "nobody%d", i);
		snprintf(address, sizeof address, "10.%d.%d.1", i / 250 % 250, i % 250);
		try(throttle, login, address, 1001);
	}
	assert_true(try(throttle, "ada", "10.9.9.9", 1002) > 0);
	throttle_close(throttle);
}

struct crowd {
	struct throttle *throttle;
	struct password_queue *queue;
	atomic_int allowed, inside, most_inside, refused;
};

static void *guess_in_a_crowd(void *context)
{
	struct crowd *crowd = context;

	for (int i = 0; i < 200; i++)
		if (try(crowd->throttle, "ada", "10.0.0.1", 1000) == 0)
			atomic_fetch_add(&crowd->allowed, 1);
	return NULL;
}

static void test_a_crowd_gets_no_more(void **state)
{
	struct crowd crowd = {.throttle = opened()};
	pthread_t threads[8];

	(void)state;
	for (int i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, guess_in_a_crowd, &crowd), 0);
	for (int i = 0; i < 8; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(crowd.allowed, THROTTLE_GUESSES);
	throttle_close(crowd.throttle);
}

static void *hash_in_a_crowd(void *context)
{
	struct crowd *crowd = context;
	struct error error = {0};

	for (int i = 0; i < 20; i++) {
		int inside, most;

		if (!password_queue_enter(crowd->queue, i % 3 == 0, &error)) {
			assert_int_equal(error.code, ERROR_LIMIT);
			atomic_fetch_add(&crowd->refused, 1);
			continue;
		}
		inside = atomic_fetch_add(&crowd->inside, 1) + 1;
		most = atomic_load(&crowd->most_inside);
		while (inside > most &&
			!atomic_compare_exchange_weak(&crowd->most_inside, &most, inside))
			;
		usleep(100);
		atomic_fetch_sub(&crowd->inside, 1);
		password_queue_leave(crowd->queue);
	}
	return NULL;
}

static void run_crowd(unsigned at_once, unsigned waiting, struct crowd *crowd)
{
	struct error error = {0};
	pthread_t threads[16];

	must(password_queue_open(&crowd->queue, at_once, waiting, &error), &error);
	for (int i = 0; i < 16; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, hash_in_a_crowd, crowd), 0);
	for (int i = 0; i < 16; i++)
		pthread_join(threads[i], NULL);
	password_queue_close(crowd->queue);
}

static void test_few_hash_at_once(void **state)
{
	struct crowd four = {0}, small = {0};

	(void)state;
	run_crowd(9, 0, &four);
	assert_in_range(four.most_inside, 1, PASSWORD_HASHES_MOST);
	assert_int_equal(four.refused, 0);
	run_crowd(1, 3, &small);
	assert_int_equal(small.most_inside, 1);
	assert_true(small.refused > 0);
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ten_guesses_in_five_minutes),
		cmocka_unit_test(test_the_wait_is_told_and_holds),
		cmocka_unit_test(test_a_right_one_does_not_count),
		OFFICE_TEST(test_the_person_gets_in_on_their_device),
		cmocka_unit_test(test_an_address_gets_slower),
		cmocka_unit_test(test_names_of_nobody_do_not_push_it_out),
		cmocka_unit_test(test_a_crowd_gets_no_more),
		cmocka_unit_test(test_few_hash_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
