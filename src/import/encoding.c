/* SPDX-License-Identifier: MIT */
#include "import/encoding.h"

#include "base/parallel.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { ENCODING_CHUNK = 4 * 1024 * 1024, ENCODING_REPLACEMENT = 0xFFFD };

struct encoding_piece {
	bool high, quotes, nul, broken;
	size_t lines;
};

struct encoding_job {
	struct text bytes;
	struct encoding_piece *pieces;
};

static void encoding_look_at(struct encoding_piece *piece, struct text bytes, size_t i)
{
	char byte = bytes.data[i], before = i ? bytes.data[i - 1] : '\n';

	piece->high |= (byte & 0x80) != 0;
	piece->quotes |= byte == '"';
	piece->nul |= byte == '\0';
	piece->lines += (byte == '\n' || byte == '\r') && before != '\n' && before != '\r';
}

#ifdef __SSE2__
/* As encoding_look_at for the 16 bytes from i on; i is not 0. */
static void encoding_look_at_16(struct encoding_piece *piece, struct text bytes, size_t i)
{
	const __m128i feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
	__m128i now = _mm_loadu_si128((const void *)(bytes.data + i));
	__m128i before = _mm_loadu_si128((const void *)(bytes.data + i - 1));
	__m128i ends = _mm_or_si128(_mm_cmpeq_epi8(now, feeds), _mm_cmpeq_epi8(now, returns));
	__m128i after =
		_mm_or_si128(_mm_cmpeq_epi8(before, feeds), _mm_cmpeq_epi8(before, returns));
	__m128i lines = _mm_and_si128(_mm_andnot_si128(after, ends), _mm_set1_epi8(1));
	__m128i sums = _mm_sad_epu8(lines, _mm_setzero_si128());

	piece->high |= _mm_movemask_epi8(now) != 0;
	piece->quotes |= _mm_movemask_epi8(_mm_cmpeq_epi8(now, _mm_set1_epi8('"'))) != 0;
	piece->nul |= _mm_movemask_epi8(_mm_cmpeq_epi8(now, _mm_setzero_si128())) != 0;
	piece->lines += (size_t)_mm_cvtsi128_si32(sums) + (size_t)_mm_extract_epi16(sums, 4);
}
#endif

/* Where a character begins at or after `at`: not more than three bytes on. */
static size_t encoding_boundary(struct text bytes, size_t at)
{
	for (int i = 0; i < 3 && at && at < bytes.length; i++) {
		if (((unsigned char)bytes.data[at] & 0xC0) != 0x80)
			break;
		at++;
	}
	return at;
}

/* Whether a piece is well-formed; ASCII is stepped over eight bytes at a time. */
static bool encoding_is_utf8(struct text piece)
{
	while (piece.length >= 8) {
		uint64_t word;
		size_t step = 8;

		memcpy(&word, piece.data, sizeof word);
		if (word & UINT64_C(0x8080808080808080)) {
			/* up to the next plain byte after the first that is not */
			for (step = 0; step < piece.length && !(piece.data[step] & 0x80);)
				step++;
			while (step < piece.length && (piece.data[step] & 0x80))
				step++;
			if (!text_is_utf8((struct text){piece.data, step}))
				return false;
		}
		piece.data += step;
		piece.length -= step;
	}
	return text_is_utf8(piece);
}

static void encoding_work(void *context, size_t chunk, size_t first, size_t count)
{
	struct encoding_job *job = context;
	struct encoding_piece *piece = &job->pieces[chunk];
	size_t i = first, end = first + count;

#ifdef __SSE2__
	if (i == 0 && i < end)
		encoding_look_at(piece, job->bytes, i++);
	for (; i + 16 <= end; i += 16)
		encoding_look_at_16(piece, job->bytes, i);
#endif
	for (; i < end; i++)
		encoding_look_at(piece, job->bytes, i);
	if (piece->high) {
		size_t from = encoding_boundary(job->bytes, first);
		size_t to = encoding_boundary(job->bytes, end);

		piece->broken = !encoding_is_utf8((struct text){job->bytes.data + from, to - from});
	}
}

struct encoding_survey encoding_survey(struct text bytes)
{
	struct encoding_survey survey = {.surveyed = true, .encoding = ENCODING_UTF8};
	/* 4 GiB at most: 1,024 pieces */
	struct encoding_piece pieces[1024] = {0};
	struct encoding_job job = {bytes, pieces};
	size_t size = ENCODING_CHUNK;

	if (bytes.length >= 2 && memcmp(bytes.data, "\xFF\xFE", 2) == 0)
		return (struct encoding_survey){true, ENCODING_UTF16_LITTLE, 2, 0, false, false};
	if (bytes.length >= 2 && memcmp(bytes.data, "\xFE\xFF", 2) == 0)
		return (struct encoding_survey){true, ENCODING_UTF16_BIG, 2, 0, false, false};
	if (bytes.length >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0)
		survey.mark = 3;
	while (parallel_chunks(bytes.length, size) > 1024)
		size *= 2;
	parallel_for(bytes.length, size, encoding_work, &job);
	for (size_t i = 0; i < parallel_chunks(bytes.length, size); i++) {
		if (pieces[i].broken)
			survey.encoding = ENCODING_WINDOWS_1252;
		survey.lines += pieces[i].lines;
		survey.quotes |= pieces[i].quotes;
		survey.nul |= pieces[i].nul;
	}
	return survey;
}

/* Adds a character as UTF-8 at `out`; returns its length. */
static size_t encoding_put(char *out, uint32_t character)
{
	if (character < 0x80) {
		out[0] = (char)character;
		return 1;
	}
	if (character < 0x800) {
		out[0] = (char)(0xC0 | character >> 6);
		out[1] = (char)(0x80 | (character & 0x3F));
		return 2;
	}
	if (character < 0x10000) {
		out[0] = (char)(0xE0 | character >> 12);
		out[1] = (char)(0x80 | (character >> 6 & 0x3F));
		out[2] = (char)(0x80 | (character & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | character >> 18);
	out[1] = (char)(0x80 | (character >> 12 & 0x3F));
	out[2] = (char)(0x80 | (character >> 6 & 0x3F));
	out[3] = (char)(0x80 | (character & 0x3F));
	return 4;
}

/* Windows-1252 differs from Latin 1 in these 32 (Unicode's own mapping table, CP1252.TXT). */
static uint32_t encoding_windows(unsigned char byte)
{
	static const uint16_t high[32] = {0x20AC, ENCODING_REPLACEMENT, 0x201A, 0x0192, 0x201E,
		0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
		ENCODING_REPLACEMENT, 0x017D, ENCODING_REPLACEMENT, ENCODING_REPLACEMENT, 0x2018,
		0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
		0x0153, ENCODING_REPLACEMENT, 0x017E, 0x0178};

	return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

static bool encoding_from_windows(
	struct text *out_text, struct arena *arena, struct text bytes, struct error *error)
{
	size_t length = 0, used = 0;
	char *copy;

	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char byte = (unsigned char)bytes.data[i];

		length += byte < 0x80 ? 1 : byte < 0xA0 ? 3 : 2;
	}
	copy = arena_take_raw(arena, length + 3, 1);
	if (!copy)
		return error_no_memory(error);
	/* `used` is watched: the file may be written to while it is mapped */
	for (size_t i = 0; i < bytes.length && used <= length; i++)
		used += encoding_put(copy + used, encoding_windows((unsigned char)bytes.data[i]));
	*out_text = (struct text){copy, used};
	return true;
}

static uint32_t encoding_unit(struct text bytes, size_t at, bool big)
{
	uint32_t one = (unsigned char)bytes.data[at], two = (unsigned char)bytes.data[at + 1];

	return big ? one << 8 | two : two << 8 | one;
}

static bool encoding_from_utf16(struct text *out_text, struct arena *arena, struct text bytes,
	bool big, struct error *error)
{
	char *copy = arena_take_raw(arena, bytes.length / 2 + 1, 3);
	size_t used = 0;

	if (!copy)
		return error_no_memory(error);
	for (size_t i = 0; i + 2 <= bytes.length; i += 2) {
		uint32_t unit = encoding_unit(bytes, i, big);

		if (unit >= 0xD800 && unit < 0xDC00 && i + 4 <= bytes.length) {
			uint32_t low = encoding_unit(bytes, i + 2, big);

			if (low >= 0xDC00 && low < 0xE000) {
				unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		if (unit >= 0xD800 && unit < 0xE000)
			unit = ENCODING_REPLACEMENT;
		used += encoding_put(copy + used, unit);
	}
	*out_text = (struct text){copy, used};
	return true;
}

bool encoding_text(struct text *out_text, struct arena *arena, struct text bytes,
	struct encoding_survey *survey, struct error *error)
{
	enum encoding encoding = survey->encoding;

	bytes.data += survey->mark;
	bytes.length -= survey->mark;
	if (encoding == ENCODING_UTF8) {
		*out_text = bytes;
		return true;
	}
	if (encoding == ENCODING_WINDOWS_1252)
		return encoding_from_windows(out_text, arena, bytes, error);
	if (!encoding_from_utf16(out_text, arena, bytes, encoding == ENCODING_UTF16_BIG, error))
		return false;
	*survey = encoding_survey(*out_text);
	survey->encoding = encoding;
	survey->mark = 2;
	return true;
}
