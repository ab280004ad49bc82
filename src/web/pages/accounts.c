/* SPDX-License-Identifier: MIT */
/* The list of accounts, and what is done to one with a single press. */
#include "web/pages/accounts.h"

#include "web/pages/account_words.h"
#include "web/pages/accounts_form.h"
#include "web/pages/asking.h"
#include "web/pages/query.h"
#include "web/part.h"

enum { ACCOUNTS_OF_A_PAGE = 50 };

static bool has_letters(struct text whole, struct text part)
{
	for (size_t i = 0; i + part.length <= whole.length; i++) {
		if (text_same_letters((struct text){whole.data + i, part.length}, part))
			return true;
	}
	return false;
}

struct accounts_filter {
	struct text search, role, state;
};

static bool state_fits(const struct account *account, struct text state)
{
	if (text_is(state, "disabled"))
		return account->disabled;
	if (text_is(state, "enabled"))
		return !account->disabled;
	if (text_is(state, "new"))
		return !account->disabled && account->password != PASSWORD_OWN;
	return true;
}

static bool fits(const struct account *account, const struct accounts_filter *filter)
{
	if (filter->role.length > 0 && !text_equal(account->role, filter->role))
		return false;
	if (!state_fits(account, filter->state))
		return false;
	return has_letters(account->shown, filter->search) ||
	       has_letters(account->login, filter->search);
}

static void add_row(struct model *table, const struct visit *visit, struct arena *arena,
	const struct account *account)
{
	struct model *row = part_row(table);
	const char *tag = account->disabled		      ? "grey"
			  : account->password == PASSWORD_OWN ? NULL
							      : "yellow";

	part_cell(
		row, &(struct part_cell){.words = account->shown,
			     .path = arena_format(arena, "/accounts/%lld", (long long)account->id),
			     .header = true});
	part_cell(row, &(struct part_cell){.words = account->login});
	part_cell(row,
		&(struct part_cell){.words = text_of(account_role_words(visit->rights, account))});
	part_cell(row, &(struct part_cell){.words = text_of(account_scope_words(arena, account))});
	part_cell(row,
		&(struct part_cell){.words = text_of(account_state_words(account)), .tag = tag});
	part_cell(row,
		&(struct part_cell){.words = text_of(moment_words(arena, account->last_sign_in))});
}

static struct model *open_table(struct model *page)
{
	static const char *const columns[] = {
		"Name", "Sign-in name", "Role", "Works for", "State", "Last signed in"};
	struct model *table = part_table(page, "Accounts");

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		part_column(table, columns[i], false);
	return table;
}

/* Rows of the page asked for; returns how many accounts fit in all. */
static size_t add_rows(struct model *page, const struct visit *visit, struct arena *arena,
	const struct accounts_filter *filter, const struct account *accounts, size_t count,
	size_t first)
{
	struct model *table = NULL;
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (!fits(&accounts[i], filter) || !rights_account(visit->rights, visit->session,
							   &accounts[i].scope, "user.manage"))
			continue;
		if (found >= first && found < first + ACCOUNTS_OF_A_PAGE) {
			table = table ? table : open_table(page);
			add_row(table, visit, arena, &accounts[i]);
		}
		found++;
	}
	return found;
}

static void add_filter(
	struct model *page, const struct visit *visit, const struct accounts_filter *filter)
{
	static const struct part_field search = {
		.name = "search", .label = "Name or sign-in name", .width = "20"};
	static const struct part_field role = {.name = "role", .label = "Role"};
	static const struct part_field state = {.name = "state", .label = "State"};
	struct model *field;
	size_t count;
	const struct role *roles = rights_roles(visit->rights, &count);

	part_field(page, &search, filter->search);
	field = part_field(page, &role, filter->role);
	part_choice(field, TEXT(""), TEXT("Any role"), NULL, filter->role.length == 0);
	for (size_t i = 0; i < count; i++)
		part_choice(field, text_of(roles[i].id), text_of(roles[i].label), NULL,
			text_is(filter->role, roles[i].id));
	field = part_field(page, &state, filter->state);
	part_choice(field, TEXT(""), TEXT("Any"), NULL, filter->state.length == 0);
	part_choice(field, TEXT("enabled"), TEXT("Not disabled"), NULL,
		text_is(filter->state, "enabled"));
	part_choice(field, TEXT("new"), TEXT("Has not chosen a password yet"), NULL,
		text_is(filter->state, "new"));
	part_choice(field, TEXT("disabled"), TEXT("Disabled"), NULL,
		text_is(filter->state, "disabled"));
}

static void add_chips(struct model *page, const struct visit *visit, const struct request *request,
	const struct accounts_filter *filter)
{
	struct arena *arena = request->arena;
	const struct role *role = rights_role(visit->rights, filter->role);

	if (filter->search.length > 0)
		part_chip(page,
			arena_format(arena, "Name has “%.*s”", (int)filter->search.length,
				filter->search.data),
			query_without(request, "/accounts", "search"));
	if (role)
		part_chip(page, role->label, query_without(request, "/accounts", "role"));
	if (filter->state.length > 0)
		part_chip(page,
			text_is(filter->state, "disabled") ? "Disabled"
			: text_is(filter->state, "new")	   ? "Has not chosen a password yet"
							   : "Not disabled",
			query_without(request, "/accounts", "state"));
	model_string(page, "clear", "/accounts");
}

bool accounts_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct model *page = page_open(visit, request, "Accounts");
	struct accounts_filter filter = {
		text_trim(fields_get(&request->query, "search")),
		fields_get(&request->query, "role"),
		fields_get(&request->query, "state"),
	};
	struct account *accounts;
	size_t count, found, first = query_first(request, ACCOUNTS_OF_A_PAGE);

	if (!account_list(visit->store, request->arena, &accounts, &count, error))
		return false;
	add_filter(page, visit, &filter);
	add_chips(page, visit, request, &filter);
	found = add_rows(page, visit, request->arena, &filter, accounts, count, first);
	model_string(page, "found",
		arena_format(request->arena, found == 1 ? "%zu account" : "%zu accounts", found));
	query_pages(page, request, "/accounts", first, ACCOUNTS_OF_A_PAGE, found);
	return page_write(response, request, "accounts", page, 200, error);
}

/* ---- what is done to one -------------------------------------------------------------------- */

/* Where the answer goes back to, and whether the password was given lately. */
static bool may_act(const struct request *request, struct response *response,
	struct account *account, bool *out_asked, struct error *error)
{
	const struct visit *visit = visit_of(request);
	const char *path;

	if (!accounts_find(visit, request, account, error))
		return false;
	path = arena_format(request->arena, "/accounts/%lld", (long long)account->id);
	*out_asked = !asking_is_proved(visit, request, response, path);
	return true;
}

static bool back(const struct request *request, struct response *response,
	const struct account *account, const char *done)
{
	const char *path = arena_format(
		request->arena, "/accounts/%lld?done=%s", (long long)account->id, done);

	response_redirect(response, path);
	return true;
}

bool accounts_disable_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct account account;
	bool asked = false;

	if (!may_act(request, response, &account, &asked, error) || asked)
		return asked;
	if (account.id == visit->session->account.id)
		return back(request, response, &account, "own");
	if (!store_begin(visit->store, error) ||
		!store_end(visit->store,
			account_disable(visit->store, &visit->actor, account.id, error), error)) {
		if (error->code == ERROR_CONFLICT)
			return back(request, response, &account, "last");
		return false;
	}
	return back(request, response, &account, "disabled");
}

bool accounts_enable_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct account account;
	bool asked = false;

	if (!may_act(request, response, &account, &asked, error) || asked)
		return asked;
	return store_begin(visit->store, error) &&
	       store_end(visit->store,
		       account_enable(visit->store, &visit->actor, account.id, error), error) &&
	       back(request, response, &account, "enabled");
}

bool accounts_reset_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	bool forget = text_is(fields_get(&request->form, "factor"), "forget"), asked = false;
	char password[FIRST_PASSWORD_SIZE];
	struct account account;

	if (!may_act(request, response, &account, &asked, error) || asked)
		return asked;
	if (!store_begin(visit->store, error) ||
		!store_end(visit->store,
			account_reset(
				visit->store, &visit->actor, account.id, forget, password, error),
			error))
		return false;
	return accounts_show_password(
		request, response, account.id, account.shown, account.login, password, error);
}
