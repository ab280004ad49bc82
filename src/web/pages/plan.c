/* SPDX-License-Identifier: MIT */
/* Goals and the support plan: what helps, who does it, by when, how it goes. */
#include "store/change.h"
#include "web/pages/child.h"
#include "web/pages/goals_words.h"
#include "web/pages/plan_areas.h"

bool child_plan_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	if (!child_page_open(
		    &page, request, "child.identity", SECTION_PLAN, "Goals and plan", error) ||
		!add_plan(&page, error))
		return false;
	model_flag(page.page, "may_plan", child_page_may(&page, "plan.write"));
	return child_page_write(&page, response, "child_plan", "identity needs goals", 200, error);
}

/* ---- the form of a goal --------------------------------------------------------------------- */

static void add_domain_field(const struct child_page *page, struct text chosen)
{
	const struct framework *framework = page->visit->framework;
	struct model *field = part_field(page->page,
		&(struct part_field){.name = "domain", .label = "Which area of need it is about"},
		TEXT(""));

	part_choice(field, TEXT(""), TEXT("Not about one area"), NULL, chosen.length == 0);
	for (size_t d = 0; d < framework->domain_count; d++)
		part_choice(field, text_of(framework->domains[d].key),
			text_of(framework->domains[d].label), NULL,
			text_is(chosen, framework->domains[d].key));
}

static void add_state_field(const struct child_page *page, enum goal_state chosen)
{
	struct model *field = part_field(page->page,
		&(struct part_field){.name = "state", .label = "How it stands"}, TEXT(""));

	for (int i = 0; i < GOAL_STATES; i++)
		part_choice(field, text_of(goal_state_key((enum goal_state)i)),
			text_of(goal_state_words((enum goal_state)i)), NULL, (int)chosen == i);
}

static void show_form(const struct child_page *page, const struct goal *goal)
{
	struct model *model = page->page;

	part_field(model,
		&(struct part_field){.name = "goal",
			.label = "What the child or young person wants to reach",
			.hint = "In their own words where you can.",
			.rows = "3"},
		goal->goal);
	add_domain_field(page, goal->domain);
	part_field(model,
		&(struct part_field){.name = "helps",
			.label = "What helps",
			.hint = "What adults will do, and what has worked before.",
			.rows = "5"},
		goal->helps);
	part_field(model, &(struct part_field){.name = "who", .label = "Who does it"}, goal->who);
	day_field(page, "by_when", "By when (optional)", NULL, goal->by_when);
	add_state_field(page, goal->state);
	part_field(model,
		&(struct part_field){.name = "why",
			.label = "Why it was changed or stopped",
			.hint = "Needed only for a goal that is changed or stopped.",
			.rows = "3"},
		goal->why);
	model_string(model, "version", arena_format(page->arena, "%lld", (long long)goal->version));
	model_flag(model, "new", goal->id == 0);
	model_string(model, "action",
		goal->id ? child_path(page, "/plan/%lld/change", (long long)goal->id)
			 : child_path(page, "/plan/new"));
	part_back(model,
		goal->id ? child_path(page, "/plan/%lld", (long long)goal->id)
			 : child_path(page, "/plan"),
		"Back");
}

/* Faults beside their fields, in the order of the form. */
static bool check_form(const struct child_page *page, const struct goal *goal, bool day)
{
	bool ends = goal->state == GOAL_CHANGED || goal->state == GOAL_STOPPED;
	bool good = true;

	if (!goal->goal.length) {
		page_fault(
			page->page, "goal", "Write what the child or young person wants to reach");
		good = false;
	}
	good = form_text_fits(page, "goal", "The goal", CARE_TEXT_MOST, goal->goal) && good;
	good = form_text_fits(page, "helps", "What helps", CARE_TEXT_MOST, goal->helps) && good;
	good = form_text_fits(page, "who", "Who does it", CARE_LINE_MOST, goal->who) && good;
	if (!day) {
		page_fault(
			page->page, "by_when", "Enter a day such as 27/03/2026, or leave it empty");
		good = false;
	}
	if (ends && !goal->why.length) {
		page_fault(page->page, "why", "Write why the goal was changed or stopped");
		good = false;
	}
	return form_text_fits(page, "why", "Why it was changed", CARE_TEXT_MOST, goal->why) && good;
}

static bool read_form(
	const struct child_page *page, const struct request *request, struct goal *goal)
{
	goal->goal = form_text(request, "goal");
	goal->domain = form_text(request, "domain");
	goal->helps = form_text(request, "helps");
	goal->who = form_text(request, "who");
	goal->why = form_text(request, "why");
	goal->state = goal_state_of(form_text(request, "state"));
	if (goal->state == GOAL_STATES)
		goal->state = GOAL_OPEN;
	if (!fields_integer(&request->form, "version", &goal->version))
		goal->version = 0;
	return check_form(page, goal, form_day(request, "by_when", &goal->by_when));
}

static bool save(const struct child_page *page, const struct goal *goal, int64_t *out_goal,
	struct care_conflict *conflict, struct error *error)
{
	struct care_writing writing = child_writing(page);
	int64_t version;

	return store_begin(page->visit->store, error) &&
	       store_end(page->visit->store,
		       goal_save(&writing, page->arena, goal, out_goal, &version, conflict, error),
		       error);
}

/* Shows the form again after a refusal; passes on what is no fault of the form. */
static bool refuse(const struct child_page *page, struct response *response, struct goal *form,
	const struct care_conflict *conflict, const struct error *fault, struct error *error)
{
	struct goal standing;
	bool conflicts = fault->code == ERROR_CONFLICT;

	if (conflicts)
		child_conflict(page, conflict);
	else if (fault->code == ERROR_INPUT || fault->code == ERROR_LIMIT)
		page_fault(page->page, "goal", arena_string(page->arena, fault->message));
	else if (fault->code != ERROR_NONE) {
		*error = *fault;
		return false;
	}
	if (conflicts) {
		if (!goal_read(page->visit->store, page->arena, page->child.number, form->id,
			    &standing, error))
			return false;
		form->version = standing.version;
		fill_goal(page, model_object(page->page, "standing"), &standing);
	} else {
		model_flag(page->page, "standing", false);
	}
	show_form(page, form);
	return child_page_write(
		page, response, "child_goal_form", "identity goals", conflicts ? 409 : 422, error);
}

bool child_goal_new(struct request *request, struct response *response, struct error *error)
{
	struct goal goal = {.by_when = DATE_MISSING};
	struct child_page page;

	if (!child_page_open(&page, request, "plan.write", SECTION_NONE, "Add a goal", error))
		return false;
	goal.domain = fields_get(&request->query, "domain");
	model_flag(page.page, "standing", false);
	show_form(&page, &goal);
	return child_page_write(&page, response, "child_goal_form", "identity goals", 200, error);
}

bool child_goal_add(struct request *request, struct response *response, struct error *error)
{
	struct goal goal = {.by_when = DATE_MISSING};
	struct care_conflict conflict = {.standing = 0};
	struct error fault = {0};
	struct child_page page;
	int64_t id;

	if (!child_page_open(&page, request, "plan.write", SECTION_NONE, "Add a goal", error))
		return false;
	if (read_form(&page, request, &goal) && save(&page, &goal, &id, &conflict, &fault)) {
		response_redirect(response, child_path(&page, "/plan?done=goal"));
		return true;
	}
	return refuse(&page, response, &goal, &conflict, &fault, error);
}

/* ---- one goal ------------------------------------------------------------------------------- */

static bool open_goal(struct child_page *page, const struct request *request,
	const char *permission, const char *title, struct goal *out_goal, struct error *error)
{
	int64_t number;

	if (!child_page_open(page, request, permission, SECTION_NONE, title, error))
		return false;
	if (!request_part_integer(request, "goal", &number))
		return error_set(error, ERROR_MISSING, "there is no such goal");
	return goal_read(
		page->visit->store, page->arena, page->child.number, number, out_goal, error);
}

/* Never red: that it is hard is nobody's fault. */
static const char *course_colour(enum goal_course course)
{
	return course == COURSE_BETTER ? "green" : course == COURSE_HARDER ? "yellow" : "grey";
}

static bool add_progress(
	const struct child_page *page, const struct goal *goal, struct error *error)
{
	struct model *list = model_list(page->page, "entries");
	struct goal_progress *entries;
	size_t count;

	if (!goal_progress_list(page->visit->store, page->arena, page->child.number, goal->id,
		    &entries, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct model *entry = model_object(list, NULL);

		model_string(entry, "on", day_words(page->arena, entries[i].on));
		model_string(entry, "course",
			entries[i].course == COURSE_NOT_SAID
				? ""
				: goal_course_words(entries[i].course));
		model_string(entry, "colour", course_colour(entries[i].course));
		add_paragraphs(entry, "note", entries[i].note);
		model_text(entry, "by", entries[i].saved.shown);
	}
	model_flag(page->page, "has_entries", count > 0);
	return true;
}

static bool add_versions(
	const struct child_page *page, const struct goal *goal, struct error *error)
{
	struct model *list = model_list(page->page, "versions");
	struct goal *versions;
	size_t count;

	if (!goal_versions(page->visit->store, page->arena, page->child.number, goal->id, &versions,
		    &count, error))
		return false;
	for (size_t i = 1; i < count; i++)
		fill_goal(page, model_object(list, NULL), &versions[i]);
	model_flag(page->page, "has_versions", count > 1);
	return true;
}

static void add_progress_form(const struct child_page *page, const struct goal_progress *form)
{
	struct model *course = part_field(page->page,
		&(struct part_field){.name = "course", .label = "How it is going"}, TEXT(""));

	for (int i = 0; i < COURSES; i++)
		part_choice(course, text_of(goal_course_key((enum goal_course)i)),
			i == COURSE_NOT_SAID ? TEXT("Not said")
					     : text_of(goal_course_words((enum goal_course)i)),
			NULL, (int)form->course == i);
	day_field(page, "on", "Day", NULL, form->on);
	part_field(page->page,
		&(struct part_field){.name = "note", .label = "What happened", .rows = "4"},
		form->note);
}

static bool write_goal(const struct child_page *page, struct response *response,
	const struct goal *goal, const struct goal_progress *form, int status, struct error *error)
{
	if (!add_progress(page, goal, error) || !add_versions(page, goal, error))
		return false;
	fill_goal(page, model_object(page->page, "it"), goal);
	add_progress_form(page, form);
	model_flag(page->page, "may_plan", child_page_may(page, "plan.write"));
	model_string(
		page->page, "change", child_path(page, "/plan/%lld/change", (long long)goal->id));
	model_string(
		page->page, "add", child_path(page, "/plan/%lld/progress", (long long)goal->id));
	part_back(page->page, child_path(page, "/plan"), "Goals and plan");
	return child_page_write(page, response, "child_goal", "identity goals", status, error);
}

bool child_goal_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;
	struct goal goal;

	if (!open_goal(&page, request, "child.identity", "A goal", &goal, error))
		return false;
	return write_goal(&page, response, &goal, &(struct goal_progress){.on = page.visit->today},
		200, error);
}

static bool read_progress(
	const struct child_page *page, const struct request *request, struct goal_progress *form)
{
	bool good = true;

	form->note = form_text(request, "note");
	form->course = goal_course_of(form_text(request, "course"));
	if (form->course == COURSES)
		form->course = COURSE_NOT_SAID;
	if (!form_day(request, "on", &form->on) || form->on == DATE_MISSING ||
		form->on > page->visit->today) {
		page_fault(page->page, "on", "Enter the day, such as 27/03/2026: today or before");
		good = false;
	}
	if (!form->note.length && form->course == COURSE_NOT_SAID) {
		page_fault(page->page, "note", "Write what happened, or choose how it is going");
		good = false;
	}
	return form_text_fits(page, "note", "What happened", CARE_TEXT_MOST, form->note) && good;
}

bool child_goal_progress(struct request *request, struct response *response, struct error *error)
{
	struct goal_progress form = {.on = DATE_MISSING};
	struct care_writing writing;
	struct child_page page;
	struct goal goal;
	int64_t entry;

	if (!open_goal(&page, request, "plan.write", "A goal", &goal, error))
		return false;
	form.goal = goal.id;
	if (!read_progress(&page, request, &form))
		return write_goal(&page, response, &goal, &form, 422, error);
	writing = child_writing(&page);
	if (!store_begin(page.visit->store, error) ||
		!store_end(page.visit->store,
			goal_add_progress(&writing, page.arena, &form, &entry, error), error))
		return false;
	response_redirect(
		response, child_path(&page, "/plan/%lld?done=progress", (long long)goal.id));
	return true;
}

bool child_goal_change_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;
	struct goal goal;

	if (!open_goal(&page, request, "plan.write", "Change a goal", &goal, error))
		return false;
	model_flag(page.page, "standing", false);
	show_form(&page, &goal);
	return child_page_write(&page, response, "child_goal_form", "identity goals", 200, error);
}

bool child_goal_change(struct request *request, struct response *response, struct error *error)
{
	struct care_conflict conflict = {.standing = 0};
	struct error fault = {0};
	struct child_page page;
	struct goal goal;
	int64_t id;

	if (!open_goal(&page, request, "plan.write", "Change a goal", &goal, error))
		return false;
	if (read_form(&page, request, &goal) && save(&page, &goal, &id, &conflict, &fault)) {
		response_redirect(
			response, child_path(&page, "/plan/%lld?done=goal", (long long)goal.id));
		return true;
	}
	return refuse(&page, response, &goal, &conflict, &fault, error);
}
