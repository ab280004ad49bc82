/* SPDX-License-Identifier: MIT */
/* What is kept in memory counts only as long as the record says the same. */
#include "office.h"

#include "people/known.h"

struct front {
	struct office *office;
	struct known known;
	struct store *other; /* of another program */
	struct account account;
	char token[CRYPTO_TOKEN_SIZE];
};

static struct front begin(void **state)
{
	struct front front = {.office = *state};
	struct error error = {0};

	front.account = office_account(front.office, "ada", "director", NULL);
	KEEP(front.office, &error,
		session_begin(front.office->store, &front.office->actor, front.account.id,
			SESSION_FULL, TEXT("Firefox"), &front.office->settings, front.token,
			&error));
	known_open(&front.known, front.office->place);
	must(store_open(&front.other, front.office->place, DATABASE_WRITE, &error), &error);
	return front;
}

static void end(struct front *front)
{
	store_close(front->other);
	store_close(front->office->store);
	known_close(&front->known);
	front->office->store = NULL;
}

/* Whether a request would find the session; *out_state tells which memory it came from. */
static bool lives(struct front *front, int64_t now, const struct known_state **out_state)
{
	struct known_state *state = known_enter(&front->known);
	struct session session;
	struct error error = {0};
	bool found = known_session(&front->known, state, front->office->store, front->office->arena,
		text_of(front->token), now, &front->office->settings, &session, &error);

	assert_true(found || error.code == ERROR_MISSING);
	if (found)
		assert_true(text_is(session.account.login, "ada"));
	*out_state = state;
	known_leave(&front->known, state);
	return found;
}

static void test_what_is_known_is_not_read_again(void **state)
{
	struct front front = begin(state);
	int64_t now = front.office->actor.now;
	const struct known_state *first, *second;

	assert_true(lives(&front, now, &first));
	assert_true(lives(&front, now, &second));
	assert_ptr_equal(first, second);
	end(&front);
}

static void test_it_is_over_in_time(void **state)
{
	struct front front = begin(state);
	int64_t now = front.office->actor.now;
	const struct known_state *ignored;

	assert_true(lives(&front, now + 1799, &ignored));
	assert_false(lives(&front, now + 1800, &ignored));
	end(&front);
}

static void test_signing_out_elsewhere_counts_at_once(void **state)
{
	struct front front = begin(state);
	struct session session;
	const struct known_state *ignored;
	struct error error = {0};
	int64_t now = front.office->actor.now;

	assert_true(lives(&front, now, &ignored));
	must(session_of_token(text_of(front.token), &session, &error), &error);
	must(store_begin(front.other, &error), &error);
	must(session_end_all(front.other, front.account.id, (struct text){0}, &error), &error);
	assert_true(lives(&front, now, &ignored)); /* not committed */
	must(store_commit(front.other, &error), &error);
	assert_false(lives(&front, now, &ignored));
	end(&front);
}

static void test_disabling_elsewhere_counts_at_once(void **state)
{
	struct front front = begin(state);
	const struct known_state *ignored;
	struct error error = {0};

	assert_true(lives(&front, front.office->actor.now, &ignored));
	must(store_begin(front.other, &error), &error);
	must(store_end(front.other,
		     account_disable(front.other, &front.office->actor, front.account.id, &error),
		     &error),
		&error);
	assert_false(lives(&front, front.office->actor.now, &ignored));
	end(&front);
}

static bool allocated(struct front *front, int64_t child)
{
	struct known_state *state = known_enter(&front->known);
	struct relations relations;
	struct error error = {0};
	bool found;

	must(store_look(front->office->store, &error), &error);
	must(known_relations(&front->known, state, front->office->store, front->office->arena,
		     &front->account, child, front->office->actor.now, &relations, &error),
		&error);
	found = relations_facts(&relations, child, TEXT("")).allocated;
	store_rollback(front->office->store);
	known_leave(&front->known, state);
	return found;
}

static void set_allocation(struct front *front, struct store *store, bool set)
{
	struct actor actor = front->office->actor;
	struct error error = {0};
	bool done = set ? allocation_set(store, &actor, 5, TEXT(""), front->account.id, &error)
			: allocation_end(store, &actor, 5, TEXT(""), front->account.id, &error);

	must(done, &error);
}

static void test_relations_follow_the_record(void **state)
{
	struct front front = begin(state);
	struct error error = {0};

	assert_false(allocated(&front, 5));
	must(store_begin(front.other, &error), &error);
	set_allocation(&front, front.other, true);
	must(store_commit(front.other, &error), &error);
	assert_true(allocated(&front, 5));
	assert_false(allocated(&front, 6));
	must(store_begin(front.other, &error), &error);
	set_allocation(&front, front.other, false);
	must(store_commit(front.other, &error), &error);
	assert_false(allocated(&front, 5));
	end(&front);
}

/* In a transaction that writes, what is read may be taken back. */
static void test_what_is_not_committed_is_not_kept(void **state)
{
	struct front front = begin(state);
	struct known_state *known;
	struct relations relations;
	struct error error = {0};

	must(store_begin(front.office->store, &error), &error);
	set_allocation(&front, front.office->store, true);
	known = known_enter(&front.known);
	must(known_relations(&front.known, known, front.office->store, front.office->arena,
		     &front.account, 5, front.office->actor.now, &relations, &error),
		&error);
	assert_true(relations_facts(&relations, 5, TEXT("")).allocated);
	known_leave(&front.known, known);
	store_rollback(front.office->store);
	assert_false(allocated(&front, 5));
	end(&front);
}

/* A commit that only the log sees leaves what is known; one that comes between does not. */
static void test_announced_commits_change_nothing(void **state)
{
	struct front front = begin(state);
	int64_t now = front.office->actor.now;
	struct audit_row row = {.act = TEXT("child.view"), .child = 1};
	const struct known_state *first, *second;
	struct error error = {0};

	assert_true(lives(&front, now, &first));
	must(store_begin(front.other, &error), &error);
	must(audit_append(front.other, &front.office->actor, &row, &error), &error);
	known_expect(&front.known);
	must(store_commit(front.other, &error), &error);
	assert_true(lives(&front, now, &second));
	assert_ptr_equal(first, second);
	known_expected(&front.known, true);
	assert_true(lives(&front, now, &second));
	assert_ptr_equal(first, second);
	must(store_begin(front.other, &error), &error);
	known_expect(&front.known);
	known_expected(&front.known, false);
	store_rollback(front.other);
	KEEP(front.office, &error,
		session_end_all(front.office->store, front.account.id, (struct text){0}, &error));
	assert_false(lives(&front, now, &second));
	end(&front);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_what_is_known_is_not_read_again, office_open, office_close),
		cmocka_unit_test_setup_teardown(test_it_is_over_in_time, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_signing_out_elsewhere_counts_at_once, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_disabling_elsewhere_counts_at_once, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_relations_follow_the_record, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_what_is_not_committed_is_not_kept, office_open, office_close),
		cmocka_unit_test_setup_teardown(
			test_announced_commits_change_nothing, office_open, office_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
