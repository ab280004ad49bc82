/* SPDX-License-Identifier: MIT */
#include "view/texts.h"

#include "base/embedded.h"

/* One field of a record: its text with quotes undone (in `arena` where it had any). */
struct field {
	struct text text;
	bool last; /* of its record */
};

/* Text in quotes, doubled ones inside; *at is at the first character after the opening one. */
static struct text quoted_field(struct arena *arena, struct text csv, size_t *at)
{
	struct buffer text = buffer_in(arena);

	while (*at < csv.length) {
		char character = csv.data[(*at)++];

		if (character == '"') {
			if (*at >= csv.length || csv.data[*at] != '"')
				break;
			(*at)++;
		}
		buffer_char(&text, character);
	}
	return (struct text){buffer_cstring(&text), text.length};
}

static struct field next_field(struct arena *arena, struct text csv, size_t *at)
{
	struct field field = {0};
	size_t start = *at;

	if (*at < csv.length && csv.data[*at] == '"') {
		(*at)++;
		field.text = quoted_field(arena, csv, at);
	} else {
		while (*at < csv.length && csv.data[*at] != ',' && csv.data[*at] != '\n')
			(*at)++;
		field.text = text_trim((struct text){csv.data + start, *at - start});
	}
	while (*at < csv.length && csv.data[*at] == '\r')
		(*at)++;
	field.last = *at >= csv.length || csv.data[*at] == '\n';
	if (*at < csv.length)
		(*at)++;
	return field;
}

/* The number of the column in the header, SIZE_MAX when there is none; *at then is at row 1. */
static size_t find_column(struct arena *arena, struct text csv, size_t *at, const char *name)
{
	size_t found = SIZE_MAX;
	struct field field = {0};

	for (size_t i = 0; !field.last; i++) {
		field = next_field(arena, csv, at);
		if (text_is(field.text, name))
			found = i;
	}
	return found;
}

/* Whether the record that begins at `at` has this key; one in quotes may. */
static bool may_have_key(struct text csv, size_t at, struct text key)
{
	return csv.data[at] == '"' ||
	       (at + key.length <= csv.length && memcmp(csv.data + at, key.data, key.length) == 0);
}

/* Where the next record begins: line ends within quotes are of the record. */
static size_t skip_record(struct text csv, size_t at)
{
	bool quoted = false;

	while (at < csv.length) {
		const char *line = csv.data + at, *end = memchr(line, '\n', csv.length - at);
		size_t length = end ? (size_t)(end - line) : csv.length - at;
		const char *quote = memchr(line, '"', length);

		for (; quote; quote = memchr(quote + 1, '"', length - (size_t)(quote + 1 - line)))
			quoted = !quoted;
		at += length + 1;
		if (!quoted)
			break;
	}
	return at;
}

/* The cell of that number in the record at `at`, whose key was found to be `key`. */
static const char *find_cell(
	struct arena *arena, struct text csv, size_t at, struct text key, size_t wanted, bool *row)
{
	struct field field = next_field(arena, csv, &at);

	*row = text_equal(field.text, key);
	for (size_t i = 0; *row; i++) {
		if (i == wanted && field.text.length)
			return arena_copy(arena, field.text.data, field.text.length);
		if (i == wanted || field.last)
			break;
		field = next_field(arena, csv, &at);
	}
	return NULL;
}

const char *texts_find(struct arena *arena, const char *path, const char *key, const char *column)
{
	struct text csv = embedded_text(path), name = text_of(key);
	size_t at = 0;
	size_t wanted = csv.length ? find_column(arena, csv, &at, column) : SIZE_MAX;

	while (wanted != SIZE_MAX && at < csv.length) {
		bool row = false;
		const char *cell = may_have_key(csv, at, name)
					   ? find_cell(arena, csv, at, name, wanted, &row)
					   : NULL;

		if (row)
			return cell;
		at = skip_record(csv, at);
	}
	return NULL;
}
