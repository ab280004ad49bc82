/* SPDX-License-Identifier: MIT */
#include "web/pages/assessment_page.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/json.h"

static bool is_itself(const struct request *request)
{
	return strcmp(request->route->path, "/children/{child}/assessments/{assessment}") == 0;
}

static void add_back(const struct assessment_page *page)
{
	if (is_itself(page->child.request))
		part_back(page->child.page, child_path(&page->child, "/assessments"),
			"All assessments");
	else
		part_back(page->child.page, assessment_path(page, "%s", ""),
			"Back to the assessment");
}

const char *assessment_who(const struct assessment_page *page)
{
	return page->child.named && page->child.profile.parts[PROFILE_KNOWN_AS].length
		       ? page->child.called
		       : "the child or young person";
}

bool assessment_open(struct assessment_page *page, const struct request *request,
	const char *permission, const char *title, struct error *error)
{
	int64_t number = 0;

	if (!child_page_open(&page->child, request, permission, SECTION_NONE, title, error))
		return false;
	if (!request_part_integer(request, "assessment", &number) ||
		!assessment_read(page->child.visit->store, request->arena,
			page->child.visit->schema, page->child.child.number, number,
			&page->assessment, error))
		return error_set(error, ERROR_MISSING, "there is no such assessment");
	page->framework = page->assessment.head.framework;
	add_back(page);
	model_string(page->child.page, "assessment_path", assessment_path(page, "%s", ""));
	model_string(page->child.page, "who_is_it", assessment_who(page));
	model_string(page->child.page, "assessed_on",
		day_words(request->arena, page->assessment.head.assessed_on));
	return true;
}

bool assessment_again(struct assessment_page *page, struct error *error)
{
	const struct child_page *child = &page->child;

	return assessment_read(child->visit->store, child->arena, child->visit->schema,
		child->child.number, page->assessment.head.id, &page->assessment, error);
}

bool assessment_is_over(const struct assessment_page *page, struct response *response)
{
	if (page->assessment.head.state == ASSESSMENT_DRAFT)
		return false;
	response_redirect(response, assessment_path(page, "%s", ""));
	return true;
}

const char *assessment_path(const struct assessment_page *page, const char *format, ...)
{
	char rest[128];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(rest, sizeof rest, format, arguments);
	va_end(arguments);
	return child_path(
		&page->child, "/assessments/%lld%s", (long long)page->assessment.head.id, rest);
}

const char *band_words(struct arena *arena, const struct framework *framework, size_t band)
{
	char *words;

	if (band >= framework->band_count)
		return "";
	words = arena_string(arena, framework->bands[band].label);
	if (!words)
		return "";
	words[0] = (char)tolower((unsigned char)words[0]);
	return words;
}

const char *score_words(struct arena *arena, const struct framework *framework, int score)
{
	const char *words;

	if (score == SCORE_BLANK)
		return "Not scored";
	words = arena_format(
		arena, "%d, %s", score, band_words(arena, framework, needs_band(framework, score)));
	return words ? words : "";
}

const char *total_words(struct arena *arena, const struct framework *framework, int total)
{
	const char *label = "", *words;

	for (size_t i = 0; i < framework->total_band_count; i++) {
		const struct band *band = &framework->total_bands[i];

		if (total >= band->from && total <= band->to)
			label = band->label;
	}
	words = arena_format(arena, "%d of %d, %c%s", total, framework->max_total,
		tolower((unsigned char)label[0]), label[0] ? label + 1 : "");
	return words ? words : "";
}

int assessment_total(const struct assessment *assessment)
{
	int total = 0;

	for (size_t i = 0; i < assessment->head.framework->domain_count; i++) {
		if (assessment->domains[i].score == SCORE_BLANK)
			return -1;
		total += assessment->domains[i].score;
	}
	return total;
}

const char *change_words(
	struct arena *arena, const struct framework *framework, const struct needs_change *change)
{
	const char *label = framework->domains[change->domain].label, *words;
	const char *to = band_words(arena, framework, change->band_to);

	if (change->band_from == change->band_to)
		words = arena_format(arena, "%s went from %d to %d: still %s.", label, change->from,
			change->to, to);
	else
		words = arena_format(arena, "%s went from %d to %d: from %s to %s.", label,
			change->from, change->to, band_words(arena, framework, change->band_from),
			to);
	return words ? words : "";
}

struct text reason_words(const struct visit *visit, struct text reason)
{
	const struct code_set *set = schema_code_set(visit->schema, "assessment_reason");
	int found = set && reason.length ? code_set_find(set, reason) : -1;

	return found < 0 ? TEXT("") : set->codes[found].label;
}

const char *stamp_words(struct arena *arena, const struct care_stamp *stamp)
{
	const char *words;

	if (!stamp->at)
		return "";
	words = arena_format(
		arena, "%s, %s", text_words(arena, stamp->shown), moment_words(arena, stamp->at));
	return words ? words : "";
}

bool form_score(const struct request *request, const char *name, const struct framework *framework,
	int *out_score)
{
	struct text value = form_text(request, name);
	int64_t score;

	*out_score = SCORE_BLANK;
	if (value.length == 0)
		return true;
	if (!text_integer(value, &score) || score < 0 || score > framework->score_max)
		return false;
	*out_score = (int)score;
	return true;
}

int64_t form_number(const struct request *request, const char *name)
{
	int64_t number;

	return fields_integer(&request->form, name, &number) ? number : 0;
}

void assessment_second(
	const struct child_page *page, const struct care_conflict *conflict, const char *what)
{
	page_fault(page->page, "",
		arena_format(page->arena, "%s %s on %s, after you opened it. %s",
			text_words(page->arena, conflict->saved.shown), "saved this assessment",
			moment_words(page->arena, conflict->saved.at), what));
}

void assessment_refused(const struct child_page *page, const char *field, const struct error *error)
{
	char *words = arena_string(page->arena, error->message);

	if (!words)
		return;
	words[0] = (char)toupper((unsigned char)words[0]);
	page_fault(page->page, field, words);
}

bool is_script(const struct request *request)
{
	return text_is(request_header(request, "Accept"), "application/json");
}

/* How long the session lasts now, so that a page on which somebody types does not warn too early.
 */
static void add_session(struct json *json, const struct visit *visit)
{
	json_key(json, "left");
	json_integer(json, visit->session->idle_end - visit->now);
	json_key(json, "last");
	json_integer(json, visit->session->ends - visit->now);
}

void answer_save(
	const struct child_page *page, struct response *response, const struct save_answer *answer)
{
	bool saved = strcmp(answer->state, "saved") == 0;
	int status = saved				    ? 200
		     : strcmp(answer->state, "second") == 0 ? STATUS_SECOND
							    : STATUS_WRONG_FORM;
	struct json json = json_in(response_json(response, status));

	json_object_open(&json);
	json_key(&json, "state");
	json_string(&json, answer->state);
	json_key(&json, "revision");
	json_integer(&json, answer->revision);
	json_key(&json, "words");
	json_string(&json, answer->words ? answer->words : "");
	json_key(&json, "path");
	json_string(&json, answer->path ? answer->path : "");
	add_session(&json, page->visit);
	json_object_close(&json);
}
