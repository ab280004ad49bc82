/* SPDX-License-Identifier: MIT */
#include "web/pages/query.h"

#include "web/part.h"

enum { PAGES_MOST = 100000 };

static void add_escaped(struct buffer *out, struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			c == '-' || c == '.' || c == '_' || c == '~')
			buffer_char(out, (char)c);
		else
			buffer_format(out, "%%%02X", c);
	}
}

static void add_field(struct buffer *out, char *joint, struct text name, struct text value)
{
	buffer_char(out, *joint);
	*joint = '&';
	add_escaped(out, name);
	buffer_char(out, '=');
	add_escaped(out, value);
}

const char *query_with(
	const struct request *request, const char *path, const char *name, const char *value)
{
	struct buffer out = buffer_in(request->arena);
	char joint = '?';

	buffer_string(&out, path);
	for (size_t i = 0; i < request->query.count; i++) {
		const struct field *field = &request->query.field[i];

		if (field->value.length > 0 && !text_is(field->name, name) &&
			!text_is(field->name, "page") && !text_is(field->name, "before"))
			add_field(&out, &joint, field->name, field->value);
	}
	if (value)
		add_field(&out, &joint, text_of(name), text_of(value));
	return buffer_cstring(&out);
}

const char *query_without(const struct request *request, const char *path, const char *name)
{
	return query_with(request, path, name, NULL);
}

size_t query_first(const struct request *request, size_t of_a_page)
{
	int64_t page = 1;

	if (!fields_integer(&request->query, "page", &page) || page < 1 || page > PAGES_MOST)
		return 0;
	return ((size_t)page - 1) * of_a_page;
}

static const char *page_at(
	const struct request *request, const char *path, size_t first, size_t of_a_page)
{
	return query_with(
		request, path, "page", arena_format(request->arena, "%zu", first / of_a_page + 1));
}

void query_pages(struct model *page, const struct request *request, const char *path, size_t first,
	size_t of_a_page, size_t total)
{
	if (first == 0 && total <= of_a_page)
		return;
	part_pagination(page,
		first > 0 ? page_at(request, path, first - of_a_page, of_a_page) : NULL, NULL,
		first + of_a_page < total ? page_at(request, path, first + of_a_page, of_a_page)
					  : NULL,
		NULL);
}
