/* SPDX-License-Identifier: MIT */
/* The assessments of a child: drafts, versions, those that came from files; and beginning one. */
#include "web/pages/assessment.h"

#include <stdio.h>

#include "web/pages/assessment_page.h"

static const char *state_colour(enum assessment_state state)
{
	return state == ASSESSMENT_DRAFT ? "blue" : state == ASSESSMENT_SIGNED ? "" : "grey";
}

static const char *who_words(struct arena *arena, const struct assessment_head *head)
{
	const struct care_stamp *by =
		head->state == ASSESSMENT_DRAFT ? &head->started : &head->signed_by;

	return text_words(arena, by->shown);
}

static void add_version(
	const struct child_page *page, struct model *table, const struct assessment_head *head)
{
	struct model *row = part_row(table);
	char state[32];
	const char *colour = state_colour(head->state);

	snprintf(state, sizeof state, "%s", assessment_state_words(head->state));
	state[0] = (char)(state[0] - 'a' + 'A');
	part_cell(row,
		&(struct part_cell){.words = text_of(day_words(page->arena, head->assessed_on)),
			.path = child_path(page, "/assessments/%lld", (long long)head->id),
			.more = head->version > 1 ? arena_format(page->arena, "version %lld",
							    (long long)head->version)
						  : NULL,
			.header = true});
	part_cell(row, &(struct part_cell){.words = reason_words(page->visit, head->reason)});
	part_cell(row, &(struct part_cell){.words = text_of(arena_format(
						   page->arena, "%lld", (long long)head->version)),
			       .numeric = true});
	part_cell(row, &(struct part_cell){.words = text_of(arena_string(page->arena, state)),
			       .tag = colour[0] ? colour : NULL});
	part_cell(row, &(struct part_cell){.words = text_of(who_words(page->arena, head))});
}

/* Signed here, so that the record's row of the day is this one. */
static bool is_signed_here(const struct assessment_head *heads, size_t count, int32_t day)
{
	for (size_t i = 0; i < count; i++)
		if (heads[i].state == ASSESSMENT_SIGNED && heads[i].assessed_on == day)
			return true;
	return false;
}

static void add_imported(
	const struct child_page *page, const struct assessment_head *heads, size_t count)
{
	const struct history *history = &page->visit->snapshot->history;
	struct model *list = model_list(page->page, "imported");
	uint32_t first = history->first_assessment[page->child.index];
	bool any = false;

	for (uint32_t i = history->first_assessment[page->child.index + 1]; i-- > first;) {
		struct model *item;

		if (is_signed_here(heads, count, history->assessments.assessed_on[i]))
			continue;
		any = true;
		item = model_object(list, NULL);
		model_string(
			item, "on", day_words(page->arena, history->assessments.assessed_on[i]));
		model_string(item, "total",
			total_words(
				page->arena, history->framework, history->assessments.total[i]));
	}
	model_flag(page->page, "has_imported", any);
}

static void add_versions(
	const struct child_page *page, const struct assessment_head *heads, size_t count)
{
	struct model *table;

	model_flag(page->page, "has_versions", count > 0);
	if (count == 0)
		return;
	table = part_table(page->page, "Written in Hearth");
	part_column(table, "Day", false);
	part_column(table, "Reason", false);
	part_column(table, "Version", true);
	part_column(table, "Status", false);
	part_column(table, "Written by", false);
	for (size_t i = 0; i < count; i++)
		add_version(page, table, &heads[i]);
}

static const struct assessment_head *draft_of(const struct assessment_head *heads, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (heads[i].state == ASSESSMENT_DRAFT)
			return &heads[i];
	return NULL;
}

static void add_due(const struct child_page *page)
{
	struct rhythm_due due = child_due(page->visit, page->child.index);
	char cause[80];

	model_string(page->page, "due", due_words(page->arena, &due));
	model_flag(page->page, "overdue", due.state == RHYTHM_OVERDUE);
	model_string(page->page, "due_cause",
		due.state == RHYTHM_NOT_DUE
			? ""
			: arena_string(page->arena,
				  rhythm_cause_words(page->visit->rhythm, due.cause, cause)));
}

bool assessments_page(struct request *request, struct response *response, struct error *error)
{
	const struct assessment_head *draft;
	struct assessment_head *heads;
	struct child_page page;
	size_t count;

	if (!child_page_open(
		    &page, request, "assessment.view", SECTION_ASSESSMENTS, "Assessments", error) ||
		!assessment_list(page.visit->store, page.arena, page.visit->schema,
			page.child.number, &heads, &count, error))
		return false;
	add_due(&page);
	add_versions(&page, heads, count);
	add_imported(&page, heads, count);
	draft = draft_of(heads, count);
	model_flag(page.page, "may_write", child_page_may(&page, "assessment.write"));
	model_string(page.page, "draft",
		draft ? child_path(&page, "/assessments/%lld", (long long)draft->id) : "");
	model_string(
		page.page, "draft_by", draft ? text_words(page.arena, draft->saved.shown) : "");
	model_string(page.page, "draft_at", draft ? moment_words(page.arena, draft->saved.at) : "");
	if (fields_get(&request->query, "gone").data)
		part_banner(page.page, true, "The draft was thrown away", NULL);
	return child_page_write(&page, response, "assessments", "identity assessments", 200, error);
}

/* ---- beginning one -------------------------------------------------------------------------- */

static const struct part_field assessed_field = {
	.name = "day",
	.label = "Day of the assessment",
	.hint = "The day you talked with the child or young person, or today.",
	.type = "date",
	.width = "10",
};
static const struct part_field reason_field = {.name = "reason", .label = "Why is it made?"};

/* What the rhythm asks for is what it most likely is. */
static struct text reason_likely(const struct child_page *page)
{
	struct rhythm_due due = child_due(page->visit, page->child.index);

	if (due.state == RHYTHM_NOT_DUE)
		return TEXT("other");
	return due.cause == RHYTHM_ENTRY  ? TEXT("entry")
	       : due.cause == RHYTHM_MOVE ? TEXT("placement_change")
					  : TEXT("review");
}

static void add_reasons(const struct child_page *page, struct text chosen)
{
	const struct code_set *set = schema_code_set(page->visit->schema, "assessment_reason");
	struct model *field = part_field(page->page, &reason_field, chosen);

	for (size_t i = 0; set && i < set->count; i++)
		part_choice(field, set->codes[i].code, set->codes[i].label, NULL,
			text_equal(set->codes[i].code, chosen));
}

static bool show_start(struct child_page *page, struct response *response, struct text day,
	struct text reason, struct error *error)
{
	bool wrong = page_has_faults(page->page);

	part_back(page->page, child_path(page, "/assessments"), "All assessments");
	part_field(page->page, &assessed_field, day);
	add_reasons(page, reason);
	return child_page_write(page, response, "assessment_start", "identity",
		wrong ? STATUS_WRONG_FORM : 200, error);
}

bool assessment_start_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	return child_page_open(&page, request, "assessment.write", SECTION_NONE,
		       "Start an assessment", error) &&
	       show_start(&page, response, day_value(page.arena, page.visit->today),
		       reason_likely(&page), error);
}

static bool start(const struct child_page *page, int32_t day, struct text reason,
	int64_t *out_assessment, struct care_conflict *out_conflict, struct error *error)
{
	struct care_writing writing = child_writing(page);

	return store_begin(writing.store, error) &&
	       store_end(writing.store,
		       assessment_start(&writing, page->arena, page->visit->framework, day, reason,
			       out_assessment, out_conflict, error),
		       error);
}

bool assessment_start_take(struct request *request, struct response *response, struct error *error)
{
	struct text reason = form_text(request, "reason");
	struct care_conflict conflict;
	struct child_page page;
	int64_t assessment;
	int32_t day;

	if (!child_page_open(
		    &page, request, "assessment.write", SECTION_NONE, "Start an assessment", error))
		return false;
	if (!form_day(request, "day", &day) || day == DATE_MISSING)
		page_fault(page.page, "day", "Enter the day of the assessment");
	else if (!reason.length)
		page_fault(page.page, "reason", "Choose why the assessment is made");
	else if (start(&page, day, reason, &assessment, &conflict, error)) {
		response_redirect(
			response, child_path(&page, "/assessments/%lld", (long long)assessment));
		return true;
	} else if (error->code == ERROR_CONFLICT && conflict.standing) {
		/* a colleague was quicker: their draft is the one to go on with */
		response_redirect(response, child_path(&page, "/assessments/%lld?there=1",
						    (long long)conflict.standing));
		return true;
	} else if (error->code == ERROR_INPUT)
		assessment_refused(&page, "day", error);
	else
		return false;
	return show_start(&page, response, form_text(request, "day"), reason, error);
}
