/* SPDX-License-Identifier: MIT */
#include "schema/data_parse.h"

struct parser {
	struct arena *arena;
	const char *path;
	struct text rest;
	int line;
	const char **cells;
	size_t cell_count, cell_room;
	int *lines;
	size_t count, line_room;
	size_t fields;
	struct error *error;
};

static bool at_end_of_field(const struct parser *parser)
{
	return parser->rest.length == 0 || *parser->rest.data == ',' ||
	       *parser->rest.data == '\n' || *parser->rest.data == '\r';
}

static char next(struct parser *parser)
{
	char character = *parser->rest.data;

	parser->line += character == '\n';
	parser->rest.data++;
	parser->rest.length--;
	return character;
}

/* What stands between quotation marks, the first of which is already read. */
static bool quoted(struct parser *parser, char *out, size_t *out_length)
{
	int line = parser->line;

	while (parser->rest.length > 0) {
		char character = next(parser);

		if (character != '"')
			out[(*out_length)++] = character;
		else if (parser->rest.length > 0 && *parser->rest.data == '"')
			out[(*out_length)++] = next(parser);
		else
			return at_end_of_field(parser) ||
			       error_set(parser->error, ERROR_INPUT,
				       "%.150s line %d: text follows a closing quotation mark",
				       parser->path, line);
	}
	return error_set(parser->error, ERROR_INPUT,
		"%.150s line %d: a quotation mark is not closed", parser->path, line);
}

static bool cell_add(struct parser *parser, const char *cell)
{
	if (parser->cell_count == parser->cell_room) {
		size_t room = parser->cell_room ? parser->cell_room * 2 : 64;
		const char **cells = arena_grow(
			parser->arena, parser->cells, parser->cell_count, room, sizeof *cells);

		if (!cells)
			return error_no_memory(parser->error);
		parser->cells = cells;
		parser->cell_room = room;
	}
	parser->cells[parser->cell_count++] = cell;
	return true;
}

/* Reads one field; its cell is trimmed. `out` has room for all the rest. */
static bool field(struct parser *parser, char *out)
{
	size_t length = 0;
	struct text trimmed;

	if (parser->rest.length > 0 && *parser->rest.data == '"') {
		next(parser);
		if (!quoted(parser, out, &length))
			return false;
	} else {
		while (!at_end_of_field(parser))
			out[length++] = next(parser);
	}
	if (memchr(out, '\0', length))
		return error_set(parser->error, ERROR_INPUT, "%.150s line %d: a zero byte",
			parser->path, parser->line);
	trimmed = text_trim((struct text){out, length});
	out = arena_copy(parser->arena, trimmed.data, trimmed.length);
	return out ? cell_add(parser, out) : error_no_memory(parser->error);
}

static void line_end(struct parser *parser)
{
	if (parser->rest.length > 0 && *parser->rest.data == '\r')
		next(parser);
	if (parser->rest.length > 0 && *parser->rest.data == '\n')
		next(parser);
}

static bool line_add(struct parser *parser, int line)
{
	if (parser->count == parser->line_room) {
		size_t room = parser->line_room ? parser->line_room * 2 : 64;
		int *lines = arena_grow(
			parser->arena, parser->lines, parser->count, room, sizeof *lines);

		if (!lines)
			return error_no_memory(parser->error);
		parser->lines = lines;
		parser->line_room = room;
	}
	parser->lines[parser->count++] = line;
	return true;
}

static bool record(struct parser *parser, char *scratch)
{
	size_t before = parser->cell_count, width;
	int line = parser->line;

	do {
		if (parser->cell_count > before)
			next(parser); /* the comma */
		if (!field(parser, scratch))
			return false;
	} while (parser->rest.length > 0 && *parser->rest.data == ',');
	line_end(parser);
	width = parser->cell_count - before;
	if (width == 1 && parser->cells[before][0] == '\0') {
		parser->cell_count = before; /* an empty line */
		return true;
	}
	if (parser->count == 0)
		parser->fields = width;
	if (width != parser->fields)
		return error_set(parser->error, ERROR_INPUT,
			"%.150s line %d: %zu fields, but the header has %zu", parser->path, line,
			width, parser->fields);
	return line_add(parser, line);
}

static struct text without_mark(struct text bytes)
{
	if (bytes.length >= 3 && memcmp(bytes.data, "\xef\xbb\xbf", 3) == 0)
		return (struct text){bytes.data + 3, bytes.length - 3};
	return bytes;
}

bool data_parse(struct data_records *out_records, struct arena *arena, struct text bytes,
	const char *path, struct error *error)
{
	struct parser parser = {.arena = arena,
		.path = path,
		.rest = without_mark(bytes),
		.line = 1,
		.error = error};
	char *scratch;

	if (!text_is_utf8(bytes))
		return error_set(error, ERROR_INPUT, "%.150s: this is not UTF-8 text", path);
	scratch = arena_take_raw(arena, bytes.length + 1, 1);
	if (!scratch)
		return error_no_memory(error);
	while (parser.rest.length > 0)
		if (!record(&parser, scratch))
			return false;
	if (parser.count == 0)
		return error_set(error, ERROR_INPUT, "%.150s: the file is empty", path);
	if (parser.fields > DATA_FIELDS_MOST)
		return error_set(
			error, ERROR_LIMIT, "%.150s: more than %d columns", path, DATA_FIELDS_MOST);
	*out_records =
		(struct data_records){parser.count, parser.fields, parser.cells, parser.lines};
	return true;
}
