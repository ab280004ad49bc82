/* SPDX-License-Identifier: MIT */
/*
 * The parts of a workbook, as xlsx_read reads them one after another.
 *
 * The one rule: a function that returns false has filled book->fault (the workbook is refused) or
 * book->error (memory ran out), never both.
 */
#ifndef HEARTH_IMPORT_XLSX_BOOK_H
#define HEARTH_IMPORT_XLSX_BOOK_H

#include "import/expat_reader.h"
#include "import/zip_reader.h"

enum {
	XLSX_ROWS_MOST = 1048576,
	XLSX_COLUMNS_MOST = 1024,
	XLSX_SHEETS_MOST = 1000,
	XLSX_TEXT_LONGEST = 1 << 20, /* bytes of one cell */
	XLSX_FIELDS_MOST = 40000000, /* of all sheets */
};

struct xlsx_sheet_part {
	const char *name;     /* as on its tab */
	const char *relation; /* id in the workbook's relationships */
	int64_t part;
};

struct xlsx_book {
	struct arena *arena;   /* keeps what is returned */
	struct arena *scratch; /* until xlsx_read returns */
	struct zip_package package;
	struct sheet_fault *fault;
	struct error *error;
	struct xlsx_sheet_part *sheets;
	size_t sheet_count;
	bool from_1904;			   /* days are counted from 1 January 1904 */
	int64_t strings_part, styles_part; /* -1 for none */
	struct text *strings;		   /* shared by all cells; trimmed */
	size_t string_count;
	const uint8_t *style_is_date; /* by number of the cell format */
	size_t style_count;
	uint64_t fields, text_bytes; /* of all sheets so far */
};

/* Feeds a whole part to `events`; *reader is filled before the first event. */
bool xlsx_part_read(struct xlsx_book *book, int64_t part, struct expat_reader *reader,
	const struct expat_events *events) MUST_CHECK;

/* Which sheets there are and in which parts they and the strings and styles lie. */
bool xlsx_package_read(struct xlsx_book *book) MUST_CHECK;
bool xlsx_strings_read(struct xlsx_book *book) MUST_CHECK;
bool xlsx_styles_read(struct xlsx_book *book) MUST_CHECK;

/* The rows of one sheet that hold anything; out_sheet->records is 0 when none does. */
bool xlsx_cells_read(struct xlsx_book *book, const struct xlsx_sheet_part *part,
	struct sheet *out_sheet) MUST_CHECK;

/* Whether a number format shows a day: any of d, m, y outside quotes and brackets, or hours,
 * minutes, seconds. */
bool xlsx_format_is_date(const char *format);

/* Takes the escapes _xHHHH_ out of `bytes`, in place; returns the new length. */
size_t xlsx_unescape(char *bytes, size_t length);

enum { XLSX_NUMBER_SIZE = 64 };

/* A cell's number in plain decimals, as a spreadsheet shows it: 15 digits, for what lies beyond is
 * the error of its sums (0.1 + 0.2). Whole numbers keep all theirs. The text itself where it is no
 * number. */
struct text xlsx_number_text(struct text value, char out[XLSX_NUMBER_SIZE]);

/* yyyy-mm-dd of a cell's day number; as xlsx_number_text where it is no day. Day 60 of the 1900
 * system is 29 February 1900, which never was: it is written so. */
struct text xlsx_date_text(struct text value, bool from_1904, char out[XLSX_NUMBER_SIZE]);

#endif
