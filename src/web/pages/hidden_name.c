/* SPDX-License-Identifier: MIT */
#include "web/pages/hidden_name.h"

static bool is_word(char character)
{
	unsigned char byte = (unsigned char)character;

	return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z');
}

/* Whether the name stands at `at`, as words of its own. */
static bool stands_at(struct text text, size_t at, struct text name)
{
	size_t end = at + name.length;

	if (!name.length || end > text.length ||
		!text_same_letters((struct text){text.data + at, name.length}, name))
		return false;
	return (at == 0 || !is_word(text.data[at - 1])) &&
	       (end == text.length || !is_word(text.data[end]));
}

/* The length of the longest of the names, or of their words, that stands at `at`; 0 for none. */
static size_t found_at(struct text text, size_t at, const struct text *names, size_t count)
{
	size_t longest = 0;

	for (size_t i = 0; i < count; i++) {
		struct text rest = names[i], word;

		if (stands_at(text, at, names[i]) && names[i].length > longest)
			longest = names[i].length;
		while (text_split(&rest, ' ', &word))
			if (word.length >= 3 && word.length > longest && stands_at(text, at, word))
				longest = word.length;
	}
	return longest;
}

struct text hide_names(
	struct arena *arena, struct text text, const struct text *names, size_t count)
{
	struct buffer out = buffer_in(arena);
	size_t from = 0;

	for (size_t at = 0; at < text.length;) {
		size_t length = found_at(text, at, names, count);

		if (!length) {
			at++;
			continue;
		}
		buffer_add(&out, text.data + from, at - from);
		buffer_string(&out, "[name]");
		at += length;
		from = at;
	}
	if (from == 0)
		return text;
	buffer_add(&out, text.data + from, text.length - from);
	return out.failed ? TEXT("") : (struct text){out.data, out.length};
}
