/* SPDX-License-Identifier: MIT */
/* One assessment: the task list of a draft, or a version to read. */
#include "web/pages/assessment.h"

#include "web/pages/assessment_page.h"

static size_t add_tasks(const struct assessment_page *page)
{
	struct model *list = model_list(page->child.page, "tasks");
	size_t done = 0;

	for (size_t i = 0; i < page->framework->domain_count; i++) {
		struct model *item = model_object(list, NULL);
		bool scored = page->assessment.domains[i].score != SCORE_BLANK;

		done += scored;
		model_string(item, "label", page->framework->domains[i].label);
		model_string(item, "path", assessment_path(page, "/area/%zu", i + 1));
		model_string(item, "id", arena_format(page->child.arena, "task-%zu-status", i + 1));
		model_flag(item, "done", scored);
	}
	return done;
}

static const char *first_to_do(const struct assessment_page *page)
{
	for (size_t i = 0; i < page->framework->domain_count; i++)
		if (page->assessment.domains[i].score == SCORE_BLANK)
			return assessment_path(page, "/area/%zu", i + 1);
	return assessment_path(page, "/check");
}

static void add_head(const struct assessment_page *page)
{
	const struct assessment_head *head = &page->assessment.head;
	struct arena *arena = page->child.arena;
	bool draft =
		head->state == ASSESSMENT_DRAFT && child_page_may(&page->child, "assessment.write");
	const char *change = draft ? assessment_path(page, "/day") : NULL;

	part_summary(page->child.page, "Day", text_of(day_words(arena, head->assessed_on)), change,
		"Change");
	part_summary(page->child.page, "Reason", reason_words(page->child.visit, head->reason),
		change, "Change");
	if (head->replaces)
		part_summary(page->child.page, "What was wrong before", head->why, NULL, NULL);
	part_summary(page->child.page, "Started by", text_of(stamp_words(arena, &head->started)),
		NULL, NULL);
	if (head->state == ASSESSMENT_DRAFT)
		part_summary(page->child.page, "Last saved by",
			text_of(stamp_words(arena, &head->saved)), NULL, NULL);
	else
		part_summary(page->child.page, "Signed by",
			text_of(stamp_words(arena, &head->signed_by)), NULL, NULL);
}

static bool show_tasks(
	const struct assessment_page *page, struct response *response, struct error *error)
{
	struct model *model = page->child.page;
	size_t all = page->framework->domain_count, done = add_tasks(page);

	model_string(model, "progress",
		done == all
			? "Every area has a score. Check what you wrote, then sign."
			: arena_format(page->child.arena,
				  "%zu of %zu areas have a score. You can do them in any order.",
				  done, all));
	model_flag(model, "all_done", done == all);
	model_flag(model, "begun", done > 0);
	model_string(model, "next", first_to_do(page));
	model_flag(model, "may_write", child_page_may(&page->child, "assessment.write"));
	model_flag(model, "correction", page->assessment.head.replaces != 0);
	if (fields_get(&page->child.request->query, "there").data)
		part_banner(model, false, "There is a draft of this child already",
			"A child has one draft at a time. Go on with this one, or talk with the "
			"person who started it.");
	return add_contributions(page, NULL, error) &&
	       child_page_write(&page->child, response, "assessment_tasks", "identity assessment",
		       200, error);
}

/* ---- a version to read ---------------------------------------------------------------------- */

static void add_end(const struct assessment_page *page)
{
	const struct assessment_head *head = &page->assessment.head;
	struct arena *arena = page->child.arena;
	struct model *model = page->child.page;

	model_flag(model, "withdrawn", head->state == ASSESSMENT_WITHDRAWN);
	model_flag(model, "replaced", head->state == ASSESSMENT_REPLACED);
	model_string(model, "ended", stamp_words(arena, &head->ended));
	add_paragraphs(model, "ended_why", head->ended_why);
	model_string(model, "newer",
		head->replaced_by ? child_path(&page->child, "/assessments/%lld",
					    (long long)head->replaced_by)
				  : "");
	model_string(model, "older",
		head->replaces
			? child_path(&page->child, "/assessments/%lld", (long long)head->replaces)
			: "");
}

static bool show_version(
	const struct assessment_page *page, struct response *response, struct error *error)
{
	bool standing = page->assessment.head.state == ASSESSMENT_SIGNED;
	struct model *model = page->child.page;

	add_end(page);
	add_answers(page);
	model_string(model, "version",
		page->assessment.head.version > 1
			? arena_format(page->child.arena, "Version %lld",
				  (long long)page->assessment.head.version)
			: "");
	model_flag(
		model, "may_correct", standing && child_page_may(&page->child, "assessment.write"));
	model_flag(
		model, "may_withdraw", standing && child_page_may(&page->child, "assessment.sign"));
	if (fields_get(&page->child.request->query, "signed").data)
		part_banner(model, true, "The assessment is signed",
			"Lists, figures and the child's page show it from now on.");
	if (fields_get(&page->child.request->query, "withdrawn").data)
		part_banner(model, true, "The assessment is withdrawn",
			"It counts no more. It can still be read here, with the reason.");
	return add_contributions(page, NULL, error) &&
	       child_page_write(&page->child, response, "assessment_version", "identity assessment",
		       200, error);
}

bool assessment_page_show(struct request *request, struct response *response, struct error *error)
{
	struct assessment_page page;

	if (!assessment_open(&page, request, "assessment.view", "Assessment", error))
		return false;
	if (page.assessment.head.state == ASSESSMENT_DISCARDED) {
		response_redirect(response, child_path(&page.child, "/assessments?gone=1"));
		return true;
	}
	add_head(&page);
	return page.assessment.head.state == ASSESSMENT_DRAFT
		       ? show_tasks(&page, response, error)
		       : show_version(&page, response, error);
}

/* ---- day and reason ------------------------------------------------------------------------- */

static const struct part_field assessed_field = {
	.name = "day",
	.label = "Day of the assessment",
	.type = "date",
	.width = "10",
};
static const struct part_field reason_field = {.name = "reason", .label = "Why is it made?"};

static bool show_head(struct assessment_page *page, struct response *response, struct text day,
	struct text reason, int64_t revision, struct error *error)
{
	const struct code_set *set =
		schema_code_set(page->child.visit->schema, "assessment_reason");
	bool wrong = page_has_faults(page->child.page);
	struct model *field;

	part_field(page->child.page, &assessed_field, day);
	field = part_field(page->child.page, &reason_field, reason);
	for (size_t i = 0; set && i < set->count; i++)
		part_choice(field, set->codes[i].code, set->codes[i].label, NULL,
			text_equal(set->codes[i].code, reason));
	model_string(page->child.page, "revision",
		arena_format(page->child.arena, "%lld", (long long)revision));
	return child_page_write(&page->child, response, "assessment_head", "identity assessment",
		wrong ? STATUS_WRONG_FORM : 200, error);
}

bool assessment_head_page(struct request *request, struct response *response, struct error *error)
{
	const struct assessment_head *head;
	struct assessment_page page;

	if (!assessment_open(&page, request, "assessment.write", "Day and reason", error))
		return false;
	head = &page.assessment.head;
	return assessment_is_over(&page, response) ||
	       show_head(&page, response, day_value(request->arena, head->assessed_on),
		       head->reason, head->head_revision, error);
}

static bool save_head(const struct assessment_page *page, int32_t day, struct text reason,
	struct care_conflict *out_conflict, struct error *error)
{
	struct care_writing writing = child_writing(&page->child);

	return store_begin(writing.store, error) &&
	       store_end(writing.store,
		       assessment_save_head(&writing, page->child.arena, page->assessment.head.id,
			       day, reason, form_number(page->child.request, "revision"),
			       out_conflict, error),
		       error);
}

bool assessment_head_take(struct request *request, struct response *response, struct error *error)
{
	struct text reason = form_text(request, "reason");
	struct care_conflict conflict = {.revision = form_number(request, "revision")};
	struct assessment_page page;
	int32_t day;

	if (!assessment_open(&page, request, "assessment.write", "Day and reason", error))
		return false;
	if (assessment_is_over(&page, response))
		return true;
	if (!form_day(request, "day", &day) || day == DATE_MISSING)
		page_fault(page.child.page, "day", "Enter the day of the assessment");
	else if (save_head(&page, day, reason, &conflict, error)) {
		response_redirect(response, assessment_path(&page, "%s", ""));
		return true;
	} else if (error->code == ERROR_CONFLICT) {
		if (!assessment_again(&page, error))
			return false;
		if (assessment_is_over(&page, response))
			return true;
		assessment_second(&page.child, &conflict,
			arena_format(request->arena,
				"The day now is %s, the reason “%s”. What you chose is below: "
				"save again to put it in their place.",
				day_words(request->arena, page.assessment.head.assessed_on),
				text_words(request->arena, reason_words(page.child.visit,
								   page.assessment.head.reason))));
	} else if (error->code == ERROR_INPUT)
		assessment_refused(&page.child, "day", error);
	else
		return false;
	return show_head(
		&page, response, form_text(request, "day"), reason, conflict.revision, error);
}

/* ---- throwing a draft away ------------------------------------------------------------------ */

static bool show_discard(
	struct assessment_page *page, struct response *response, struct error *error)
{
	const struct assessment_head *head = &page->assessment.head;

	model_string(page->child.page, "revision",
		arena_format(page->child.arena, "%lld", (long long)head->revision));
	model_string(page->child.page, "saved", stamp_words(page->child.arena, &head->saved));
	return child_page_write(&page->child, response, "assessment_discard", "identity assessment",
		page_has_faults(page->child.page) ? STATUS_SECOND : 200, error);
}

bool assessment_discard_page(
	struct request *request, struct response *response, struct error *error)
{
	struct assessment_page page;

	return assessment_open(
		       &page, request, "assessment.write", "Throw this draft away", error) &&
	       (assessment_is_over(&page, response) || show_discard(&page, response, error));
}

bool assessment_discard_take(
	struct request *request, struct response *response, struct error *error)
{
	struct care_conflict conflict;
	struct assessment_page page;
	struct care_writing writing;

	if (!assessment_open(&page, request, "assessment.write", "Throw this draft away", error))
		return false;
	if (assessment_is_over(&page, response))
		return true;
	writing = child_writing(&page.child);
	if (store_begin(writing.store, error) &&
		store_end(writing.store,
			assessment_discard(&writing, request->arena, page.assessment.head.id,
				form_number(request, "revision"), &conflict, error),
			error)) {
		response_redirect(response, child_path(&page.child, "/assessments?gone=1"));
		return true;
	}
	if (error->code != ERROR_CONFLICT || !assessment_again(&page, error))
		return false;
	if (assessment_is_over(&page, response))
		return true;
	assessment_second(&page.child, &conflict,
		"Nothing was thrown away. Look at what is new before you decide.");
	return show_discard(&page, response, error);
}
