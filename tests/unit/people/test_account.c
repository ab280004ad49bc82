/* SPDX-License-Identifier: MIT */
/* Accounts: made, changed, disabled, reset, and what of it is in the log. */
#include "office.h"

static const struct text north = {"North (fictitious)", 18};

static struct account_form form_of(const char *login, const char *role)
{
	return (struct account_form){.login = text_of(login),
		.role = text_of(role),
		.scope = {.authorities = &north, .authority_count = 1}};
}

static bool create(struct office *office, const struct account_form *form, int64_t *out_id,
	struct error *error)
{
	char password[FIRST_PASSWORD_SIZE];

	must(store_begin(office->store, error), error);
	return store_end(office->store,
		account_create(office->store, &office->actor, form, out_id, password, error),
		error);
}

static void test_an_account_is_as_it_was_made(void **state)
{
	struct office *office = *state;
	struct account_form form = form_of("Ada.Lovelace", "social_worker");
	struct account account;
	struct error error = {0};
	int64_t id;

	form.shown = TEXT("Ada Lovelace");
	must(create(office, &form, &id, &error), &error);
	must(account_find(office->store, office->arena, TEXT("ADA.lovelace"), &account, &error),
		&error);
	assert_int_equal(account.id, id);
	assert_true(text_is(account.login, "ada.lovelace"));
	assert_true(text_is(account.shown, "Ada Lovelace"));
	assert_int_equal(account.password, PASSWORD_FIRST);
	assert_false(account.disabled);
	assert_false(account.second_factor);
	assert_int_equal(account.scope.authority_count, 1);
	assert_true(text_equal(account.scope.authorities[0], north));
	assert_true(text_equal(office_last(office, "account.create").row.authority, north));
	assert_true(text_is(office_last(office, "account.create").row.about, "account 1"));
}

static void expect_refusal(
	struct office *office, const struct account_form *form, enum error_code code)
{
	struct error error = {0};
	int64_t id;

	assert_false(create(office, form, &id, &error));
	assert_int_equal(error.code, code);
}

static void test_what_does_not_fit_is_refused(void **state)
{
	struct office *office = *state;
	struct account_form form = form_of("ada", "social_worker");
	struct text two[] = {north, TEXT("South (fictitious)")};
	struct error error = {0};
	int64_t id, count;

	must(create(office, &form, &id, &error), &error);
	expect_refusal(office, &form, ERROR_CONFLICT);
	form.login = TEXT("ADA");
	expect_refusal(office, &form, ERROR_CONFLICT);
	form = form_of("a", "social_worker");
	expect_refusal(office, &form, ERROR_INPUT);
	form = form_of("ada lovelace", "social_worker");
	expect_refusal(office, &form, ERROR_INPUT);
	form = form_of("ben", "king");
	expect_refusal(office, &form, ERROR_INPUT);
	form = form_of("ben", "provider");
	expect_refusal(office, &form, ERROR_INPUT);
	form = form_of("ben", "social_worker");
	form.scope.authorities = two;
	form.scope.authority_count = 2;
	expect_refusal(office, &form, ERROR_INPUT);
	form = form_of("ben", "analyst");
	form.scope.authority_count = 0;
	expect_refusal(office, &form, ERROR_INPUT);
	form.scope.every_authority = true;
	must(create(office, &form, &id, &error), &error);
	form = form_of("cleo", "social_worker");
	form.scope.team = 99;
	expect_refusal(office, &form, ERROR_INPUT);
	must(account_count(office->store, &count, &error), &error);
	assert_int_equal(count, 2);
}

static void test_the_last_administrator_stays(void **state)
{
	struct office *office = *state;
	struct account_form form = form_of("root", "administrator"), other = form;
	struct error error = {0};
	int64_t id, second;

	form.scope = (struct account_scope){.every_authority = true};
	other.login = TEXT("second");
	other.scope = form.scope;
	must(create(office, &form, &id, &error), &error);
	REFUSE(office, &error, account_disable(office->store, &office->actor, id, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	form.scope = (struct account_scope){.authorities = &north, .authority_count = 1};
	REFUSE(office, &error, account_change(office->store, &office->actor, id, &form, &error));
	assert_int_equal(error.code, ERROR_CONFLICT);
	must(create(office, &other, &second, &error), &error);
	KEEP(office, &error, account_disable(office->store, &office->actor, id, &error));
	REFUSE(office, &error, account_disable(office->store, &office->actor, second, &error));
}

static void test_nobody_is_not_changed(void **state)
{
	struct office *office = *state;
	struct account_form form = form_of("ada", "director");
	char password[FIRST_PASSWORD_SIZE];
	struct error error = {0};

	REFUSE(office, &error, account_change(office->store, &office->actor, 9, &form, &error));
	assert_int_equal(error.code, ERROR_MISSING);
	REFUSE(office, &error, account_disable(office->store, &office->actor, 9, &error));
	assert_int_equal(error.code, ERROR_MISSING);
	REFUSE(office, &error, account_enable(office->store, &office->actor, 9, &error));
	assert_int_equal(error.code, ERROR_MISSING);
	REFUSE(office, &error,
		account_reset(office->store, &office->actor, 9, false, password, &error));
	assert_int_equal(error.code, ERROR_MISSING);
}

static void test_all_are_listed_by_login(void **state)
{
	struct office *office = *state;
	struct account *accounts;
	struct error error = {0};
	size_t count;
	int64_t id = office_account(office, "zoe", "director", NULL).id;

	office_account(office, "ada", "provider", NULL);
	KEEP(office, &error, account_disable(office->store, &office->actor, id, &error));
	must(account_list(office->store, office->arena, &accounts, &count, &error), &error);
	assert_int_equal(count, 2);
	assert_true(text_is(accounts[0].login, "ada"));
	assert_int_equal(accounts[0].scope.authority_count, 0);
	assert_true(accounts[1].disabled);
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(test_an_account_is_as_it_was_made),
		OFFICE_TEST(test_what_does_not_fit_is_refused),
		OFFICE_TEST(test_the_last_administrator_stays),
		OFFICE_TEST(test_nobody_is_not_changed),
		OFFICE_TEST(test_all_are_listed_by_login),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
