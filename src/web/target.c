/* SPDX-License-Identifier: MIT */
#include "web/target.h"

#include "web/percent.h"

static bool target_is_path_character(char character)
{
	return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
	       (character >= '0' && character <= '9') ||
	       (character != '\0' && strchr("-._~!$&'()*+,;=:@%/", character));
}

static bool target_is_query_character(char character)
{
	return character > 0x20 && character < 0x7f && !strchr("\"<>#", character);
}

static bool target_characters(struct text text, bool is_one_of(char))
{
	for (size_t i = 0; i < text.length; i++) {
		if (!is_one_of(text.data[i]))
			return false;
	}
	return true;
}

/* A part between slashes: decoded, and no way to somewhere else. */
static bool target_add_part(
	struct arena *arena, struct text part, struct buffer *path, struct error *error)
{
	struct text decoded;

	if (!percent_decode(arena, part, false, &decoded, error))
		return false;
	if (decoded.length == 0 || text_is(decoded, ".") || text_is(decoded, "..") ||
		memchr(decoded.data, '/', decoded.length) ||
		memchr(decoded.data, '\\', decoded.length) || !text_is_plain(decoded, false))
		return error_set(error, ERROR_INPUT, "the address is not one of this site's form");
	buffer_char(path, '/');
	buffer_text(path, decoded);
	return true;
}

static bool target_read_path(
	struct arena *arena, struct text raw, struct target *target, struct error *error)
{
	struct buffer path = buffer_in(arena);
	struct text rest = {raw.data + 1, raw.length - 1}, part;

	if (rest.length > 0 && rest.data[rest.length - 1] == '/') {
		target->trailing_slash = true;
		rest.length--;
		if (rest.length == 0)
			return error_set(
				error, ERROR_INPUT, "the address is not one of this site's form");
	}
	if (rest.length == 0) {
		target->path = TEXT("/");
		return true;
	}
	while (text_split(&rest, '/', &part)) {
		if (!target_add_part(arena, part, &path, error))
			return false;
	}
	if (path.failed)
		return error_no_memory(error);
	target->path = (struct text){path.data, path.length};
	return true;
}

bool target_read(
	struct arena *arena, struct text raw, struct target *out_target, struct error *error)
{
	struct target target = {0};
	const char *mark;

	if (raw.length > TARGET_LIMIT)
		return error_set(error, ERROR_LIMIT, "the address is longer than %d characters",
			TARGET_LIMIT);
	mark = raw.length ? memchr(raw.data, '?', raw.length) : NULL;
	target.raw_path = raw;
	if (mark) {
		target.raw_path.length = (size_t)(mark - raw.data);
		target.query = (struct text){mark + 1, raw.length - target.raw_path.length - 1};
	}
	if (target.raw_path.length == 0 || raw.data[0] != '/' ||
		!target_characters(target.raw_path, target_is_path_character) ||
		!target_characters(target.query, target_is_query_character))
		return error_set(error, ERROR_INPUT, "the address is not one of this site's form");
	if (!target_read_path(arena, target.raw_path, &target, error))
		return false;
	*out_target = target;
	return true;
}
