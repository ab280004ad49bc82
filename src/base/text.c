/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include "base/format.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned char text_lower(char character)
{
	unsigned char byte = (unsigned char)character;

	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

bool text_same_letters(struct text a, struct text b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++) {
		if (text_lower(a.data[i]) != text_lower(b.data[i]))
			return false;
	}
	return true;
}

int text_compare(struct text a, struct text b)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = shorter ? memcmp(a.data, b.data, shorter) : 0;

	if (order)
		return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

static bool text_is_space(char character)
{
	return character == ' ' || (character >= '\t' && character <= '\r');
}

struct text text_trim(struct text text)
{
	static const char no_break[2] = {'\xC2', '\xA0'};
	bool changed = true;

	while (changed && text.length) {
		changed = true;
		if (text_is_space(text.data[0])) {
			text.data++, text.length--;
		} else if (text.length >= 2 && memcmp(text.data, no_break, 2) == 0) {
			text.data += 2, text.length -= 2;
		} else if (text_is_space(text.data[text.length - 1])) {
			text.length--;
		} else if (text.length >= 2 &&
			   memcmp(text.data + text.length - 2, no_break, 2) == 0) {
			text.length -= 2;
		} else {
			changed = false;
		}
	}
	return text;
}

bool text_split(struct text *rest, char separator, struct text *out_piece)
{
	const char *found;

	if (!rest->data)
		return false;
	found = rest->length ? memchr(rest->data, separator, rest->length) : NULL;
	if (!found) {
		*out_piece = *rest;
		*rest = (struct text){0};
		return true;
	}
	*out_piece = (struct text){rest->data, (size_t)(found - rest->data)};
	rest->length -= out_piece->length + 1;
	rest->data = found + 1;
	return true;
}

bool text_integer(struct text text, int64_t *out_number)
{
	bool minus = text.length && text.data[0] == '-';
	int64_t number = 0;
	size_t i = minus ? 1 : 0;

	if (i == text.length)
		return false;
	for (; i < text.length; i++) {
		int digit = text.data[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(number, 10, &number) ||
			__builtin_sub_overflow(number, digit, &number))
			return false;
	}
	if (!minus && number == INT64_MIN)
		return false;
	*out_number = minus ? number : -number;
	return true;
}

bool text_number(struct text text, double *out_number)
{
	char copy[64];
	size_t digits = 0, points = 0;

	if (!text.length || text.length >= sizeof copy)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		char character = text.data[i];

		if (character >= '0' && character <= '9')
			digits++;
		else if (character == '.')
			points++;
		else if (character != '-' || i != 0)
			return false;
	}
	if (!digits || points > 1)
		return false;
	memcpy(copy, text.data, text.length);
	copy[text.length] = '\0';
	*out_number = strtod(copy, NULL);
	return true;
}

uint64_t text_hash(struct text text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.length; i++) {
		hash ^= (unsigned char)text.data[i];
		hash *= UINT64_C(0x100000001b3);
	}
	hash ^= hash >> 32;
	hash *= UINT64_C(0x9fb21c651e98df25);
	return hash ^ hash >> 28;
}

/* Length of the well-formed UTF-8 sequence at `bytes`, 0 when there is none (Unicode table 3-7). */
static size_t text_utf8_length(const unsigned char *bytes, size_t left)
{
	unsigned char first = bytes[0], low = 0x80, high = 0xBF;
	size_t length;

	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	if (first == 0xE0)
		low = 0xA0;
	else if (first == 0xED)
		high = 0x9F;
	else if (first == 0xF0)
		low = 0x90;
	else if (first == 0xF4)
		high = 0x8F;
	if (left < length || bytes[1] < low || bytes[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++) {
		if (bytes[i] < 0x80 || bytes[i] > 0xBF)
			return 0;
	}
	return length;
}

bool text_is_utf8(struct text text)
{
	const unsigned char *bytes = (const unsigned char *)text.data;

	for (size_t i = 0; i < text.length;) {
		size_t step = text_utf8_length(bytes + i, text.length - i);

		if (!step)
			return false;
		i += step;
	}
	return true;
}

static bool buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t wanted, capacity = buffer->capacity ? buffer->capacity : 256;
	char *data;

	if (buffer->failed)
		return false;
	if (__builtin_add_overflow(buffer->length, more + 1, &wanted) || wanted > SIZE_MAX / 2) {
		buffer->failed = true;
		return false;
	}
	if (wanted <= buffer->capacity)
		return true;
	while (capacity < wanted)
		capacity *= 2;
	data = arena_grow_raw(buffer->arena, buffer->data, buffer->capacity, capacity, 1);
	if (!data) {
		buffer->failed = true;
		return false;
	}
	buffer->data = data;
	buffer->capacity = capacity;
	return true;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
	if (!length || !buffer_reserve(buffer, length))
		return;
	memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
}

bool buffer_room(struct buffer *buffer, size_t bytes)
{
	return buffer_reserve(buffer, bytes);
}

void buffer_text(struct buffer *buffer, struct text text)
{
	buffer_add(buffer, text.data, text.length);
}

void buffer_string(struct buffer *buffer, const char *string)
{
	buffer_add(buffer, string, strlen(string));
}

void buffer_char(struct buffer *buffer, char character)
{
	buffer_add(buffer, &character, 1);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	char shortly[256];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = format_words(shortly, sizeof shortly, format, arguments);
	va_end(arguments);
	if (length > 0 && length < (int)sizeof shortly) {
		buffer_add(buffer, shortly, (size_t)length);
		return;
	}
	if (length <= 0 || !buffer_reserve(buffer, (size_t)length))
		return;
	va_start(arguments, format);
	format_words(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	buffer->length += (size_t)length;
}

const char *buffer_cstring(struct buffer *buffer)
{
	if (!buffer_reserve(buffer, 0))
		return "";
	buffer->data[buffer->length] = '\0';
	return buffer->data;
}
