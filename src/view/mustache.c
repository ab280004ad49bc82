/* SPDX-License-Identifier: MIT */
#include "view/mustache.h"

#include "base/embedded.h"
#include "base/file.h"
#include "view/template.h"

enum {
	PARTIALS_DEEPEST = 32,
	TEMPLATES_MOST = 64,
	INDENTS_MOST = 8,
	TEMPLATE_BYTES_MOST = 1 << 20
};

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

/* Templates whose partials are each on it, too. */
struct mustache_shelf {
	const struct mustache_source *source; /* while they are read */
	struct known *known;
	size_t count, capacity;
};

struct renderer {
	struct buffer *out;
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

struct text mustache_find_file(const void *context, struct text name)
{
	const struct mustache_folder *folder = context;
	const char *path = arena_format(
		folder->arena, "%s/%.*s.mustache", folder->folder, (int)name.length, name.data);
	struct file_map map;
	struct text found;

	if (!path || !file_map_open(&map, path, TEMPLATE_BYTES_MOST, NULL))
		return find_embedded(NULL, name);
	found = (struct text){
		arena_copy(folder->arena, map.bytes.data, map.bytes.length), map.bytes.length};
	file_map_close(&map);
	return found;
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
static const struct model *look_up(const struct scope *scope, const struct step *step)
{
	const struct model *found = NULL;
	struct text name = step->text, part = name;

	if (step->dotted && name.length == 1)
		return scope->model;
	if (step->dotted && !text_split(&name, '.', &part))
		return NULL;
	for (part = text_trim(part); scope && !found; scope = scope->outer)
		found = model_find(scope->model, part);
	if (!step->dotted)
		return found;
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

static bool render_steps(struct renderer *renderer, const struct template *template, size_t from,
	size_t to, const struct scope *scope);

static bool render_partial(
	struct renderer *renderer, const struct step *step, const struct scope *scope)
{
	bool rendered;

	if (renderer->depth == PARTIALS_DEEPEST)
		return error_set(renderer->error, ERROR_LIMIT, "template %.*s is within itself",
			(int)step->text.length, step->text.data);
	renderer->depth++;
	rendered = render_steps(renderer, step->partial, 0, step->partial->count, scope);
	renderer->depth--;
	return rendered;
}

static bool render_section(struct renderer *renderer, const struct template *template, size_t at,
	const struct scope *scope)
{
	const struct step *step = &template->steps[at];
	const struct model *value = look_up(scope, step);
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
			buffer_add(renderer->out, step->text.data, step->text.length);
			break;
		case STEP_VALUE:
			render_value(renderer, look_up(scope, step));
			break;
		case STEP_SECTION:
			rendered = render_section(renderer, template, i, scope);
			i = step->end;
			break;
		case STEP_INVERTED:
			if (!model_is_true(look_up(scope, step)))
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

/* ---- templates read, with their partials ---------------------------------------------------- */

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

static struct known *find_known(
	const struct mustache_shelf *shelf, struct text name, struct text indent)
{
	for (size_t i = 0; i < shelf->count; i++)
		if (text_equal(shelf->known[i].name, name) &&
			text_equal(shelf->known[i].indent, indent))
			return &shelf->known[i];
	return NULL;
}

static bool shelve(struct mustache_shelf *shelf, struct arena *arena, struct text name,
	struct text indent, struct error *error)
{
	const char *words = arena_copy(arena, name.data, name.length);
	struct known *known;

	if (find_known(shelf, name, indent))
		return true;
	if (shelf->count == shelf->capacity)
		return error_set(error, ERROR_LIMIT, "there are too many templates");
	if (!words)
		return error_no_memory(error);
	known = &shelf->known[shelf->count];
	*known = (struct known){.name = {words, name.length}, .indent = indent};
	if (!template_read(&known->template, arena, words,
		    indented(arena, shelf->source->find(shelf->source->context, name), indent),
		    error))
		return false;
	shelf->count++;
	return true;
}

/* The partials of those that are there, then theirs, until each is there: under every indent. */
static bool shelve_partials(struct mustache_shelf *shelf, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < shelf->count; i++) {
		const struct template *template = &shelf->known[i].template;

		for (size_t j = 0; j < template->count; j++)
			if (template->steps[j].kind == STEP_PARTIAL &&
				!shelve(shelf, arena, template->steps[j].text,
					template->steps[j].indent, error))
				return false;
	}
	for (size_t i = 0; i < shelf->count; i++) {
		struct template *template = &shelf->known[i].template;

		for (size_t j = 0; j < template->count; j++)
			if (template->steps[j].kind == STEP_PARTIAL)
				template->steps[j].partial = &find_known(
					shelf, template->steps[j].text, template->steps[j].indent)
								      ->template;
	}
	return true;
}

/* A fault of the program: nobody asks for a template but its own pages. */
static bool no_template(const char *name, struct error *error)
{
	return error_set(error, ERROR_SYSTEM, "there is no template %s", name);
}

static bool open_shelf(struct mustache_shelf *out_shelf, struct arena *arena,
	const struct mustache_source *source, size_t capacity, struct error *error)
{
	*out_shelf = (struct mustache_shelf){.source = source,
		.known = arena_take(arena, capacity, sizeof *out_shelf->known),
		.capacity = capacity};
	return out_shelf->known ? true : error_no_memory(error);
}

bool mustache_shelve(struct mustache_shelf **out_shelf, struct arena *arena,
	const struct mustache_source *source, struct error *error)
{
	static const char folder[] = "templates/", ending[] = ".mustache";
	struct mustache_shelf *shelf = arena_take(arena, 1, sizeof *shelf);
	const struct embedded_file *files;
	size_t count = embedded_under(folder, &files);

	if (!shelf)
		return error_no_memory(error);
	if (!open_shelf(shelf, arena, source, count * INDENTS_MOST, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct text name = text_of(files[i].path + sizeof folder - 1);

		if (name.length < sizeof ending)
			continue;
		name.length -= sizeof ending - 1;
		if (!shelve(shelf, arena, name, (struct text){0}, error))
			return false;
	}
	if (!shelve_partials(shelf, arena, error))
		return false;
	shelf->source = NULL;
	*out_shelf = shelf;
	return true;
}

bool mustache_render_shelved(struct buffer *out, const struct mustache_shelf *shelf,
	const char *name, const struct model *model, struct error *error)
{
	struct renderer renderer = {.out = out, .error = error};
	const struct known *known = find_known(shelf, text_of(name), (struct text){0});
	struct scope scope = {model, NULL};

	if (!known)
		return no_template(name, error);
	if (!model || *model->failed)
		return error_no_memory(error);
	if (!render_steps(&renderer, &known->template, 0, known->template.count, &scope))
		return false;
	return out->failed ? error_no_memory(error) : true;
}

bool mustache_render(struct buffer *out, struct arena *arena, const struct mustache_source *source,
	const char *name, const struct model *model, struct error *error)
{
	struct mustache_shelf shelf;

	if (!source->find(source->context, text_of(name)).data)
		return no_template(name, error);
	return open_shelf(&shelf, arena, source, TEMPLATES_MOST, error) &&
	       shelve(&shelf, arena, text_of(name), (struct text){0}, error) &&
	       shelve_partials(&shelf, arena, error) &&
	       mustache_render_shelved(out, &shelf, name, model, error);
}

bool mustache_check(
	struct arena *arena, const char *name, struct text template, struct error *error)
{
	struct template read;

	return template_read(&read, arena, name, template, error);
}
