/* SPDX-License-Identifier: MIT */
/* Who may see one child's record: everybody with business there, named people, or only those. */
#include "people/restricted.h"
#include "web/pages/account_words.h"
#include "web/pages/asking.h"
#include "web/pages/restricted.h"
#include "web/part.h"

enum { STATUS_FORM_WRONG = 422 };

static struct text guard_id(enum guard guard)
{
	static const char *const ids[] = {"open", "restricted", "sealed"};

	return text_of(ids[guard]);
}

static bool is_named(const struct guarding *guarding, int64_t account)
{
	for (size_t i = 0; i < guarding->named_count; i++) {
		if (guarding->named[i] == account)
			return true;
	}
	return false;
}

static void add_guard(struct model *page, const struct guarding *guarding)
{
	static const struct part_field guard = {.name = "guard", .label = "Who may see the record"};
	struct model *field = part_field(page, &guard, guard_id(guarding->guard));

	part_choice(field, guard_id(GUARD_NONE), TEXT("Those who work with the child"), NULL,
		guarding->guard == GUARD_NONE);
	part_choice(field, guard_id(GUARD_RESTRICTED), TEXT("Named people"),
		"Others of the authority can open it for a few hours, with a reason that somebody "
		"reads",
		guarding->guard == GUARD_RESTRICTED);
	part_choice(field, guard_id(GUARD_SEALED), TEXT("Named people, and nobody else"),
		"Such as after an adoption", guarding->guard == GUARD_SEALED);
}

/* People whose role sees children and who work for the child's authority. */
static bool add_people(struct model *page, const struct visit *visit, struct arena *arena,
	const struct visit_child *child, const struct guarding *guarding, struct error *error)
{
	static const struct part_field named = {.name = "named", .label = "Named people"};
	struct model *field = part_field(page, &named, TEXT(""));
	struct account *accounts;
	size_t count;

	if (!account_list(visit->store, arena, &accounts, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct role *role = rights_role(visit->rights, accounts[i].role);

		if (!role || !role->sees_children || accounts[i].disabled ||
			!rights_authority(&accounts[i].scope, child->authority))
			continue;
		part_choice(field, text_of(arena_format(arena, "%lld", (long long)accounts[i].id)),
			accounts[i].shown, role->label, is_named(guarding, accounts[i].id));
	}
	return true;
}

static bool show(struct request *request, struct response *response, struct model *page,
	const struct visit_child *child, const struct guarding *guarding, struct error *error)
{
	static const struct part_field reason = {
		.name = "reason",
		.label = "Why",
		.hint = "At least 10 letters.",
		.rows = "3",
	};
	static const struct part_field address = {.name = "address", .label = "Address"};
	const struct visit *visit = visit_of(request);
	const char *number = arena_format(request->arena, "%lld", (long long)child->number);
	struct model *field;

	add_guard(page, guarding);
	field = part_field(page, &address, TEXT(""));
	part_choice(field, TEXT("guarded"), TEXT("The child's address is for named people only"),
		NULL, guarding->address);
	if (!add_people(page, visit, request->arena, child, guarding, error))
		return false;
	part_field(page, &reason, guarding->reason);
	model_string(page, "child", number);
	return page_write(response, request, "restricted_child", page,
		page_has_faults(page) ? STATUS_FORM_WRONG : 200, error);
}

bool restricted_child_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct guarding guarding;
	struct visit_child child;
	struct model *page;

	if (!visit_child(visit, request, "restricted.manage", &child, error) ||
		!guarding_read(visit->store, request->arena, child.number, &guarding, error) ||
		!visit_shown(visit, &child, "guarding", error))
		return false;
	page = page_open(visit, request, "Who may see the record");
	if (text_is(fields_get(&request->query, "done"), "saved"))
		part_banner(page, true, "Saved", NULL);
	return show(request, response, page, &child, &guarding, error);
}

static bool read_form(const struct request *request, struct guarding *guarding, struct error *error)
{
	struct text guard = fields_get(&request->form, "guard");
	size_t count = fields_count(&request->form, "named");
	int64_t *named = arena_take(request->arena, count + 1, sizeof *named);

	if (!named)
		return error_no_memory(error);
	for (enum guard one = GUARD_NONE; one <= GUARD_SEALED; one++) {
		if (text_equal(guard, guard_id(one)))
			guarding->guard = one;
	}
	guarding->address = text_is(fields_get(&request->form, "address"), "guarded");
	guarding->reason = text_trim(fields_get(&request->form, "reason"));
	guarding->named = named;
	for (size_t i = 0; i < count; i++) {
		if (text_integer(
			    fields_at(&request->form, "named", i), &named[guarding->named_count]))
			guarding->named_count++;
	}
	return true;
}

/* Which field a refusal is about. */
static const char *field_of(const struct guarding *guarding)
{
	bool guards = guarding->guard != GUARD_NONE || guarding->address;

	return guarding->reason.length < 10	      ? "reason"
	       : guards && guarding->named_count == 0 ? "named"
						      : "guard";
}

bool restricted_child_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct visit_child child;
	struct guarding guarding;
	struct actor actor = visit->actor;
	struct model *page;

	if (!visit_child(visit, request, "restricted.manage", &child, error))
		return false;
	guarding = (struct guarding){.child = child.number, .at = visit->now, .by = actor.account};
	if (!read_form(request, &guarding, error))
		return false;
	actor.why = guarding.reason;
	if (store_begin(visit->store, error) &&
		store_end(visit->store,
			guarding_set(visit->store, &actor, &guarding, child.authority, error),
			error)) {
		response_redirect(response,
			arena_format(request->arena, "/children/%lld/restricted?done=saved",
				(long long)child.number));
		return true;
	}
	if (error->code != ERROR_INPUT && error->code != ERROR_DENIED)
		return false;
	page = page_open(visit, request, "Who may see the record");
	page_fault(page, field_of(&guarding), account_sentence(request->arena, error->message));
	return show(request, response, page, &child, &guarding, error);
}
