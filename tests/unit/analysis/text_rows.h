/* SPDX-License-Identifier: MIT */
/* The texts of data/texts/ as tests read them: comma-separated with a header row. */
#ifndef HEARTH_TESTS_TEXT_ROWS_H
#define HEARTH_TESTS_TEXT_ROWS_H

#include "base/arena.h"

enum { TEXT_COLUMNS_MOST = 8, TEXT_ROWS_MOST = 400 };

struct text_rows {
	size_t count;
	size_t columns;
	const char *cells[TEXT_ROWS_MOST][TEXT_COLUMNS_MOST]; /* row 0 is the header */
};

/* Fails the test when the file is not in the program. */
const struct text_rows *text_rows_read(struct arena *arena, const char *path);

/* The row of that key (first column); NULL when there is none. */
const char *const *text_rows_find(const struct text_rows *rows, const char *key);

#endif
