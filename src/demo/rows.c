/* SPDX-License-Identifier: MIT */
#include "demo/rows.h"

static void row_bytes(struct row *row, const char *bytes, size_t length)
{
	if (length >= ROW_SIZE - row->length - 2)
		length = ROW_SIZE - row->length - 2;
	memcpy(row->bytes + row->length, bytes, length);
	row->length += length;
	row->bytes[row->length++] = ',';
}

void row_text(struct row *row, struct text text)
{
	row_bytes(row, text.length ? text.data : "", text.length);
}

void row_string(struct row *row, const char *string)
{
	row_bytes(row, string, strlen(string));
}

void row_blank(struct row *row)
{
	row_bytes(row, "", 0);
}

void row_flag(struct row *row, bool flag)
{
	row_bytes(row, flag ? "1" : "0", 1);
}

/* The digits of a number >= 0 at the end of `out`, at least `least` of them; returns their start.
 */
static char *digits(char *end, int64_t number, int least)
{
	for (; least > 0 || number > 0; least--) {
		*--end = (char)('0' + number % 10);
		number /= 10;
	}
	return end;
}

void row_number(struct row *row, int64_t number)
{
	char bytes[24], *end = bytes + sizeof bytes, *start = digits(end, number, 1);

	row_bytes(row, start, (size_t)(end - start));
}

void row_pounds(struct row *row, int64_t pence)
{
	char bytes[32], *end = bytes + sizeof bytes, *start = digits(end, pence % 100, 2);

	*--start = '.';
	start = digits(start, pence / 100, 1);
	row_bytes(row, start, (size_t)(end - start));
}

void row_day(struct row *row, int32_t day)
{
	struct date_parts parts;
	char bytes[DATE_TEXT_SIZE - 1];

	if (day == DATE_MISSING) {
		row_blank(row);
		return;
	}
	parts = date_parts(day);
	digits(bytes + 10, parts.day, 2);
	digits(bytes + 7, parts.month, 2);
	digits(bytes + 4, parts.year, 4);
	bytes[4] = bytes[7] = '-';
	row_bytes(row, bytes, sizeof bytes);
}

void row_date(struct row *row, int32_t day)
{
	struct date_parts parts;
	char bytes[10];

	if (day == DATE_MISSING) {
		row_blank(row);
		return;
	}
	parts = date_parts(day);
	digits(bytes + 10, parts.year, 4);
	digits(bytes + 5, parts.month, 2);
	digits(bytes + 2, parts.day, 2);
	bytes[2] = bytes[5] = '/';
	row_bytes(row, bytes, sizeof bytes);
}
