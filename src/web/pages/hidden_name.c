/* SPDX-License-Identifier: MIT */
#include "web/pages/hidden_name.h"

/* The plain letter of U+00C0 to U+017F, so that Zoë is found as ZOË and as Zoe; * for no letter. */
static const char plain_letters[] =
	"aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

enum { FIRST_LETTER = 0xc0, LAST_LETTER = 0x17f };

/* The character at `at` and how many bytes it has; a byte that begins none stands for itself. */
static uint32_t character_at(struct text text, size_t at, size_t *out_bytes)
{
	unsigned char byte = (unsigned char)text.data[at];
	size_t bytes = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
	uint32_t character = bytes == 1 ? byte : byte & (0xffu >> (bytes + 1));

	*out_bytes = 1;
	if (at + bytes > text.length)
		return byte;
	for (size_t i = 1; i < bytes; i++)
		character = character << 6 | ((unsigned char)text.data[at + i] & 0x3f);
	*out_bytes = bytes;
	return character;
}

/* Without its case and its accent. */
static uint32_t plain(uint32_t character)
{
	if (character >= 'A' && character <= 'Z')
		return character + 'a' - 'A';
	if (character >= FIRST_LETTER && character <= LAST_LETTER)
		return (unsigned char)plain_letters[character - FIRST_LETTER];
	return character;
}

/* Whether a word goes on with it: letters and digits, but not the quotes and dashes that word
 * processors put in (U+0080 to U+00BF, U+2000 to U+206F, U+3000 to U+303F). */
static bool is_word(uint32_t character)
{
	uint32_t letter = plain(character);

	if (letter < 0x80)
		return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
	return !(character < FIRST_LETTER || (character >= 0x2000 && character <= 0x206f) ||
		 (character >= 0x3000 && character <= 0x303f));
}

static bool word_before(struct text text, size_t at)
{
	size_t bytes;

	if (at == 0)
		return false;
	for (at--; at > 0 && ((unsigned char)text.data[at] & 0xc0) == 0x80;)
		at--;
	return is_word(character_at(text, at, &bytes));
}

/* The bytes that the name takes at `at`, as words of its own; 0 when it does not stand there. An
 * accent that is written as a character after its letter (U+0300 to U+036F) is passed over. */
static size_t stands_at(struct text text, size_t at, struct text name)
{
	size_t here = at, from = 0, bytes, name_bytes;

	if (word_before(text, at))
		return 0;
	while (from < name.length) {
		uint32_t wanted = character_at(name, from, &name_bytes), found;

		from += name_bytes;
		if (wanted >= 0x300 && wanted <= 0x36f)
			continue;
		if (here >= text.length)
			return 0;
		found = character_at(text, here, &bytes);
		if (plain(found) != plain(wanted))
			return 0;
		for (here += bytes; here < text.length; here += bytes) {
			found = character_at(text, here, &bytes);
			if (found < 0x300 || found > 0x36f)
				break;
		}
	}
	if (here < text.length && is_word(character_at(text, here, &bytes)))
		return 0;
	return here - at;
}

/* The bytes of the longest of the names, or of their words, that stands at `at`; 0 for none. */
static size_t found_at(struct text text, size_t at, const struct text *names, size_t count)
{
	enum { WORD_LEAST = 3 };
	size_t longest = 0;

	for (size_t i = 0; i < count; i++) {
		struct text rest = names[i], word;
		size_t length = stands_at(text, at, names[i]);

		longest = length > longest ? length : longest;
		while (text_split(&rest, ' ', &word)) {
			length = word.length >= WORD_LEAST ? stands_at(text, at, word) : 0;
			longest = length > longest ? length : longest;
		}
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
