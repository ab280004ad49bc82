/* SPDX-License-Identifier: MIT */
/* Who works with a child, and giving the child to somebody. */
#include "store/change.h"
#include "web/pages/child.h"
#include "web/pages/child_page.h"

/* Whom the reader may give the child to: people who work with named children of this authority;
 * a manager of a team only their own. */
static bool may_be_given(const struct child_page *page, const struct account *account)
{
	const struct visit *visit = page->visit;
	const struct account *own = &visit->session->account;
	enum scope scope = rights_scope(visit->rights, account->role, "child.view");
	enum scope reach = rights_scope(visit->rights, own->role, "allocation.manage");

	if (account->disabled || (scope != SCOPE_OWN_CHILDREN && scope != SCOPE_TEAM))
		return false;
	if (!rights_authority(&account->scope, page->child.authority))
		return false;
	return reach != SCOPE_TEAM || (own->scope.team && own->scope.team == account->scope.team);
}

static bool works_already(const struct allocation *allocations, size_t count, int64_t account)
{
	for (size_t i = 0; i < count; i++)
		if (allocations[i].account == account)
			return true;
	return false;
}

static bool add_choices(const struct child_page *page, struct error *error)
{
	struct model *field = part_field(page->page,
		&(struct part_field){.name = "account",
			.label = "Who else will work with the child or young person"},
		TEXT(""));
	struct allocation *allocations;
	struct account *accounts;
	size_t count, allocated;

	if (!account_list(page->visit->store, page->arena, &accounts, &count, error) ||
		!allocation_list(page->visit->store, page->arena, page->child.number, &allocations,
			&allocated, error))
		return false;
	part_choice(field, TEXT(""), TEXT("Choose a person"), NULL, true);
	for (size_t i = 0; i < count; i++) {
		struct text team = accounts[i].team_name, shown = accounts[i].shown;

		if (!may_be_given(page, &accounts[i]) ||
			works_already(allocations, allocated, accounts[i].id))
			continue;
		part_choice(field,
			text_of(arena_format(page->arena, "%lld", (long long)accounts[i].id)),
			text_of(arena_format(page->arena, "%.*s%s%.*s", (int)shown.length,
				shown.data, team.length ? ", " : "", (int)team.length,
				team.length ? team.data : "")),
			NULL, false);
	}
	return true;
}

static struct model *add_worker(
	const struct child_page *page, struct model *list, const struct allocation *allocation)
{
	struct model *one = model_object(list, NULL);

	model_text(one, "shown", allocation->shown);
	model_string(one, "since", moment_words(page->arena, allocation->from));
	return one;
}

/* Which role the person has and in which team: "Social worker, North team". */
static const char *place_words(const struct child_page *page, int64_t number, struct error *error)
{
	struct account account;
	const struct role *role;

	if (!account_read(page->visit->store, page->arena, number, &account, error))
		return NULL;
	role = rights_role(page->visit->rights, account.role);
	return arena_format(page->arena, "%s%s%.*s", role ? role->label : "",
		account.team_name.length ? ", " : "", (int)account.team_name.length,
		account.team_name.length ? account.team_name.data : "");
}

bool add_workers(const struct child_page *page, struct error *error)
{
	struct model *list = model_list(page->page, "workers");
	struct allocation *allocations;
	size_t count;

	if (!allocation_list(page->visit->store, page->arena, page->child.number, &allocations,
		    &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		add_worker(page, list, &allocations[i]);
	model_flag(page->page, "has_workers", count > 0);
	return true;
}

static bool add_allocated(const struct child_page *page, struct error *error)
{
	struct model *list = model_list(page->page, "allocated");
	struct allocation *allocations;
	size_t count;

	if (!allocation_list(page->visit->store, page->arena, page->child.number, &allocations,
		    &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct model *one = add_worker(page, list, &allocations[i]);
		const char *place = place_words(page, allocations[i].account, error);

		if (!place)
			return false;
		model_string(one, "place", place);
		model_string(one, "account",
			arena_format(page->arena, "%lld", (long long)allocations[i].account));
	}
	model_flag(page->page, "has_allocated", count > 0);
	model_flag(page->page, "last_one", count == 1);
	return true;
}

static bool show(
	const struct child_page *page, struct response *response, int status, struct error *error)
{
	bool manages = child_page_may(page, "allocation.manage");

	if (!add_allocated(page, error) || (manages && !add_choices(page, error)))
		return false;
	model_flag(page->page, "manages", manages);
	return child_page_write(page, response, "child_people", "identity people", status, error);
}

bool child_people_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	return child_page_open(&page, request, "child.identity", SECTION_PEOPLE,
		       "Who works with the child", error) &&
	       show(&page, response, 200, error);
}

static bool is_allocated(
	const struct child_page *page, int64_t account, bool *out_is, struct error *error)
{
	struct allocation *allocations;
	size_t count;

	if (!allocation_list(page->visit->store, page->arena, page->child.number, &allocations,
		    &count, error))
		return false;
	*out_is = works_already(allocations, count, account);
	return true;
}

/* The account that the form names, if it may be done with them: given to whom the reader may give
 * the child to, ended for anybody who works with the child. */
static bool find_person(const struct child_page *page, const struct request *request, bool end,
	int64_t *out_account, bool *out_found, struct error *error)
{
	struct account account;

	*out_found = false;
	if (!fields_integer(&request->form, "account", out_account))
		return true;
	if (end)
		return is_allocated(page, *out_account, out_found, error);
	if (!account_read(page->visit->store, page->arena, *out_account, &account, error)) {
		bool missing = error->code == ERROR_MISSING;

		if (missing)
			*error = (struct error){0};
		return missing;
	}
	*out_found = may_be_given(page, &account);
	return true;
}

static bool change(const struct child_page *page, int64_t account, bool end, struct error *error)
{
	struct store *store = page->visit->store;
	const struct actor *actor = &page->visit->actor;
	int64_t child = page->child.number;
	struct text authority = page->child.authority;

	return store_begin(store, error) &&
	       store_end(store,
		       end ? allocation_end(store, actor, child, authority, account, error)
			   : allocation_set(store, actor, child, authority, account, error),
		       error);
}

/* Whoever ended the last relation of their team to the child does not see the child any more. Asks
 * the record: what the request knows of relations is from before the change. */
static bool find_path_after(
	const struct child_page *page, const char **out_path, struct error *error)
{
	const struct visit *visit = page->visit;
	struct relations relations;
	struct child_facts facts;

	if (!relations_read(visit->store, page->arena, &visit->session->account, page->child.number,
		    visit->now, &relations, error))
		return false;
	facts = relations_facts(&relations, page->child.number, page->child.authority);
	*out_path = rights_allowed(
			    rights_child(visit->rights, visit->session, &facts, "child.identity"))
			    ? child_path(page, "/people?done=given")
			    : "/children";
	return true;
}

bool child_allocate(struct request *request, struct response *response, struct error *error)
{
	bool end = text_is(form_text(request, "act"), "end"), found;
	struct child_page page;
	const char *path;
	int64_t account;

	if (!child_page_open(&page, request, "allocation.manage", SECTION_PEOPLE,
		    "Who works with the child", error) ||
		!find_person(&page, request, end, &account, &found, error))
		return false;
	if (!found) {
		page_fault(page.page, "account",
			end ? "This person does not work with the child any more"
			    : "Choose a person from the list");
		return show(&page, response, 422, error);
	}
	if (!change(&page, account, end, error) || !find_path_after(&page, &path, error))
		return false;
	response_redirect(response, path);
	return true;
}
