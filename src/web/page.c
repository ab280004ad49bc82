/* SPDX-License-Identifier: MIT */
#include "web/page.h"

#include <stdio.h>
#include <string.h>

#include "view/mustache.h"
#include "web/asset.h"
#include "web/core.h"
#include "web/error_page.h"
#include "web/pages/kept.h"
#include "web/part.h"
#include "web/routes.h"
#include "web/site.h"

enum { PAGE_USUAL = 32 * 1024, FRAME_USUAL = 8 * 1024 }; /* bytes of the text and around it */

/* What the head of every page offers, to those who may. */
static const struct {
	const char *path, *words, *permission;
} offers[] = {
	{"/", "Home", NULL},
	{"/children", "Children", "child.list"},
	{"/due", "Assessments due", "assessment.view"},
	{"/accounts", "Accounts", "user.manage"},
	{"/break-glass", "Restricted records", "breakglass.use"},
	{"/restricted", "Records opened", "breakglass.review"},
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

bool page_is_there(const char *path)
{
	struct route_names names;
	unsigned allowed;

	return route_find(site_routes, site_route_count, METHOD_GET, text_of(path), &names,
		       &allowed) != NULL;
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

/* Whose people work here: the one authority of the account, or how many they are. */
static const char *place_of(const struct request *request, const struct account_scope *scope)
{
	if (scope->every_authority)
		return "All authorities";
	if (scope->authority_count == 1)
		return arena_copy(
			request->arena, scope->authorities[0].data, scope->authorities[0].length);
	if (scope->authority_count == 0)
		return "";
	return arena_format(request->arena, "%zu authorities", scope->authority_count);
}

static const char *seconds_left(const struct request *request, int64_t end, int64_t now)
{
	return arena_format(request->arena, "%lld", (long long)(end > now ? end - now : 0));
}

static void add_session_end(
	struct model *page, const struct visit *visit, const struct request *request)
{
	const struct session *session = visit->session;

	model_string(page, "idle_minutes",
		arena_format(
			request->arena, "%lld", (long long)visit->settings->session_idle_minutes));
	model_string(page, "session_last", moment_words(request->arena, session->ends));
	model_string(page, "session_left", seconds_left(request, session->idle_end, visit->now));
	model_string(page, "session_last_left", seconds_left(request, session->ends, visit->now));
	model_string(page, "printed", moment_words(request->arena, visit->now));
}

static void add_person(struct model *page, const struct visit *visit, const struct request *request)
{
	const struct session *session = visit->session;
	struct model *person;

	if (session->stage != SESSION_FULL)
		return;
	person = model_object(page, "person");
	model_text(person, "shown", session->account.shown);
	model_text(person, "login", session->account.login);
	model_string(page, "place", place_of(request, &session->account.scope));
	add_session_end(page, visit, request);
	if (session->account.password != PASSWORD_FIRST)
		add_offers(page, visit, request);
}

static void add_assets(struct model *page, const struct request *request)
{
	model_string(page, "style", asset_address(request->arena, request->assets, "app.css"));
	model_string(page, "script", asset_address(request->arena, request->assets, "app.js"));
}

struct model *page_open(const struct visit *visit, const struct request *request, const char *title)
{
	struct model *page = model_open(request->arena);

	if (!page)
		return NULL;
	model_string(page, "title", title);
	add_assets(page, request);
	if (!visit)
		return page;
	model_string(page, "csrf", request_form_token(request));
	model_flag(page, "demonstration", visit->demonstration);
	if (visit->session)
		add_person(page, visit, request);
	return page;
}

static bool fill(struct buffer *out, const struct request *request, const char *template,
	const struct model *page, struct error *error)
{
	const struct visit *visit = request->who;

	return visit ? mustache_render_shelved(out, visit->shelf, template, page, error)
		     : mustache_render(
			       out, request->arena, &mustache_embedded, template, page, error);
}

bool page_write(struct response *response, const struct request *request, const char *name,
	struct model *page, int status, struct error *error)
{
	const char *template = arena_format(request->arena, "pages/%s", name);
	struct buffer body = buffer_in(request->arena), *out;

	if (!page || !template || !buffer_room(&body, PAGE_USUAL))
		return error_no_memory(error);
	model_flag(page, "has_faults", page_has_faults(page));
	if (!fill(&body, request, template, page, error))
		return false;
	model_markup(page, "body", (struct text){body.data, body.length});
	if (body.failed || *page->failed)
		return error_no_memory(error);
	out = response_html(response, status);
	return buffer_room(out, body.length + FRAME_USUAL)
		       ? fill(out, request, "layout", page, error)
		       : error_no_memory(error);
}

bool page_templates(struct visit *visit, const char *folder, struct error *error)
{
	const struct mustache_folder files = {visit->arena, folder};
	const struct mustache_source source = {mustache_find_file, &files};
	struct mustache_shelf *shelf;

	if (!folder)
		return true;
	if (!mustache_shelve(&shelf, visit->arena, &source, error))
		return false;
	visit->shelf = shelf;
	return true;
}

bool page_part(struct buffer *out, const struct visit *visit, const char *name,
	const struct model *model, struct error *error)
{
	return mustache_render_shelved(out, visit->shelf, name, model, error);
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
	bool kept = status == 403 && request->form.count > 0 && kept_form_is(request);
	struct model *page =
		page_open(request->who, request, kept ? "Not saved yet" : status_title(status));
	struct error error = {0};

	(void)context;
	if (!page)
		return false;
	if (kept && kept_form_add(page, request))
		return page_write(response, request, "kept", page, status, &error);
	model_string(page, "words", words);
	model_string(page, "reference", request->id);
	model_flag(page, "missing", status == 404);
	model_flag(page, "ours", status >= 500);
	return page_write(response, request, "error", page, status, &error);
}
