/* SPDX-License-Identifier: MIT */
#include "web/multipart.h"

#include "web/percent.h"

enum multipart_state {
	MULTIPART_START, /* the body begins with a delimiter */
	MULTIPART_AFTER, /* behind a delimiter: CRLF or -- */
	MULTIPART_HEAD,
	MULTIPART_BODY,
	MULTIPART_END, /* whatever follows is no part */
};

struct multipart {
	multipart_take *take;
	void *context;
	enum multipart_state state;
	size_t parts;
	char delimiter[4 + MULTIPART_BOUNDARY_LIMIT]; /* CR LF - - boundary */
	size_t delimiter_length;
	size_t matched; /* bytes of the delimiter seen; only its first byte is a CR */
	char after[2];
	size_t after_length;
	char head[MULTIPART_HEAD_LIMIT];
	size_t head_length;
	struct multipart_part part;
};

static bool multipart_wrong(struct error *error)
{
	return error_set(error, ERROR_INPUT, "the uploaded form is damaged: please send it again");
}

/* The next `; name=value` or `; name="value"` off the front of *rest. */
static bool multipart_parameter(struct text *rest, struct text *out_name, struct text *out_value)
{
	struct text text = text_trim(*rest);
	const char *equals, *end;

	if (text.length == 0 || text.data[0] != ';')
		return false;
	text = text_trim((struct text){text.data + 1, text.length - 1});
	equals = text.length ? memchr(text.data, '=', text.length) : NULL;
	if (!equals)
		return false;
	*out_name = (struct text){text.data, (size_t)(equals - text.data)};
	text = (struct text){equals + 1, text.length - out_name->length - 1};
	if (text.length > 0 && text.data[0] == '"') {
		text = (struct text){text.data + 1, text.length - 1};
		end = text.length ? memchr(text.data, '"', text.length) : NULL;
		if (!end)
			return false;
		*out_value = (struct text){text.data, (size_t)(end - text.data)};
		*rest = (struct text){end + 1, text.length - out_value->length - 1};
		return true;
	}
	end = text.length ? memchr(text.data, ';', text.length) : NULL;
	*out_value = (struct text){text.data, end ? (size_t)(end - text.data) : text.length};
	*rest = (struct text){text.data + out_value->length, text.length - out_value->length};
	return true;
}

/* RFC 2046 section 5.1.1, bchars without the space */
static bool multipart_is_boundary(struct text boundary)
{
	for (size_t i = 0; i < boundary.length; i++) {
		char c = boundary.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (c != '\0' && strchr("'()+_,-./:=?", c))))
			return false;
	}
	return boundary.length > 0 && boundary.length <= MULTIPART_BOUNDARY_LIMIT;
}

bool multipart_open(struct arena *arena, struct text content_type, multipart_take *take,
	void *context, struct multipart **out_multipart, struct error *error)
{
	struct text type = TEXT("multipart/form-data"), rest, name, value, boundary = {0};
	struct multipart *multipart;

	if (content_type.length < type.length ||
		!text_same_letters((struct text){content_type.data, type.length}, type))
		return error_set(
			error, ERROR_INPUT, "this page takes files from its own form only");
	rest = (struct text){content_type.data + type.length, content_type.length - type.length};
	while (multipart_parameter(&rest, &name, &value)) {
		if (text_same_letters(text_trim(name), TEXT("boundary")) && !boundary.data)
			boundary = value;
	}
	if (!multipart_is_boundary(boundary))
		return multipart_wrong(error);
	multipart = arena_take(arena, 1, sizeof *multipart);
	if (!multipart)
		return error_no_memory(error);
	multipart->take = take;
	multipart->context = context;
	memcpy(multipart->delimiter, "\r\n--", 4);
	memcpy(multipart->delimiter + 4, boundary.data, boundary.length);
	multipart->delimiter_length = 4 + boundary.length;
	multipart->matched = 2; /* the first delimiter has no line before it */
	*out_multipart = multipart;
	return true;
}

/* The name a person knows the file by: no folders of whatever system. */
static struct text multipart_file_name(struct text value)
{
	for (size_t i = value.length; i > 0; i--) {
		if (value.data[i - 1] == '/' || value.data[i - 1] == '\\')
			return (struct text){value.data + i, value.length - i};
	}
	return value;
}

static bool multipart_disposition(
	struct multipart_part *part, struct text value, struct error *error)
{
	struct text kind = TEXT("form-data"), name, given;

	if (part->name.data || value.length < kind.length ||
		!text_same_letters((struct text){value.data, kind.length}, kind))
		return multipart_wrong(error);
	value = (struct text){value.data + kind.length, value.length - kind.length};
	while (multipart_parameter(&value, &name, &given)) {
		if (text_same_letters(name, TEXT("name"))) {
			if (part->name.data)
				return multipart_wrong(error);
			part->name = given;
		} else if (text_same_letters(name, TEXT("filename"))) {
			if (part->file_name.data)
				return multipart_wrong(error);
			part->file_name = multipart_file_name(given);
		}
	}
	return text_trim(value).length == 0 || multipart_wrong(error);
}

static bool multipart_head_line(struct multipart_part *part, struct text line, struct error *error)
{
	const char *colon = line.length ? memchr(line.data, ':', line.length) : NULL;
	struct text name, value;

	if (!colon || !text_is_plain(line, false))
		return multipart_wrong(error);
	name = (struct text){line.data, (size_t)(colon - line.data)};
	value = text_trim((struct text){colon + 1, line.length - name.length - 1});
	if (text_same_letters(name, TEXT("Content-Disposition")))
		return multipart_disposition(part, value, error);
	if (text_same_letters(name, TEXT("Content-Type")))
		part->type = value;
	if (text_same_letters(name, TEXT("Content-Transfer-Encoding")))
		return multipart_wrong(error); /* RFC 7578 section 4.7: not to be used */
	return true;
}

/* The head is whole: lines each ended by CRLF, the last one empty. */
static bool multipart_read_head(struct multipart *multipart, struct error *error)
{
	struct text rest = {multipart->head, multipart->head_length - 2};

	multipart->part = (struct multipart_part){.type = TEXT("")};
	while (rest.length > 0) {
		const char *end = memmem(rest.data, rest.length, "\r\n", 2);
		struct text line = {rest.data, end ? (size_t)(end - rest.data) : rest.length};

		if (!end || !multipart_head_line(&multipart->part, line, error))
			return end ? false : multipart_wrong(error);
		rest = (struct text){end + 2, rest.length - line.length - 2};
	}
	if (multipart->part.name.length == 0)
		return multipart_wrong(error);
	if (++multipart->parts > MULTIPART_PARTS_LIMIT)
		return error_set(error, ERROR_LIMIT, "the form has more than %d fields and files",
			MULTIPART_PARTS_LIMIT);
	multipart->state = MULTIPART_BODY;
	multipart->matched = 0;
	return multipart->take(multipart->context, &multipart->part, (struct text){0}, error);
}

static bool multipart_head_byte(struct multipart *multipart, char byte, struct error *error)
{
	char *head = multipart->head;
	size_t length;

	if (multipart->head_length == MULTIPART_HEAD_LIMIT)
		return multipart_wrong(error);
	head[multipart->head_length++] = byte;
	length = multipart->head_length;
	if (length >= 4 && memcmp(head + length - 4, "\r\n\r\n", 4) == 0)
		return multipart_read_head(multipart, error);
	return true;
}

static bool multipart_after_byte(struct multipart *multipart, char byte, struct error *error)
{
	multipart->after[multipart->after_length++] = byte;
	if (multipart->after_length < 2)
		return true;
	multipart->after_length = 0;
	multipart->head_length = 0;
	if (memcmp(multipart->after, "\r\n", 2) == 0)
		multipart->state = MULTIPART_HEAD;
	else if (memcmp(multipart->after, "--", 2) == 0 && multipart->parts > 0)
		multipart->state = MULTIPART_END;
	else
		return multipart_wrong(error);
	return true;
}

static bool multipart_give(struct multipart *multipart, struct text piece, struct error *error)
{
	return piece.length == 0 ||
	       multipart->take(multipart->context, &multipart->part, piece, error);
}

/* One step through the bytes of a part: up to the next CR, or one byte of a delimiter. */
static bool multipart_body_step(
	struct multipart *multipart, struct text *bytes, struct error *error)
{
	size_t used = 1;

	if (multipart->matched == 0) {
		const char *cr = memchr(bytes->data, '\r', bytes->length);
		size_t plain = cr ? (size_t)(cr - bytes->data) : bytes->length;

		if (!multipart_give(multipart, (struct text){bytes->data, plain}, error))
			return false;
		used = cr ? plain + 1 : plain;
		multipart->matched = cr ? 1 : 0;
	} else if (bytes->data[0] == multipart->delimiter[multipart->matched]) {
		if (++multipart->matched == multipart->delimiter_length) {
			multipart->matched = 0;
			multipart->state = MULTIPART_AFTER;
		}
	} else {
		struct text passed = {multipart->delimiter, multipart->matched};

		if (multipart->state == MULTIPART_START)
			return multipart_wrong(error);
		used = 0; /* the byte may begin a delimiter itself */
		multipart->matched = 0;
		if (!multipart_give(multipart, passed, error))
			return false;
	}
	bytes->data += used;
	bytes->length -= used;
	return true;
}

bool multipart_read(struct multipart *multipart, struct text bytes, struct error *error)
{
	while (bytes.length > 0) {
		bool good = true;

		switch (multipart->state) {
		case MULTIPART_START:
		case MULTIPART_BODY:
			if (!multipart_body_step(multipart, &bytes, error))
				return false;
			continue;
		case MULTIPART_AFTER:
			good = multipart_after_byte(multipart, bytes.data[0], error);
			break;
		case MULTIPART_HEAD:
			good = multipart_head_byte(multipart, bytes.data[0], error);
			break;
		case MULTIPART_END:
			return true;
		}
		if (!good)
			return false;
		bytes.data++;
		bytes.length--;
	}
	return true;
}

bool multipart_end(struct multipart *multipart, struct error *error)
{
	return multipart->state == MULTIPART_END || multipart_wrong(error);
}
