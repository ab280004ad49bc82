/* SPDX-License-Identifier: MIT */
/* The texts that cells share, rich text joined, readings of East Asian names left out. */
#include "import/xlsx_book.h"

enum { STRINGS_FIRST = 1024, STRINGS_MOST = 10000000 };

struct reading {
	struct xlsx_book *book;
	struct expat_reader reader;
	struct buffer text;
	size_t room;
	bool in_text;
	bool in_reading; /* rPh: how a name is spoken */
};

static void strings_open(void *context, const char *name, const char *const *attributes)
{
	struct reading *reading = context;

	(void)attributes;
	if (strcmp(name, "si") == 0)
		reading->text.length = 0;
	else if (strcmp(name, "rPh") == 0)
		reading->in_reading = true;
	else if (strcmp(name, "t") == 0)
		reading->in_text = !reading->in_reading;
}

static bool string_room(struct reading *reading)
{
	struct xlsx_book *book = reading->book;
	size_t room = reading->room ? reading->room * 2 : STRINGS_FIRST;
	struct text *strings;

	if (book->string_count < reading->room)
		return true;
	strings =
		arena_grow(book->scratch, book->strings, book->string_count, room, sizeof *strings);
	if (!strings)
		return false;
	book->strings = strings;
	reading->room = room;
	return true;
}

static void string_add(struct reading *reading)
{
	struct xlsx_book *book = reading->book;
	size_t length = xlsx_unescape(reading->text.data, reading->text.length);
	struct text text = text_trim((struct text){reading->text.data, length});
	const char *copy = "";

	if (book->string_count == STRINGS_MOST) {
		expat_reader_refuse(&reading->reader, "xlsx_large", "");
		return;
	}
	if (text.length > 0)
		copy = arena_copy(book->arena, text.data, text.length);
	if (!copy || reading->text.failed || !string_room(reading)) {
		expat_reader_fail(&reading->reader);
		return;
	}
	book->strings[book->string_count++] = (struct text){copy, text.length};
}

static void strings_close(void *context, const char *name)
{
	struct reading *reading = context;

	if (strcmp(name, "si") == 0)
		string_add(reading);
	else if (strcmp(name, "rPh") == 0)
		reading->in_reading = false;
	else if (strcmp(name, "t") == 0)
		reading->in_text = false;
}

static void strings_text(void *context, const char *bytes, size_t length)
{
	struct reading *reading = context;

	if (!reading->in_text)
		return;
	if (reading->text.length + length > XLSX_TEXT_LONGEST)
		expat_reader_refuse(&reading->reader, "xlsx_large", "");
	else
		buffer_add(&reading->text, bytes, length);
}

bool xlsx_strings_read(struct xlsx_book *book)
{
	struct reading reading = {.book = book, .text = buffer_in(book->scratch)};
	struct expat_events events = {strings_open, strings_close, strings_text, &reading};

	return book->strings_part < 0 ||
	       xlsx_part_read(book, book->strings_part, &reading.reader, &events);
}
