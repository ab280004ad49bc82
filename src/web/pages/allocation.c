/* SPDX-License-Identifier: MIT */
/* Who works with a child, and giving the child to somebody. */
#include "store/change.h"
#include "web/page.h"
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

static bool add_choices(const struct child_page *page, struct error *error)
{
	struct model *field = part_field(page->page,
		&(struct part_field){.name = "account", .label = "Who will work with the child"},
		TEXT(""));
	struct account *accounts;
	size_t count;

	if (!account_list(page->visit->store, page->arena, &accounts, &count, error))
		return false;
	part_choice(field, TEXT(""), TEXT("Choose a person"), NULL, true);
	for (size_t i = 0; i < count; i++) {
		struct text team = accounts[i].team_name, shown = accounts[i].shown;

		if (!may_be_given(page, &accounts[i]))
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

static bool add_allocated(const struct child_page *page, struct error *error)
{
	struct model *list = model_list(page->page, "allocated");
	struct allocation *allocations;
	size_t count;

	if (!allocation_list(page->visit->store, page->arena, page->child.number, &allocations,
		    &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct model *one = model_object(list, NULL);

		model_text(one, "shown", allocations[i].shown);
		model_string(one, "since", moment_words(page->arena, allocations[i].from));
		model_string(one, "account",
			arena_format(page->arena, "%lld", (long long)allocations[i].account));
	}
	model_flag(page->page, "has_allocated", count > 0);
	return true;
}

static bool show(
	const struct child_page *page, struct response *response, int status, struct error *error)
{
	bool manages = child_page_may(page, "allocation.manage");
	const char *guarding = child_path(page, "/restricted");

	if (!add_allocated(page, error) || (manages && !add_choices(page, error)))
		return false;
	model_flag(page->page, "manages", manages);
	model_string(page->page, "guarding",
		child_page_may(page, "restricted.manage") && page_is_there(guarding) ? guarding
										     : "");
	return child_page_write(page, response, "child_people", "identity people", status, error);
}

bool child_people_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	return child_page_open(&page, request, "child.identity", SECTION_PEOPLE,
		       "Who works with the child", error) &&
	       show(&page, response, 200, error);
}

/* The account that the form names, if the reader may give the child to them. */
static bool find_person(const struct child_page *page, const struct request *request,
	struct account *out_account, bool *out_found, struct error *error)
{
	int64_t number;

	*out_found = false;
	if (!fields_integer(&request->form, "account", &number))
		return true;
	if (!account_read(page->visit->store, page->arena, number, out_account, error))
		return error->code == ERROR_MISSING;
	*out_found = may_be_given(page, out_account);
	return true;
}

static bool change(
	const struct child_page *page, const struct account *account, bool end, struct error *error)
{
	struct store *store = page->visit->store;
	const struct actor *actor = &page->visit->actor;
	int64_t child = page->child.number;

	return store_begin(store, error) &&
	       store_end(store,
		       end ? allocation_end(
				     store, actor, child, page->child.authority, account->id, error)
			   : allocation_set(store, actor, child, page->child.authority, account->id,
				     error),
		       error);
}

bool child_allocate(struct request *request, struct response *response, struct error *error)
{
	bool end = text_is(form_text(request, "act"), "end"), found;
	struct account account;
	struct child_page page;

	if (!child_page_open(&page, request, "allocation.manage", SECTION_PEOPLE,
		    "Who works with the child", error) ||
		!find_person(&page, request, &account, &found, error))
		return false;
	if (!found) {
		page_fault(page.page, "account", "Choose a person from the list");
		return show(&page, response, 422, error);
	}
	if (!change(&page, &account, end, error))
		return false;
	response_redirect(response, "/children");
	if (child_page_may(&page, "child.identity") && !end)
		response_redirect(response, child_path(&page, "/people"));
	return true;
}
