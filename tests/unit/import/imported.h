/* SPDX-License-Identifier: MIT */
/* An import for tests: files in, accepted rows as lines of text and problems out. */
#ifndef HEARTH_TESTS_IMPORTED_H
#define HEARTH_TESTS_IMPORTED_H

#include "import/import.h"

struct imported {
	struct arena *arena;
	struct schema schema;
	struct import import;
	struct buffer rows; /* "table|shown|line|year|column=value|..." a line each */
	bool keep_rows;
	const char *known_child;	   /* an id that the record has; NULL for none */
	const char *known_hash;		   /* of a file that the record has; NULL for none */
	size_t progress_calls, stop_after; /* stop_after: calls after which to stop; 0 for never */
	struct error error;
};

/* Imports; false with imported->error on an error. Options are set before. */
bool imported_open(
	struct imported *imported, bool keep_rows, const char *const *paths, size_t path_count);
void imported_close(struct imported *imported);

/* The problems, "file:line:column:severity:value" a line each, file by its base name. */
const char *imported_problems(struct imported *imported);

/* Writes a file of a new temporary folder; makes folders on the way. Fails the test on an error. */
void imported_write(const char *folder, const char *name, const void *bytes, size_t length);

/* A new temporary folder, whose name holds no digits that could be a year. */
char *imported_folder(void);
void imported_remove(char *folder);

#endif
