/* SPDX-License-Identifier: MIT */
/* Reviews, and how the child took part in them. */
#include "store/change.h"
#include "web/pages/about_words.h"
#include "web/pages/child.h"
#include "web/pages/goals_words.h"

bool child_reviews_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	if (!child_page_open(&page, request, "child.identity", SECTION_REVIEWS, "Reviews", error) ||
		!add_reviews(&page, page.page, 0, error))
		return false;
	model_flag(page.page, "may_plan", child_page_may(&page, "plan.write"));
	return child_page_write(&page, response, "child_reviews", "identity reviews", 200, error);
}

static void show_form(const struct child_page *page, const struct review *review)
{
	part_field(page->page,
		&(struct part_field){.name = "on", .label = "Day of the review", .type = "date"},
		day_value(page->arena, review->on));
	add_participation_field(page, "How the child or young person took part",
		review->participation.data ? review->participation : TEXT(""));
	part_field(page->page,
		&(struct part_field){.name = "view",
			.label = "What the child or young person said",
			.rows = "5"},
		review->view);
	part_field(page->page,
		&(struct part_field){
			.name = "notes", .label = "What was talked about and agreed", .rows = "6"},
		review->notes);
	model_string(page->page, "version",
		arena_format(page->arena, "%lld", (long long)review->version));
	part_back(page->page, child_path(page, "/reviews"), "Reviews");
}

bool child_review_page(struct request *request, struct response *response, struct error *error)
{
	struct review review;
	struct child_page page;
	int32_t on;

	if (!child_page_open(
		    &page, request, "plan.write", SECTION_NONE, "Write about a review", error))
		return false;
	review = (struct review){.on = page.visit->today};
	if (fields_date(&request->query, "on", &on) &&
		!review_read(page.visit->store, page.arena, page.child.number, on, &review, error))
		return false;
	show_form(&page, &review);
	return child_page_write(
		&page, response, "child_review_form", "identity reviews", 200, error);
}

static bool read_form(
	const struct child_page *page, const struct request *request, struct review *review)
{
	review->participation = form_text(request, "participation");
	review->view = form_text(request, "view");
	review->notes = form_text(request, "notes");
	if (!fields_integer(&request->form, "version", &review->version))
		review->version = 0;
	if (form_day(request, "on", &review->on) && review->on != DATE_MISSING &&
		review->on <= page->visit->today)
		return true;
	page_fault(page->page, "on", "Enter the day of the review, which cannot be after today");
	return false;
}

static bool save(const struct child_page *page, const struct review *review,
	struct care_conflict *conflict, struct error *error)
{
	struct care_writing writing = child_writing(page);
	int64_t version;

	return store_begin(page->visit->store, error) &&
	       store_end(page->visit->store,
		       review_save(&writing, page->arena, review, &version, conflict, error),
		       error);
}

bool child_review_save(struct request *request, struct response *response, struct error *error)
{
	struct review review = {.on = DATE_MISSING};
	struct care_conflict conflict = {.standing = 0};
	struct error fault = {0};
	struct child_page page;

	if (!child_page_open(
		    &page, request, "plan.write", SECTION_NONE, "Write about a review", error))
		return false;
	if (read_form(&page, request, &review) && save(&page, &review, &conflict, &fault)) {
		response_redirect(response, child_path(&page, "/reviews"));
		return true;
	}
	if (fault.code == ERROR_CONFLICT) {
		child_conflict(&page, &conflict);
		review.version = conflict.revision;
	} else if (fault.code == ERROR_INPUT || fault.code == ERROR_LIMIT) {
		page_fault(page.page, "notes", arena_string(page.arena, fault.message));
	} else if (fault.code != ERROR_NONE) {
		*error = fault;
		return false;
	}
	show_form(&page, &review);
	return child_page_write(&page, response, "child_review_form", "identity reviews",
		fault.code == ERROR_CONFLICT ? 409 : 422, error);
}
