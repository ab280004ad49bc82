/* SPDX-License-Identifier: MIT */
#include "view/template.h"

enum { SECTIONS_DEEPEST = 32 };

struct reader {
	struct template *template;
	struct arena *arena;
	struct text text;
	size_t at; /* what stands before is in steps already */
	size_t open[SECTIONS_DEEPEST];
	size_t depth;
	struct error *error;
};

/* A tag: text[from, to), its kind ('\0' for a value) and name. */
struct tag {
	size_t from, to;
	char kind;
	struct text name;
};

static bool fault(struct reader *reader, size_t at, const char *what, struct text name)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += reader->text.data[i] == '\n';
	return error_set(reader->error, ERROR_INPUT, "template %s, line %zu: %s %.*s",
		reader->template->name, line, what, (int)name.length, name.data ? name.data : "");
}

static bool add_step(struct reader *reader, struct step step)
{
	struct template *template = reader->template;

	if (step.kind == STEP_TEXT && !step.text.length)
		return true;
	if (template->count == template->capacity) {
		size_t capacity = template->capacity ? template->capacity * 2 : 32;
		struct step *steps = arena_grow(
			reader->arena, template->steps, template->count, capacity, sizeof *steps);

		if (!steps)
			return error_no_memory(reader->error);
		template->steps = steps;
		template->capacity = capacity;
	}
	step.dotted = step.kind != STEP_TEXT && memchr(step.text.data, '.', step.text.length);
	template->steps[template->count++] = step;
	return true;
}

static bool find(struct text text, size_t from, const char *what, size_t *out_at)
{
	size_t length = strlen(what);

	for (size_t i = from; i + length <= text.length; i++) {
		if (memcmp(text.data + i, what, length) == 0) {
			*out_at = i;
			return true;
		}
	}
	return false;
}

static bool read_tag(struct reader *reader, struct tag *out_tag)
{
	struct tag tag = {.from = out_tag->from};
	size_t close;
	struct text inside;

	if (!find(reader->text, tag.from + 2, "}}", &close))
		return fault(reader, tag.from, "a tag is not closed", (struct text){0});
	tag.to = close + 2;
	inside = text_trim((struct text){reader->text.data + tag.from + 2, close - tag.from - 2});
	if (inside.length && memchr("#^/>!{&=", inside.data[0], 8)) {
		tag.kind = inside.data[0];
		inside = text_trim((struct text){inside.data + 1, inside.length - 1});
	}
	tag.name = inside;
	if (tag.kind && memchr("{&=", tag.kind, 3))
		return fault(reader, tag.from, "only escaped values and {{ }} are understood, not",
			(struct text){reader->text.data + tag.from, tag.to - tag.from});
	if (tag.kind != '!' && !tag.name.length)
		return fault(reader, tag.from, "a tag has no name", (struct text){0});
	*out_tag = tag;
	return true;
}

static bool is_blank(struct text text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (text.data[i] != ' ' && text.data[i] != '\t' && text.data[i] != '\r')
			return false;
	}
	return true;
}

/* Whether the tag has its line to itself, all but values can; then the line goes with it. */
static bool stands_alone(struct text text, const struct tag *tag, size_t *out_from, size_t *out_to)
{
	size_t from = tag->from, to = tag->to;

	while (from > 0 && text.data[from - 1] != '\n')
		from--;
	while (to < text.length && text.data[to] != '\n')
		to++;
	if (!tag->kind || !is_blank(text, from, tag->from) || !is_blank(text, tag->to, to))
		return false;
	*out_from = from;
	*out_to = to < text.length ? to + 1 : to;
	return true;
}

static bool add_section(struct reader *reader, const struct tag *tag)
{
	if (reader->depth == SECTIONS_DEEPEST)
		return fault(
			reader, tag->from, "too many sections within each other at", tag->name);
	reader->open[reader->depth++] = reader->template->count;
	return add_step(
		reader, (struct step){.kind = tag->kind == '#' ? STEP_SECTION : STEP_INVERTED,
				.text = tag->name});
}

static bool add_end(struct reader *reader, const struct tag *tag)
{
	struct step *open;

	if (!reader->depth)
		return fault(reader, tag->from, "nothing is open to be closed by", tag->name);
	open = &reader->template->steps[reader->open[--reader->depth]];
	if (!text_equal(open->text, tag->name))
		return fault(
			reader, tag->from, "another section is open than is closed by", tag->name);
	open->end = reader->template->count;
	return add_step(reader, (struct step){.kind = STEP_END, .text = tag->name});
}

static bool add_tag(struct reader *reader, const struct tag *tag, struct text indent)
{
	switch (tag->kind) {
	case '#':
	case '^':
		return add_section(reader, tag);
	case '/':
		return add_end(reader, tag);
	case '>':
		return add_step(reader,
			(struct step){.kind = STEP_PARTIAL, .text = tag->name, .indent = indent});
	case '!':
		return true;
	default:
		return add_step(reader, (struct step){.kind = STEP_VALUE, .text = tag->name});
	}
}

static bool add_text(struct reader *reader, size_t to)
{
	struct text text = {reader->text.data + reader->at, to - reader->at};

	return add_step(reader, (struct step){.kind = STEP_TEXT, .text = text});
}

bool template_read(struct template *out_template, struct arena *arena, const char *name,
	struct text text, struct error *error)
{
	struct template template = {.name = name};
	struct reader reader = {
		.template = &template, .arena = arena, .text = text, .error = error};
	struct tag tag = {0};

	if (!text.data)
		reader.text = text = TEXT("");
	while (find(text, reader.at, "{{", &tag.from)) {
		size_t from, to;
		struct text indent = {0};

		if (!read_tag(&reader, &tag))
			return false;
		from = tag.from;
		to = tag.to;
		if (stands_alone(text, &tag, &from, &to))
			indent = (struct text){text.data + from, tag.from - from};
		if (!add_text(&reader, from) || !add_tag(&reader, &tag, indent))
			return false;
		reader.at = to;
	}
	if (reader.depth)
		return fault(&reader, text.length, "a section is not closed:",
			template.steps[reader.open[reader.depth - 1]].text);
	if (!add_text(&reader, text.length))
		return false;
	*out_template = template;
	return true;
}
