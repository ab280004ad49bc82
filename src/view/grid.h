/* SPDX-License-Identifier: MIT */
/*
 * A grid of words for a terminal: columns aligned, turned or cut into parts where it is too wide.
 *
 * The one rule: widths are of characters as shown, not bytes, and nothing that came from a file can
 * move the cursor: control characters are shown as '?'.
 */
#ifndef HEARTH_VIEW_GRID_H
#define HEARTH_VIEW_GRID_H

#include "base/text.h"

struct grid {
	size_t rows, columns; /* row 0 is the heading */
	const char **cells;   /* [row * columns + column], never NULL */
	const bool *right;    /* [column] aligned to the right; NULL for none */
	size_t keys; /* columns at the left that say what a row is about; repeated in parts */
};

/* Columns that the text takes on a terminal. */
size_t grid_text_width(struct text text);

/* Adds text, control characters replaced. */
void grid_add_text(struct buffer *out, struct text text);

/* Adds words in lines of at most `width` columns, the first indented by `indent`, the others by
 * `hanging`. */
void grid_add_wrapped(
	struct buffer *out, const char *words, size_t width, size_t indent, size_t hanging);

/* Adds the grid within `width` columns, indented. */
void grid_add(struct buffer *out, struct arena *arena, const struct grid *grid, size_t width,
	size_t indent);

#endif
