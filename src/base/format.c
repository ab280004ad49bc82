/* SPDX-License-Identifier: MIT */
#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct target {
	char *out;
	size_t room, length; /* length counts what had no room, too */
};

static void put(struct target *target, const char *bytes, size_t length)
{
	size_t left = target->length < target->room ? target->room - target->length : 0;

	if (left)
		memcpy(target->out + target->length, bytes, length < left ? length : left);
	target->length += length;
}

static void put_number(struct target *target, uint64_t number, bool negative, int width)
{
	char digits[64];
	int at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while ((int)sizeof digits - at < width - negative)
		digits[--at] = '0';
	if (negative)
		digits[--at] = '-';
	put(target, digits + at, sizeof digits - (size_t)at);
}

/* What stands between % and the letter. */
struct directive {
	int width;  /* filled up with zeroes */
	int size;   /* of the number: 0 int, 1 long, 2 long long, 3 size_t */
	bool given; /* .*: the length is an argument */
	char letter;
};

static const char *read_directive(const char *at, struct directive *out)
{
	*out = (struct directive){.width = 0};
	if (*at == '0' && at[1] >= '1' && at[1] <= '9') {
		out->width = at[1] - '0';
		at += 2;
	} else if (at[0] == '.' && at[1] == '*') {
		out->given = true;
		at += 2;
	}
	for (; *at == 'l' && out->size < 2; at++)
		out->size++;
	if (*at == 'z' && out->size == 0) {
		out->size = 3;
		at++;
	}
	out->letter = *at;
	return at + 1;
}

static int64_t next_signed(int size, va_list *arguments)
{
	switch (size) {
	case 1:
		return va_arg(*arguments, long);
	case 2:
		return va_arg(*arguments, long long);
	case 3:
		return (int64_t)va_arg(*arguments, size_t);
	default:
		return va_arg(*arguments, int);
	}
}

static uint64_t next_unsigned(int size, va_list *arguments)
{
	switch (size) {
	case 1:
		return va_arg(*arguments, unsigned long);
	case 2:
		return va_arg(*arguments, unsigned long long);
	case 3:
		return va_arg(*arguments, size_t);
	default:
		return va_arg(*arguments, unsigned);
	}
}

static void put_string(struct target *target, const struct directive *directive, va_list *arguments)
{
	int most = directive->given ? va_arg(*arguments, int) : -1;
	const char *string = va_arg(*arguments, const char *);

	if (!string)
		string = "(null)";
	put(target, string, most < 0 ? strlen(string) : strnlen(string, (size_t)most));
}

/* False: it is for vsnprintf. */
static bool put_directive(
	struct target *target, const struct directive *directive, va_list *arguments)
{
	bool number = directive->letter == 'd' || directive->letter == 'u';
	int64_t value;
	char character;

	if ((directive->given && directive->letter != 's') ||
		(!number && (directive->width || directive->size)))
		return false;
	switch (directive->letter) {
	case 's':
		put_string(target, directive, arguments);
		return true;
	case 'c':
		character = (char)va_arg(*arguments, int);
		put(target, &character, 1);
		return true;
	case 'd':
		value = next_signed(directive->size, arguments);
		put_number(target, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, value < 0,
			directive->width);
		return true;
	case 'u':
		put_number(
			target, next_unsigned(directive->size, arguments), false, directive->width);
		return true;
	case '%':
		put(target, "%", 1);
		return true;
	default:
		return false;
	}
}

static bool put_all(struct target *target, const char *format, va_list *arguments)
{
	while (*format) {
		const char *percent = strchrnul(format, '%');
		struct directive directive;

		put(target, format, (size_t)(percent - format));
		if (!*percent)
			break;
		format = read_directive(percent + 1, &directive);
		if (!put_directive(target, &directive, arguments))
			return false;
	}
	return true;
}

int format_words(char *out, size_t room, const char *format, va_list arguments)
{
	struct target target = {out, room ? room - 1 : 0, 0};
	va_list own;
	bool done;

	va_copy(own, arguments);
	done = put_all(&target, format, &own);
	va_end(own);
	if (!done)
		return vsnprintf(out, room, format, arguments);
	if (room)
		out[target.length < room ? target.length : room - 1] = '\0';
	return (int)target.length;
}

int format_into(char *out, size_t room, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = format_words(out, room, format, arguments);
	va_end(arguments);
	return length;
}
