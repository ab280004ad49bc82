/* SPDX-License-Identifier: MIT */
#include "web/pages/accounts_form.h"

#include "web/pages/account_words.h"
#include "web/pages/accounts.h"
#include "web/pages/asking.h"
#include "web/part.h"

enum { STATUS_FORM_WRONG = 422, TEAM_LONGEST = 80 };

/* What is in the form: as it was sent, or as the account is. */
struct filled {
	struct text login, shown, role, team;
	bool every_authority;
	const struct text *authorities;
	size_t authority_count;
};

bool accounts_find(const struct visit *visit, const struct request *request,
	struct account *out_account, struct error *error)
{
	int64_t id;

	if (!request_part_integer(request, "account", &id) ||
		!account_read(visit->store, request->arena, id, out_account, error) ||
		!rights_account(visit->rights, visit->session, &out_account->scope, "user.manage"))
		return error_set(
			error, ERROR_MISSING, "there is no such account, or not one you manage");
	return true;
}

static bool is_among(const struct filled *filled, struct text authority)
{
	for (size_t i = 0; i < filled->authority_count; i++) {
		if (text_equal(filled->authorities[i], authority))
			return true;
	}
	return false;
}

static void add_roles(struct model *page, const struct visit *visit, const struct filled *filled)
{
	static const struct part_field role = {.name = "role", .label = "Role"};
	struct model *field = part_field(page, &role, filled->role);
	size_t count;
	const struct role *roles = rights_roles(visit->rights, &count);

	for (size_t i = 0; i < count; i++)
		part_choice(field, text_of(roles[i].id), text_of(roles[i].label), roles[i].what,
			text_is(filled->role, roles[i].id));
}

/* Those of the record for who manages all, else the person's own. */
static void add_authorities(
	struct model *page, const struct visit *visit, const struct filled *filled)
{
	static const struct part_field authority = {
		.name = "authority",
		.label = "Works for",
		.hint = "Most roles have exactly one authority.",
	};
	const struct account_scope *own = &visit->session->account.scope;
	const struct history *history = &visit->snapshot->history;
	const struct text *names = own->every_authority ? history->authorities : own->authorities;
	size_t count = own->every_authority ? history->authority_count : own->authority_count;
	struct model *field = part_field(page, &authority, TEXT(""));

	for (size_t i = 0; i < count; i++)
		part_choice(field, names[i], names[i], NULL, is_among(filled, names[i]));
	if (own->every_authority)
		part_choice(field, TEXT("*"), TEXT("Every authority"),
			"Also children whose authority is not known", filled->every_authority);
}

static bool show_form(struct request *request, struct response *response, struct model *page,
	const struct filled *filled, const struct account *account, struct error *error)
{
	static const struct part_field login = {
		.name = "login",
		.label = "Sign-in name",
		.hint = "2 to 64 letters, digits, points, hyphens, underscores or @. It cannot be "
			"changed later.",
		.autocomplete = "off",
		.width = "20",
		.plain = true,
	};
	static const struct part_field shown = {
		.name = "shown", .label = "Name, as colleagues see it", .autocomplete = "off"};
	static const struct part_field team = {
		.name = "team",
		.label = "Team (optional)",
		.hint = "A team of this name is made if there is none yet.",
		.width = "20",
	};
	const struct visit *visit = visit_of(request);

	if (!account)
		part_field(page, &login, filled->login);
	part_field(page, &shown, filled->shown);
	add_roles(page, visit, filled);
	add_authorities(page, visit, filled);
	part_field(page, &team, filled->team);
	part_back(page, "/accounts", "All accounts");
	return page_write(response, request, account ? "accounts_one" : "accounts_add", page,
		page_has_faults(page) ? STATUS_FORM_WRONG : 200, error);
}

static bool read_form(const struct request *request, struct filled *filled, struct error *error)
{
	size_t count = fields_count(&request->form, "authority");
	struct text *authorities = arena_take(request->arena, count + 1, sizeof *authorities);

	if (!authorities)
		return error_no_memory(error);
	*filled = (struct filled){
		.login = text_trim(fields_get(&request->form, "login")),
		.shown = text_trim(fields_get(&request->form, "shown")),
		.role = fields_get(&request->form, "role"),
		.team = text_trim(fields_get(&request->form, "team")),
		.authorities = authorities,
	};
	for (size_t i = 0; i < count; i++) {
		struct text one = fields_at(&request->form, "authority", i);

		if (text_is(one, "*"))
			filled->every_authority = true;
		else
			authorities[filled->authority_count++] = one;
	}
	return true;
}

/* Says in the page what is plainly wrong with the form; what else is, account_create says. */
static void check_form(
	struct model *page, const struct visit *visit, const struct filled *filled, bool is_new)
{
	const struct role *role = rights_role(visit->rights, filled->role);
	struct account_scope scope = {
		.every_authority = filled->every_authority,
		.authorities = filled->authorities,
		.authority_count = filled->authority_count,
	};
	struct error unfit = {0};

	if (is_new && filled->login.length == 0)
		page_fault(page, "login", "Enter a sign-in name");
	if (!role)
		page_fault(page, "role", "Choose a role");
	if (role && !role_fits(role, &scope, &unfit))
		page_fault(page, "authority", account_sentence(page->arena, unfit.message));
	else if (!rights_account(visit->rights, visit->session, &scope, "user.manage"))
		page_fault(page, "authority", "Choose only authorities whose accounts you manage");
	if (filled->team.length > TEAM_LONGEST)
		page_fault(page, "team", "The name of the team must be 80 letters or fewer");
	if (filled->team.length > 0 && filled->authority_count != 1)
		page_fault(
			page, "team", "A team belongs to exactly one authority: choose one above");
}

static bool form_scope(const struct visit *visit, const struct filled *filled,
	struct account_form *form, struct error *error)
{
	*form = (struct account_form){
		.login = filled->login,
		.shown = filled->shown,
		.role = filled->role,
		.scope = {.every_authority = filled->every_authority,
			.authorities = filled->authorities,
			.authority_count = filled->authority_count},
		.demonstration = visit->demonstration,
	};
	return filled->team.length == 0 ||
	       team_named(visit->store, &visit->actor, filled->team, filled->authorities[0],
		       &form->scope.team, error);
}

/* What the people's code refuses stands beside the field it is most likely about. */
static bool refusal(struct model *page, struct arena *arena, const struct error *error)
{
	if (error->code != ERROR_INPUT && error->code != ERROR_CONFLICT)
		return false;
	page_fault(page, error->code == ERROR_CONFLICT ? "login" : "role",
		account_sentence(arena, error->message));
	return true;
}

bool accounts_show_password(struct request *request, struct response *response, int64_t id,
	struct text shown, struct text login, const char *password, struct error *error)
{
	struct model *page = page_open(visit_of(request), request, "First password");

	model_text(page, "name", shown.length > 0 ? shown : login);
	model_text(page, "login", login);
	model_string(page, "password", arena_string(request->arena, password));
	model_string(page, "days",
		arena_format(request->arena, "%lld",
			(long long)visit_of(request)->settings->first_password_days));
	model_string(page, "path", arena_format(request->arena, "/accounts/%lld", (long long)id));
	return page_write(response, request, "accounts_password", page, 200, error);
}

bool accounts_add_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	const struct account_scope *own = &visit->session->account.scope;
	struct filled filled = {0};

	if (!asking_is_proved(visit, request, response, "/accounts/add"))
		return true;
	if (!own->every_authority && own->authority_count == 1)
		filled = (struct filled){.authorities = own->authorities, .authority_count = 1};
	return show_form(request, response, page_open(visit, request, "Add an account"), &filled,
		NULL, error);
}

bool accounts_add_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct model *page = page_open(visit, request, "Add an account");
	char password[FIRST_PASSWORD_SIZE];
	struct account_form form;
	struct filled filled;
	int64_t id;

	if (!asking_is_proved(visit, request, response, "/accounts/add"))
		return true;
	if (!read_form(request, &filled, error))
		return false;
	check_form(page, visit, &filled, true);
	if (page_has_faults(page))
		return show_form(request, response, page, &filled, NULL, error);
	if (store_begin(visit->store, error) &&
		store_end(visit->store,
			form_scope(visit, &filled, &form, error) &&
				account_create(
					visit->store, &visit->actor, &form, &id, password, error),
			error))
		return accounts_show_password(
			request, response, id, filled.shown, filled.login, password, error);
	return refusal(page, request->arena, error) &&
	       show_form(request, response, page, &filled, NULL, error);
}

static void add_account(struct model *page, const struct visit *visit, struct arena *arena,
	const struct account *account)
{
	bool own = account->id == visit->session->account.id;

	part_summary(page, "Sign-in name", account->login, NULL, NULL);
	part_summary(page, "State", text_of(account_state_words(account)), NULL, NULL);
	part_summary(page, "Second factor",
		account->second_factor ? TEXT("Set up") : TEXT("Not set up"), NULL, NULL);
	part_summary(page, "Made", text_of(moment_words(arena, account->created)), NULL, NULL);
	part_summary(page, "Last signed in", text_of(moment_words(arena, account->last_sign_in)),
		NULL, NULL);
	model_string(page, "path", arena_format(arena, "/accounts/%lld", (long long)account->id));
	model_flag(page, "own", own);
	model_flag(page, "disabled", account->disabled);
	model_flag(page, "has_factor", account->second_factor);
}

static void say_what_was_done(struct model *page, struct text done)
{
	if (text_is(done, "changed"))
		part_banner(page, true, "The account was changed",
			"The person was signed out, and signs in again with the new rights.");
	if (text_is(done, "disabled"))
		part_banner(page, true, "The account is disabled", "The person was signed out.");
	if (text_is(done, "enabled"))
		part_banner(page, true, "The account can sign in again", NULL);
	if (text_is(done, "own"))
		part_banner(page, false, "You cannot disable your own account",
			"Ask another administrator.");
	if (text_is(done, "last"))
		part_banner(page, false, "The last administrator cannot be disabled",
			"Make another administrator first.");
}

bool accounts_one_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct account account;
	struct filled filled;
	struct model *page;
	char *title;

	if (!accounts_find(visit, request, &account, error))
		return false;
	title = arena_copy(request->arena, account.shown.data, account.shown.length);
	page = page_open(visit, request, title);
	filled = (struct filled){.login = account.login,
		.shown = account.shown,
		.role = account.role,
		.team = account.team_name,
		.every_authority = account.scope.every_authority,
		.authorities = account.scope.authorities,
		.authority_count = account.scope.authority_count};
	say_what_was_done(page, fields_get(&request->query, "done"));
	add_account(page, visit, request->arena, &account);
	return show_form(request, response, page, &filled, &account, error);
}

bool accounts_change_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct account account;
	struct account_form form;
	struct filled filled;
	struct model *page;
	const char *path;

	if (!accounts_find(visit, request, &account, error) || !read_form(request, &filled, error))
		return false;
	path = arena_format(request->arena, "/accounts/%lld", (long long)account.id);
	if (!asking_is_proved(visit, request, response, path))
		return true;
	page = page_open(visit, request,
		arena_copy(request->arena, account.shown.data, account.shown.length));
	add_account(page, visit, request->arena, &account);
	filled.login = account.login;
	check_form(page, visit, &filled, false);
	if (page_has_faults(page))
		return show_form(request, response, page, &filled, &account, error);
	if (store_begin(visit->store, error) &&
		store_end(visit->store,
			form_scope(visit, &filled, &form, error) &&
				account_change(
					visit->store, &visit->actor, account.id, &form, error),
			error)) {
		response_redirect(response, arena_format(request->arena, "%s?done=changed", path));
		return true;
	}
	return refusal(page, request->arena, error) &&
	       show_form(request, response, page, &filled, &account, error);
}
