/* SPDX-License-Identifier: MIT */
/*
 * Fills parts of pages for tests/web/parts.test.mjs: a line of JSON in (the part, what it shows),
 * the HTML and a line with a full stop out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "json_model.h"
#include "view/mustache.h"
#include "web/part.h"
#include "web/site.h"

static const char *word(const struct model *one, const char *key)
{
	struct text text = json_model_text(one, key);

	return text.length ? arena_format(one->arena, "%.*s", (int)text.length, text.data) : NULL;
}

static bool flag(const struct model *one, const char *key)
{
	const struct model *found = model_find(one, text_of(key));

	return found && found->flag;
}

static const struct model *first(const struct model *one, const char *key)
{
	const struct model *list = model_find(one, text_of(key));

	return list ? list->first : NULL;
}

static const struct model *field(struct model *page, const struct model *asked)
{
	struct part_field part = {.name = word(asked, "name"),
		.label = word(asked, "label"),
		.hint = word(asked, "hint"),
		.type = word(asked, "type"),
		.autocomplete = word(asked, "autocomplete"),
		.inputmode = word(asked, "inputmode"),
		.width = word(asked, "width"),
		.rows = word(asked, "rows")};
	struct model *made;

	if (word(asked, "fault"))
		page_fault(page, part.name, word(asked, "fault"));
	made = part_field(page, &part, json_model_text(asked, "value"));
	for (const struct model *one = first(asked, "items"); one; one = one->next)
		part_choice(made, json_model_text(one, "value"), json_model_text(one, "words"),
			word(one, "hint"), flag(one, "chosen"));
	return made;
}

static void table(struct model *page, const struct model *asked)
{
	struct model *made = part_table(page, word(asked, "caption"));

	for (const struct model *one = first(asked, "columns"); one; one = one->next)
		part_column(made, word(one, "words"), flag(one, "numeric"));
	for (const struct model *row = first(asked, "rows"); row; row = row->next) {
		struct model *cells = part_row(made);

		for (const struct model *one = row->first; one; one = one->next)
			part_cell(cells, &(struct part_cell){.words = json_model_text(one, "words"),
						 .header = flag(one, "header"),
						 .numeric = flag(one, "numeric")});
	}
}

/* What the part's template is filled from. */
static const struct model *fill(struct model *page, const struct model *asked)
{
	struct text part = json_model_text(asked, "part");

	if (text_is(part, "faults")) {
		for (const struct model *one = first(asked, "items"); one; one = one->next)
			page_fault(page, word(one, "field"), word(one, "words"));
		model_flag(page, "has_faults", true);
	} else if (text_is(part, "banner")) {
		part_banner(page, flag(asked, "success"), word(asked, "heading"), NULL);
	} else if (text_is(part, "pagination")) {
		part_pagination(page, word(asked, "previous"), word(asked, "previous_words"),
			word(asked, "next"), word(asked, "next_words"));
	} else if (text_is(part, "summary")) {
		for (const struct model *one = first(asked, "items"); one; one = one->next)
			part_summary(page, word(one, "key"), json_model_text(one, "value"),
				word(one, "path"), word(one, "action"));
	} else if (text_is(part, "table")) {
		table(page, asked);
	} else {
		return field(page, asked);
	}
	return page;
}

static bool answer(struct arena *arena, const char *line)
{
	struct model *request = model_open(arena);
	struct buffer out = buffer_in(arena);
	struct error error = {0};
	const struct model *asked;

	json_model(arena, line, request, "asked");
	asked = model_find(request, TEXT("asked"));
	if (!mustache_render(&out, arena, &mustache_embedded,
		    arena_format(arena, "parts/%s", word(asked, "part")),
		    fill(model_open(arena), asked), &error)) {
		fprintf(stderr, "%s\n", error.message);
		return false;
	}
	printf("%s\n.\n", buffer_cstring(&out));
	return true;
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	bool good = true;

	while (good && getline(&line, &size, stdin) > 0) {
		struct arena *arena = arena_open();

		good = answer(arena, line);
		arena_close(arena);
	}
	free(line);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
