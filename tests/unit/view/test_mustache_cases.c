/* SPDX-License-Identifier: MIT */
/*
 * The rules of the public Mustache specification (comments, interpolation, sections, inverted,
 * partials, delimiters), a case of our own for each case there. What Hearth refuses on purpose
 * (unescaped values, changed delimiters) is in the list with the words of the refusal.
 */
#include "checks.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/file.h"
#include "view/mustache.h"

/* JSON as far as the cases use it, straight into a model. */
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

static struct text word_of(const struct model *one, const char *key)
{
	const struct model *found = one ? model_find(one, text_of(key)) : NULL;

	return found ? found->text : (struct text){0};
}

/* The template by the name of "template", partials by theirs. */
static struct text find_text(const void *context, struct text name)
{
	const struct model *one = context, *partials = model_find(one, TEXT("partials"));
	const struct model *found = partials ? model_find(partials, name) : NULL;

	return found			   ? found->text
	       : text_is(name, "template") ? word_of(one, "template")
					   : (struct text){0};
}

static bool is_right(struct arena *arena, const struct model *one)
{
	struct mustache_source source = {find_text, one};
	const struct model *data = model_find(one, TEXT("data"));
	struct text refused = word_of(one, "refused"), expected = word_of(one, "expected");
	struct buffer out = buffer_in(arena);
	struct error error = {0};
	bool filled = mustache_render(&out, arena, &source, "template", data, &error);

	if (refused.length)
		return !filled && error.code == ERROR_INPUT &&
		       strstr(error.message,
			       arena_format(arena, "%.*s", (int)refused.length, refused.data));
	return filled && text_equal((struct text){out.data, out.length}, expected);
}

static void test_every_rule_of_the_specification(void **state)
{
	const char *root = getenv("HEARTH_ROOT");
	struct model *all = model_open(*state);
	struct reader reader = {*state, NULL};
	struct file_map file;
	struct error error = {0};
	size_t count = 0;

	if (!file_map_open(&file,
		    arena_format(*state, "%s/tests/unit/view/mustache_cases.json", root), 1 << 20,
		    &error))
		fail_msg("%s", error.message);
	reader.at = arena_format(*state, "%.*s", (int)file.bytes.length, file.bytes.data);
	file_map_close(&file);
	read_value(&reader, all, "cases");
	for (const struct model *one = model_find(all, TEXT("cases"))->first; one;
		one = one->next, count++) {
		if (!is_right(*state, one))
			fail_msg("%.*s", (int)word_of(one, "rule").length,
				word_of(one, "rule").data);
	}
	assert_true(count > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_every_rule_of_the_specification),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
