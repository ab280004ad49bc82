/* SPDX-License-Identifier: MIT */
#include "view/mustache.h"

#include "base/embedded.h"
#include "view/template.h"

enum { PARTIALS_DEEPEST = 32, TEMPLATES_MOST = 64 };

/* What names are looked up in: the innermost first. */
struct scope {
	const struct model *model;
	const struct scope *outer;
};

/* A template read before, by name and indent. */
struct known {
	struct text name, indent;
	struct template template;
};

struct renderer {
	struct buffer *out;
	struct arena *arena;
	const struct mustache_source *source;
	struct known known[TEMPLATES_MOST];
	size_t known_count;
	int depth;
	struct error *error;
};

static struct text find_embedded(const void *context, struct text name)
{
	char path[256] = "templates/";
	size_t length = strlen(path);

	(void)context;
	if (name.length > sizeof path - length - sizeof ".mustache")
		return (struct text){0};
	memcpy(path + length, name.data, name.length);
	memcpy(path + length + name.length, ".mustache", sizeof ".mustache");
	return embedded_text(path);
}

const struct mustache_source mustache_embedded = {find_embedded, NULL};

void mustache_escape(struct buffer *out, struct text text)
{
	size_t start = 0;

	for (size_t i = 0; i < text.length; i++) {
		const char *reference = NULL;

		switch (text.data[i]) {
		case '&':
			reference = "&amp;";
			break;
		case '<':
			reference = "&lt;";
			break;
		case '>':
			reference = "&gt;";
			break;
		case '"':
			reference = "&quot;";
			break;
		case '\'':
			reference = "&#39;";
			break;
		default:
			continue;
		}
		buffer_add(out, text.data + start, i - start);
		buffer_string(out, reference);
		start = i + 1;
	}
	if (text.length > start)
		buffer_add(out, text.data + start, text.length - start);
}

/* The first part of a dotted name is looked up outwards, the others in what was found. */
static const struct model *look_up(const struct scope *scope, struct text name)
{
	const struct model *found = NULL;
	struct text part;

	if (text_is(name, "."))
		return scope->model;
	if (!text_split(&name, '.', &part))
		return NULL;
	for (; scope && !found; scope = scope->outer)
		found = model_find(scope->model, text_trim(part));
	while (found && text_split(&name, '.', &part))
		found = model_find(found, text_trim(part));
	return found;
}

static void render_value(struct renderer *renderer, const struct model *value)
{
	if (!value)
		return;
	if (value->kind == MODEL_MARKUP)
		buffer_text(renderer->out, value->text);
	else if (value->kind == MODEL_TEXT)
		mustache_escape(renderer->out, value->text);
}

/* Every line begins with the indent. */
static struct text indented(struct arena *arena, struct text text, struct text indent)
{
	struct buffer lines = buffer_in(arena);
	bool start = true;

	if (!indent.length)
		return text;
	for (size_t i = 0; i < text.length; i++) {
		if (start)
			buffer_text(&lines, indent);
		buffer_char(&lines, text.data[i]);
		start = text.data[i] == '\n';
	}
	return (struct text){buffer_cstring(&lines), lines.length};
}

static bool get_template(struct renderer *renderer, struct text name, struct text indent,
	const struct template **out_template)
{
	struct known *known;
	const char *words;
	struct text text;

	for (size_t i = 0; i < renderer->known_count; i++) {
		known = &renderer->known[i];
		if (text_equal(known->name, name) && text_equal(known->indent, indent)) {
			*out_template = &known->template;
			return true;
		}
	}
	if (renderer->known_count == TEMPLATES_MOST)
		return error_set(renderer->error, ERROR_LIMIT, "too many templates in one page");
	known = &renderer->known[renderer->known_count];
	words = arena_copy(renderer->arena, name.data, name.length);
	if (!words)
		return error_no_memory(renderer->error);
	text = renderer->source->find(renderer->source->context, name);
	*known = (struct known){.name = name, .indent = indent};
	if (!template_read(&known->template, renderer->arena, words,
		    indented(renderer->arena, text, indent), renderer->error))
		return false;
	renderer->known_count++;
	*out_template = &known->template;
	return true;
}

static bool render_steps(struct renderer *renderer, const struct template *template, size_t from,
	size_t to, const struct scope *scope);

static bool render_partial(
	struct renderer *renderer, const struct step *step, const struct scope *scope)
{
	const struct template *template;
	bool rendered;

	if (renderer->depth == PARTIALS_DEEPEST)
		return error_set(renderer->error, ERROR_LIMIT, "template %.*s is within itself",
			(int)step->text.length, step->text.data);
	if (!get_template(renderer, step->text, step->indent, &template))
		return false;
	renderer->depth++;
	rendered = render_steps(renderer, template, 0, template->count, scope);
	renderer->depth--;
	return rendered;
}

static bool render_section(struct renderer *renderer, const struct template *template, size_t at,
	const struct scope *scope)
{
	const struct step *step = &template->steps[at];
	const struct model *value = look_up(scope, step->text);
	struct scope inner = {value, scope};

	if (!model_is_true(value))
		return true;
	if (value->kind != MODEL_LIST)
		return render_steps(renderer, template, at + 1, step->end, &inner);
	for (inner.model = value->first; inner.model; inner.model = inner.model->next) {
		if (!render_steps(renderer, template, at + 1, step->end, &inner))
			return false;
	}
	return true;
}

static bool render_steps(struct renderer *renderer, const struct template *template, size_t from,
	size_t to, const struct scope *scope)
{
	bool rendered = true;

	for (size_t i = from; rendered && i < to; i++) {
		const struct step *step = &template->steps[i];

		switch (step->kind) {
		case STEP_TEXT:
			buffer_text(renderer->out, step->text);
			break;
		case STEP_VALUE:
			render_value(renderer, look_up(scope, step->text));
			break;
		case STEP_SECTION:
			rendered = render_section(renderer, template, i, scope);
			i = step->end;
			break;
		case STEP_INVERTED:
			if (!model_is_true(look_up(scope, step->text)))
				rendered =
					render_steps(renderer, template, i + 1, step->end, scope);
			i = step->end;
			break;
		case STEP_PARTIAL:
			rendered = render_partial(renderer, step, scope);
			break;
		case STEP_END:
			break;
		}
	}
	return rendered;
}

bool mustache_render(struct buffer *out, struct arena *arena, const struct mustache_source *source,
	const char *name, const struct model *model, struct error *error)
{
	struct renderer renderer = {.out = out, .arena = arena, .source = source, .error = error};
	struct scope scope = {model, NULL};
	struct text found = source->find(source->context, text_of(name));
	const struct template *template;

	if (!found.data)
		return error_set(error, ERROR_MISSING, "there is no template %s", name);
	if (!model || *model->failed)
		return error_no_memory(error);
	if (!get_template(&renderer, text_of(name), (struct text){0}, &template) ||
		!render_steps(&renderer, template, 0, template->count, &scope))
		return false;
	return out->failed ? error_no_memory(error) : true;
}

bool mustache_check(
	struct arena *arena, const char *name, struct text template, struct error *error)
{
	struct template read;

	return template_read(&read, arena, name, template, error);
}
