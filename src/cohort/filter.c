/* SPDX-License-Identifier: MIT */
#include "cohort/filter.h"

static bool is_space(char character)
{
	return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/* The length of a name with its `=` at the beginning of `text`, 0 when there is none. */
static size_t name_length(struct text text)
{
	size_t length = 0;

	while (length < text.length && ((text.data[length] >= 'a' && text.data[length] <= 'z') ||
					       text.data[length] == '_'))
		length++;
	return length > 0 && length < text.length && text.data[length] == '=' ? length + 1 : 0;
}

static struct text text_from(struct text text, size_t start)
{
	return (struct text){text.data + start, text.length - start};
}

static int shown(struct text text)
{
	return text.length < 60 ? (int)text.length : 60;
}

/* Cuts one alternative off the front: in quotes, or up to `|` or the next name. */
static bool value_piece(struct text *rest, struct text *out_piece, struct error *error)
{
	struct text text = *rest;
	size_t end = 0;

	if (text.length > 0 && (text.data[0] == '"' || text.data[0] == '\'')) {
		const char *close = memchr(text.data + 1, text.data[0], text.length - 1);

		if (!close)
			return error_set(error, ERROR_INPUT,
				"a quote in the filter is not closed: %.*s", shown(text),
				text.data);
		*out_piece = (struct text){text.data + 1, (size_t)(close - text.data) - 1};
		*rest = text_trim(text_from(text, (size_t)(close - text.data) + 1));
		return true;
	}
	while (end < text.length && text.data[end] != '|' &&
		!(is_space(text.data[end]) && name_length(text_from(text, end + 1)) > 0))
		end++;
	*out_piece = text_trim((struct text){text.data, end});
	*rest = text_trim(text_from(text, end));
	return true;
}

static void list_codes(struct buffer *out, const struct grouping *grouping)
{
	for (int i = 0; i <= grouping->count; i++) {
		buffer_string(out, i ? ", " : "");
		buffer_string(out, grouping->codes[i]);
	}
}

static bool unknown_code(
	struct arena *arena, const struct grouping *grouping, struct text code, struct error *error)
{
	struct buffer list = buffer_in(arena);

	list_codes(&list, grouping);
	return error_set(error, ERROR_INPUT, "%s has no group \"%.*s\"; it has %s", grouping->name,
		shown(code), code.data, buffer_cstring(&list));
}

static bool unknown_name(
	struct arena *arena, const struct schema *schema, struct text name, struct error *error)
{
	struct buffer list = buffer_in(arena);

	for (int i = 0; i < GROUPING_COUNT; i++)
		if (i != GROUPING_COST_SIDE) {
			buffer_string(&list, schema->groupings[i].name);
			buffer_string(&list, ", ");
		}
	buffer_string(&list, "authority, provider");
	return error_set(error, ERROR_INPUT, "no filter is called \"%.*s\"; there are %s",
		shown(name), name.data, buffer_cstring(&list));
}

static bool condition_name(struct filter_condition *condition, struct arena *arena,
	const struct schema *schema, struct text name, struct error *error)
{
	int grouping = grouping_number(schema->groupings, name);

	if (text_is(name, "authority")) {
		condition->grouping = FILTER_AUTHORITY;
		condition->name = TEXT("authority");
	} else if (text_is(name, "provider")) {
		condition->grouping = FILTER_PROVIDER;
		condition->name = TEXT("provider");
	} else if (grouping >= 0 && grouping != GROUPING_COST_SIDE) {
		condition->grouping = grouping;
		condition->name = text_of(schema->groupings[grouping].name);
	} else {
		return unknown_name(arena, schema, name, error);
	}
	return true;
}

static bool condition_add(struct filter_condition *condition, struct arena *arena,
	const struct schema *schema, struct text piece, struct error *error)
{
	if (condition->name_count == FILTER_VALUES_MOST)
		return error_set(error, ERROR_LIMIT, "a filter takes at most %d values of %.*s",
			FILTER_VALUES_MOST, (int)condition->name.length, condition->name.data);
	if (condition->grouping >= 0) {
		const struct grouping *grouping = &schema->groupings[condition->grouping];
		int group = grouping_find(grouping, piece);

		if (group < 0)
			return unknown_code(arena, grouping, piece, error);
		condition->groups |= (uint32_t)1 << group;
		return true;
	}
	condition->names[condition->name_count] =
		(struct text){arena_copy(arena, piece.data, piece.length), piece.length};
	if (!condition->names[condition->name_count].data)
		return error_no_memory(error);
	condition->name_count++;
	return true;
}

/* Reads the values after a name off the front of *rest. */
static bool condition_values(struct filter_condition *condition, struct arena *arena,
	const struct schema *schema, struct text *rest, struct error *error)
{
	struct text written = *rest, piece = {NULL, 0};
	size_t pieces = 0;
	bool more = true;

	while (more) {
		if (!value_piece(rest, &piece, error) ||
			!condition_add(condition, arena, schema, piece, error))
			return false;
		pieces++;
		more = rest->length > 0 && rest->data[0] == '|';
		if (more)
			*rest = text_trim(text_from(*rest, 1));
	}
	written.length = rest->length ? (size_t)(rest->data - written.data) : written.length;
	written = pieces == 1 ? piece : text_trim(written);
	condition->value =
		(struct text){arena_copy(arena, written.data, written.length), written.length};
	return condition->value.data || error_no_memory(error);
}

static bool filter_add(
	struct filter *filter, const struct filter_condition *condition, struct error *error)
{
	for (size_t i = 0; i < filter->count; i++)
		if (text_equal(filter->conditions[i].name, condition->name))
			return error_set(error, ERROR_INPUT,
				"the filter names %.*s twice: put | between values of which either "
				"will do",
				(int)condition->name.length, condition->name.data);
	if (filter->count == FILTER_CONDITIONS_MOST)
		return error_set(error, ERROR_LIMIT, "a filter has at most %d conditions",
			FILTER_CONDITIONS_MOST);
	filter->conditions[filter->count++] = *condition;
	return true;
}

bool filter_parse(struct filter *filter, struct arena *arena, const struct schema *schema,
	struct text text, struct error *error)
{
	struct text rest = text_trim(text);

	while (rest.length > 0) {
		struct filter_condition condition = {.name_count = 0};
		size_t length = name_length(rest);

		if (length == 0)
			return error_set(error, ERROR_INPUT,
				"a filter is written name=value, not \"%.*s\"", shown(rest),
				rest.data);
		if (!condition_name(
			    &condition, arena, schema, (struct text){rest.data, length - 1}, error))
			return false;
		rest = text_trim(text_from(rest, length));
		if (!condition_values(&condition, arena, schema, &rest, error) ||
			!filter_add(filter, &condition, error))
			return false;
	}
	return true;
}
