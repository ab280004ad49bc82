/* SPDX-License-Identifier: MIT */
/*
 * What comes from the wire, part by part; the first byte chooses which. Beside not crashing, what
 * is taken must hold what the headers of src/web promise.
 */
#include <assert.h>
#include <stdlib.h>

#include "web/cookie.h"
#include "web/fields.h"
#include "web/form_token.h"
#include "web/guard.h"
#include "web/gzip.h"
#include "web/multipart.h"
#include "web/percent.h"
#include "web/health.h"
#include "web/target.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const struct route routes[] = {
	ROUTE(GET, "/", PUBLIC, health_page, "Home", PAGE),
	ROUTE(GET, "/children/{child}/{what}", PUBLIC, health_page, "Of a child", PAGE),
	ROUTE(GET, "/children/{child}/new", PUBLIC, health_page, "New", PAGE),
	ROUTE(GET, "/assets/{hash}/{name...}", PUBLIC, asset_page, "Files", ASSET),
};

static void try_fields(struct arena *arena, struct text input)
{
	struct fields fields = {0};
	struct error error;

	if (!fields_decode(arena, input, &fields, &error)) {
		assert(error.code != ERROR_NONE && error.message[0]);
		return;
	}
	assert(fields.count <= FIELDS_LIMIT);
	for (size_t i = 0; i < fields.count; i++) {
		assert(fields.field[i].name.length > 0);
		assert(text_is_plain(fields.field[i].name, false));
		assert(text_is_plain(fields.field[i].value, true));
	}
}

static void try_target(struct arena *arena, struct text input)
{
	struct target target;
	struct route_names names;
	struct error error;
	unsigned allowed;
	struct text rest, part;

	if (!target_read(arena, input, &target, &error))
		return;
	assert(target.path.length > 0 && target.path.data[0] == '/');
	assert(text_is_plain(target.path, false));
	assert(!memchr(target.path.data, '\\', target.path.length));
	rest = (struct text){target.path.data + 1, target.path.length - 1};
	while (rest.length > 0 && text_split(&rest, '/', &part)) {
		assert(part.length > 0 && !text_is(part, ".") && !text_is(part, ".."));
		assert(!rest.data || rest.length > 0);
	}
	if (!route_find(routes, sizeof routes / sizeof *routes, METHOD_GET, target.path, &names,
		    &allowed))
		return;
	for (size_t i = 0; i < names.count; i++)
		assert(names.named[i].name.length > 0 && names.named[i].value.length > 0);
}

static void try_cookie(struct text input)
{
	struct text value = cookie_find(input, TEXT("session"));

	assert(!value.data || cookie_value_is_plain(value));
	gzip_is_accepted(input);
}

static bool write_down(
	void *context, const struct multipart_part *part, struct text piece, struct error *error)
{
	struct buffer *out = context;

	(void)error;
	assert(part->name.length > 0);
	if (!piece.data) {
		assert(text_is_plain(part->name, false));
		assert(!part->file_name.data ||
			!memchr(part->file_name.data, '/', part->file_name.length));
		buffer_string(out, "\n[");
		buffer_text(out, part->name);
		buffer_string(out, "]\n");
	}
	buffer_text(out, piece);
	return true;
}

/* The same body, whole and in pieces of `step`, gives the same. */
static struct text read_multipart(struct arena *arena, struct text body, size_t step, bool *good)
{
	struct buffer out = buffer_in(arena);
	struct multipart *multipart;
	struct error error;

	*good = multipart_open(arena, TEXT("multipart/form-data; boundary=b"), write_down, &out,
		&multipart, &error);
	while (*good && body.length > 0) {
		size_t length = body.length < step ? body.length : step;

		*good = multipart_read(multipart, (struct text){body.data, length}, &error);
		body = (struct text){body.data + length, body.length - length};
	}
	*good = *good && multipart_end(multipart, &error);
	return (struct text){out.data, out.length};
}

static void try_multipart(struct arena *arena, struct text input)
{
	size_t step = input.length ? 1 + (unsigned char)input.data[0] % 9 : 1;
	bool good, again;
	struct text whole = read_multipart(arena, input, SIZE_MAX, &good);
	struct text cut = read_multipart(arena, input, step, &again);
	struct multipart *multipart;
	struct error error;

	assert(good == again);
	assert(!good || text_equal(whole, cut));
	if (multipart_open(arena, input, write_down, NULL, &multipart, &error))
		assert(input.length > 19);
}

/* Lines of "name: value" as headers. */
static void try_guard(struct text input)
{
	struct message_header headers[GUARD_HEADERS_LIMIT];
	struct message message = {.method = TEXT("GET"),
		.target = TEXT("/"),
		.version = TEXT("HTTP/1.1"),
		.headers = headers};
	struct guard_facts facts;
	const char *words;
	struct text line, name;
	size_t count;

	while (text_split(&input, '\n', &line) && message.header_count < GUARD_HEADERS_LIMIT) {
		if (!text_split(&line, ':', &name))
			continue;
		headers[message.header_count++] =
			(struct message_header){name, line.data ? line : TEXT("")};
	}
	if (guard_check(&message, &facts, &words) != 0)
		return;
	message_header(&message, "Host", &count);
	assert(count == 1 && facts.host.length > 0);
	message_header(&message, "Content-Length", &count);
	assert(count <= 1);
	message_header(&message, "Transfer-Encoding", &count);
	assert(count == 0);
	guard_host(facts.host, NULL);
	guard_origin(&message, TEXT("http://localhost"));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_open();
	struct text input;

	if (!arena || size == 0) {
		arena_close(arena);
		return 0;
	}
	/* a copy of exactly its length, so that a byte too far is seen */
	input.length = size - 1;
	input.data = memcpy(malloc(size), data + 1, size - 1);
	switch (data[0] % 6) {
	case 0:
		try_fields(arena, input);
		break;
	case 1:
		try_target(arena, input);
		break;
	case 2:
		try_cookie(input);
		break;
	case 3:
		try_multipart(arena, input);
		break;
	case 4:
		try_guard(input);
		break;
	default:
		form_token_is_good((const unsigned char *)"01234567890123456789012345678901",
			TEXT("alice"), 1, input);
	}
	free((void *)(uintptr_t)input.data);
	arena_close(arena);
	return 0;
}
