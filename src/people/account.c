/* SPDX-License-Identifier: MIT */
#include "people/account.h"

#include "base/crypto.h"
#include "people/first_password.h"
#include "people/read.h"
#include "people/roles.h"
#include "people/session.h"

enum { SHOWN_LONGEST = 120 };

static bool check_team(struct store *store, const struct account_scope *scope, struct error *error)
{
	struct store_cursor *cursor;
	bool row, among = scope->every_authority;

	if (!scope->team)
		return true;
	if (!store_query(store, "team_authority", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, scope->team);
	if (!store_next(cursor, &row, error))
		return false;
	for (size_t i = 0; row && i < scope->authority_count; i++)
		among |= text_equal(scope->authorities[i], store_text(cursor, 0));
	store_rewind(cursor);
	return (row && among) ||
	       error_set(error, ERROR_INPUT, "the team is not one of the account's authority");
}

/* Whether the role exists and fits the scope. */
static bool check_role(const struct account_form *form, struct error *error)
{
	struct arena *arena = arena_open();
	const struct role *role = NULL;
	struct roles roles;
	bool done = false;

	if (!arena)
		return error_no_memory(error);
	if (!roles_read(&roles, arena, error))
		goto done;
	role = roles_find(&roles, form->role);
	done = role ? role_fits(role, &form->scope, error)
		    : error_set(error, ERROR_INPUT, "there is no role '%.*s'",
			      (int)(form->role.length > 40 ? 40 : form->role.length),
			      form->role.data);
done:
	arena_close(arena);
	return done;
}

static bool check_form(struct store *store, const struct account_form *form, struct error *error)
{
	if (form->shown.length > SHOWN_LONGEST || !text_is_utf8(form->shown))
		return error_set(error, ERROR_INPUT, "the name shown is too long");
	for (size_t i = 0; i < form->scope.authority_count; i++)
		if (!form->scope.authorities[i].length)
			return error_set(error, ERROR_INPUT, "an authority has no name");
	return check_role(form, error) && check_team(store, &form->scope, error);
}

static bool check_login(struct store *store, struct text login, char *lower, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!login_normal(login, lower))
		return error_set(error, ERROR_INPUT,
			"a login name is 2 to %d letters, digits and . - _ @", LOGIN_LONGEST);
	if (!store_query(store, "account_by_login", &cursor, error))
		return false;
	store_bind_text(cursor, 1, (struct text){lower, login.length});
	if (!store_next(cursor, &row, error))
		return false;
	store_rewind(cursor);
	return !row || error_set(error, ERROR_CONFLICT,
			       "there is an account %.*s already: choose another login name",
			       (int)login.length, lower);
}

static bool write_authorities(struct store *store, int64_t account,
	const struct account_scope *scope, struct error *error)
{
	struct store_cursor *cursor;

	if (!RUN_NUMBERS(store, "account_authorities_clear", error, account) ||
		!store_query(store, "account_authority_add", &cursor, error))
		return false;
	for (size_t i = 0; i < scope->authority_count; i++) {
		store_bind_integer(cursor, 1, account);
		store_bind_text(cursor, 2, scope->authorities[i]);
		if (!store_run(cursor, error))
			return false;
	}
	return true;
}

static bool insert_account(struct store *store, const struct actor *actor,
	const struct account_form *form, int64_t id, struct text login, struct text password,
	struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "account_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	store_bind_text(cursor, 2, login);
	store_bind_text(cursor, 3, form->shown.length ? form->shown : login);
	store_bind_text(cursor, 4, form->role);
	store_bind_integer(cursor, 5, form->scope.every_authority);
	if (form->scope.team)
		store_bind_integer(cursor, 6, form->scope.team);
	store_bind_integer(cursor, 7, form->demonstration);
	store_bind_integer(cursor, 8, actor->now);
	store_bind_text(cursor, 9, password);
	store_bind_integer(cursor, 10, PASSWORD_FIRST);
	store_bind_integer(cursor, 11, actor->now);
	return store_run(cursor, error);
}

bool account_create(struct store *store, const struct actor *actor, const struct account_form *form,
	int64_t *out_account, char out_password[FIRST_PASSWORD_SIZE], struct error *error)
{
	char lower[LOGIN_LONGEST], kept[FIRST_PASSWORD_KEPT_SIZE];
	int64_t id;

	if (!check_login(store, form->login, lower, error) || !check_form(store, form, error) ||
		!store_one_integer(store, "account_next", 0, 1, &id, error))
		return false;
	first_password_make(out_password);
	first_password_keep(store_vault(store), id, text_of(out_password), kept);
	if (!insert_account(store, actor, form, id, (struct text){lower, form->login.length},
		    text_of(kept), error) ||
		!write_authorities(store, id, &form->scope, error))
		return false;
	*out_account = id;
	return audit_account(store, actor, "account.create", id, "role scope", error);
}

/* Whether one more administrator of everything would be left without this account. */
static bool check_administrators(
	struct store *store, const struct account *account, struct error *error)
{
	int64_t others;

	if (!text_is(account->role, "administrator") || !account->scope.every_authority ||
		account->disabled)
		return true;
	if (!store_one_integer(
		    store, "account_other_administrators", account->id, 0, &others, error))
		return false;
	return others > 0 || error_set(error, ERROR_CONFLICT,
				     "this is the last administrator: make another one first");
}

/* Whether the account exists and, where it is `leaving`, may. */
static bool check_account(struct store *store, int64_t id, bool leaving, struct error *error)
{
	struct arena *arena = arena_open();
	struct account account;
	bool done;

	if (!arena)
		return error_no_memory(error);
	done = account_read(store, arena, id, &account, error) &&
	       (!leaving || check_administrators(store, &account, error));
	arena_close(arena);
	return done;
}

static bool update_account(
	struct store *store, int64_t id, const struct account_form *form, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "account_change", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	store_bind_text(cursor, 2, form->shown.length ? form->shown : form->login);
	store_bind_text(cursor, 3, form->role);
	store_bind_integer(cursor, 4, form->scope.every_authority);
	if (form->scope.team)
		store_bind_integer(cursor, 5, form->scope.team);
	return store_run(cursor, error);
}

bool account_change(struct store *store, const struct actor *actor, int64_t id,
	const struct account_form *form, struct error *error)
{
	bool stays = text_is(form->role, "administrator") && form->scope.every_authority;
	struct text nobody = {0};

	return check_form(store, form, error) && check_account(store, id, !stays, error) &&
	       update_account(store, id, form, error) &&
	       write_authorities(store, id, &form->scope, error) &&
	       session_end_all(store, id, nobody, error) &&
	       audit_account(store, actor, "account.change", id, "role scope", error);
}

bool account_disable(
	struct store *store, const struct actor *actor, int64_t id, struct error *error)
{
	return check_account(store, id, true, error) &&
	       RUN_NUMBERS(store, "account_set_disabled", error, id, actor->now) &&
	       session_end_all(store, id, (struct text){0}, error) &&
	       audit_account(store, actor, "account.disable", id, "state", error);
}

bool account_enable(struct store *store, const struct actor *actor, int64_t id, struct error *error)
{
	return check_account(store, id, false, error) &&
	       RUN_NUMBERS(store, "account_set_disabled", error, id) &&
	       audit_account(store, actor, "account.enable", id, "state", error);
}

bool account_reset(struct store *store, const struct actor *actor, int64_t id, bool forget_factor,
	char out_password[FIRST_PASSWORD_SIZE], struct error *error)
{
	char kept[FIRST_PASSWORD_KEPT_SIZE];

	if (!check_account(store, id, false, error))
		return false;
	first_password_make(out_password);
	first_password_keep(store_vault(store), id, text_of(out_password), kept);
	if (!account_set_password(store, id, text_of(kept), PASSWORD_FIRST, actor->now, error) ||
		(forget_factor && (!RUN_NUMBERS(store, "factor_clear", error, id) ||
					  !RUN_NUMBERS(store, "recovery_clear", error, id))))
		return false;
	return session_end_all(store, id, (struct text){0}, error) &&
	       audit_account(store, actor, "account.reset", id,
		       forget_factor ? "password factor" : "password", error);
}

bool account_set_password(struct store *store, int64_t id, struct text kept,
	enum password_state state, int64_t now, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "account_set_password", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	store_bind_text(cursor, 2, kept);
	store_bind_integer(cursor, 3, state);
	store_bind_integer(cursor, 4, now);
	return store_run(cursor, error);
}
