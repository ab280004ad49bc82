/* SPDX-License-Identifier: MIT */
/*
 * One domain of a draft: strengths first, the child's own view, what was said last time, the score
 * beside our anchors, and what it rests on.
 */
#include "web/pages/assessment.h"

#include "web/pages/assessment_page.h"

/* What the form is filled with: as it is saved, or as somebody typed it. */
struct area {
	struct assessment_page page;
	size_t index;
	struct assessment_domain form;
};

static const struct assessment_domain *saved_of(const struct area *area)
{
	return &area->page.assessment.domains[area->index];
}

static const char *area_label(const struct request *request)
{
	const struct framework *framework = visit_of(request)->framework;
	int64_t number;

	if (!request_part_integer(request, "area", &number) || number < 1 ||
		(size_t)number > framework->domain_count)
		return "Area";
	return framework->domains[number - 1].label;
}

static bool area_open(struct area *area, const struct request *request, struct error *error)
{
	int64_t number;

	if (!assessment_open(&area->page, request, "assessment.write", area_label(request), error))
		return false;
	if (!request_part_integer(request, "area", &number) || number < 1 ||
		(size_t)number > area->page.framework->domain_count)
		return error_set(error, ERROR_MISSING, "there is no such area");
	area->index = (size_t)number - 1;
	area->form = *saved_of(area);
	return true;
}

/* The band whose questions fit best: of the score, else of the time before. */
static size_t band_likely(const struct area *area)
{
	const struct framework *framework = area->page.framework;
	int score = saved_of(area)->score;
	size_t band;

	if (score == SCORE_BLANK)
		score = saved_of(area)->before.score;
	band = needs_band(framework, score);
	return band < framework->band_count ? band : 0;
}

static void add_prompts(const struct area *area)
{
	const struct domain *domain = &area->page.framework->domains[area->index];
	struct model *page = area->page.child.page, *list;
	size_t likely = band_likely(area);

	list = model_list(page, "prompts");
	for (size_t i = 0; i < area->page.framework->band_count; i++)
		if (i != likely)
			model_string(
				model_object(list, NULL), "words", domain->strengths_prompts[i]);
}

static void add_score(const struct area *area, struct model *list, int score, bool first)
{
	struct arena *arena = area->page.child.arena;
	struct model *item = model_object(list, NULL);

	model_string(item, "id", first ? "score" : arena_format(arena, "score-%d", score));
	model_string(item, "value", arena_format(arena, "%d", score));
	model_flag(item, "chosen", area->form.score == score);
}

static void add_bands(const struct area *area)
{
	const struct framework *framework = area->page.framework;
	struct model *list = model_list(area->page.child.page, "bands");
	struct arena *arena = area->page.child.arena;

	for (size_t i = 0; i < framework->band_count; i++) {
		const struct band *band = &framework->bands[i];
		struct model *item = model_object(list, NULL), *scores;

		model_string(item, "key", band->key);
		model_string(item, "label", band->label);
		model_string(item, "range",
			band->from == band->to
				? arena_format(arena, "%d", band->from)
				: arena_format(arena, "%d to %d", band->from, band->to));
		model_string(item, "anchor", framework->domains[area->index].anchors[i]);
		scores = model_list(item, "scores");
		for (int score = band->from; score <= band->to; score++)
			add_score(area, scores, score, i == 0 && score == band->from);
	}
	model_flag(area->page.child.page, "undecided", area->form.score == SCORE_BLANK);
}

static void add_before(const struct area *area)
{
	const struct assessment_before *before = &saved_of(area)->before;
	struct model *model = model_object(area->page.child.page, "before");
	struct arena *arena = area->page.child.arena;

	model_flag(model, "known", before->score != SCORE_BLANK);
	if (before->score == SCORE_BLANK)
		return;
	model_string(model, "score", score_words(arena, area->page.framework, before->score));
	model_string(model, "on", day_words(arena, before->assessed_on));
	model_flag(model, "has_evidence", before->evidence.length > 0);
	add_paragraphs(model, "evidence", before->evidence);
}

static void add_field(const struct area *area, const char *name, const char *label,
	const char *hint, const char *rows, struct text typed)
{
	struct part_field field = {.name = name, .label = label, .hint = hint, .rows = rows};

	part_field(area->page.child.page, &field, typed);
}

static void add_fields(const struct area *area)
{
	struct arena *arena = area->page.child.arena;

	add_field(area, "strengths", "Strengths: what is going well?",
		area->page.framework->domains[area->index].strengths_prompts[band_likely(area)],
		"4", area->form.strengths);
	add_field(area, "view", arena_format(arena, "What %s says", assessment_who(&area->page)),
		"In their own words, or what they showed in other ways. Say if they did not want "
		"to.",
		"3", area->form.view);
	add_field(area, "evidence", "What does the score rest on?",
		"What you and others have seen and heard, and when. Someone who reads it next "
		"year should understand the score.",
		"5", area->form.evidence);
}

static void add_way(const struct area *area)
{
	struct model *page = area->page.child.page;
	struct arena *arena = area->page.child.arena;
	size_t count = area->page.framework->domain_count;
	bool last = area->index + 1 == count;

	model_string(page, "area_label", area->page.framework->domains[area->index].label);
	model_string(page, "area_of", arena_format(arena, "%zu of %zu", area->index + 1, count));
	model_string(page, "area_path", assessment_path(&area->page, "/area/%zu", area->index + 1));
	model_string(page, "next_label",
		last ? "check your answers" : area->page.framework->domains[area->index + 1].label);
	model_string(page, "revision", arena_format(arena, "%lld", (long long)area->form.revision));
	model_string(page, "saved_words",
		saved_of(area)->saved.at ? arena_format(arena, "Last saved by %s",
						   stamp_words(arena, &saved_of(area)->saved))
					 : "");
}

static bool show_area(
	const struct area *area, struct response *response, int status, struct error *error)
{
	struct model *page = area->page.child.page;

	model_string(page, "about", area->page.framework->domains[area->index].description);
	add_prompts(area);
	add_bands(area);
	add_before(area);
	add_fields(area);
	add_way(area);
	return add_contributions(&area->page, &area->index, error) &&
	       child_page_write(&area->page.child, response, "assessment_area",
		       "identity assessment", status, error);
}

bool assessment_area_page(struct request *request, struct response *response, struct error *error)
{
	struct area area;

	return area_open(&area, request, error) &&
	       (assessment_is_over(&area.page, response) || show_area(&area, response, 200, error));
}

/* ---- saving --------------------------------------------------------------------------------- */

static void go_on(const struct area *area, struct response *response)
{
	bool last = area->index + 1 == area->page.framework->domain_count;

	if (!text_is(form_text(area->page.child.request, "then"), "next"))
		response_redirect(response, assessment_path(&area->page, "%s", ""));
	else if (last)
		response_redirect(response, assessment_path(&area->page, "/check"));
	else
		response_redirect(
			response, assessment_path(&area->page, "/area/%zu", area->index + 2));
}

static struct text as_kept(const struct area *area, struct text typed)
{
	struct error error;
	struct text clean;

	return care_text_clean(area->page.child.arena, "", typed, CARE_TEXT_MOST, &clean, &error)
		       ? clean
		       : typed;
}

/* An answer that never arrived is no conflict: what is saved is what is sent again. */
static bool is_saved_already(const struct area *area)
{
	const struct assessment_domain *saved = saved_of(area), *form = &area->form;

	return saved->score == form->score &&
	       text_equal(saved->strengths, as_kept(area, form->strengths)) &&
	       text_equal(saved->view, as_kept(area, form->view)) &&
	       text_equal(saved->evidence, as_kept(area, form->evidence));
}

/* What the other saved, beside each field in which it differs from what was typed. */
static void add_other(const struct area *area, struct model *other, const char *name,
	struct text saved, struct text typed)
{
	struct model *model = model_object(other, name);
	bool differs = !text_equal(saved, as_kept(area, typed));

	model_flag(model, "differs", differs);
	model_flag(model, "empty", differs && saved.length == 0);
	add_paragraphs(model, "words", saved);
}

static bool show_second(struct area *area, struct response *response, struct error *error)
{
	const struct assessment_domain *saved = saved_of(area);
	struct arena *arena = area->page.child.arena;
	struct model *other = model_object(area->page.child.page, "other");
	bool myself = saved->saved.account == area->page.child.visit->session->account.id;

	model_string(other, "whose",
		myself ? "What you saved in the other window"
		       : arena_format(
				 arena, "What %s saved", text_words(arena, saved->saved.shown)));
	model_flag(other, "score_differs", saved->score != area->form.score);
	model_string(other, "score", score_words(arena, area->page.framework, saved->score));
	add_other(area, other, "strengths", saved->strengths, area->form.strengths);
	add_other(area, other, "view", saved->view, area->form.view);
	add_other(area, other, "evidence", saved->evidence, area->form.evidence);
	area->form.revision = saved->revision;
	page_fault(area->page.child.page, "",
		arena_format(arena,
			"%s saved this area on %s, after you opened it. Nothing was overwritten: "
			"what you typed is in the form, and what was saved stands below each part "
			"that differs. Put together what should stand, and save again.",
			myself ? "You, in another window," : text_words(arena, saved->saved.shown),
			moment_words(arena, saved->saved.at)));
	return show_area(area, response, STATUS_SECOND, error);
}

static bool answer_second(struct area *area, struct response *response, struct error *error)
{
	const struct care_stamp *by = &saved_of(area)->saved;
	struct arena *arena = area->page.child.arena;

	if (!is_script(area->page.child.request))
		return show_second(area, response, error);
	answer_save(&area->page.child, response,
		&(struct save_answer){.state = "second",
			.words = arena_format(arena,
				"%s saved this page on %s, while you were writing. Nothing was "
				"overwritten: what you typed is still here, and not saved.",
				text_words(arena, by->shown), moment_words(arena, by->at))});
	return true;
}

static bool answer_saved(const struct area *area, struct response *response, int64_t revision)
{
	if (is_script(area->page.child.request))
		answer_save(&area->page.child, response,
			&(struct save_answer){.state = "saved", .revision = revision});
	else
		go_on(area, response);
	return true;
}

static bool answer_refused(
	struct area *area, struct response *response, const struct error *why, struct error *error)
{
	if (is_script(area->page.child.request)) {
		answer_save(&area->page.child, response,
			&(struct save_answer){.state = "refused", .words = why->message});
		return true;
	}
	return show_area(area, response, STATUS_WRONG_FORM, error);
}

/* Which field is too long is said beside it; true when any is. */
static bool find_faults(const struct area *area)
{
	const struct {
		const char *name, *label;
		struct text typed;
	} fields[] = {
		{"strengths", "Strengths", area->form.strengths},
		{"view", "What the child says", area->form.view},
		{"evidence", "What the score rests on", area->form.evidence},
	};
	bool any = false;

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct error error;
		struct text clean;

		if (care_text_clean(area->page.child.arena, fields[i].label, fields[i].typed,
			    CARE_TEXT_MOST, &clean, &error))
			continue;
		assessment_refused(&area->page.child, fields[i].name, &error);
		any = true;
	}
	return any;
}

/* A draft that was signed or thrown away while somebody typed: what they typed is shown, to copy.
 */
static bool answer_over(struct area *area, struct response *response, struct error *error)
{
	struct error why = {0};

	error_set(&why, ERROR_CONFLICT,
		"This assessment was signed or thrown away in the meantime, so this cannot be "
		"saved. What you typed is still here: copy it, and begin a new version.");
	assessment_refused(&area->page.child, "", &why);
	return answer_refused(area, response, &why, error);
}

static bool save(struct area *area, int64_t *out_revision, struct error *error)
{
	struct care_writing writing = child_writing(&area->page.child);
	struct care_conflict conflict;

	return store_begin(writing.store, error) &&
	       store_end(writing.store,
		       assessment_save_domain(&writing, area->page.child.arena,
			       area->page.assessment.head.id, area->index, &area->form,
			       out_revision, &conflict, error),
		       error);
}

/* Somebody else was first, or the answer to an earlier save got lost: read again to tell. */
static bool save_conflict(struct area *area, struct response *response, struct error *error)
{
	const struct child_page *child = &area->page.child;

	if (!assessment_read(child->visit->store, child->arena, child->visit->schema,
		    child->child.number, area->page.assessment.head.id, &area->page.assessment,
		    error))
		return false;
	if (area->page.assessment.head.state != ASSESSMENT_DRAFT)
		return answer_over(area, response, error);
	if (is_saved_already(area))
		return answer_saved(area, response, saved_of(area)->revision);
	return answer_second(area, response, error);
}

bool assessment_area_take(struct request *request, struct response *response, struct error *error)
{
	struct area area;
	struct error why;
	int64_t revision;

	if (!area_open(&area, request, error))
		return false;
	area.form.strengths = form_text(request, "strengths");
	area.form.view = form_text(request, "view");
	area.form.evidence = form_text(request, "evidence");
	area.form.revision = form_number(request, "revision");
	if (!form_score(request, "score", area.page.framework, &area.form.score))
		return error_set(error, ERROR_INPUT, "The score is none of those offered");
	if (area.page.assessment.head.state != ASSESSMENT_DRAFT)
		return answer_over(&area, response, error);
	if (find_faults(&area)) {
		error_set(&why, ERROR_LIMIT, "A text is too long to be saved: shorten it");
		return answer_refused(&area, response, &why, error);
	}
	if (save(&area, &revision, error))
		return answer_saved(&area, response, revision);
	return error->code == ERROR_CONFLICT && save_conflict(&area, response, error);
}
