/* SPDX-License-Identifier: MIT */
#include "json_model.h"

#include <ctype.h>

struct reader {
	struct arena *arena;
	const char *at;
};

static void read_value(struct reader *reader, struct model *parent, const char *key);

static char next_of(struct reader *reader)
{
	while (isspace((unsigned char)*reader->at) || *reader->at == ',' || *reader->at == ':')
		reader->at++;
	return *reader->at;
}

static char unescape(char letter)
{
	return letter == 'n' ? '\n' : letter == 't' ? '\t' : letter == 'r' ? '\r' : letter;
}

static const char *read_string(struct reader *reader)
{
	struct buffer out = buffer_in(reader->arena);

	for (reader->at++; *reader->at != '"'; reader->at++) {
		char letter = *reader->at == '\\' ? unescape(*++reader->at) : *reader->at;

		buffer_char(&out, letter);
	}
	reader->at++;
	return buffer_cstring(&out);
}

static void read_members(struct reader *reader, struct model *parent, bool named, char end)
{
	reader->at++;
	while (next_of(reader) != end) {
		const char *key = named ? read_string(reader) : NULL;

		read_value(reader, parent, key);
	}
	reader->at++;
}

/* true, false, null or a number: a word up to what ends it */
static void read_word(struct reader *reader, struct model *parent, const char *key)
{
	size_t length = strcspn(reader->at, ",]} \n");
	struct text word = {reader->at, length};

	reader->at += length;
	if (text_is(word, "null"))
		return;
	if (text_is(word, "true") || text_is(word, "false"))
		model_flag(parent, key, text_is(word, "true"));
	else
		model_text(parent, key, word);
}

static void read_value(struct reader *reader, struct model *parent, const char *key)
{
	switch (next_of(reader)) {
	case '{':
		read_members(reader, model_object(parent, key), true, '}');
		break;
	case '[':
		read_members(reader, model_list(parent, key), false, ']');
		break;
	case '"':
		model_string(parent, key, read_string(reader));
		break;
	default:
		read_word(reader, parent, key);
	}
}

void json_model(struct arena *arena, const char *json, struct model *parent, const char *key)
{
	struct reader reader = {arena, json};

	read_value(&reader, parent, key);
}

struct text json_model_text(const struct model *object, const char *key)
{
	const struct model *found = object ? model_find(object, text_of(key)) : NULL;

	return found ? found->text : (struct text){0};
}
