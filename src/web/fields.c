/* SPDX-License-Identifier: MIT */
#include "web/fields.h"

#include "web/percent.h"

bool fields_add(struct arena *arena, struct fields *fields, struct text name, struct text value,
	struct error *error)
{
	if (name.length == 0 || !text_is_plain(name, false) || !text_is_plain(value, true))
		return error_set(error, ERROR_INPUT,
			"a field of the address or form holds characters that are not text");
	if (fields->count == FIELDS_LIMIT)
		return error_set(error, ERROR_LIMIT, "the address or form has more than %d fields",
			FIELDS_LIMIT);
	if (fields->count == fields->capacity) {
		size_t capacity = fields->capacity ? fields->capacity * 2 : 8;
		struct field *grown = arena_grow(
			arena, fields->field, fields->capacity, capacity, sizeof *fields->field);

		if (!grown)
			return error_no_memory(error);
		fields->field = grown;
		fields->capacity = capacity;
	}
	fields->field[fields->count++] = (struct field){name, value};
	return true;
}

static bool fields_decode_pair(
	struct arena *arena, struct text pair, struct fields *fields, struct error *error)
{
	const char *equals = memchr(pair.data, '=', pair.length);
	size_t split = equals ? (size_t)(equals - pair.data) : pair.length;
	struct text name = {pair.data, split}, value = {pair.data + pair.length, 0};

	if (equals)
		value = (struct text){equals + 1, pair.length - split - 1};
	return percent_decode(arena, name, true, &name, error) &&
	       percent_decode(arena, value, true, &value, error) &&
	       fields_add(arena, fields, name, value, error);
}

bool fields_decode(
	struct arena *arena, struct text encoded, struct fields *fields, struct error *error)
{
	struct text pair;

	while (encoded.length > 0 && text_split(&encoded, '&', &pair)) {
		if (pair.length > 0 && !fields_decode_pair(arena, pair, fields, error))
			return false;
	}
	return true;
}

size_t fields_count(const struct fields *fields, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < fields->count; i++)
		count += text_is(fields->field[i].name, name);
	return count;
}

struct text fields_at(const struct fields *fields, const char *name, size_t index)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (text_is(fields->field[i].name, name) && index-- == 0)
			return fields->field[i].value;
	}
	return (struct text){0};
}

struct text fields_get(const struct fields *fields, const char *name)
{
	if (fields_count(fields, name) != 1)
		return (struct text){0};
	return fields_at(fields, name, 0);
}

bool fields_integer(const struct fields *fields, const char *name, int64_t *out_number)
{
	struct text value = fields_get(fields, name);

	return value.data && text_integer(value, out_number);
}

bool fields_date(const struct fields *fields, const char *name, int32_t *out_days)
{
	struct text value = fields_get(fields, name);

	return value.data && date_parse(value, out_days);
}

bool fields_only(const struct fields *fields, const char *const *names)
{
	size_t known = 0;

	for (; *names; names++) {
		size_t count = fields_count(fields, *names);

		if (count > 1)
			return false;
		known += count;
	}
	return known == fields->count;
}
