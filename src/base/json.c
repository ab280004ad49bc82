/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "base/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void json_before_value(struct json *json)
{
	if (json->comma)
		buffer_char(json->out, ',');
	json->comma = true;
}

static void json_open(struct json *json, char bracket)
{
	json_before_value(json);
	buffer_char(json->out, bracket);
	json->comma = false;
}

static void json_close(struct json *json, char bracket)
{
	buffer_char(json->out, bracket);
	json->comma = true;
}

void json_object_open(struct json *json)
{
	json_open(json, '{');
}

void json_object_close(struct json *json)
{
	json_close(json, '}');
}

void json_array_open(struct json *json)
{
	json_open(json, '[');
}

void json_array_close(struct json *json)
{
	json_close(json, ']');
}

/* `<` is escaped too, so that JSON can stand inside an HTML script element. */
static void json_escaped(struct buffer *out, unsigned char byte)
{
	switch (byte) {
	case '"':
		buffer_string(out, "\\\"");
		break;
	case '\\':
		buffer_string(out, "\\\\");
		break;
	case '\n':
		buffer_string(out, "\\n");
		break;
	case '\r':
		buffer_string(out, "\\r");
		break;
	case '\t':
		buffer_string(out, "\\t");
		break;
	default:
		buffer_format(out, "\\u%04x", byte);
	}
}

static bool json_plain(unsigned char byte)
{
	return byte >= 0x20 && byte != '"' && byte != '\\' && byte != '<' && byte != 0x7F;
}

static void json_quoted(struct buffer *out, struct text text)
{
	bool utf8 = text_is_utf8(text);
	size_t start = 0;

	buffer_char(out, '"');
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if (json_plain(byte) && (utf8 || byte < 0x80))
			continue;
		buffer_add(out, text.data + start, i - start);
		if (byte >= 0x80)
			buffer_string(out, "\xEF\xBF\xBD");
		else
			json_escaped(out, byte);
		start = i + 1;
	}
	if (text.length > start)
		buffer_add(out, text.data + start, text.length - start);
	buffer_char(out, '"');
}

void json_key(struct json *json, const char *key)
{
	json_before_value(json);
	json_quoted(json->out, text_of(key));
	buffer_char(json->out, ':');
	json->comma = false;
}

void json_text(struct json *json, struct text text)
{
	json_before_value(json);
	json_quoted(json->out, text);
}

void json_string(struct json *json, const char *string)
{
	if (string)
		json_text(json, text_of(string));
	else
		json_null(json);
}

void json_integer(struct json *json, int64_t number)
{
	char digits[JSON_NUMBER_SIZE];

	json_before_value(json);
	if (number > -INT64_C(100000000000000) && number < INT64_C(100000000000000) &&
		decimal_text((double)number, digits))
		buffer_string(json->out, digits);
	else
		buffer_format(json->out, "%lld", (long long)number);
}

char *json_number_text(double number, char out[JSON_NUMBER_SIZE])
{
	if (decimal_text(number, out))
		return out;
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(out, JSON_NUMBER_SIZE, "%.*g", digits, number);
		if (strtod(out, NULL) == number)
			break;
	}
	return out;
}

void json_number(struct json *json, double number)
{
	char digits[JSON_NUMBER_SIZE];

	if (!isfinite(number)) {
		json_null(json);
		return;
	}
	json_before_value(json);
	buffer_string(json->out, json_number_text(number, digits));
}

void json_boolean(struct json *json, bool value)
{
	json_before_value(json);
	buffer_string(json->out, value ? "true" : "false");
}

void json_null(struct json *json)
{
	json_before_value(json);
	buffer_string(json->out, "null");
}
