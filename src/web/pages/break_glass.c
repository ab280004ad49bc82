/* SPDX-License-Identifier: MIT */
/* Opening a record with a reason. Whether there is such a child is not said to those whom opening
 * it would not help. */
#include "web/pages/asking.h"
#include "web/pages/restricted.h"
#include "web/part.h"

#include "people/restricted.h"

enum { STATUS_FORM_WRONG = 422, REASON_LONGEST = 500 };

/* What is in the form: the number in the address of a child's page, or the council's own id. */
struct glass_form {
	struct text child, reason;
};

static bool show(struct request *request, struct response *response, struct model *page,
	const struct glass_form *form, struct error *error)
{
	static const struct part_field child = {
		.name = "child",
		.label = "The child's ID at the council",
		.width = "20",
		.autocomplete = "off",
		.plain = true,
	};
	static const struct part_field reason = {
		.name = "reason",
		.label = "Why you need to see the record now",
		.hint = "At least 10 letters. Somebody else will read it.",
	};
	const struct visit *visit = visit_of(request);

	part_field(page, &child, form->child);
	part_field(page, &reason, form->reason);
	model_string(page, "minutes",
		arena_format(
			request->arena, "%lld", (long long)visit->settings->break_glass_minutes));
	return page_write(response, request, "break_glass", page,
		page_has_faults(page) ? STATUS_FORM_WRONG : 200, error);
}

bool break_glass_page(struct request *request, struct response *response, struct error *error)
{
	struct glass_form form = {.child = fields_get(&request->query, "child")};
	struct model *page = page_open(visit_of(request), request, "Open a restricted record");

	if (text_is(fields_get(&request->query, "done"), "ended"))
		part_banner(page, true, "You gave the access back", NULL);
	return show(request, response, page, &form, error);
}

static uint32_t find_child(const struct visit *visit, struct text child)
{
	const struct history *history = &visit->snapshot->history;
	int64_t number;
	uint32_t found = history_child(history, child);

	if (found == HISTORY_NONE && text_integer(child, &number))
		found = history_numbered(history, number);
	return found;
}

/* The facts about the child, when breaking the glass would open the record for this person. */
static bool find_facts(const struct visit *visit, const struct request *request, struct text child,
	struct child_facts *out_facts, bool *out_found, struct error *error)
{
	uint32_t index = find_child(visit, child);
	struct relations relations;
	int64_t number;

	*out_found = false;
	if (index == HISTORY_NONE)
		return true;
	number = visit->snapshot->history.numbers[index];
	if (!relations_read(visit->store, request->arena, &visit->session->account, number,
		    visit->now, &relations, error))
		return false;
	*out_facts =
		relations_facts(&relations, number, snapshot_authority(visit->snapshot, index));
	*out_found =
		rights_glass_would_help(visit->rights, visit->session, out_facts, "child.view");
	return true;
}

static bool break_it(const struct visit *visit, const struct child_facts *facts, struct text reason,
	struct error *error)
{
	struct actor actor = visit->actor;
	int64_t until;

	actor.why = reason;
	return store_begin(visit->store, error) &&
	       store_end(visit->store,
		       glass_break(visit->store, visit->rights, visit->session, facts,
			       visit->settings, &actor, &until, error),
		       error);
}

bool break_glass_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct glass_form form = {
		.child = text_trim(fields_get(&request->form, "child")),
		.reason = text_trim(fields_get(&request->form, "reason")),
	};
	struct model *page = page_open(visit, request, "Open a restricted record");
	struct child_facts facts;
	bool found;

	if (!find_facts(visit, request, form.child, &facts, &found, error))
		return false;
	if (form.child.length == 0)
		page_fault(page, "child", "Enter the child's ID");
	else if (!found)
		page_fault(page, "child", "No record of this ID can be opened in this way");
	if (form.reason.length < 10)
		page_fault(page, "reason", "Say why, in at least 10 letters");
	if (form.reason.length > REASON_LONGEST)
		page_fault(page, "reason", "Say why in 500 letters or fewer");
	if (page_has_faults(page))
		return show(request, response, page, &form, error);
	if (!break_it(visit, &facts, form.reason, error))
		return false;
	response_redirect(
		response, arena_format(request->arena, "/children/%lld", (long long)facts.child));
	return true;
}

bool break_glass_end(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	int64_t number;
	uint32_t index;

	if (!fields_integer(&request->form, "child", &number))
		return error_set(error, ERROR_INPUT, "name the child");
	index = history_numbered(&visit->snapshot->history, number);
	if (index == HISTORY_NONE)
		return error_set(error, ERROR_MISSING, "there is no such record that you opened");
	if (!store_begin(visit->store, error) ||
		!store_end(visit->store,
			glass_end(visit->store, &visit->actor, number,
				snapshot_authority(visit->snapshot, index), error),
			error))
		return false;
	response_redirect(response, "/break-glass?done=ended");
	return true;
}
