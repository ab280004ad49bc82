/* SPDX-License-Identifier: MIT */
/* Accounts as they are in the record. */
#include "people/account.h"
#include "people/read.h"

static bool keep_account(struct arena *arena, const struct store_cursor *cursor,
	struct account *out_account, struct error *error)
{
	struct account account = {
		.id = store_integer(cursor, 0),
		.scope = {.every_authority = store_integer(cursor, 4) != 0,
			.team = store_integer(cursor, 5)},
		.demonstration = store_integer(cursor, 7) != 0,
		.created = store_integer(cursor, 8),
		.disabled = !store_is_null(cursor, 9),
		.password = (enum password_state)store_integer(cursor, 10),
		.password_at = store_integer(cursor, 11),
		.last_sign_in = store_integer(cursor, 12),
		.second_factor = store_integer(cursor, 13) != 0,
	};

	if (!keep_text(arena, cursor, 1, &account.login) ||
		!keep_text(arena, cursor, 2, &account.shown) ||
		!keep_text(arena, cursor, 3, &account.role) ||
		!keep_text(arena, cursor, 6, &account.team_name))
		return error_no_memory(error);
	*out_account = account;
	return true;
}

static bool read_authorities(
	struct store *store, struct arena *arena, struct account *account, struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct text)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "account_authorities", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account->id);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		struct text *authority = list_add(&list);

		if (!authority || !keep_text(arena, cursor, 0, authority))
			return error_no_memory(error);
		if (!store_next(cursor, &row, error))
			return false;
	}
	account->scope.authorities = list.items;
	account->scope.authority_count = list.count;
	return true;
}

/* The one row of a query whose parameter is bound. */
static bool read_one(struct store *store, struct arena *arena, struct store_cursor *cursor,
	struct account *out_account, struct error *error)
{
	bool row;

	if (!store_next(cursor, &row, error))
		return false;
	if (!row)
		return error_set(error, ERROR_MISSING, "there is no such account");
	if (!keep_account(arena, cursor, out_account, error))
		return false;
	store_rewind(cursor);
	return read_authorities(store, arena, out_account, error);
}

bool account_read(struct store *store, struct arena *arena, int64_t id, struct account *out_account,
	struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "account_by_id", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	return read_one(store, arena, cursor, out_account, error);
}

bool account_find(struct store *store, struct arena *arena, struct text login,
	struct account *out_account, struct error *error)
{
	char lower[LOGIN_LONGEST];
	struct store_cursor *cursor;

	if (!login_normal(login, lower))
		return error_set(error, ERROR_MISSING, "there is no such account");
	if (!store_query(store, "account_by_login", &cursor, error))
		return false;
	store_bind_text(cursor, 1, (struct text){lower, login.length});
	return read_one(store, arena, cursor, out_account, error);
}

bool account_list(struct store *store, struct arena *arena, struct account **out_accounts,
	size_t *out_count, struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct account)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "account_list", &cursor, error) || !store_next(cursor, &row, error))
		return false;
	while (row) {
		struct account *account = list_add(&list);

		if (!account)
			return error_no_memory(error);
		if (!keep_account(arena, cursor, account, error) ||
			!read_authorities(store, arena, account, error) ||
			!store_next(cursor, &row, error))
			return false;
	}
	*out_accounts = list.items;
	*out_count = list.count;
	return true;
}

bool account_count(struct store *store, int64_t *out_count, struct error *error)
{
	return store_one_integer(store, "account_count", 0, 0, out_count, error);
}

bool login_normal(struct text login, char out_login[LOGIN_LONGEST])
{
	if (login.length < 2 || login.length > LOGIN_LONGEST)
		return false;
	for (size_t i = 0; i < login.length; i++) {
		char letter = login.data[i];

		if (letter >= 'A' && letter <= 'Z')
			letter = (char)(letter - 'A' + 'a');
		if (!(letter >= 'a' && letter <= 'z') && !(letter >= '0' && letter <= '9') &&
			(!letter || !strchr(".-_@", letter)))
			return false;
		out_login[i] = letter;
	}
	return true;
}
