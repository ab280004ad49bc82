/* SPDX-License-Identifier: MIT */
/*
 * What the team around the child adds: who they are, how they know the child, what they say of each
 * domain. It stands apart from the social worker's own scores.
 */
#include "web/pages/assessment.h"

#include <stdio.h>

#include "web/pages/assessment_page.h"

struct team_form {
	struct assessment_page page;
	struct contribution form;
	int64_t number; /* of the contribution; 0: a new one */
};

static bool team_find(struct team_form *team, struct error *error)
{
	const struct child_page *child = &team->page.child;
	struct contribution *all;
	size_t count;

	if (!contribution_list(child->visit->store, child->arena, &team->page.assessment.head, &all,
		    &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (all[i].id != team->number)
			continue;
		team->form = all[i];
		return true;
	}
	return error_set(error, ERROR_MISSING,
		"what was said here is no longer there: somebody took it out");
}

static bool team_open(struct team_form *team, const struct request *request, struct error *error)
{
	*team = (struct team_form){.form = {.kind = CONTRIBUTORS}};
	if (!request_part_integer(request, "contribution", &team->number) || team->number < 0)
		return error_set(error, ERROR_MISSING, "there is no such contribution");
	if (!assessment_open(&team->page, request, "assessment.write",
		    team->number ? "What somebody else says" : "Add what somebody else says",
		    error))
		return false;
	team->form.assessment = team->page.assessment.head.id;
	team->form.given_on = team->page.child.visit->today;
	for (size_t i = 0; i < DOMAINS_MOST; i++)
		team->form.scores[i] = SCORE_BLANK;
	return team->number == 0 || team_find(team, error);
}

static void add_who(const struct team_form *team)
{
	const struct part_field kind = {.name = "kind", .label = "Who is it?"};
	const struct part_field name = {.name = "name", .label = "Their name"};
	const struct part_field role = {
		.name = "role",
		.label = "How do they know the child or young person?",
		.hint = "For example, foster carer since May, or head of year.",
	};
	const struct part_field on = {
		.name = "on", .label = "When did they say it?", .type = "date", .width = "10"};
	const struct part_field comment = {
		.name = "comment",
		.label = "What do they say on the whole?",
		.hint = "Begin with what they see going well.",
		.rows = "4",
	};
	struct model *page = team->page.child.page, *field;

	field = part_field(page, &kind, TEXT(""));
	for (int i = 0; i < CONTRIBUTORS; i++)
		part_choice(field, text_of(contributor_key((enum contributor)i)),
			text_of(contributor_words((enum contributor)i)), NULL,
			team->form.kind == (enum contributor)i);
	part_field(page, &name, team->form.name);
	part_field(page, &role, team->form.role);
	part_field(page, &on, day_value(team->page.child.arena, team->form.given_on));
	part_field(page, &comment, team->form.comment);
}

static void add_scores(const struct team_form *team, struct model *item, size_t domain)
{
	struct model *list = model_list(item, "scores");
	struct arena *arena = team->page.child.arena;

	for (int score = -1; score <= team->page.framework->score_max; score++) {
		int value = score < 0 ? SCORE_BLANK : score;
		struct model *one = model_object(list, NULL);

		model_string(one, "value", score < 0 ? "" : arena_format(arena, "%d", score));
		model_string(one, "words",
			score < 0 ? "No score given"
				  : score_words(arena, team->page.framework, score));
		model_flag(one, "chosen", team->form.scores[domain] == value);
	}
}

static void add_domains(const struct team_form *team)
{
	struct model *list = model_list(team->page.child.page, "areas");
	struct arena *arena = team->page.child.arena;

	for (size_t i = 0; i < team->page.framework->domain_count; i++) {
		const struct domain *domain = &team->page.framework->domains[i];
		struct model *item = model_object(list, NULL);

		model_string(item, "label", domain->label);
		model_string(item, "about", domain->description);
		model_string(item, "number", arena_format(arena, "%zu", i + 1));
		model_text(item, "comment",
			team->form.comments[i].data ? team->form.comments[i] : TEXT(""));
		model_flag(item, "open",
			team->form.comments[i].length > 0 || team->form.scores[i] != SCORE_BLANK);
		add_scores(team, item, i);
	}
}

static bool show_team(
	const struct team_form *team, struct response *response, int status, struct error *error)
{
	struct model *page = team->page.child.page;

	add_who(team);
	add_domains(team);
	model_string(page, "team_path",
		assessment_path(&team->page, "/team/%lld", (long long)team->number));
	model_string(page, "remove_path",
		team->number
			? assessment_path(&team->page, "/team/%lld/remove", (long long)team->number)
			: "");
	model_string(page, "revision",
		arena_format(team->page.child.arena, "%lld", (long long)team->form.revision));
	return child_page_write(&team->page.child, response, "assessment_team",
		"identity assessment", status, error);
}

bool assessment_team_page(struct request *request, struct response *response, struct error *error)
{
	struct team_form team;

	return team_open(&team, request, error) &&
	       (assessment_is_over(&team.page, response) || show_team(&team, response, 200, error));
}

/* ---- saving --------------------------------------------------------------------------------- */

/* What is wrong is said beside its field. */
static bool team_take(struct team_form *team, const struct request *request)
{
	struct model *page = team->page.child.page;
	struct contribution *form = &team->form;
	char name[32];

	form->id = team->number;
	form->revision = form_number(request, "revision");
	form->kind = contributor_of(form_text(request, "kind"));
	form->name = form_text(request, "name");
	form->role = form_text(request, "role");
	form->comment = form_text(request, "comment");
	if (form->kind == CONTRIBUTORS)
		page_fault(page, "kind", "Choose who it is");
	if (!form->name.length && !form->role.length)
		page_fault(page, "name", "Enter their name, or how they know the child");
	if (!form_day(request, "on", &form->given_on) || form->given_on == DATE_MISSING)
		page_fault(page, "on", "Enter the day on which they said it");
	for (size_t i = 0; i < team->page.framework->domain_count; i++) {
		snprintf(name, sizeof name, "comment-%zu", i + 1);
		form->comments[i] = form_text(request, name);
		snprintf(name, sizeof name, "score-%zu", i + 1);
		if (!form_score(request, name, team->page.framework, &form->scores[i]))
			page_fault(page, "", "A score is none of those offered");
	}
	return !page_has_faults(page);
}

static bool team_save(struct team_form *team, int64_t *out_revision, struct care_conflict *out,
	struct error *error)
{
	struct care_writing writing = child_writing(&team->page.child);

	return store_begin(writing.store, error) &&
	       store_end(writing.store,
		       contribution_save(&writing, team->page.child.arena, &team->form,
			       &team->number, out_revision, out, error),
		       error);
}

static bool answer_refused(struct team_form *team, struct response *response, const char *state,
	const char *words, struct error *error)
{
	if (is_script(team->page.child.request)) {
		answer_save(&team->page.child, response,
			&(struct save_answer){.state = state, .words = words});
		return true;
	}
	return show_team(team, response,
		strcmp(state, "second") == 0 ? STATUS_SECOND : STATUS_WRONG_FORM, error);
}

static bool same_said(const struct team_form *team, const struct contribution *saved)
{
	const struct contribution *form = &team->form;

	for (size_t i = 0; i < team->page.framework->domain_count; i++)
		if (saved->scores[i] != form->scores[i] ||
			!text_equal(saved->comments[i], form->comments[i]))
			return false;
	return saved->kind == form->kind && saved->given_on == form->given_on &&
	       text_equal(saved->name, form->name) && text_equal(saved->role, form->role) &&
	       text_equal(saved->comment, form->comment);
}

static const char *or_nothing(struct arena *arena, struct text text)
{
	return text.length ? text_words(arena, text) : "(nothing)";
}

/* What the other saved, field by field where it differs from what was typed. */
static void add_saved(const struct team_form *team, const struct contribution *saved)
{
	struct model *list = model_list(team->page.child.page, "others");
	struct arena *arena = team->page.child.arena;
	const struct contribution *form = &team->form;

	if (!text_equal(saved->name, form->name))
		part_summary(team->page.child.page, "Their name",
			text_of(or_nothing(arena, saved->name)), NULL, NULL);
	if (!text_equal(saved->role, form->role))
		part_summary(team->page.child.page, "How they know the child",
			text_of(or_nothing(arena, saved->role)), NULL, NULL);
	if (!text_equal(saved->comment, form->comment))
		part_summary(team->page.child.page, "On the whole",
			text_of(or_nothing(arena, saved->comment)), NULL, NULL);
	for (size_t i = 0; i < team->page.framework->domain_count; i++) {
		const char *label = team->page.framework->domains[i].label;

		if (saved->scores[i] != form->scores[i])
			part_summary(team->page.child.page, arena_format(arena, "%s, score", label),
				text_of(score_words(arena, team->page.framework, saved->scores[i])),
				NULL, NULL);
		if (!text_equal(saved->comments[i], form->comments[i]))
			part_summary(team->page.child.page, label,
				text_of(or_nothing(arena, saved->comments[i])), NULL, NULL);
	}
	model_string(model_object(list, NULL), "who", stamp_words(arena, &saved->saved));
}

static bool team_answer_saved(
	const struct team_form *team, struct response *response, int64_t revision)
{
	const char *path = assessment_path(&team->page, "/team/%lld", (long long)team->number);

	if (is_script(team->page.child.request))
		answer_save(&team->page.child, response,
			&(struct save_answer){
				.state = "saved", .revision = revision, .path = path});
	else
		response_redirect(response, assessment_path(&team->page, "#team"));
	return true;
}

static bool team_second(struct team_form *team, struct response *response,
	const struct care_conflict *conflict, struct error *error)
{
	struct arena *arena = team->page.child.arena;
	struct team_form now = *team;
	const char *words;

	if (!team_find(&now, error))
		return answer_refused(team, response, "refused", error->message, error);
	if (same_said(team, &now.form))
		return team_answer_saved(team, response, now.form.revision);
	words = arena_format(arena,
		"%s saved this on %s, after you opened it. Nothing was overwritten: what you typed "
		"is still here, and not saved. Put together what should stand, and save again.",
		text_words(arena, conflict->saved.shown), moment_words(arena, conflict->saved.at));
	page_fault(team->page.child.page, "", words);
	add_saved(team, &now.form);
	team->form.revision = now.form.revision;
	return answer_refused(team, response, "second", words, error);
}

/* A new one whose first answer was lost is there already. */
static bool find_twin(struct team_form *team, int64_t *out_revision)
{
	struct contribution *all;
	struct error error;
	size_t count;

	if (team->number != 0 ||
		!contribution_list(team->page.child.visit->store, team->page.child.arena,
			&team->page.assessment.head, &all, &count, &error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!same_said(team, &all[i]))
			continue;
		team->number = all[i].id;
		*out_revision = all[i].revision;
		return true;
	}
	return false;
}

bool assessment_team_take(struct request *request, struct response *response, struct error *error)
{
	struct care_conflict conflict;
	int64_t revision;
	struct team_form team;

	if (!team_open(&team, request, error))
		return false;
	if (!team_take(&team, request))
		return answer_refused(&team, response, "refused",
			"Say who it is, their name or role, and the day, so that it can be saved.",
			error);
	if (find_twin(&team, &revision) || team_save(&team, &revision, &conflict, error))
		return team_answer_saved(&team, response, revision);
	if (error->code == ERROR_CONFLICT && team.page.assessment.head.state == ASSESSMENT_DRAFT)
		return team_second(&team, response, &conflict, error);
	if (error->code != ERROR_INPUT && error->code != ERROR_LIMIT &&
		error->code != ERROR_CONFLICT)
		return false;
	assessment_refused(&team.page.child, "", error);
	return answer_refused(&team, response, "refused", error->message, error);
}

bool assessment_team_remove_take(
	struct request *request, struct response *response, struct error *error)
{
	struct care_conflict conflict;
	struct care_writing writing;
	struct team_form team;

	if (!team_open(&team, request, error))
		return false;
	if (assessment_is_over(&team.page, response))
		return true;
	writing = child_writing(&team.page.child);
	if (store_begin(writing.store, error) &&
		store_end(writing.store,
			contribution_remove(&writing, request->arena, team.page.assessment.head.id,
				team.number, form_number(request, "revision"), &conflict, error),
			error)) {
		response_redirect(response, assessment_path(&team.page, "#team"));
		return true;
	}
	if (error->code != ERROR_CONFLICT)
		return false;
	assessment_second(&team.page.child, &conflict,
		"Nothing was taken out. Look at what is new before you decide.");
	return show_team(&team, response, STATUS_SECOND, error);
}
