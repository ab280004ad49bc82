/* SPDX-License-Identifier: MIT */
/*
 * Fills templates: the Mustache language without its ways around escaping.
 *
 * {{name}} {{a.b}} {{.}} values, always escaped for HTML unless the tree itself says markup
 * {{#name}} {{^name}} {{/name}} sections, {{> name}} partials, {{! comments }}
 *
 * The one rule: {{{name}}}, {{&name}} and changed delimiters are errors of the template; whether a
 * value is HTML is decided where the value is made, in C, and nowhere else.
 */
#ifndef HEARTH_VIEW_MUSTACHE_H
#define HEARTH_VIEW_MUSTACHE_H

#include "base/error.h"
#include "view/model.h"

/* Where templates and their partials are found by name; {NULL, 0} when there is none of that name,
 * which as a partial is filled with nothing. */
struct mustache_source {
	struct text (*find)(const void *context, struct text name);
	const void *context;
};

/* The embedded files: "report/page" is templates/report/page.mustache. */
extern const struct mustache_source mustache_embedded;

/* Adds the filled template to `out`. ERROR_INPUT names template, line and fault; ERROR_SYSTEM when
 * there is none of that name. */
bool mustache_render(struct buffer *out, struct arena *arena, const struct mustache_source *source,
	const char *name, const struct model *model, struct error *error) MUST_CHECK;

/* For a source: templates as they stand in a folder laid out as templates/, for whoever writes
 * them; one that is not there is the embedded one. */
struct mustache_folder {
	struct arena *arena; /* where they are read to */
	const char *folder;
};
struct text mustache_find_file(const void *folder, struct text name);

/* All templates that are embedded and their partials, from the source, read once for many pages.
 * Const afterwards: any thread. */
struct mustache_shelf;
bool mustache_shelve(struct mustache_shelf **out_shelf, struct arena *arena,
	const struct mustache_source *source, struct error *error) MUST_CHECK;

/* As mustache_render, but for the reading. */
bool mustache_render_shelved(struct buffer *out, const struct mustache_shelf *shelf,
	const char *name, const struct model *model, struct error *error) MUST_CHECK;

/* Whether the template can be read, its partials aside. */
bool mustache_check(struct arena *arena, const char *name, struct text template,
	struct error *error) MUST_CHECK;

/* Adds text as HTML shows it: & < > " ' as references. */
void mustache_escape(struct buffer *out, struct text text);

#endif
