/* SPDX-License-Identifier: MIT */
/* Teams and allocations, restricted and sealed records, broken glass. */
#include "office.h"

#include "people/restricted.h"

static const struct text north = {"North (fictitious)", 18};

static struct child_facts facts_of(
	struct office *office, const struct account *account, int64_t child)
{
	struct relations relations;
	struct error error = {0};

	must(relations_read(office->store, office->arena, account, child, office->actor.now,
		     &relations, &error),
		&error);
	return relations_facts(&relations, child, north);
}

static enum rights_answer answer(
	struct office *office, const struct account *account, int64_t child, const char *permission)
{
	struct session session = {.account = *account, .stage = SESSION_FULL};
	struct child_facts facts = facts_of(office, account, child);

	return rights_child(office->rights, &session, &facts, permission);
}

static void test_allocation_opens_and_its_end_closes(void **state)
{
	struct office *office = *state;
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct error error = {0};

	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_NOT_THEIRS);
	for (int i = 0; i < 2; i++) /* twice is once */
		KEEP(office, &error,
			allocation_set(office->store, &office->actor, 7, north, ada.id, &error));
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_ALLOWED);
	assert_int_equal(answer(office, &ada, 8, "child.view"), RIGHTS_NOT_THEIRS);
	assert_int_equal(office_last(office, "allocation.set").row.child, 7);
	KEEP(office, &error,
		allocation_end(office->store, &office->actor, 7, north, ada.id, &error));
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_NOT_THEIRS);
}

static void test_a_team_shares_its_children(void **state)
{
	struct office *office = *state;
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct account mia = office_account(office, "mia", "team_manager", NULL);
	struct account_form form = {
		.login = TEXT("ada"), .role = TEXT("social_worker"), .scope = ada.scope};
	struct account_form manager = {
		.login = TEXT("mia"), .role = TEXT("team_manager"), .scope = mia.scope};
	struct error error = {0};
	int64_t team = 0, same = 0, other = 0;

	KEEP(office, &error,
		team_named(office->store, &office->actor, TEXT("East"), north, &team, &error) &&
			team_named(office->store, &office->actor, TEXT("East"), north, &same,
				&error) &&
			team_named(office->store, &office->actor, TEXT("East"),
				TEXT("South (fictitious)"), &other, &error));
	assert_int_equal(team, same);
	assert_int_not_equal(team, other);
	KEEP(office, &error,
		allocation_set(office->store, &office->actor, 7, north, ada.id, &error));
	assert_int_equal(answer(office, &mia, 7, "child.view"), RIGHTS_NOT_THEIRS);
	form.scope.team = manager.scope.team = team;
	KEEP(office, &error,
		account_change(office->store, &office->actor, ada.id, &form, &error) &&
			account_change(office->store, &office->actor, mia.id, &manager, &error));
	must(account_read(office->store, office->arena, mia.id, &mia, &error), &error);
	assert_true(text_is(mia.team_name, "East"));
	assert_int_equal(answer(office, &mia, 7, "child.view"), RIGHTS_ALLOWED);
	assert_int_equal(answer(office, &mia, 8, "child.view"), RIGHTS_NOT_THEIRS);
	form.scope.team = other; /* a team of another authority */
	REFUSE(office, &error,
		account_change(office->store, &office->actor, ada.id, &form, &error));
	assert_int_equal(error.code, ERROR_INPUT);
}

static struct guarding guard_for(int64_t child, enum guard guard, const int64_t *named)
{
	return (struct guarding){
		.child = child, .guard = guard, .named = named, .named_count = named ? 1 : 0};
}

static bool set(struct office *office, const struct account *by, const struct guarding *guarding,
	struct error *error)
{
	struct actor actor = office->actor;
	bool done;

	actor.account = by ? by->id : 0;
	actor.why = TEXT("a relative works for the council");
	must(store_begin(office->store, error), error);
	done = guarding_set(office->store, &actor, guarding, north, error);
	return store_end(office->store, done, error);
}

static void test_a_restricted_record_is_for_named_people(void **state)
{
	struct office *office = *state;
	struct account dora = office_account(office, "dora", "director", NULL);
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct guarding guarding = guard_for(7, GUARD_RESTRICTED, &ada.id), read;
	struct error error = {0};

	assert_int_equal(answer(office, &dora, 7, "child.view"), RIGHTS_ALLOWED);
	must(set(office, &dora, &guarding, &error), &error);
	assert_int_equal(answer(office, &dora, 7, "child.view"), RIGHTS_RESTRICTED);
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_ALLOWED);
	must(guarding_read(office->store, office->arena, 7, &read, &error), &error);
	assert_int_equal(read.guard, GUARD_RESTRICTED);
	assert_int_equal(read.named_count, 1);
	assert_true(text_is(read.reason, "a relative works for the council"));
	assert_true(text_is(office_last(office, "guarding.set").row.about, "restricted"));
}

static void test_nobody_names_themselves(void **state)
{
	struct office *office = *state;
	struct account dora = office_account(office, "dora", "director", NULL);
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct guarding sealed = guard_for(7, GUARD_SEALED, &ada.id);
	struct guarding own = guard_for(7, GUARD_SEALED, &dora.id);
	struct guarding open = guard_for(7, GUARD_NONE, NULL);
	struct guarding nobody = guard_for(8, GUARD_SEALED, NULL);
	struct error error = {0};

	must(set(office, &dora, &sealed, &error), &error);
	assert_false(set(office, &dora, &own, &error));
	assert_int_equal(error.code, ERROR_DENIED);
	assert_false(set(office, &dora, &open, &error));
	assert_int_equal(error.code, ERROR_DENIED);
	assert_int_equal(answer(office, &dora, 7, "child.view"), RIGHTS_SEALED);
	assert_false(set(office, &dora, &nobody, &error)); /* one that nobody could open */
	must(set(office, &ada, &own, &error), &error);	   /* who is named may */
	assert_int_equal(answer(office, &dora, 7, "child.view"), RIGHTS_ALLOWED);
	must(set(office, &dora, &open, &error), &error);
}

static void test_an_address_is_guarded_by_itself(void **state)
{
	struct office *office = *state;
	struct account dora = office_account(office, "dora", "director", NULL);
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct guarding guarding = guard_for(7, GUARD_NONE, &ada.id);
	struct error error = {0};

	guarding.address = true;
	must(set(office, NULL, &guarding, &error), &error);
	assert_int_equal(answer(office, &dora, 7, "child.view"), RIGHTS_ALLOWED);
	assert_int_equal(answer(office, &dora, 7, "child.address"), RIGHTS_ADDRESS);
	assert_int_equal(answer(office, &ada, 7, "child.address"), RIGHTS_ALLOWED);
	guarding.address = false;
	assert_false(set(office, &dora, &guarding, &error));
	assert_int_equal(error.code, ERROR_DENIED);
}

static bool smash(struct office *office, const struct account *account, int64_t child,
	const char *why, int64_t *out_until, struct error *error)
{
	struct session session = {.account = *account, .stage = SESSION_FULL};
	struct child_facts facts = facts_of(office, account, child);
	struct actor actor = office->actor;
	bool done;

	actor.account = account->id;
	actor.why = text_of(why);
	must(store_begin(office->store, error), error);
	done = glass_break(office->store, office->rights, &session, &facts, &office->settings,
		&actor, out_until, error);
	return store_end(office->store, done, error);
}

static void test_glass_opens_for_three_hours_at_most(void **state)
{
	struct office *office = *state;
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct account ben = office_account(office, "ben", "social_worker", NULL);
	struct guarding guarding = guard_for(7, GUARD_RESTRICTED, &ben.id);
	struct error error = {0};
	int64_t until;

	must(set(office, NULL, &guarding, &error), &error);
	assert_false(smash(office, &ada, 7, "look", &until, &error)); /* no reason */
	assert_int_equal(error.code, ERROR_INPUT);
	office->settings.break_glass_minutes = 100000; /* whatever the settings say */
	must(smash(office, &ada, 7, "he was taken to hospital", &until, &error), &error);
	assert_int_equal(until, office->actor.now + 3 * 3600);
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_BY_GLASS);
	assert_int_equal(answer(office, &ada, 7, "assessment.write"), RIGHTS_RESTRICTED);
	assert_int_equal(answer(office, &ada, 8, "child.view"), RIGHTS_NOT_THEIRS);
	assert_int_equal(office_last(office, "glass.break").row.child, 7);
	assert_true(text_is(office_last(office, "glass.break").why, "he was taken to hospital"));
	office->actor.now = until - 1;
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_BY_GLASS);
	office->actor.now = until;
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_RESTRICTED);
}

static void test_glass_is_given_back(void **state)
{
	struct office *office = *state;
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct actor actor = office->actor;
	struct error error = {0};
	int64_t until;

	must(smash(office, &ada, 7, "he was taken to hospital", &until, &error), &error);
	actor.account = ada.id;
	actor.now = office->actor.now += 5;
	KEEP(office, &error, glass_end(office->store, &actor, 7, north, &error));
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_NOT_THEIRS);
}

static void test_a_sealed_record_has_no_glass(void **state)
{
	struct office *office = *state;
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct account ben = office_account(office, "ben", "social_worker", NULL);
	struct account fin = office_account(office, "fin", "finance", NULL);
	struct account sue = office_account(office, "sue", "social_worker", "South (fictitious)");
	struct guarding guarding = guard_for(7, GUARD_SEALED, &ben.id);
	struct error error = {0};
	int64_t until;

	must(smash(office, &ada, 7, "he was taken to hospital", &until, &error), &error);
	must(set(office, NULL, &guarding, &error), &error);
	assert_int_equal(answer(office, &ada, 7, "child.view"), RIGHTS_SEALED);
	assert_false(smash(office, &ada, 7, "he was taken to hospital", &until, &error));
	assert_int_equal(error.code, ERROR_DENIED);
	/* nor has one for those without the permission, or of another authority */
	assert_false(smash(office, &fin, 8, "he was taken to hospital", &until, &error));
	assert_int_equal(error.code, ERROR_DENIED);
	assert_false(smash(office, &sue, 8, "he was taken to hospital", &until, &error));
	assert_int_equal(error.code, ERROR_DENIED);
}

static bool review(
	struct office *office, const struct account *by, int64_t glass, struct error *error)
{
	struct session session = {.account = *by, .stage = SESSION_FULL};
	struct actor actor = office->actor;
	bool done;

	actor.account = by->id;
	must(store_begin(office->store, error), error);
	done = glass_review(office->store, office->rights, &session, &actor, glass,
		TEXT("it was needed that night"), error);
	return store_end(office->store, done, error);
}

static void test_somebody_else_reviews_it(void **state)
{
	struct office *office = *state;
	struct account dora = office_account(office, "dora", "director", NULL);
	struct account dave = office_account(office, "dave", "director", NULL);
	struct account ada = office_account(office, "ada", "social_worker", NULL);
	struct account sam = office_account(office, "sam", "director", "South (fictitious)");
	struct glass *queue;
	struct error error = {0};
	int64_t until;
	size_t count;

	must(smash(office, &dora, 7, "he was taken to hospital", &until, &error), &error);
	must(glass_list(office->store, office->arena, &dave.scope, false, &queue, &count, &error),
		&error);
	assert_int_equal(count, 1);
	assert_true(text_is(queue[0].reason, "he was taken to hospital"));
	assert_true(text_is(queue[0].shown, "dora"));
	must(glass_list(office->store, office->arena, &sam.scope, true, &queue, &count, &error),
		&error);
	assert_int_equal(count, 0);
	assert_false(review(office, &dora, 1, &error)); /* their own */
	assert_int_equal(error.code, ERROR_DENIED);
	assert_false(review(office, &ada, 1, &error)); /* no reviewer */
	assert_int_equal(error.code, ERROR_DENIED);
	assert_false(review(office, &sam, 1, &error)); /* of another authority: as if absent */
	assert_int_equal(error.code, ERROR_MISSING);
	assert_false(review(office, &dave, 2, &error));
	assert_int_equal(error.code, ERROR_MISSING);
	must(review(office, &dave, 1, &error), &error);
	assert_false(review(office, &dave, 1, &error)); /* once */
	assert_int_equal(error.code, ERROR_CONFLICT);
	must(glass_list(office->store, office->arena, &dave.scope, false, &queue, &count, &error),
		&error);
	assert_int_equal(count, 0);
	must(glass_list(office->store, office->arena, &dave.scope, true, &queue, &count, &error),
		&error);
	assert_int_equal(count, 1);
	assert_true(text_is(queue[0].finding, "it was needed that night"));
	assert_true(text_is(queue[0].reviewed_by, "dave"));
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(test_allocation_opens_and_its_end_closes),
		OFFICE_TEST(test_a_team_shares_its_children),
		OFFICE_TEST(test_a_restricted_record_is_for_named_people),
		OFFICE_TEST(test_nobody_names_themselves),
		OFFICE_TEST(test_an_address_is_guarded_by_itself),
		OFFICE_TEST(test_glass_opens_for_three_hours_at_most),
		OFFICE_TEST(test_glass_is_given_back),
		OFFICE_TEST(test_a_sealed_record_has_no_glass),
		OFFICE_TEST(test_somebody_else_reviews_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
