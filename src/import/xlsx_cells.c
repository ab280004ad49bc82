/* SPDX-License-Identifier: MIT */
/*
 * The cells of one sheet, row by row.
 *
 * The one rule: a row is gathered by column, then written as a record as wide as the header; rows
 * and trailing columns that hold nothing leave no trace, gaps become empty fields.
 */
#include <stdio.h>

#include "import/xlsx_book.h"

enum {
	CHUNK_FIELDS = 16384,
	SLAB = 64 * 1024, /* bytes of text taken at a time */
};

static const uint64_t text_most = UINT64_C(1) << 30; /* shared texts counted for every cell */

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOLEAN, CELL_DATE };

/* Fields and lines gathered before it is known how many there are. */
struct chunk {
	struct chunk *next;
	size_t count;
	struct text fields[CHUNK_FIELDS];
};

struct record {
	uint32_t line;
	uint32_t width;
};

struct reading {
	struct xlsx_book *book;
	struct expat_reader reader;
	struct chunk *first, *last;
	struct record *records;
	size_t record_count, record_room;
	uint64_t fields;
	size_t header_width;
	/* the row */
	struct text row[XLSX_COLUMNS_MOST];
	size_t row_width; /* up to the last cell that holds anything */
	uint32_t row_number;
	/* the cell */
	struct buffer value;
	uint32_t column;
	enum cell_type type;
	bool date_style;
	bool collects;	 /* within v, or t of is */
	bool in_reading; /* rPh */
	/* where texts go */
	char *slab;
	size_t slab_left;
};

static char *text_keep(struct reading *reading, struct text text)
{
	char *kept;

	if (text.length > SLAB / 4)
		return arena_copy(reading->book->arena, text.data, text.length);
	if (reading->slab_left < text.length) {
		reading->slab = arena_take_raw(reading->book->arena, SLAB, 1);
		reading->slab_left = reading->slab ? SLAB : 0;
		if (!reading->slab)
			return NULL;
	}
	kept = reading->slab;
	memcpy(kept, text.data, text.length);
	reading->slab += text.length;
	reading->slab_left -= text.length;
	return kept;
}

/* "BC12" to 54; the row is left alone. UINT32_MAX when it is no reference. */
static uint32_t column_of(const char *reference)
{
	uint32_t column = 0;
	int letters = 0;

	for (; *reference >= 'A' && *reference <= 'Z' && letters < 4; reference++, letters++)
		column = column * 26 + (uint32_t)(*reference - 'A' + 1);
	return letters > 0 && letters < 4 && *reference >= '0' && *reference <= '9' ? column - 1
										    : UINT32_MAX;
}

static bool digits_read(const char *digits, uint32_t most, uint32_t *out_number)
{
	uint64_t number = 0;

	if (!*digits)
		return false;
	for (; *digits; digits++) {
		if (*digits < '0' || *digits > '9')
			return false;
		number = number * 10 + (uint64_t)(*digits - '0');
		if (number > most)
			return false;
	}
	*out_number = (uint32_t)number;
	return true;
}

static enum cell_type type_of(const char *type)
{
	if (type[0] == 's' && type[1] == '\0')
		return CELL_SHARED;
	if (type[0] == 'n')
		return CELL_NUMBER;
	if (type[0] == 'b')
		return CELL_BOOLEAN;
	if (type[0] == 'd')
		return CELL_DATE;
	return CELL_TEXT; /* str, inlineStr, e */
}

static void row_open(struct reading *reading, const char *const *attributes)
{
	const char *number = expat_attribute(attributes, "r");

	reading->row_number++;
	reading->column = UINT32_MAX;
	if (number && !digits_read(number, UINT32_MAX - 1, &reading->row_number))
		expat_reader_refuse(&reading->reader, "xlsx_damaged", number);
	else if (reading->row_number > XLSX_ROWS_MOST || reading->row_number == 0)
		expat_reader_refuse(&reading->reader, "xlsx_rows", number ? number : "");
}

static void cell_open(struct reading *reading, const char *const *attributes)
{
	uint32_t style;

	reading->value.length = 0;
	reading->type = CELL_NUMBER;
	reading->date_style = false;
	reading->column++;
	for (; *attributes; attributes += 2) {
		const char *name = attributes[0], *value = attributes[1];

		if (name[0] == '\0' || name[1] != '\0')
			continue;
		if (name[0] == 'r') {
			reading->column = column_of(value);
			if (reading->column == UINT32_MAX)
				expat_reader_refuse(&reading->reader, "xlsx_damaged", value);
		} else if (name[0] == 't') {
			reading->type = type_of(value);
		} else if (name[0] == 's' && digits_read(value, UINT32_MAX - 1, &style)) {
			reading->date_style = style < reading->book->style_count &&
					      reading->book->style_is_date[style];
		}
	}
}

static void cells_open(void *context, const char *name, const char *const *attributes)
{
	struct reading *reading = context;

	if (name[1] == '\0') {
		if (name[0] == 'c')
			cell_open(reading, attributes);
		else if (name[0] == 'v' || name[0] == 't')
			reading->collects = !reading->in_reading;
	} else if (strcmp(name, "row") == 0) {
		row_open(reading, attributes);
	} else if (strcmp(name, "rPh") == 0) {
		reading->in_reading = true;
	}
}

static void cells_text(void *context, const char *bytes, size_t length)
{
	struct reading *reading = context;

	if (!reading->collects)
		return;
	if (reading->value.length + length > XLSX_TEXT_LONGEST)
		expat_reader_refuse(&reading->reader, "xlsx_large", "");
	else
		buffer_add(&reading->value, bytes, length);
}

/* An ISO date-time becomes its day. */
static struct text iso_day(struct text value)
{
	if (value.length > 10 && value.data[10] == 'T')
		value.length = 10;
	return value;
}

/* What a cell holds, as text that lives as long as the sheet; false when it cannot be. */
static bool cell_text(struct reading *reading, struct text value, struct text *out_text)
{
	char number[XLSX_NUMBER_SIZE];
	struct text text = value;
	uint32_t shared;

	switch (reading->type) {
	case CELL_SHARED:
		if (!digits_read(buffer_cstring(&reading->value), UINT32_MAX - 1, &shared) ||
			shared >= reading->book->string_count) {
			expat_reader_refuse(
				&reading->reader, "xlsx_damaged", buffer_cstring(&reading->value));
			return false;
		}
		*out_text = reading->book->strings[shared];
		return true;
	case CELL_NUMBER:
		text = reading->date_style ? xlsx_date_text(value, reading->book->from_1904, number)
					   : xlsx_number_text(value, number);
		break;
	case CELL_DATE:
		text = iso_day(value);
		break;
	case CELL_TEXT:
		text.length = xlsx_unescape(reading->value.data, reading->value.length);
		text = text_trim((struct text){reading->value.data, text.length});
		break;
	case CELL_BOOLEAN:
		break;
	}
	*out_text = (struct text){text_keep(reading, text), text.length};
	if (!out_text->data)
		expat_reader_fail(&reading->reader);
	return out_text->data != NULL;
}

static void cell_close(struct reading *reading)
{
	struct xlsx_book *book = reading->book;
	struct text value = {reading->value.data, reading->value.length}, text;

	if (reading->value.failed) {
		expat_reader_fail(&reading->reader);
		return;
	}
	value = text_trim(value);
	if (value.length == 0 || !cell_text(reading, value, &text) || text.length == 0)
		return;
	book->text_bytes += text.length;
	if (book->text_bytes > text_most)
		expat_reader_refuse(&reading->reader, "xlsx_large", "");
	if (reading->column >= XLSX_COLUMNS_MOST) {
		expat_reader_refuse(&reading->reader, "xlsx_columns", "");
		return;
	}
	for (; reading->row_width <= reading->column; reading->row_width++)
		reading->row[reading->row_width] = TEXT("");
	reading->row[reading->column] = text;
}

static bool field_push(struct reading *reading, struct text field)
{
	struct chunk *chunk = reading->last;

	if (!chunk || chunk->count == CHUNK_FIELDS) {
		chunk = arena_take_raw(reading->book->scratch, 1, sizeof *chunk);
		if (!chunk)
			return false;
		chunk->next = NULL;
		chunk->count = 0;
		if (reading->last)
			reading->last->next = chunk;
		else
			reading->first = chunk;
		reading->last = chunk;
	}
	chunk->fields[chunk->count++] = field;
	return true;
}

static bool record_push(struct reading *reading, struct record record)
{
	if (reading->record_count == reading->record_room) {
		size_t room = reading->record_room ? reading->record_room * 2 : 1024;
		struct record *records = arena_grow(reading->book->scratch, reading->records,
			reading->record_count, room, sizeof *records);

		if (!records)
			return false;
		reading->records = records;
		reading->record_room = room;
	}
	reading->records[reading->record_count++] = record;
	return true;
}

static void row_close(struct reading *reading)
{
	struct record record = {.line = reading->row_number};
	bool ok = true;

	if (reading->row_width == 0)
		return;
	if (reading->record_count == 0)
		reading->header_width = reading->row_width;
	record.width =
		(uint32_t)(reading->row_width > reading->header_width ? reading->row_width
								      : reading->header_width);
	reading->fields += record.width;
	reading->book->fields += record.width;
	if (reading->book->fields > XLSX_FIELDS_MOST) {
		expat_reader_refuse(&reading->reader, "xlsx_large", "");
		return;
	}
	for (size_t i = 0; ok && i < record.width; i++)
		ok = field_push(reading, i < reading->row_width ? reading->row[i] : TEXT(""));
	if (!ok || !record_push(reading, record))
		expat_reader_fail(&reading->reader);
	reading->row_width = 0;
}

static void cells_close(void *context, const char *name)
{
	struct reading *reading = context;

	if (name[1] == '\0') {
		if (name[0] == 'c')
			cell_close(reading);
		else if (name[0] == 'v' || name[0] == 't')
			reading->collects = false;
	} else if (strcmp(name, "row") == 0) {
		row_close(reading);
	} else if (strcmp(name, "rPh") == 0) {
		reading->in_reading = false;
	}
}

/* Lays the records out as a sheet. */
static bool sheet_make(const struct reading *reading, struct sheet *out_sheet)
{
	struct arena *arena = reading->book->arena;
	size_t count = reading->record_count, at = 0;
	uint32_t *lines = arena_take_raw(arena, count, sizeof *lines);
	uint32_t *first_field = arena_take_raw(arena, count + 1, sizeof *first_field);
	struct text *fields = arena_take_raw(arena, reading->fields, sizeof *fields);

	if (!lines || !first_field || !fields)
		return error_no_memory(reading->book->error);
	for (const struct chunk *chunk = reading->first; chunk; chunk = chunk->next) {
		memcpy(fields + at, chunk->fields, chunk->count * sizeof *fields);
		at += chunk->count;
	}
	first_field[0] = 0;
	for (size_t i = 0; i < count; i++) {
		lines[i] = reading->records[i].line;
		first_field[i + 1] = first_field[i] + reading->records[i].width;
	}
	out_sheet->records = count;
	out_sheet->lines = lines;
	out_sheet->first_field = first_field;
	out_sheet->fields = fields;
	return true;
}

bool xlsx_cells_read(
	struct xlsx_book *book, const struct xlsx_sheet_part *part, struct sheet *out_sheet)
{
	struct arena_mark mark = arena_mark(book->scratch);
	struct reading *reading = arena_take(book->scratch, 1, sizeof *reading);
	struct expat_events events = {cells_open, cells_close, cells_text, reading};
	bool ok;

	if (!reading)
		return error_no_memory(book->error);
	reading->book = book;
	reading->value = buffer_in(book->scratch);
	*out_sheet = (struct sheet){.name = part->name};
	ok = xlsx_part_read(book, part->part, &reading->reader, &events) &&
	     (reading->record_count == 0 || sheet_make(reading, out_sheet));
	arena_release(book->scratch, mark);
	return ok;
}
