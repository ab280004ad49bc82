/* SPDX-License-Identifier: MIT */
#include "office.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../server_place.h"

void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->message);
}

void office_reopen(struct office *office)
{
	struct error error = {0};

	store_close(office->store);
	office->store = NULL;
	must(store_open(&office->store, office->place, DATABASE_WRITE, &error), &error);
}

int office_open(void **state)
{
	static struct office office;
	struct error error = {0};

	office = (struct office){.arena = arena_open(),
		.actor = {.name = TEXT("tester"), .route = TEXT("test"), .now = 1700000000}};
	snprintf(office.folder, sizeof office.folder, "%s/hearth-people-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(office.folder));
	snprintf(office.place, sizeof office.place, "%s/hearth.db", office.folder);
	snprintf(office.key, sizeof office.key, "%s.key", office.place);
	server_take(office.folder, office.place);
	office_reopen(&office);
	must(rights_load(&office.rights, office.arena, &error), &error);
	must(settings_read(office.store, &office.settings, &error), &error);
	*state = &office;
	return 0;
}

int office_close(void **state)
{
	struct office *office = *state;

	store_close(office->store);
	server_leave(office->folder);
	unlink(office->place);
	unlink(office->key);
	arena_close(office->arena);
	return rmdir(office->folder);
}

struct account office_account(
	struct office *office, const char *login, const char *role, const char *authority)
{
	struct error error = {0};
	struct text *names = arena_take(office->arena, 1, sizeof *names);
	struct account_form form = {.login = text_of(login), .role = text_of(role)};
	char password[FIRST_PASSWORD_SIZE];
	struct account account;
	int64_t id;

	*names = text_of(authority ? authority : "North (fictitious)");
	form.scope.authorities = names;
	form.scope.authority_count = strcmp(role, "provider") != 0;
	KEEP(office, &error,
		account_create(office->store, &office->actor, &form, &id, password, &error) &&
			account_set_password(office->store, id, TEXT("$none"), PASSWORD_OWN,
				office->actor.now, &error));
	must(account_read(office->store, office->arena, id, &account, &error), &error);
	return account;
}

struct session office_session(struct office *office, const struct account *account)
{
	char token[CRYPTO_TOKEN_SIZE];
	struct error error = {0};
	struct session session;

	KEEP(office, &error,
		session_begin(office->store, &office->actor, account->id, SESSION_FULL,
			TEXT("test"), &office->settings, token, &error));
	must(session_find(office->store, office->arena, text_of(token), office->actor.now,
		     &office->settings, &session, &error),
		&error);
	return session;
}

struct audit_entry office_last(struct office *office, const char *act)
{
	struct audit_question question = {.act = text_of(act), .most = 1};
	struct audit_entry *entries;
	struct error error = {0};
	size_t count;

	must(audit_list(office->store, office->arena, &question, &entries, &count, &error), &error);
	assert_int_equal(count, 1);
	return entries[0];
}
