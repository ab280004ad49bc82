/* SPDX-License-Identifier: MIT */
#include "store/packed.h"

enum { NUMBER_LONGEST = 10, SEVEN_BITS = 0x7f, MORE = 0x80 };

void pack_number(struct buffer *out, uint64_t number)
{
	unsigned char bytes[NUMBER_LONGEST];
	size_t length = 0;

	do {
		bytes[length] = (unsigned char)(number & SEVEN_BITS);
		number >>= 7;
		bytes[length++] |= number ? MORE : 0;
	} while (number);
	buffer_add(out, bytes, length);
}

bool unpack_number(struct text *rest, uint64_t *out_number)
{
	uint64_t number = 0;

	for (size_t i = 0; i < rest->length && i < NUMBER_LONGEST; i++) {
		unsigned char byte = (unsigned char)rest->data[i];

		/* ten bytes have 70 bits: of the last only one counts */
		if (i == NUMBER_LONGEST - 1 && byte > 1)
			return false;
		number |= (uint64_t)(byte & SEVEN_BITS) << (7 * i);
		if (byte & MORE)
			continue;
		*rest = (struct text){rest->data + i + 1, rest->length - i - 1};
		*out_number = number;
		return true;
	}
	return false;
}

void pack_text(struct buffer *out, struct text text)
{
	pack_number(out, text.length);
	buffer_text(out, text);
}

bool unpack_text(struct text *rest, struct text *out_text)
{
	struct text after = *rest;
	uint64_t length;

	if (!unpack_number(&after, &length) || length > after.length)
		return false;
	*out_text = (struct text){after.data, (size_t)length};
	*rest = (struct text){after.data + length, after.length - (size_t)length};
	return true;
}

/* Small numbers of either sign are short. */
static uint64_t zigzag(int64_t number)
{
	return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t number)
{
	return (int64_t)((number >> 1) ^ (number & 1 ? UINT64_MAX : 0));
}

static void pack_double(struct buffer *out, double number)
{
	unsigned char bytes[sizeof(uint64_t)];
	uint64_t bits;

	memcpy(&bits, &number, sizeof bits);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(bits >> (8 * i));
	buffer_add(out, bytes, sizeof bytes);
}

static bool unpack_double(struct text *rest, double *out_number)
{
	uint64_t bits = 0;

	if (rest->length < sizeof bits)
		return false;
	for (size_t i = 0; i < sizeof bits; i++)
		bits |= (uint64_t)(unsigned char)rest->data[i] << (8 * i);
	memcpy(out_number, &bits, sizeof bits);
	*rest = (struct text){rest->data + sizeof bits, rest->length - sizeof bits};
	return true;
}

void pack_cell(struct buffer *out, const struct cell *cell)
{
	static const char letters[] = {[CELL_NULL] = 'n',
		[CELL_INTEGER] = 'i',
		[CELL_NUMBER] = 'd',
		[CELL_TEXT] = 't',
		[CELL_BYTES] = 'b'};

	buffer_char(out, letters[cell->kind]);
	if (cell->kind == CELL_INTEGER)
		pack_number(out, zigzag(cell->integer));
	else if (cell->kind == CELL_NUMBER)
		pack_double(out, cell->number);
	else if (cell->kind != CELL_NULL)
		pack_text(out, cell->text);
}

bool unpack_cell(struct text *rest, struct cell *out_cell)
{
	uint64_t number;
	char letter;

	if (!rest->length)
		return false;
	letter = rest->data[0];
	*rest = (struct text){rest->data + 1, rest->length - 1};
	switch (letter) {
	case 'n':
		*out_cell = (struct cell){.kind = CELL_NULL};
		return true;
	case 'i':
		*out_cell = (struct cell){.kind = CELL_INTEGER};
		if (!unpack_number(rest, &number))
			return false;
		out_cell->integer = unzigzag(number);
		return true;
	case 'd':
		*out_cell = (struct cell){.kind = CELL_NUMBER};
		return unpack_double(rest, &out_cell->number);
	case 't':
	case 'b':
		*out_cell = (struct cell){.kind = letter == 't' ? CELL_TEXT : CELL_BYTES};
		return unpack_text(rest, &out_cell->text);
	default:
		return false;
	}
}
