/* SPDX-License-Identifier: MIT */
/* Named views of the list of children: what its address says, kept under a name. */
#include "people/saved_view.h"
#include "store/change.h"
#include "web/pages/children.h"
#include "web/pages/children_list.h"
#include "web/percent.h"

static bool is_kept(struct text name)
{
	static const char *const names[] = {
		"age", "sex", "home", "kind", "need", "due", "who", "care", "sort", "way"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_is(name, names[i]))
			return true;
	return false;
}

struct text children_kept_query(struct arena *arena, const struct fields *fields)
{
	struct buffer out = buffer_in(arena);

	for (size_t i = 0; i < fields->count; i++) {
		if (!is_kept(fields->field[i].name) || !fields->field[i].value.length)
			continue;
		if (out.length)
			buffer_char(&out, '&');
		buffer_text(&out, fields->field[i].name);
		buffer_char(&out, '=');
		percent_encode(&out, fields->field[i].value);
	}
	return out.failed || !out.length ? TEXT("") : (struct text){out.data, out.length};
}

static void add_view(struct model *list, const struct visit *visit, const struct saved_view *view,
	struct text shown_now)
{
	struct model *model = model_object(list, NULL);
	bool own = view->account == visit->session->account.id;
	struct arena *arena = list ? list->arena : NULL;

	if (!arena)
		return;
	model_string(model, "path",
		view->query.length ? arena_format(arena, "/children?%.*s", (int)view->query.length,
					     view->query.data)
				   : "/children");
	model_text(model, "name", view->name);
	model_text(model, "by", own ? TEXT("") : view->shown);
	model_flag(model, "of_team", view->team != 0);
	model_flag(model, "here", text_equal(view->query, shown_now));
	model_string(model, "remove",
		own ? arena_format(arena, "/children/views/%lld/remove", (long long)view->id) : "");
}

bool add_views(struct model *page, const struct request *request, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct text shown_now = children_kept_query(request->arena, &request->query);
	struct model *list = model_list(page, "views");
	struct saved_view *views;
	bool owns = false;
	size_t count;

	if (!saved_view_list(
		    visit->store, request->arena, &visit->session->account, &views, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		add_view(list, visit, &views[i], shown_now);
		owns |= views[i].account == visit->session->account.id;
	}
	model_flag(page, "has_views", count > 0);
	model_flag(page, "has_own_views", owns);
	model_text(page, "view_query", shown_now);
	model_flag(page, "in_team", visit->session->account.scope.team != 0);
	return true;
}

static bool save(const struct visit *visit, const struct request *request, struct text query,
	struct error *error)
{
	bool team = text_is(form_text(request, "for"), "team");

	return store_begin(visit->store, error) &&
	       store_end(visit->store,
		       saved_view_add(visit->store, &visit->actor, &visit->session->account,
			       form_text(request, "name"), query, team, error),
		       error);
}

bool views_save(struct request *request, struct response *response, struct error *error)
{
	struct fields fields = {0};
	struct text query;
	const char *path;

	if (!fields_decode(request->arena, form_text(request, "query"), &fields, error))
		return false;
	query = children_kept_query(request->arena, &fields);
	if (!save(visit_of(request), request, query, error)) {
		if (error->code != ERROR_INPUT)
			return false;
		request->query = fields;
		return children_show(
			request, response, arena_string(request->arena, error->message), error);
	}
	path = arena_format(request->arena, "/children%s%.*s", query.length ? "?" : "",
		(int)query.length, query.data);
	if (!path)
		return error_no_memory(error);
	response_redirect(response, path);
	return true;
}

bool views_remove(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	int64_t view;

	if (!request_part_integer(request, "view", &view))
		return error_set(error, ERROR_MISSING, "there is no such view of yours");
	if (!store_begin(visit->store, error) ||
		!store_end(visit->store,
			saved_view_remove(visit->store, &visit->actor, view, error), error))
		return false;
	response_redirect(response, "/children");
	return true;
}
