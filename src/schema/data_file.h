/* SPDX-License-Identifier: MIT */
/*
 * The small CSV files under data/: embedded in the program, or standing in a council's own folder.
 *
 * The one rule: every fault names the file and the line, so that whoever edited it can mend it.
 */
#ifndef HEARTH_SCHEMA_DATA_FILE_H
#define HEARTH_SCHEMA_DATA_FILE_H

#include "base/arena.h"
#include "base/text.h"

struct data_path {
	const char *name; /* "codes/place.csv": below data/ */
	const char *file; /* in the council's folder; NULL when embedded */
};

/* All files there are, the council's in place of ours, sorted by name. */
struct data_files {
	const struct data_path *paths;
	size_t count;
};

/* Lists data/ and `folder` (NULL for none). */
bool data_files_open(struct data_files *out_files, struct arena *arena, const char *folder,
	struct error *error) MUST_CHECK;

/* The names that lie in `folder` ("codes/") and end in ".csv", not deeper: *out_first and how many
 * paths from there on begin with it. */
size_t data_files_under(
	const struct data_files *files, const char *folder, const struct data_path **out_first);

bool data_file_exists(const struct data_files *files, const char *name);

/* The rows of a file below its header, by the columns asked for: cells[row * width + column]. */
struct data_rows {
	const char *path; /* for messages */
	size_t count;
	size_t width;
	const char *const *cells; /* trimmed UTF-8, never NULL */
	const int *lines;
};

/* Reads the columns named (in any order in the file; others are left alone). A name that begins
 * with
 * '?' may be absent: its cells are empty. ERROR_MISSING when there is no such file; ERROR_INPUT
 * when it is damaged. */
bool data_file_read(struct data_rows *out_rows, struct arena *arena, const struct data_files *files,
	const char *name, const char *const *columns, size_t width, struct error *error) MUST_CHECK;

static inline const char *data_cell(const struct data_rows *rows, size_t row, size_t column)
{
	return rows->cells[row * rows->width + column];
}

static inline struct text data_text(const struct data_rows *rows, size_t row, size_t column)
{
	return text_of(data_cell(rows, row, column));
}

/* A whole number from `least` to `most`; `blank` where the cell is empty (a fault when blank is
 * INT_MIN). */
bool data_integer(const struct data_rows *rows, size_t row, size_t column, int least, int most,
	int blank, int *out_number, struct error *error) MUST_CHECK;

/* "yes" or "no". */
bool data_flag(const struct data_rows *rows, size_t row, size_t column, bool *out_flag,
	struct error *error) MUST_CHECK;

/* Fills `error` with the file, the line and what is wrong; returns false. */
bool data_wrong(const struct data_rows *rows, size_t row, struct error *error, const char *format,
	...) __attribute__((format(printf, 4, 5)));

#endif
