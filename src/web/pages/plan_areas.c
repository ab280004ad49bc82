/* SPDX-License-Identifier: MIT */
#include "web/pages/plan_areas.h"

#include "web/pages/goals_words.h"
#include "web/pages/needs_words.h"

enum { NO_AREA = -1 };

struct plan {
	const struct child_page *page;
	const struct goal *goals;
	size_t count;
	const uint8_t *scores; /* of the last assessment; NULL: none */
};

static int area_of(const struct plan *plan, const struct goal *goal)
{
	return goal->domain.length ? framework_domain(plan->page->visit->framework, goal->domain)
				   : NO_AREA;
}

static size_t open_goals(const struct plan *plan, int area)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->count; i++)
		count +=
			plan->goals[i].state == GOAL_OPEN && area_of(plan, &plan->goals[i]) == area;
	return count;
}

static struct model *add_area(const struct plan *plan, struct model *list, int area)
{
	const struct framework *framework = plan->page->visit->framework;
	struct model *model = model_object(list, NULL);
	const char *key = area == NO_AREA ? "" : framework->domains[area].key;
	const struct band *band = NULL;

	if (area != NO_AREA && plan->scores && plan->scores[area] != SCORE_BLANK)
		band = &framework->bands[band_of(framework, plan->scores[area])];
	model_string(model, "label",
		area == NO_AREA ? "Not about one area" : framework->domains[area].label);
	model_string(model, "band", band ? band->label : "");
	model_string(model, "band_key", band ? band->key : "");
	model_string(model, "id", area == NO_AREA ? "any" : key);
	model_string(model, "add", child_path(plan->page, "/plan/new?domain=%s", key));
	return model;
}

static void add_goals_of(const struct plan *plan, struct model *area_model, int area)
{
	struct model *list = model_list(area_model, "goals");

	for (size_t i = 0; i < plan->count; i++)
		if (plan->goals[i].state == GOAL_OPEN && area_of(plan, &plan->goals[i]) == area)
			fill_goal(plan->page, model_object(list, NULL), &plan->goals[i]);
}

static void add_areas(const struct plan *plan)
{
	struct model *page = plan->page->page;
	struct model *list = model_list(page, "areas");
	int count = (int)plan->page->visit->framework->domain_count;
	bool any = false;

	for (int area = NO_AREA; area < count; area++) {
		if (!open_goals(plan, area))
			continue;
		add_goals_of(plan, add_area(plan, list, area), area);
		any = true;
	}
	model_flag(page, "has_areas", any);
}

/* Areas of need without a goal, from the greatest need down. */
static void add_open_needs(const struct plan *plan)
{
	const struct framework *framework = plan->page->visit->framework;
	struct model *page = plan->page->page;
	struct model *list = model_list(page, "open_needs");
	bool any = false;

	for (int score = framework->score_max; plan->scores && score > 0; score--) {
		for (size_t d = 0; d < framework->domain_count; d++) {
			if (plan->scores[d] != score || open_goals(plan, (int)d))
				continue;
			add_area(plan, list, (int)d);
			any = true;
		}
	}
	model_flag(page, "has_open_needs", any);
}

static void add_ended(const struct plan *plan)
{
	struct model *list = model_list(plan->page->page, "ended");
	bool any = false;

	for (size_t i = 0; i < plan->count; i++) {
		if (plan->goals[i].state == GOAL_OPEN)
			continue;
		fill_goal(plan->page, model_object(list, NULL), &plan->goals[i]);
		any = true;
	}
	model_flag(plan->page->page, "has_ended", any);
}

bool add_plan(const struct child_page *page, struct error *error)
{
	const struct visit *visit = page->visit;
	struct needs_pair pair = needs_pair(visit, page->child.index);
	struct plan plan = {.page = page};
	struct goal *goals;

	if (!goal_list(visit->store, page->arena, page->child.number, &goals, &plan.count, error))
		return false;
	plan.goals = goals;
	if (pair.now != HISTORY_NONE)
		plan.scores = visit->snapshot->history.assessments.scores[pair.now];
	model_string(page->page, "assessed",
		pair.now == HISTORY_NONE
			? ""
			: day_words(page->arena,
				  visit->snapshot->history.assessments.assessed_on[pair.now]));
	add_areas(&plan);
	add_open_needs(&plan);
	add_ended(&plan);
	return true;
}
