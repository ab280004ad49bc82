/* SPDX-License-Identifier: MIT */
/* Which cell formats show a number as a day. */
#include <stdlib.h>

#include "import/xlsx_book.h"

enum { FORMATS_MOST = 65536 };

struct reading {
	struct xlsx_book *book;
	struct expat_reader reader;
	bool *custom_is_date; /* by number format; [FORMATS_MOST] */
	bool *custom;	      /* the workbook defines it itself */
	uint8_t *is_date;
	size_t room;
	bool in_cell_formats;
};

/* The numbers that stand for days and times in every workbook (ECMA-376 part 1, 18.8.30). */
static bool is_built_in_date(long number)
{
	return (number >= 14 && number <= 22) || (number >= 45 && number <= 47);
}

static long format_number(const char *const *attributes)
{
	const char *number = expat_attribute(attributes, "numFmtId");
	long value = number ? strtol(number, NULL, 10) : 0;

	return value < 0 || value >= FORMATS_MOST ? 0 : value;
}

static void style_add(struct reading *reading, long number)
{
	struct xlsx_book *book = reading->book;

	if (book->style_count == reading->room) {
		size_t room = reading->room ? reading->room * 2 : 64;
		uint8_t *is_date = room > FORMATS_MOST ? NULL
						       : arena_grow(book->scratch, reading->is_date,
								 reading->room, room, 1);

		if (!is_date) {
			expat_reader_refuse(&reading->reader, "xlsx_damaged", "");
			return;
		}
		reading->is_date = is_date;
		reading->room = room;
	}
	reading->is_date[book->style_count++] = reading->custom[number]
							? reading->custom_is_date[number]
							: is_built_in_date(number);
}

static void styles_open(void *context, const char *name, const char *const *attributes)
{
	struct reading *reading = context;
	long number = format_number(attributes);

	if (strcmp(name, "numFmt") == 0) {
		const char *format = expat_attribute(attributes, "formatCode");

		reading->custom[number] = format != NULL;
		reading->custom_is_date[number] = format && xlsx_format_is_date(format);
	} else if (strcmp(name, "cellXfs") == 0) {
		reading->in_cell_formats = true;
	} else if (reading->in_cell_formats && strcmp(name, "xf") == 0) {
		style_add(reading, number);
	}
}

static void styles_close(void *context, const char *name)
{
	struct reading *reading = context;

	if (strcmp(name, "cellXfs") == 0)
		reading->in_cell_formats = false;
}

static void styles_text(void *context, const char *bytes, size_t length)
{
	(void)context;
	(void)bytes;
	(void)length;
}

bool xlsx_styles_read(struct xlsx_book *book)
{
	struct reading reading = {.book = book};
	struct expat_events events = {styles_open, styles_close, styles_text, &reading};

	if (book->styles_part < 0)
		return true;
	reading.custom = arena_take(book->scratch, FORMATS_MOST, sizeof *reading.custom);
	reading.custom_is_date =
		arena_take(book->scratch, FORMATS_MOST, sizeof *reading.custom_is_date);
	if (!reading.custom || !reading.custom_is_date)
		return error_no_memory(book->error);
	if (!xlsx_part_read(book, book->styles_part, &reading.reader, &events))
		return false;
	book->style_is_date = reading.is_date;
	return true;
}
