/* SPDX-License-Identifier: MIT */
/* Checking and signing; afterwards a new version with a reason, or withdrawal with a reason. */
#include "web/pages/assessment.h"

#include "web/pages/assessment_page.h"

static void add_missing(const struct assessment_page *page)
{
	struct model *list = model_list(page->child.page, "missing");

	for (size_t i = 0; i < page->framework->domain_count; i++) {
		struct model *item;

		if (page->assessment.domains[i].score != SCORE_BLANK)
			continue;
		item = model_object(list, NULL);
		model_string(item, "label", page->framework->domains[i].label);
		model_string(item, "path", assessment_path(page, "/area/%zu", i + 1));
	}
	model_flag(page->child.page, "has_missing", list && list->first);
}

static bool show_check(
	const struct assessment_page *page, struct response *response, struct error *error)
{
	bool wrong = page_has_faults(page->child.page);

	add_missing(page);
	add_answers(page);
	model_flag(page->child.page, "may_write", child_page_may(&page->child, "assessment.write"));
	model_flag(page->child.page, "may_sign", child_page_may(&page->child, "assessment.sign"));
	model_text(page->child.page, "reason",
		reason_words(page->child.visit, page->assessment.head.reason));
	model_flag(page->child.page, "correction", page->assessment.head.replaces != 0);
	model_string(page->child.page, "revision",
		arena_format(page->child.arena, "%lld", (long long)page->assessment.head.revision));
	return add_contributions(page, NULL, error) &&
	       child_page_write(&page->child, response, "assessment_check", "identity assessment",
		       wrong ? STATUS_SECOND : 200, error);
}

bool assessment_check_page(struct request *request, struct response *response, struct error *error)
{
	struct assessment_page page;

	return assessment_open(&page, request, "assessment.view", "Check and sign", error) &&
	       (assessment_is_over(&page, response) || show_check(&page, response, error));
}

/* The change is lasting by now: when the record cannot be read again this moment, what is shown
 * catches up with the next change. */
static void changed(const struct assessment_page *page)
{
	struct error error;

	(void)!site_record_changed(page->child.visit->state, &error);
}

static bool sign(
	const struct assessment_page *page, struct care_conflict *out_conflict, struct error *error)
{
	struct care_writing writing = child_writing(&page->child);

	return store_begin(writing.store, error) &&
	       store_end(writing.store,
		       assessment_sign(&writing, page->child.arena, page->assessment.head.id,
			       form_number(page->child.request, "revision"), out_conflict, error),
		       error);
}

bool assessment_sign_take(struct request *request, struct response *response, struct error *error)
{
	struct assessment_page page;
	struct care_conflict conflict;

	if (!assessment_open(&page, request, "assessment.sign", "Check and sign", error))
		return false;
	if (assessment_is_over(&page, response))
		return true;
	if (sign(&page, &conflict, error)) {
		changed(&page);
		response_redirect(response, assessment_path(&page, "?signed=1"));
		return true;
	}
	if (error->code == ERROR_CONFLICT) {
		if (!assessment_again(&page, error))
			return false;
		if (assessment_is_over(&page, response))
			return true;
		assessment_second(&page.child, &conflict,
			"It is not signed. What is below is what stands now: check it and sign "
			"again.");
	} else if (error->code == ERROR_INPUT)
		assessment_refused(&page.child, "", error);
	else
		return false;
	return show_check(&page, response, error);
}

/* ---- a new version, and withdrawing --------------------------------------------------------- */

static const struct part_field why_correct = {
	.name = "why",
	.label = "What was wrong?",
	.hint = "It is kept with both versions.",
	.rows = "4",
};
static const struct part_field why_withdraw = {
	.name = "why",
	.label = "Why is it withdrawn?",
	.hint = "For example, that it was written for another child.",
	.rows = "4",
};

static bool is_standing(const struct assessment_page *page, struct response *response)
{
	if (page->assessment.head.state == ASSESSMENT_SIGNED)
		return true;
	response_redirect(response, assessment_path(page, "%s", ""));
	return false;
}

static bool show_why(const struct assessment_page *page, struct response *response,
	const char *template, const struct part_field *field, struct error *error)
{
	bool wrong = page_has_faults(page->child.page);

	part_field(page->child.page, field, form_text(page->child.request, "why"));
	return child_page_write(&page->child, response, template, "identity assessment",
		wrong ? STATUS_WRONG_FORM : 200, error);
}

bool assessment_correct_page(
	struct request *request, struct response *response, struct error *error)
{
	struct assessment_page page;

	return assessment_open(
		       &page, request, "assessment.write", "Correct this assessment", error) &&
	       (!is_standing(&page, response) ||
		       show_why(&page, response, "assessment_correct", &why_correct, error));
}

static bool correct(const struct assessment_page *page, int64_t *out_draft,
	struct care_conflict *out_conflict, struct error *error)
{
	struct care_writing writing = child_writing(&page->child);

	return store_begin(writing.store, error) &&
	       store_end(writing.store,
		       assessment_correct(&writing, page->child.arena, page->assessment.head.id,
			       form_text(page->child.request, "why"), out_draft, out_conflict,
			       error),
		       error);
}

bool assessment_correct_take(
	struct request *request, struct response *response, struct error *error)
{
	struct care_conflict conflict = {.standing = 0};
	struct assessment_page page;
	int64_t draft;

	if (!assessment_open(&page, request, "assessment.write", "Correct this assessment", error))
		return false;
	if (!is_standing(&page, response))
		return true;
	if (correct(&page, &draft, &conflict, error)) {
		response_redirect(
			response, child_path(&page.child, "/assessments/%lld", (long long)draft));
		return true;
	}
	if (error->code == ERROR_CONFLICT && conflict.standing) {
		response_redirect(response, child_path(&page.child, "/assessments/%lld?there=1",
						    (long long)conflict.standing));
		return true;
	}
	if (error->code != ERROR_INPUT && error->code != ERROR_LIMIT)
		return false;
	assessment_refused(&page.child, "why", error);
	return show_why(&page, response, "assessment_correct", &why_correct, error);
}

bool assessment_withdraw_page(
	struct request *request, struct response *response, struct error *error)
{
	struct assessment_page page;

	return assessment_open(
		       &page, request, "assessment.sign", "Withdraw this assessment", error) &&
	       (!is_standing(&page, response) ||
		       show_why(&page, response, "assessment_withdraw", &why_withdraw, error));
}

bool assessment_withdraw_take(
	struct request *request, struct response *response, struct error *error)
{
	struct care_conflict conflict;
	struct assessment_page page;
	struct care_writing writing;

	if (!assessment_open(&page, request, "assessment.sign", "Withdraw this assessment", error))
		return false;
	if (!is_standing(&page, response))
		return true;
	writing = child_writing(&page.child);
	if (store_begin(writing.store, error) &&
		store_end(writing.store,
			assessment_withdraw(&writing, request->arena, page.assessment.head.id,
				form_text(request, "why"), &conflict, error),
			error)) {
		changed(&page);
		response_redirect(response, assessment_path(&page, "?withdrawn=1"));
		return true;
	}
	if (error->code != ERROR_INPUT && error->code != ERROR_LIMIT)
		return false;
	assessment_refused(&page.child, "why", error);
	return show_why(&page, response, "assessment_withdraw", &why_withdraw, error);
}
