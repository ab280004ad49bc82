/* SPDX-License-Identifier: MIT */
/* Finds a text in the files of data/texts/: CSV with a header row, the key in the first column. */
#ifndef HEARTH_VIEW_TEXTS_H
#define HEARTH_VIEW_TEXTS_H

#include "base/arena.h"

/* The value of `column` in the row of `key`, a copy; NULL when the file, the row or the column is
 * not there, the value is empty, or memory ran out. */
const char *texts_find(struct arena *arena, const char *path, const char *key, const char *column);

#endif
