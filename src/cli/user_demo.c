/* SPDX-License-Identifier: MIT */
/* hearth user demo: one person a role for the demonstration population, and for no other. */
#include <stdio.h>

#include "base/crypto.h"
#include "cli/demonstration.h"
#include "cli/people.h"
#include "cohort/cohort.h"
#include "demo/voices.h"
#include "people/roles.h"

#define TEAM_NAME "Demonstration team"

enum { OWN_CHILDREN = 24, PASSWORD_BYTES = 9, DAY_SECONDS = 24 * 60 * 60, ADULT = 18 };

struct demo_users {
	const struct command *command;
	struct store *store;
	struct actor actor;
	struct text authority; /* the first one */
	struct roles roles;
	struct schema schema;
	struct history history;
	int64_t team;
	const char *password;
	char hash[PASSWORD_HASH_SIZE];
};

static bool check_authorities(struct demo_users *demo, struct error *error)
{
	if (!demonstration_only(demo->store, demo->command->arena, &demo->authority, error))
		return false;
	return demo->authority.length || error_set(error, ERROR_DENIED,
						 "the record has no demonstration population yet: "
						 "hearth demo makes its files");
}

static bool make_password(struct demo_users *demo, struct error *error)
{
	static const struct account nobody;
	unsigned char bytes[PASSWORD_BYTES];
	char *password = arena_take(demo->command->arena, 2 * PASSWORD_BYTES, 1);

	if (!password)
		return error_no_memory(error);
	crypto_random(bytes, sizeof bytes);
	demo->password = crypto_base64(bytes, sizeof bytes, password, 2 * PASSWORD_BYTES);
	return user_hash(&nobody, text_of(demo->password), demo->hash, error);
}

/* "social.worker" of "social_worker". */
static char *login_of(const struct demo_users *demo, const struct role *role)
{
	char *login = arena_string(demo->command->arena, role->id);

	for (char *at = login; at && *at; at++)
		*at = *at == '_' ? '.' : *at;
	return login;
}

static struct account_form form_of(
	const struct demo_users *demo, const struct role *role, const char *login)
{
	struct account_form form = {.login = text_of(login),
		.shown = text_of(
			arena_format(demo->command->arena, "%s (demonstration)", role->label)),
		.role = text_of(role->id),
		.demonstration = true};

	if (role->authorities != ROLE_NO_AUTHORITY) {
		form.scope.authorities = &demo->authority;
		form.scope.authority_count = 1;
	}
	if (strcmp(role->id, "administrator") == 0)
		form.scope = (struct account_scope){.every_authority = true};
	if (strcmp(role->id, "social_worker") == 0 || strcmp(role->id, "team_manager") == 0)
		form.scope.team = demo->team;
	return form;
}

/* One who is there already and is not of the demonstration stays as they are. */
static bool check_there(const struct account *account, struct error *error)
{
	return account->demonstration || error_set(error, ERROR_CONFLICT,
						 "there is an account %.*s that is not of the "
						 "demonstration",
						 (int)account->login.length, account->login.data);
}

static bool add_user(struct demo_users *demo, const struct role *role, struct error *error)
{
	char first[FIRST_PASSWORD_SIZE], *login = login_of(demo, role);
	struct error missing = {0};
	struct account_form form;
	struct account account;
	int64_t id;

	if (!login)
		return error_no_memory(error);
	form = form_of(demo, role, login);
	if (account_find(demo->store, demo->command->arena, form.login, &account, &missing)) {
		id = account.id;
		if (!check_there(&account, error))
			return false;
	} else if (!account_create(demo->store, &demo->actor, &form, &id, first, error)) {
		return false;
	}
	return password_set(
		demo->store, &demo->actor, id, text_of(demo->hash), (struct text){0}, error);
}

/* The first children of the authority who are looked after today, are under 18 and have an
 * assessment. */
static bool children_of(struct demo_users *demo, int64_t children[OWN_CHILDREN], size_t *out_count,
	struct error *error)
{
	const struct history *history = &demo->history;
	struct cohort_options options = {
		.as_at = (int32_t)(demo->actor.now / DAY_SECONDS), .cap_pence = COHORT_CAP_PENCE};
	const struct cohort *today;

	*out_count = 0;
	if (!cohort_build(&today, demo->command->arena, history, &options, error))
		return false;
	for (size_t i = 0; i < today->count && *out_count < OWN_CHILDREN; i++) {
		uint32_t child = today->child[i];
		uint16_t authority = history->authority[child];

		if (authority != UINT16_MAX && today->age[i] < ADULT &&
			today->assessment[i] != HISTORY_NONE &&
			text_equal(history->authorities[authority], demo->authority))
			children[(*out_count)++] = history->numbers[child];
	}
	return true;
}

/* What the social worker's children say of themselves, as the social worker wrote it down. */
static bool write_voices(struct demo_users *demo, const struct account *account,
	const int64_t *children, size_t count, struct error *error)
{
	struct actor worker = demo->actor;
	struct voices_writer writer = {.store = demo->store,
		.actor = &worker,
		.shown = account->shown,
		.authority = demo->authority,
		.history = &demo->history,
		.today = (int32_t)(demo->actor.now / DAY_SECONDS)};

	worker.account = account->id;
	worker.name = account->login;
	return voices_write(demo->command->arena, &writer, children, count, error);
}

static bool give_children(struct demo_users *demo, struct error *error)
{
	int64_t children[OWN_CHILDREN];
	struct account account;
	size_t count;

	if (!account_find(
		    demo->store, demo->command->arena, TEXT("social.worker"), &account, error) ||
		!children_of(demo, children, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!allocation_set(demo->store, &demo->actor, children[i], demo->authority,
			    account.id, error))
			return false;
	return !arguments_has(demo->command->arguments, "voices") ||
	       write_voices(demo, &account, children, count, error);
}

static bool add_users(struct demo_users *demo, struct error *error)
{
	if (!team_named(demo->store, &demo->actor, TEXT(TEAM_NAME), demo->authority, &demo->team,
		    error))
		return false;
	for (size_t i = 0; i < demo->roles.count; i++)
		if (!add_user(demo, &demo->roles.roles[i], error))
			return false;
	return give_children(demo, error);
}

/* Children, by age. */
static bool read_history(struct demo_users *demo, struct error *error)
{
	return command_schema(demo->command, &demo->schema, error) &&
	       history_load(&demo->history, demo->command->arena, &demo->schema,
		       schema_framework(&demo->schema, TEXT("valuing-care-13")), demo->store,
		       error);
}

static bool make_users(struct demo_users *demo, struct error *error)
{
	return roles_read(&demo->roles, demo->command->arena, error) &&
	       command_store(demo->command, DATABASE_WRITE, &demo->store, error) &&
	       check_authorities(demo, error) && read_history(demo, error) &&
	       make_password(demo, error) && store_begin(demo->store, error) &&
	       store_end(demo->store, add_users(demo, error), error);
}

int command_user_demo(struct command *command)
{
	struct demo_users demo = {
		.command = command, .actor = command_actor(command, "hearth user demo")};
	struct error error = {0};
	bool done = make_users(&demo, &error);

	store_close(demo.store);
	if (!done)
		return command_failed(command, &error);
	printf("%-18s  %-12s  %s\n", "Login", "Password", "Role");
	for (size_t i = 0; i < demo.roles.count; i++)
		printf("%-18s  %-12s  %s\n", login_of(&demo, &demo.roles.roles[i]), demo.password,
			demo.roles.roles[i].label);
	return STATUS_DONE;
}
