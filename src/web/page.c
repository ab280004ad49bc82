/* SPDX-License-Identifier: MIT */
#include "web/page.h"

#include <stdio.h>
#include <string.h>

#include "view/mustache.h"
#include "web/asset.h"
#include "web/core.h"
#include "web/error_page.h"
#include "web/site.h"

/* What the head of every page offers, to those who may. */
static const struct {
	const char *path, *words, *permission;
} offers[] = {
	{"/", "Home", NULL},
	{"/children", "Children", "child.list"},
	{"/due", "Assessments due", "assessment.view"},
	{"/accounts", "Accounts", "user.manage"},
	{"/restricted", "Restricted records", "breakglass.review"},
	{"/audit", "Who saw what", "audit.view"},
};

static bool is_here(const struct request *request, const char *path)
{
	const char *here = request->route ? request->route->path : "";
	size_t length = strlen(path);

	if (length == 1)
		return strcmp(here, path) == 0;
	return strncmp(here, path, length) == 0 && (here[length] == '\0' || here[length] == '/');
}

static void add_offers(struct model *page, const struct visit *visit, const struct request *request)
{
	struct model *list = model_list(page, "navigation");

	for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
		struct model *item;

		if (offers[i].permission && !visit_may(visit, offers[i].permission))
			continue;
		item = model_object(list, NULL);
		model_string(item, "path", offers[i].path);
		model_string(item, "words", offers[i].words);
		model_flag(item, "here", is_here(request, offers[i].path));
	}
}

static void add_person(struct model *page, const struct visit *visit, const struct request *request)
{
	const struct session *session = visit->session;
	struct model *person;

	model_string(page, "csrf", request_form_token(request));
	if (session->stage != SESSION_FULL)
		return;
	person = model_object(page, "person");
	model_text(person, "shown", session->account.shown);
	model_text(person, "login", session->account.login);
	add_offers(page, visit, request);
	model_string(page, "session_ends",
		arena_format(request->arena, "%lld", (long long)session->idle_end));
}

static void add_assets(struct model *page, const struct request *request)
{
	model_string(page, "style", asset_address(request->arena, request->assets, "app.css"));
	model_string(page, "script", asset_address(request->arena, request->assets, "app.js"));
}

static struct model *frame_open(
	const struct visit *visit, const struct request *request, const char *title)
{
	struct model *page = model_open(request->arena);

	if (!page)
		return NULL;
	model_string(page, "title", title);
	add_assets(page, request);
	if (!visit)
		return page;
	model_flag(page, "demonstration", visit->demonstration);
	if (visit->session)
		add_person(page, visit, request);
	return page;
}

struct model *page_open(const struct visit *visit, const struct request *request, const char *title)
{
	return frame_open(visit, request, title);
}

bool page_write(struct response *response, const struct request *request, const char *name,
	struct model *page, int status, struct error *error)
{
	const char *template = arena_format(request->arena, "pages/%s", name);
	struct buffer body = buffer_in(request->arena);

	if (!page || !template)
		return error_no_memory(error);
	model_flag(page, "has_faults", page_has_faults(page));
	if (!mustache_render(&body, request->arena, &mustache_embedded, template, page, error))
		return false;
	model_markup(page, "body", (struct text){body.data, body.length});
	if (body.failed || *page->failed)
		return error_no_memory(error);
	return mustache_render(response_html(response, status), request->arena, &mustache_embedded,
		"layout", page, error);
}

static struct model *member(const struct model *object, const char *key)
{
	for (struct model *one = object->first; one; one = one->next) {
		if (one->key && strcmp(one->key, key) == 0)
			return one;
	}
	return NULL;
}

void page_fault(struct model *page, const char *field, const char *words)
{
	struct model *faults, *fault, *by_field;

	if (!page)
		return;
	faults = member(page, "faults");
	if (!faults)
		faults = model_list(page, "faults");
	by_field = member(page, "fault");
	if (!by_field)
		by_field = model_object(page, "fault");
	fault = model_object(faults, NULL);
	model_string(fault, "field", field);
	model_string(fault, "words", words);
	model_string(by_field, field, words);
}

bool page_has_faults(const struct model *page)
{
	return page && member(page, "faults") != NULL;
}

bool page_error(void *context, const struct request *request, struct response *response, int status,
	const char *words)
{
	struct model *page = frame_open(request->who, request, status_title(status));
	struct error error = {0};

	(void)context;
	if (!page)
		return false;
	model_string(page, "words", words);
	model_string(page, "reference", request->id);
	model_flag(page, "missing", status == 404);
	model_flag(page, "ours", status >= 500);
	return page_write(response, request, "error", page, status, &error);
}
