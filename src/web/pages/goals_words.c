/* SPDX-License-Identifier: MIT */
#include "web/pages/goals_words.h"

#include "web/pages/about_words.h"

/* "" for none. */
static const char *domain_label(const struct framework *framework, struct text key)
{
	int domain = key.length ? framework_domain(framework, key) : -1;

	return domain < 0 ? "" : framework->domains[domain].label;
}

static const char *progress_words(struct arena *arena, const struct goal *goal)
{
	if (!goal->progress_count)
		return "No progress written down yet";
	return arena_format(arena, "%zu note%s, the last on %s", goal->progress_count,
		goal->progress_count == 1 ? "" : "s", day_words(arena, goal->progress_on));
}

void fill_goal(const struct child_page *page, struct model *model, const struct goal *goal)
{
	struct arena *arena = page->arena;

	model_string(model, "goal_path", child_path(page, "/plan/%lld", (long long)goal->id));
	model_text(model, "goal", goal->goal);
	model_string(model, "domain", domain_label(page->visit->framework, goal->domain));
	add_paragraphs(model, "helps", goal->helps);
	model_flag(model, "has_helps", goal->helps.length > 0);
	model_text(model, "who", goal->who.data ? goal->who : TEXT(""));
	model_string(model, "by_when", day_words(arena, goal->by_when));
	model_flag(model, "late",
		goal->state == GOAL_OPEN && goal->by_when != DATE_MISSING &&
			goal->by_when < page->visit->today);
	model_string(model, "state", goal_state_words(goal->state));
	model_text(model, "why", goal->why.data ? goal->why : TEXT(""));
	model_string(model, "progress", progress_words(arena, goal));
	model_text(model, "saved_by", goal->saved.shown.data ? goal->saved.shown : TEXT(""));
	model_string(model, "saved_on", moment_words(arena, goal->saved.at));
}

bool add_goals(const struct child_page *page, struct model *model, struct error *error)
{
	struct model *list = model_list(model, "goals");
	struct goal *goals;
	size_t count, opened = 0;

	if (!goal_list(page->visit->store, page->arena, page->child.number, &goals, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (goals[i].state != GOAL_OPEN)
			continue;
		fill_goal(page, model_object(list, NULL), &goals[i]);
		opened++;
	}
	model_flag(model, "has_goals", opened > 0);
	model_flag(model, "has_ended", count > opened);
	return true;
}

void fill_review(const struct child_page *page, struct model *model, const struct review *review)
{
	struct text how = participation_words(page, review->participation);

	model_string(model, "on", day_words(page->arena, review->on));
	model_text(model, "on_value", day_value(page->arena, review->on));
	model_text(model, "participation", how.length ? how : TEXT("Not recorded"));
	add_paragraphs(model, "notes", review->notes);
	model_flag(model, "has_notes", review->notes.length > 0);
	add_paragraphs(model, "view", review->view);
	model_flag(model, "has_view", review->view.length > 0);
	model_flag(model, "from_return", review->in_return && review->id == 0);
	model_text(model, "saved_by", review->saved.shown.data ? review->saved.shown : TEXT(""));
	model_string(model, "saved_on",
		review->saved.at ? moment_words(page->arena, review->saved.at) : "");
}

bool add_reviews(
	const struct child_page *page, struct model *model, size_t most, struct error *error)
{
	struct model *list = model_list(model, "reviews");
	struct review *reviews;
	size_t count;

	if (!review_list(
		    page->visit->store, page->arena, page->child.number, &reviews, &count, error))
		return false;
	for (size_t i = 0; i < count && (most == 0 || i < most); i++)
		fill_review(page, model_object(list, NULL), &reviews[i]);
	model_flag(model, "has_reviews", count > 0);
	model_string(model, "review_count", arena_format(page->arena, "%zu", count));
	return true;
}
