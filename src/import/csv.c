/* SPDX-License-Identifier: MIT */
#include "import/csv.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CSV_BLOCK = 64 };

/* A bit for each of 64 bytes that is a separator, a line end or a quotation mark. */
#ifdef __SSE2__
static uint64_t csv_specials(const char *block, char separator)
{
	const __m128i commas = _mm_set1_epi8(separator), feeds = _mm_set1_epi8('\n'),
		      returns = _mm_set1_epi8('\r'), quotes = _mm_set1_epi8('"');
	uint64_t bits = 0;

	for (int i = 0; i < CSV_BLOCK; i += 16) {
		__m128i bytes = _mm_loadu_si128((const void *)(block + i));
		__m128i found = _mm_or_si128(
			_mm_or_si128(_mm_cmpeq_epi8(bytes, commas), _mm_cmpeq_epi8(bytes, feeds)),
			_mm_or_si128(
				_mm_cmpeq_epi8(bytes, returns), _mm_cmpeq_epi8(bytes, quotes)));

		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(found) << i;
	}
	return bits;
}
#else
static uint64_t csv_specials(const char *block, char separator)
{
	uint64_t bits = 0;

	for (int i = 0; i < CSV_BLOCK; i++) {
		char byte = block[i];

		bits |= (uint64_t)(byte == separator || byte == '\n' || byte == '\r' || byte == '"')
			<< i;
	}
	return bits;
}
#endif

static void csv_look(struct csv_reader *reader, const char *block)
{
	size_t left = (size_t)(reader->end - block);
	char last[CSV_BLOCK] = {0};

	reader->block = block;
	if (left >= CSV_BLOCK) {
		reader->specials = csv_specials(block, reader->separator);
		return;
	}
	if (left)
		memcpy(last, block, left);
	reader->specials = csv_specials(last, reader->separator);
}

/* The next special byte, or the end. */
static inline const char *csv_special(struct csv_reader *reader)
{
	const char *found;

	while (!reader->specials) {
		if (reader->end - reader->block <= CSV_BLOCK)
			return reader->end;
		csv_look(reader, reader->block + CSV_BLOCK);
	}
	found = reader->block + __builtin_ctzll(reader->specials);
	reader->specials &= reader->specials - 1;
	return found;
}

struct csv_reader csv_open(struct text text, char separator, struct arena *unquoted)
{
	struct csv_reader reader = {
		.at = text.length ? text.data : "",
		.separator = separator,
		.unquoted = unquoted,
	};

	reader.end = reader.at + text.length;
	csv_look(&reader, reader.at);
	return reader;
}

size_t csv_line_ends(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++) {
		char next = i + 1 < text.length ? text.data[i + 1] : '\0';

		count += text.data[i] == '\n' || (text.data[i] == '\r' && next != '\n');
	}
	return count;
}

static inline bool csv_is_plain(char byte)
{
	return byte > ' ' && byte < 0x7F;
}

static inline void csv_add(struct csv_record *record, const char *start, const char *end)
{
	struct text field = {start, (size_t)(end - start)};

	if (field.length && !(csv_is_plain(start[0]) && csv_is_plain(end[-1]))) {
		field = text_trim(field);
		if (field.length != (size_t)(end - start))
			record->plain = false;
	}
	if (field.length > CSV_FIELD_LONGEST) {
		record->too_long = true;
		field.length = CSV_FIELD_LONGEST;
	}
	if (record->count < CSV_FIELDS_MOST)
		record->fields[record->count] = field;
	record->count++;
}

/* The mark that closes the field whose contents begin at `from`; the end when there is none. */
static const char *csv_closing(const char *from, const char *end, bool *out_doubled)
{
	const char *at = from;

	*out_doubled = false;
	while (at < end && (at = memchr(at, '"', (size_t)(end - at)))) {
		if (at + 1 == end || at[1] != '"')
			return at;
		*out_doubled = true;
		at += 2;
	}
	return end;
}

static bool csv_ends_field(const struct csv_reader *reader, const char *at)
{
	return at >= reader->end || *at == reader->separator || *at == '\n' || *at == '\r';
}

/* The contents [from, closing) with doubled marks single, then [closing + 1, end) as they are. */
static struct text csv_unquote(
	struct csv_reader *reader, const char *from, const char *closing, const char *end)
{
	size_t length = (size_t)(end - from), used = 0;
	char *copy;

	if (length > CSV_FIELD_LONGEST + 2) /* will be refused: its beginning is enough */
		return (struct text){from, length};
	copy = arena_take_raw(reader->unquoted, length, 1);
	if (!copy) {
		reader->failed = true;
		return TEXT("");
	}
	for (const char *at = from; at < closing; at++) {
		copy[used++] = *at;
		if (*at == '"')
			at++;
	}
	for (const char *at = closing + 1; at < end; at++)
		copy[used++] = *at;
	return (struct text){copy, used};
}

/* Reads the field that a quotation mark opens; returns where it ends. */
static const char *csv_quoted(
	struct csv_reader *reader, struct csv_record *record, const char *opening)
{
	const char *from = opening + 1, *end;
	bool doubled;
	const char *closing = csv_closing(from, reader->end, &doubled);
	struct text field = {from, (size_t)(closing - from)};

	record->plain = false;
	end = closing < reader->end ? closing + 1 : closing;
	while (!csv_ends_field(reader, end))
		end++;
	record->open = closing == reader->end;
	if (doubled || end > closing + 1)
		field = csv_unquote(reader, from, closing, end);
	reader->line += (uint32_t)csv_line_ends((struct text){from, (size_t)(closing - from)});
	csv_add(record, field.data, field.data + field.length);
	csv_look(reader, end);
	return end;
}

/* Ends the record at a line end or the end of the text. */
static void csv_end_line(struct csv_reader *reader, struct csv_record *record, const char *at)
{
	record->end = at;
	reader->at = at;
	if (at == reader->end)
		return;
	reader->line++;
	reader->at = at + 1;
	if (*at == '\r' && at + 1 < reader->end && at[1] == '\n') {
		reader->at = at + 2;
		if (csv_special(reader) != at + 1) /* the line feed: it is the next special byte */
			csv_look(reader, reader->at);
	}
}

static void csv_read(struct csv_reader *reader, struct csv_record *record)
{
	const char *field = reader->at;

	record->start = field;
	record->line = reader->line;
	record->count = 0;
	record->plain = true;
	record->open = false;
	record->too_long = false;
	for (;;) {
		const char *at = csv_special(reader);
		char byte = at < reader->end ? *at : '\n';

		if (byte == '"' && at > field)
			continue;
		if (byte == '"') {
			at = csv_quoted(reader, record, at);
			at = csv_special(reader);
			byte = at < reader->end ? *at : '\n';
		} else {
			csv_add(record, field, at);
		}
		if (byte != reader->separator) {
			csv_end_line(reader, record, at);
			return;
		}
		field = at + 1;
	}
}

bool csv_next(struct csv_reader *reader, struct csv_record *record)
{
	while (reader->at < reader->end && !reader->failed) {
		csv_read(reader, record);
		if (record->count > 1 || record->fields[0].length)
			return !reader->failed;
	}
	return false;
}

/* After the first line end in [at, limit) of the text, 0 when there is none. */
static size_t csv_after_line(struct text text, size_t at, size_t limit)
{
	for (; at < limit; at++) {
		if (text.data[at] == '\n')
			return at + 1;
		if (text.data[at] == '\r')
			return at + 1 < text.length && text.data[at + 1] == '\n' ? at + 2 : at + 1;
	}
	return 0;
}

static size_t csv_after_quoted(struct text text, size_t opening)
{
	bool doubled;
	const char *end = text.data + text.length;
	const char *closing = csv_closing(text.data + opening + 1, end, &doubled);

	return closing == end ? text.length : (size_t)(closing - text.data) + 1;
}

bool csv_cut(struct arena *arena, struct text text, size_t size, bool quotes, char separator,
	const size_t **out_cuts, size_t *out_count, struct error *error)
{
	size_t *cuts = arena_take(arena, text.length / size + 2, sizeof *cuts);
	size_t count = 0, at = 0, target = size;

	if (!cuts)
		return error_no_memory(error);
	while (target < text.length) {
		/* [at, quote) is outside quotation marks: every line end there ends a record */
		const char *found = quotes ? memchr(text.data + at, '"', text.length - at) : NULL;
		size_t quote = found ? (size_t)(found - text.data) : text.length, cut;

		while (target < quote &&
			(cut = csv_after_line(text, target > at ? target : at, quote))) {
			if (cut == text.length)
				break;
			cuts[++count] = cut;
			target = cut + size;
		}
		if (quote == text.length)
			break;
		if (quote == at ? quote == 0
				: text.data[quote - 1] == separator ||
					  text.data[quote - 1] == '\n' ||
					  text.data[quote - 1] == '\r')
			at = csv_after_quoted(text, quote);
		else
			at = quote + 1;
	}
	cuts[++count] = text.length;
	*out_cuts = cuts;
	*out_count = text.length ? count : 0;
	return true;
}
