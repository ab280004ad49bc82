/* SPDX-License-Identifier: MIT */
/*
 * Records of a CSV text (RFC 4180, read leniently): fields are views into the text, trimmed.
 *
 * The one rule: a quotation mark opens a quoted field only where the field begins; inside, a
 * doubled one stands for one; what follows the closing one belongs to the field. A field that is
 * never closed goes on to the end. CRLF, LF and CR end lines, inside quotes too; empty lines are
 * skipped.
 */
#ifndef HEARTH_IMPORT_CSV_H
#define HEARTH_IMPORT_CSV_H

#include "base/text.h"

enum {
	CSV_FIELDS_MOST = 1024,	     /* kept of a record; the rest are counted */
	CSV_FIELD_LONGEST = 1 << 20, /* bytes; a longer one is cut and told */
};

struct csv_reader {
	const char *at, *end; /* what is left to read */
	const char *block;    /* the 64 bytes that `specials` tells about */
	uint64_t specials;    /* a bit for each separator, line end or quotation mark in them */
	uint32_t line;	      /* physical lines ended so far */
	char separator;
	struct arena *unquoted; /* for fields that had to be copied */
	bool failed;		/* memory ran out */
};

struct csv_record {
	struct text fields[CSV_FIELDS_MOST];
	size_t count;	   /* fields of the record, those not kept too */
	uint32_t line;	   /* lines ended before it began */
	const char *start; /* its bytes, without the line end */
	const char *end;
	bool plain;    /* no field was quoted or trimmed: the bytes are the fields */
	bool open;     /* a quotation mark was never closed: it reaches to the end */
	bool too_long; /* a field was longer than CSV_FIELD_LONGEST and was cut */
};

/* A reader of `text`; line numbers count from 0 there. */
struct csv_reader csv_open(struct text text, char separator, struct arena *unquoted);

/* The next record that is no empty line; false at the end or when memory ran out. */
bool csv_next(struct csv_reader *reader, struct csv_record *out_record);

/* Offsets at which pieces of about `size` bytes begin, each at the start of a record: out_cuts[0]
 * is 0, out_cuts[*out_count] the length. `quotes`: whether the text holds a quotation mark at all.
 */
bool csv_cut(struct arena *arena, struct text text, size_t size, bool quotes, char separator,
	const size_t **out_cuts, size_t *out_count, struct error *error) MUST_CHECK;

/* Line ends (CRLF, LF, CR) in the text. */
size_t csv_line_ends(struct text text);

#endif
