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

/* The day of something that was written before stays: it is what the review is known by. */
static void add_day(const struct child_page *page, const struct review *review, bool fixed)
{
	model_flag(page->page, "fixed", fixed);
	model_text(
		page->page, "fixed_day", day_value(page->arena, fixed ? review->on : DATE_MISSING));
	model_string(page->page, "fixed_words", fixed ? day_words(page->arena, review->on) : "");
	day_field(page, "on", "Day of the review", NULL, review->on);
}

static void show_form(const struct child_page *page, const struct review *review, bool fixed)
{
	add_day(page, review, fixed);
	add_participation_field(page, "How the child or young person took part",
		review->participation.data ? review->participation : TEXT(""));
	part_field(page->page,
		&(struct part_field){.name = "view",
			.label = "What the child or young person said",
			.hint = "In their own words where you can.",
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

/* What was written of the day before the newest version. */
static bool add_versions(const struct child_page *page, int32_t on, struct error *error)
{
	struct model *list = model_list(page->page, "versions");
	struct review *versions;
	size_t count;

	if (!review_versions(page->visit->store, page->arena, page->child.number, on, &versions,
		    &count, error))
		return false;
	for (size_t i = 1; i < count; i++)
		fill_review(page, model_object(list, NULL), &versions[i]);
	model_flag(page->page, "has_versions", count > 1);
	return true;
}

static bool write_form(const struct child_page *page, struct response *response,
	const struct review *review, int status, struct error *error)
{
	bool fixed = review->version > 0 || review->in_return;

	show_form(page, review, fixed);
	return add_versions(page, fixed ? review->on : DATE_MISSING, error) &&
	       child_page_write(
		       page, response, "child_review_form", "identity reviews", status, error);
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
	model_flag(page.page, "standing", false);
	return write_form(&page, response, &review, 200, error);
}

/* Faults beside their fields, in the order of the form. */
static bool check_form(const struct child_page *page, const struct review *review, bool day)
{
	bool good = day && review->on != DATE_MISSING && review->on <= page->visit->today;

	if (!good)
		page_fault(page->page, "on",
			"Enter the day of the review, such as 27/03/2026: today or before");
	good = form_text_fits(page, "view", "What they said", CARE_TEXT_MOST, review->view) && good;
	good = form_text_fits(page, "notes", "What was agreed", CARE_TEXT_MOST, review->notes) &&
	       good;
	if (review->participation.length || review->view.length || review->notes.length)
		return good;
	page_fault(page->page, "participation",
		"Choose how the child or young person took part, or write what was said or agreed");
	return false;
}

static bool read_form(
	const struct child_page *page, const struct request *request, struct review *review)
{
	review->participation = form_text(request, "participation");
	review->view = form_text(request, "view");
	review->notes = form_text(request, "notes");
	if (!fields_integer(&request->form, "version", &review->version))
		review->version = 0;
	return check_form(page, review, form_day(request, "on", &review->on));
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

/* Shows the form again after a refusal, and beside it what stands when somebody else was first. */
static bool refuse(const struct child_page *page, struct response *response, struct review *form,
	const struct care_conflict *conflict, const struct error *fault, struct error *error)
{
	struct review standing;

	model_flag(page->page, "standing", fault->code == ERROR_CONFLICT);
	if (fault->code != ERROR_CONFLICT && fault->code != ERROR_NONE) {
		*error = *fault;
		return false;
	}
	if (fault->code == ERROR_NONE)
		return write_form(page, response, form, 422, error);
	if (form->version)
		child_conflict(page, conflict);
	else /* a new form for a day that something is written of already */
		child_conflict_as(
			page, "participation", "wrote about the review of this day", "", conflict);
	form->version = conflict->revision;
	if (!review_read(page->visit->store, page->arena, page->child.number, form->on, &standing,
		    error))
		return false;
	fill_review(page, model_object(page->page, "stands"), &standing);
	return write_form(page, response, form, 409, error);
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
		response_redirect(response, child_path(&page, "/reviews?done=review"));
		return true;
	}
	return refuse(&page, response, &review, &conflict, &fault, error);
}
