/* SPDX-License-Identifier: MIT */
#include "web/percent.h"

static int percent_digit(char character)
{
	if (character >= '0' && character <= '9')
		return character - '0';
	if (character >= 'A' && character <= 'F')
		return character - 'A' + 10;
	if (character >= 'a' && character <= 'f')
		return character - 'a' + 10;
	return -1;
}

static bool percent_needed(struct text encoded, bool plus)
{
	for (size_t i = 0; i < encoded.length; i++) {
		if (encoded.data[i] == '%' || (plus && encoded.data[i] == '+'))
			return true;
	}
	return false;
}

bool percent_decode(struct arena *arena, struct text encoded, bool plus, struct text *out_decoded,
	struct error *error)
{
	char *out;
	size_t length = 0;

	if (!percent_needed(encoded, plus)) {
		*out_decoded = encoded;
		return true;
	}
	out = arena_take_raw(arena, encoded.length + 1, 1);
	if (!out)
		return error_no_memory(error);
	for (size_t i = 0; i < encoded.length; i++) {
		char character = encoded.data[i];

		if (character == '%') {
			bool whole = encoded.length - i > 2;
			int high = whole ? percent_digit(encoded.data[i + 1]) : -1;
			int low = whole ? percent_digit(encoded.data[i + 2]) : -1;

			if (high < 0 || low < 0)
				return error_set(error, ERROR_INPUT,
					"the address or form has a %% that does not begin an "
					"escape");
			character = (char)(high * 16 + low);
			i += 2;
		} else if (plus && character == '+') {
			character = ' ';
		}
		out[length++] = character;
	}
	out[length] = '\0';
	*out_decoded = (struct text){out, length};
	return true;
}

void percent_encode(struct buffer *out, struct text text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
			(byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' ||
			byte == '~') {
			buffer_char(out, (char)byte);
		} else {
			buffer_char(out, '%');
			buffer_char(out, digits[byte >> 4]);
			buffer_char(out, digits[byte & 15]);
		}
	}
}

bool text_is_plain(struct text text, bool lines)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if (byte == 0x7f)
			return false;
		if (byte < 0x20 && !(lines && (byte == '\t' || byte == '\n' || byte == '\r')))
			return false;
	}
	return text_is_utf8(text);
}
