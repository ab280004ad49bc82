/* SPDX-License-Identifier: MIT */
/* What was typed, as it is kept. */
#include "care/care.h"

static size_t characters(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return count;
}

/* The control character at the start of a well-formed text: C0, DEL or C1. */
static bool is_control(struct text rest)
{
	unsigned char byte = (unsigned char)rest.data[0];

	return byte < 0x20 || byte == 0x7f ||
	       (byte == 0xc2 && rest.length > 1 && (unsigned char)rest.data[1] < 0xa0);
}

/* Copies with \r\n, \r, form feeds and vertical tabs (of pasted pages) as \n, and tabs as spaces;
 * false at any other control character, and at line ends where there may be none. */
static bool copy_clean(struct text typed, bool lines, char *out, size_t *out_length)
{
	size_t length = 0;

	for (size_t i = 0; i < typed.length; i++) {
		char byte = typed.data[i];

		if (byte == '\r' && i + 1 < typed.length && typed.data[i + 1] == '\n')
			continue;
		if (byte == '\r' || byte == '\f' || byte == '\v')
			byte = '\n';
		if (byte == '\t')
			byte = ' ';
		else if (byte == '\n' && !lines)
			return false;
		else if (byte != '\n' &&
			 is_control((struct text){typed.data + i, typed.length - i}))
			return false;
		out[length++] = byte;
	}
	*out_length = length;
	return true;
}

bool care_text_clean(struct arena *arena, const char *field, struct text typed, size_t most,
	struct text *out_clean, struct error *error)
{
	struct text trimmed = text_trim(typed);
	size_t length = 0;
	char *copy;

	*out_clean = (struct text){0};
	if (!trimmed.length)
		return true;
	if (!text_is_utf8(trimmed))
		return error_set(
			error, ERROR_INPUT, "%s: the text is not in Unicode (UTF-8)", field);
	if (characters(trimmed) > most)
		return error_set(error, ERROR_LIMIT,
			"%s must be %zu characters or fewer: it has %zu", field, most,
			characters(trimmed));
	copy = arena_copy(arena, trimmed.data, trimmed.length);
	if (!copy)
		return error_no_memory(error);
	if (!copy_clean(trimmed, most > CARE_LINE_MOST, copy, &length))
		return error_set(error, ERROR_INPUT,
			"%s has a character that cannot be shown: type the text again without it",
			field);
	*out_clean = (struct text){copy, length};
	return true;
}

static const struct code *participation_of(const struct schema *schema, struct text code)
{
	const struct code_set *set = schema_code_set(schema, "review_code");
	int index = set ? code_set_find(set, code) : -1;

	return index < 0 ? NULL : &set->codes[index];
}

bool care_participation(
	const struct schema *schema, struct text code, int *out_participation, struct error *error)
{
	const struct code *found = participation_of(schema, code);

	*out_participation = -1;
	if (!code.length)
		return true;
	if (!found)
		return error_set(error, ERROR_INPUT,
			"how the child took part must be one of the codes PN0 to PN7");
	*out_participation = (int)(found - schema_code_set(schema, "review_code")->codes);
	return true;
}

struct text care_participation_words(const struct schema *schema, struct text code)
{
	const struct code *found = participation_of(schema, code);

	return found ? found->label : (struct text){0};
}
