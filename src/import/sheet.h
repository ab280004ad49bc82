/* SPDX-License-Identifier: MIT */
/*
 * Records of fields, however the file spelled them: what the readers of CSV, XLSX and XML give to
 * the checks.
 *
 * The one rule: fields are UTF-8 and trimmed; a record keeps the physical line (or the row of a
 * sheet, or the line of an XML element) on which it begins. Record 0 of a whole sheet is its
 * header.
 */
#ifndef HEARTH_IMPORT_SHEET_H
#define HEARTH_IMPORT_SHEET_H

#include "base/text.h"

struct sheet {
	const char *name; /* of the workbook's sheet or the XML table; NULL for CSV */
	size_t records;
	const uint32_t *lines;	     /* [records] */
	const uint32_t *first_field; /* [records + 1] into fields */
	const struct text *fields;
};

/* What is wrong with a file as a whole: a key of data/texts/problems.csv, and where. */
struct sheet_fault {
	const char *problem; /* NULL when nothing is */
	uint32_t line;	     /* 1 where no line can be named */
	char value[120];
};

/* Every sheet of an XLSX workbook that holds anything; hidden ones too. Dates become yyyy-mm-dd,
 * numbers plain decimals of at most 15 digits, as spreadsheets show them, booleans 1 and 0,
 * formulas their stored values. Bounds: 1,000 entries, 512 MB inflated, a ratio of 200, 1,048,576
 * rows, 1,024 columns, 40 million fields, no encryption. A workbook that is refused is a fault, not
 * an error; errors are the machine's. */
bool xlsx_read(struct arena *arena, struct text bytes, struct sheet **out_sheets, size_t *out_count,
	struct sheet_fault *out_fault, struct error *error) MUST_CHECK;

struct schema;

/* The tables of a 903 XML return, each with its columns as a header record. Entities and external
 * references are off, depth and sizes bounded. */
bool xml_read(struct arena *arena, struct text bytes, const struct schema *schema,
	struct sheet **out_sheets, size_t *out_count, struct sheet_fault *out_fault,
	struct error *error) MUST_CHECK;

#endif
