/* SPDX-License-Identifier: MIT */
/* Codes of an app and recovery codes. */
#include "office.h"

#include <stdio.h>

#include "people/second_factor.h"

/* RFC 6238, appendix B: SHA-1, 8 digits, steps of 30 seconds. */
static void test_codes_are_those_of_the_rfc(void **state)
{
	static const struct {
		int64_t time;
		const char *code;
	} vectors[] = {{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"},
		{1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
	static const unsigned char secret[] = "12345678901234567890";
	struct error error = {0};
	char code[9];

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		must(one_time_code(secret, 20, vectors[i].time / 30, 8, code, &error), &error);
		assert_string_equal(code, vectors[i].code);
		must(one_time_code(secret, 20, vectors[i].time / 30, 6, code, &error), &error);
		assert_string_equal(code, vectors[i].code + 2);
	}
}

struct enrolled {
	struct account account;
	unsigned char secret[FACTOR_SECRET_BYTES];
	char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE];
};

static const char *code_at(const unsigned char *secret, int64_t time)
{
	static char code[FACTOR_CODE_SIZE];
	struct error error = {0};

	must(one_time_code(secret, FACTOR_SECRET_BYTES, time / 30, 6, code, &error), &error);
	return code;
}

static struct enrolled enrol(struct office *office)
{
	struct enrolled enrolled = {.account = office_account(office, "ada", "director", NULL)};
	struct factor_offer offer, again;
	struct error error = {0};
	bool right;

	KEEP(office, &error,
		factor_offer(office->store, office->arena, &enrolled.account, &office->actor,
			&offer, &error));
	KEEP(office, &error,
		factor_offer(office->store, office->arena, &enrolled.account, &office->actor,
			&again, &error));
	assert_memory_equal(offer.secret, again.secret, sizeof offer.secret);
	assert_int_equal(strlen(offer.text), 32);
	assert_non_null(strstr(offer.address, offer.text));
	assert_non_null(strstr(offer.picture, "<svg"));
	assert_null(strstr(offer.picture, "style"));
	KEEP(office, &error,
		factor_confirm(office->store, &office->actor, enrolled.account.id, TEXT("000000"),
			&right, enrolled.codes, &error));
	assert_false(right);
	KEEP(office, &error,
		factor_confirm(office->store, &office->actor, enrolled.account.id,
			text_of(code_at(offer.secret, office->actor.now)), &right, enrolled.codes,
			&error));
	assert_true(right);
	memcpy(enrolled.secret, offer.secret, sizeof offer.secret);
	must(account_read(
		     office->store, office->arena, enrolled.account.id, &enrolled.account, &error),
		&error);
	assert_true(enrolled.account.second_factor);
	return enrolled;
}

static bool accepted(struct office *office, int64_t account, const char *code)
{
	struct error error = {0};
	bool right;

	KEEP(office, &error,
		factor_check(
			office->store, &office->actor, account, text_of(code), &right, &error));
	return right;
}

static void test_a_code_counts_once_and_near_its_time(void **state)
{
	struct office *office = *state;
	struct enrolled enrolled = enrol(office);
	int64_t id = enrolled.account.id;
	char code[FACTOR_CODE_SIZE], early[FACTOR_CODE_SIZE];

	snprintf(code, sizeof code, "%s", code_at(enrolled.secret, office->actor.now));
	assert_false(accepted(office, id, code)); /* used to set it up */
	office->actor.now += 300;
	snprintf(early, sizeof early, "%s", code_at(enrolled.secret, office->actor.now - 30));
	snprintf(code, sizeof code, "%s", code_at(enrolled.secret, office->actor.now));
	assert_false(accepted(office, id, code_at(enrolled.secret, office->actor.now - 60)));
	assert_false(accepted(office, id, code_at(enrolled.secret, office->actor.now + 60)));
	assert_true(accepted(office, id, code));
	assert_false(accepted(office, id, code));
	assert_false(accepted(office, id, early)); /* older than one that was used */
	assert_true(accepted(office, id, code_at(enrolled.secret, office->actor.now + 30)));
	office->actor.now += 300;
	assert_false(accepted(office, id, ""));
	assert_false(accepted(office, id, "12345678901234567890"));
	office_reopen(office);
	assert_true(accepted(office, id, code_at(enrolled.secret, office->actor.now)));
}

static void test_spaces_in_a_code_are_fine(void **state)
{
	struct office *office = *state;
	struct enrolled enrolled = enrol(office);
	char code[16];
	const char *plain;

	office->actor.now += 90;
	plain = code_at(enrolled.secret, office->actor.now);
	snprintf(code, sizeof code, " %.3s %s", plain, plain + 3);
	assert_true(accepted(office, enrolled.account.id, code));
}

static void test_a_recovery_code_counts_once(void **state)
{
	struct office *office = *state;
	struct enrolled enrolled = enrol(office);
	int64_t id = enrolled.account.id, left;
	struct error error = {0};
	char typed[32];

	for (int i = 0; i < RECOVERY_CODES; i++) {
		for (int j = 0; j < i; j++)
			assert_string_not_equal(enrolled.codes[i], enrolled.codes[j]);
		assert_int_equal(strlen(enrolled.codes[i]), RECOVERY_CODE_SIZE - 1);
	}
	assert_true(accepted(office, id, enrolled.codes[3]));
	assert_false(accepted(office, id, enrolled.codes[3]));
	assert_int_equal(office_last(office, "recovery.use").sequence > 0, true);
	snprintf(typed, sizeof typed, "%.5s %.5s", enrolled.codes[4], enrolled.codes[4] + 6);
	for (char *at = typed; *at; at++)
		*at = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
	assert_true(accepted(office, id, typed));
	must(factor_codes_left(office->store, id, &left, &error), &error);
	assert_int_equal(left, RECOVERY_CODES - 2);
	assert_false(accepted(office, id, "aaaaa-aaaaa"));
}

static void test_what_was_taken_away_opens_nothing(void **state)
{
	struct office *office = *state;
	struct enrolled enrolled = enrol(office);
	int64_t id = enrolled.account.id;
	struct error error = {0};

	office->actor.now += 300;
	KEEP(office, &error, factor_forget(office->store, &office->actor, id, &error));
	assert_false(accepted(office, id, code_at(enrolled.secret, office->actor.now)));
	assert_false(accepted(office, id, enrolled.codes[0]));
}

/* Another account's codes, and those of an offer that was not taken, are worth nothing. */
static void test_codes_are_of_one_account(void **state)
{
	struct office *office = *state;
	struct enrolled enrolled = enrol(office);
	struct account ben = office_account(office, "ben", "director", NULL);
	struct factor_offer offer;
	struct error error = {0};

	office->actor.now += 300;
	KEEP(office, &error,
		factor_offer(office->store, office->arena, &ben, &office->actor, &offer, &error));
	assert_false(accepted(office, ben.id, code_at(offer.secret, office->actor.now)));
	assert_false(accepted(office, ben.id, code_at(enrolled.secret, office->actor.now)));
	assert_false(accepted(office, ben.id, enrolled.codes[0]));
	assert_true(accepted(office, enrolled.account.id, enrolled.codes[0]));
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes_are_those_of_the_rfc),
		OFFICE_TEST(test_a_code_counts_once_and_near_its_time),
		OFFICE_TEST(test_spaces_in_a_code_are_fine),
		OFFICE_TEST(test_a_recovery_code_counts_once),
		OFFICE_TEST(test_what_was_taken_away_opens_nothing),
		OFFICE_TEST(test_codes_are_of_one_account),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
