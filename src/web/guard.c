/* SPDX-License-Identifier: MIT */
#include "web/guard.h"

#include "web/target.h"

/* RFC 9110 section 5.6.2 */
static bool guard_is_token(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (c != '\0' && strchr("!#$%&'*+-.^_`|~", c))))
			return false;
	}
	return text.length > 0;
}

/* Any byte but control characters; a tab may stand between words. */
static bool guard_is_value(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return false;
	}
	return true;
}

struct text message_header(const struct message *message, const char *name, size_t *out_count)
{
	struct text wanted = text_of(name), found = {0};
	size_t count = 0;

	for (size_t i = 0; i < message->header_count; i++) {
		if (!text_same_letters(message->headers[i].name, wanted))
			continue;
		found = message->headers[i].value;
		count++;
	}
	if (out_count)
		*out_count = count;
	if (count != 1)
		return (struct text){0};
	return text_trim(found);
}

static size_t guard_count(const struct message *message, const char *name)
{
	size_t count;

	message_header(message, name, &count);
	return count;
}

static int guard_refuse(int status, const char *words, const char **out_words)
{
	*out_words = words;
	return status;
}

static int guard_lines(const struct message *message, const char **out_words)
{
	size_t bytes = 0;

	if (message->lines_broken)
		return guard_refuse(400, "The request has a broken header line.", out_words);
	if (message->headers_cut || message->header_count > GUARD_HEADERS_LIMIT)
		return guard_refuse(431, "The request has too many headers.", out_words);
	for (size_t i = 0; i < message->header_count; i++) {
		const struct message_header *header = &message->headers[i];

		if (!guard_is_token(header->name) || !guard_is_value(header->value))
			return guard_refuse(400, "The request has a broken header.", out_words);
		bytes += header->name.length + header->value.length + 4;
		if (header->value.length > GUARD_VALUE_LIMIT || bytes > GUARD_HEADER_BYTES)
			return guard_refuse(
				431, "The headers of the request are too long.", out_words);
	}
	return 0;
}

/* RFC 9112 section 6: one way to say how long the body is, and only one. */
static int guard_length(
	const struct message *message, struct guard_facts *facts, const char **out_words)
{
	size_t count;
	struct text length = message_header(message, "Content-Length", &count);
	int64_t number;

	if (guard_count(message, "Transfer-Encoding") > 0) {
		if (count > 0 || text_is(message->version, "HTTP/1.0"))
			return guard_refuse(
				400, "The request says its length in two ways.", out_words);
		return guard_refuse(411, "The request must say its length.", out_words);
	}
	if (count == 0)
		return 0;
	/* text_integer takes a minus, which no length has */
	if (count > 1 || length.length == 0 || length.length > 15 || length.data[0] == '-' ||
		!text_integer(length, &number))
		return guard_refuse(400, "The request says its length wrongly.", out_words);
	facts->length = (uint64_t)number;
	facts->has_length = true;
	return 0;
}

static int guard_host_form(
	const struct message *message, struct guard_facts *facts, const char **out_words)
{
	size_t count;

	facts->host = message_header(message, "Host", &count);
	if (count != 1 || facts->host.length == 0 || facts->host.length > 255)
		return guard_refuse(400, "The request must name one host.", out_words);
	for (size_t i = 0; i < facts->host.length; i++) {
		char c = facts->host.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (c != '\0' && strchr(".-:[]_", c))))
			return guard_refuse(400, "The request names no host.", out_words);
	}
	return 0;
}

/* What changes the meaning of a request behind the back of its first line. */
static int guard_meaning(const struct message *message, const char **out_words)
{
	static const char *const overrides[] = {
		"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"};
	size_t count;
	struct text expect = message_header(message, "Expect", &count);

	for (size_t i = 0; i < sizeof overrides / sizeof *overrides; i++) {
		if (guard_count(message, overrides[i]) > 0)
			return guard_refuse(
				400, "The method of a request cannot be overridden.", out_words);
	}
	if (count > 0 && !text_same_letters(expect, TEXT("100-continue")))
		return guard_refuse(417, "The request expects what is not done here.", out_words);
	return 0;
}

int guard_check(
	const struct message *message, struct guard_facts *out_facts, const char **out_words)
{
	struct guard_facts facts = {0};
	int status = 0;

	if (message->target.length > TARGET_LIMIT)
		return guard_refuse(414, "The address is too long.", out_words);
	if (!guard_is_token(message->method) ||
		(!text_is(message->version, "HTTP/1.1") && !text_is(message->version, "HTTP/1.0")))
		return guard_refuse(400, "The request is not one of HTTP.", out_words);
	status = guard_lines(message, out_words);
	if (!status)
		status = guard_length(message, &facts, out_words);
	if (!status)
		status = guard_host_form(message, &facts, out_words);
	if (!status)
		status = guard_meaning(message, out_words);
	if (!status)
		*out_facts = facts;
	return status;
}

/* "name" or "name:digits" */
static bool guard_is_named(struct text host, struct text name)
{
	if (host.length < name.length ||
		!text_same_letters((struct text){host.data, name.length}, name))
		return false;
	if (host.length == name.length)
		return true;
	if (host.data[name.length] != ':' || host.length == name.length + 1)
		return false;
	for (size_t i = name.length + 1; i < host.length; i++) {
		if (host.data[i] < '0' || host.data[i] > '9')
			return false;
	}
	return true;
}

int guard_host(struct text host, const char *origin)
{
	const char *name = origin ? strstr(origin, "://") : NULL;

	if (name)
		return text_same_letters(host, text_of(name + 3)) ? 0 : 421;
	return guard_is_named(host, TEXT("localhost")) || guard_is_named(host, TEXT("127.0.0.1")) ||
			       guard_is_named(host, TEXT("[::1]"))
		       ? 0
		       : 421;
}

int guard_origin(const struct message *message, struct text origin)
{
	size_t sites, origins;
	struct text site = message_header(message, "Sec-Fetch-Site", &sites);
	struct text from = message_header(message, "Origin", &origins);

	if (sites > 1 || origins > 1 || (sites == 0 && origins == 0))
		return 403;
	if (sites == 1 && !text_is(site, "same-origin"))
		return 403;
	if (origins == 1 && !text_equal(from, origin))
		return 403;
	return 0;
}
