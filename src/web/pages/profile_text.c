/* SPDX-License-Identifier: MIT */
#include "web/pages/profile_text.h"

#include "web/pages/hidden_name.h"

/* Found by printing them, with the widest type that browsers fall back to: tests/web/app_voice. */
enum { LINE_CHARACTERS = 102, COLUMN_CHARACTERS = 47, HALF_LINES_MOST = 2 * 42 };

const struct profile_room profile_rooms[PROFILE_ROOMS] = {
	{.part = 700, .wishes = 6, .wish = 200, .help = 300, .need = 260},
	{.part = 500, .wishes = 5, .wish = 160, .help = 240, .need = 190},
	{.part = 400, .wishes = 5, .wish = 140, .help = 200, .need = 140},
	{.part = 320, .wishes = 4, .wish = 120, .help = 160, .need = 110},
	{.part = 260, .wishes = 4, .wish = 100, .help = 120, .need = 85},
	{.part = 220, .wishes = 3, .wish = 90, .help = 100, .need = 65},
	{.part = 180, .wishes = 3, .wish = 80, .help = 80, .need = 45},
};

void profile_takes(struct profile_text *how, size_t bytes, bool column)
{
	size_t characters = column ? COLUMN_CHARACTERS : LINE_CHARACTERS;
	size_t lines = (bytes + characters - 1) / characters;

	how->lines += column ? lines : 2 * lines;
}

bool profile_fits(const struct profile_text *how)
{
	return how->lines <= HALF_LINES_MOST;
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* Line ends and spaces in a row as one space. */
static struct text as_one_paragraph(struct arena *arena, struct text text)
{
	struct buffer out = buffer_in(arena);

	for (size_t i = 0; i < text.length; i++) {
		if (!is_space(text.data[i]))
			buffer_char(&out, text.data[i]);
		else if (out.length && !is_space(out.data[out.length - 1]))
			buffer_char(&out, ' ');
	}
	return out.failed || !out.length ? TEXT("") : (struct text){out.data, out.length};
}

/* Bytes of the first `most` characters; *out_cut: there are more. */
static size_t bytes_of(struct text text, size_t most, bool *out_cut)
{
	size_t characters = 0;

	for (size_t i = 0; i < text.length; i++) {
		if (((unsigned char)text.data[i] & 0xc0) == 0x80)
			continue;
		if (characters++ == most) {
			*out_cut = true;
			return i;
		}
	}
	*out_cut = false;
	return text.length;
}

/* Back to the end of a word, where there is one in the last half. */
static size_t end_of_word(struct text text, size_t length)
{
	size_t end = length;

	while (end > length - length / 2 && !is_space(text.data[end]))
		end--;
	if (!is_space(text.data[end]))
		return length;
	while (end > 0 && (is_space(text.data[end - 1]) || text.data[end - 1] == ','))
		end--;
	return end;
}

struct text profile_text(struct profile_text *how, struct text text, size_t most)
{
	struct text line = as_one_paragraph(
		how->arena, hide_names(how->arena, text, how->names, how->name_count));
	struct buffer out = buffer_in(how->arena);
	bool cut;
	size_t length = bytes_of(line, most, &cut);

	if (!cut)
		return line;
	how->cut = true;
	buffer_add(&out, line.data, end_of_word(line, length));
	buffer_string(&out, "…");
	return out.failed ? TEXT("") : (struct text){out.data, out.length};
}
