/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "import/xlsx_book.h"

enum {
	NUMERAL_SIZE = 32,
	DAY_1970_FROM_1900 = 25569, /* after the day that never was */
	DAY_1970_FROM_1904 = 24107,
	DAY_NEVER = 60,
	DAY_LAST_FROM_1900 = 2958465, /* 31 December 9999 */
	DAY_LAST_FROM_1904 = DAY_LAST_FROM_1900 - DAY_1970_FROM_1900 + DAY_1970_FROM_1904,
	DIGITS_SHOWN = 15, /* what spreadsheets show: beyond lie only errors of their sums */
};

/* Digits with at most one point, none of it superfluous: what most cells hold. */
static bool is_plain(struct text value)
{
	size_t start = value.length > 0 && value.data[0] == '-', point = 0;

	if (value.length == start)
		return false;
	if (value.data[start] == '0' && value.length > start + 1 && value.data[start + 1] != '.')
		return false;
	for (size_t i = start; i < value.length; i++) {
		if (value.data[i] == '.' && point == 0 && i > start)
			point = i;
		else if (value.data[i] < '0' || value.data[i] > '9')
			return false;
	}
	if (point == 0)
		return !(start && value.data[1] == '0');
	return value.length <= DIGITS_SHOWN && value.data[value.length - 1] != '0' &&
	       value.data[value.length - 1] != '.';
}

static bool number_of(struct text value, double *out_number)
{
	char copy[XLSX_NUMBER_SIZE], *end;

	if (value.length == 0 || value.length >= sizeof copy)
		return false;
	memcpy(copy, value.data, value.length);
	copy[value.length] = '\0';
	if (strspn(copy, "0123456789+-.eE") != value.length)
		return false;
	*out_number = strtod(copy, &end);
	return *end == '\0' && isfinite(*out_number);
}

/* Writes a number with its exponent as plain decimals; 0 when it does not fit. */
static size_t expand(const char *shortest, char out[XLSX_NUMBER_SIZE])
{
	char digits[NUMERAL_SIZE];
	const char *at = shortest + (shortest[0] == '-');
	int count = 0, point = 0, exponent;
	size_t length = 0;

	for (; *at && *at != 'e'; at++) {
		if (*at == '.')
			point = count;
		else
			digits[count++] = *at;
	}
	exponent = (point ? point : count) + (*at ? atoi(at + 1) : 0);
	if (abs(exponent) + count + 4 > XLSX_NUMBER_SIZE)
		return 0;
	if (shortest[0] == '-')
		out[length++] = '-';
	if (exponent <= 0)
		out[length++] = '0';
	for (int place = exponent < 0 ? exponent : 0; place < count || place < exponent; place++) {
		if (place == exponent)
			out[length++] = '.';
		out[length++] = place >= 0 && place < count ? digits[place] : '0';
	}
	return length;
}

struct text xlsx_number_text(struct text value, char out[XLSX_NUMBER_SIZE])
{
	char shortest[NUMERAL_SIZE];
	double number;
	size_t length;

	if (is_plain(value) || !number_of(value, &number))
		return value;
	snprintf(shortest, sizeof shortest, "%.*g", DIGITS_SHOWN, number == 0 ? 0 : number);
	if (!strchr(shortest, 'e')) {
		length = strlen(shortest);
		memcpy(out, shortest, length);
	} else {
		length = expand(shortest, out);
	}
	return length ? (struct text){out, length} : value;
}

struct text xlsx_date_text(struct text value, bool from_1904, char out[XLSX_NUMBER_SIZE])
{
	int first = from_1904 ? 0 : 1;
	int last = from_1904 ? DAY_LAST_FROM_1904 : DAY_LAST_FROM_1900;
	int32_t day;
	double number;

	if (!number_of(value, &number) || number < first || number >= last + 1)
		return xlsx_number_text(value, out);
	day = (int32_t)number;
	if (!from_1904 && day == DAY_NEVER)
		return (struct text){out, (size_t)snprintf(out, XLSX_NUMBER_SIZE, "1900-02-29")};
	if (from_1904)
		day -= DAY_1970_FROM_1904;
	else
		day -= DAY_1970_FROM_1900 - (day < DAY_NEVER);
	date_format(day, out);
	return text_of(out);
}

/* Reads past what stands in quotes, in brackets or after a mark; false at the end. */
static const char *past_literal(const char *at)
{
	const char *end;

	switch (*at) {
	case '"':
		end = strchr(at + 1, '"');
		return end ? end + 1 : at + strlen(at);
	case '[':
		/* [h], [mm], [ss] are times gone by; all else is a colour, a currency, a condition
		 */
		end = strchr(at, ']');
		if (!end)
			return at + strlen(at);
		return strspn(at + 1, "hHmMsS") == (size_t)(end - at - 1) && end > at + 1 ? NULL
											  : end + 1;
	case '\\':
	case '_':
	case '*':
		return at[1] ? at + 2 : at + 1;
	default:
		return NULL;
	}
}

bool xlsx_format_is_date(const char *format)
{
	while (*format && *format != ';') {
		const char *past = past_literal(format);

		if (past) {
			format = past;
			continue;
		}
		if (*format == '[' || strchr("dDmMyYhHsS", *format))
			return true;
		format++;
	}
	return false;
}

static int hexadecimal(const char *digits)
{
	int number = 0;

	for (int i = 0; i < 4; i++) {
		const char *places = "0123456789abcdefABCDEF", *found = strchr(places, digits[i]);

		if (!digits[i] || !found)
			return -1;
		number = number * 16 +
			 (int)(found - places > 15 ? found - places - 6 : found - places);
	}
	return number;
}

/* UTF-8 of a character below U+10000; halves of surrogate pairs become U+FFFD. */
static size_t utf8_put(char *out, int character)
{
	if (character >= 0xD800 && character < 0xE000)
		character = 0xFFFD;
	if (character < 0x80) {
		out[0] = (char)character;
		return 1;
	}
	if (character < 0x800) {
		out[0] = (char)(0xC0 | character >> 6);
		out[1] = (char)(0x80 | (character & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | character >> 12);
	out[1] = (char)(0x80 | (character >> 6 & 0x3F));
	out[2] = (char)(0x80 | (character & 0x3F));
	return 3;
}

size_t xlsx_unescape(char *bytes, size_t length)
{
	size_t kept = 0;

	if (length < 7 || !memmem(bytes, length, "_x", 2))
		return length;
	for (size_t i = 0; i < length;) {
		int character = -1;

		if (length - i >= 7 && bytes[i] == '_' && bytes[i + 1] == 'x' &&
			bytes[i + 6] == '_')
			character = hexadecimal(bytes + i + 2);
		if (character < 0) {
			bytes[kept++] = bytes[i++];
			continue;
		}
		kept += utf8_put(bytes + kept, character);
		i += 7;
	}
	return kept;
}
