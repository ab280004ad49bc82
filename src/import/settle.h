/* SPDX-License-Identifier: MIT */
/*
 * What becomes of each checked row, in the order of lines: repeats, first rows of a child, children
 * nobody names; and the accepted rows of the whole table side by side.
 */
#ifndef HEARTH_IMPORT_SETTLE_H
#define HEARTH_IMPORT_SETTLE_H

#include "import/pieces.h"
#include "import/repeats.h"

/* The children of whom a row stands, with the collection year of the row. */
struct settle_firsts {
	struct arena *arena;
	uint64_t *slots; /* 0 for empty */
	size_t count, slot_mask;
};

struct settle {
	const struct check *check;
	struct problem_log *log;
	struct children *children;
	const struct import_sink *sink;
	struct import_file *file; /* its counts are kept here */
	struct arena *arena;	  /* shared by all tables, one after another: the arrays below */
	struct arena_mark mark;
	struct repeats repeats;
	struct settle_firsts firsts;
	struct csv_record *compared[2]; /* two rows with the same hash */
	uint32_t line;			/* line ends before the next piece */
	size_t count, capacity;
	uint32_t *lines;
	uint16_t *years;
	uint32_t *children_of;
	struct import_column columns[SOURCE_COLUMNS_MOST];
	bool changed; /* the file was written to while it was read */
	size_t pieces_done;
	size_t bytes_before, bytes_total; /* of the import, for progress */
};

/* Bytes of the arena that a table takes, for arena_reserve. */
size_t settle_bytes(const struct intake *intake, size_t text_length);

/* settle->check, log, children, sink, file and arena are set by the caller. */
bool settle_open(struct settle *settle, struct error *error) MUST_CHECK;
void settle_close(struct settle *settle);

/* A wave of pieces (pieces_settle). */
bool settle_wave(
	void *settle, struct check_piece *wave, size_t count, struct error *error) MUST_CHECK;

#endif
