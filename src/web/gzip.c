/* SPDX-License-Identifier: MIT */
#include "web/gzip.h"

#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16 }; /* 32 KiB, with the head and tail of gzip */

struct text gzip_pack(struct arena *arena, struct text bytes, int level)
{
	struct text packed = {0};
	z_stream stream = {0};
	char *out;

	if (bytes.length > UINT32_MAX || deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, 8,
						 Z_DEFAULT_STRATEGY) != Z_OK)
		return packed;
	out = arena_take_raw(arena, bytes.length + 1, 1);
	if (out) {
		/* zlib reads through a pointer that is not const */
		memcpy(&stream.next_in, &bytes.data, sizeof stream.next_in);
		stream.avail_in = (uInt)bytes.length;
		stream.next_out = (Bytef *)out;
		stream.avail_out = (uInt)bytes.length;
		if (deflate(&stream, Z_FINISH) == Z_STREAM_END)
			packed = (struct text){out, stream.total_out};
	}
	deflateEnd(&stream);
	return packed;
}

/* "q=0", "q=0.", "q=0.000": not accepted */
static bool gzip_weight_is_nought(struct text parameter)
{
	parameter = text_trim(parameter);
	if (parameter.length < 3 || (parameter.data[0] != 'q' && parameter.data[0] != 'Q') ||
		parameter.data[1] != '=')
		return false;
	for (size_t i = 2; i < parameter.length; i++) {
		if (parameter.data[i] != '0' && parameter.data[i] != '.')
			return false;
	}
	return true;
}

bool gzip_is_accepted(struct text accept_encoding)
{
	struct text one, coding;
	bool any = false;

	while (text_split(&accept_encoding, ',', &one)) {
		bool refused = false;

		if (!text_split(&one, ';', &coding))
			continue;
		if (one.data)
			refused = gzip_weight_is_nought(one);
		coding = text_trim(coding);
		if (text_same_letters(coding, TEXT("gzip")) ||
			text_same_letters(coding, TEXT("x-gzip")))
			return !refused;
		if (text_is(coding, "*"))
			any = !refused;
	}
	return any;
}

bool gzip_is_worth_it(const char *content_type)
{
	static const char *const types[] = {"text/", "application/json", "application/problem+json",
		"application/javascript", "image/svg+xml"};

	if (!content_type)
		return false;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (strncmp(content_type, types[i], strlen(types[i])) == 0)
			return true;
	}
	return false;
}
