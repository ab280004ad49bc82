/* SPDX-License-Identifier: MIT */
#include "web/pages/kept.h"

#include "web/pages/child_page.h"

/* What is shorter is a choice or a number, and comes back unseen. */
enum { WORDS_LEAST = 12 };

static bool is_written(const struct route *route)
{
	return route && route->kind == ROUTE_FORM &&
	       (route->permission == PERMISSION_ASSESSMENT_WRITE ||
		       route->permission == PERMISSION_PLAN_WRITE ||
		       route->permission == PERMISSION_PROFILE_WRITE);
}

bool kept_form_is(const struct request *request)
{
	return is_written(request->route) && request_cookie(request, "session").length > 0;
}

bool kept_form_add(struct model *page, const struct request *request)
{
	struct model *fields, *texts;
	struct text path = request->target.path;

	if (request->form.count == 0)
		return false;
	model_string(page, "action", arena_copy(request->arena, path.data, path.length));
	fields = model_list(page, "kept");
	texts = model_list(page, "typed");
	for (size_t i = 0; i < request->form.count; i++) {
		const struct field *field = &request->form.field[i];
		struct model *one;

		if (text_is(field->name, "csrf"))
			continue;
		one = model_object(fields, NULL);
		model_text(one, "name", field->name);
		model_text(one, "value", field->value);
		if (field->value.length >= WORDS_LEAST)
			add_paragraphs(model_object(texts, NULL), "words", field->value);
	}
	model_flag(page, "has_typed", texts && texts->first);
	return true;
}
