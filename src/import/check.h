/* SPDX-License-Identifier: MIT */
/*
 * Checks every value of every row of a piece of a table, on any thread.
 *
 * The one rule: what a piece gives depends on the piece alone, never on other pieces or on how many
 * threads there are. What needs the rows before it (repeats, first rows) is settled afterwards.
 */
#ifndef HEARTH_IMPORT_CHECK_H
#define HEARTH_IMPORT_CHECK_H

#include "import/children.h"
#include "import/intake.h"

enum {
	CHECK_PIECE = 256 * 1024,    /* bytes of CSV */
	CHECK_SHEET_PIECE = 2048,    /* records of a sheet */
	CHECK_FINDINGS_MOST = 16384, /* kept of a piece; the rest are counted */
};

enum row_fate { ROW_GOOD, ROW_REFUSED, ROW_REPEATED };

struct check_piece {
	struct arena *scratch; /* the arrays below, used again by the next piece */
	struct arena *kept;    /* texts that were unquoted; until the table is done */
	struct csv_record *record;
	char *joined; /* the fields of a row, for its hash */
	size_t joined_capacity;
	size_t rows, capacity;
	uint32_t *lines;    /* line ends before the row, counted from the start of the piece */
	uint32_t *places;   /* CSV: offset in the text; sheet: number of the record */
	uint32_t *children; /* number, CHILD_NONE: not in the set or blank */
	uint64_t *hashes;   /* of the row's fields */
	uint16_t *years;
	uint8_t *fates;
	struct import_column columns[SOURCE_COLUMNS_MOST];
	struct finding *findings; /* lines as above */
	size_t finding_count, finding_capacity;
	struct finding_rest rest;
	uint64_t read, refused; /* records, and those refused before they were rows */
	uint32_t line_ends;	/* in the piece */
	int32_t greatest[2];	/* for intake years: the greatest DECOM, the greatest other date */
	bool no_memory, changed;
};

/* What the pieces of a table share; const while they are worked on. */
struct check {
	const struct schema *schema;
	const struct intake *intake;
	const struct children *children;
	struct text text;
	const struct sheet *sheet;
	const size_t *cuts; /* piece i is [cuts[i], cuts[i + 1]) of the text, or of the records */
	size_t piece_count;
	uint64_t seed;
};

/* Bytes of an element of a column's array. */
size_t check_width(enum value_kind kind);

/* Checks piece number `number`. */
void check_piece(const struct check *check, struct check_piece *piece, size_t number);

/* The greatest dates of a piece, from which the collection year of a return is inferred. */
void check_greatest(const struct check *check, struct check_piece *piece, size_t number);

/* Adds to the piece's findings, up to CHECK_FINDINGS_MOST. */
void check_find(struct check_piece *piece, struct finding finding);

#endif
