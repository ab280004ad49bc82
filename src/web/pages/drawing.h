/* SPDX-License-Identifier: MIT */
/*
 * A picture over time, drawn on the server: marks at days, for templates/parts/drawing.mustache.
 *
 * The one rule: every panel of a drawing has the same axis of time, and nothing is said by colour
 * alone.
 */
#ifndef HEARTH_WEB_PAGES_DRAWING_H
#define HEARTH_WEB_PAGES_DRAWING_H

#include "view/model.h"

enum {
	DRAWING_WIDTH = 760,
	DRAWING_LEFT = 152, /* where time begins; left of it stand the labels */
	DRAWING_RIGHT = 748,
	DRAWING_LETTER = 7, /* about as wide as a letter is */
};

struct drawing {
	struct arena *arena;
	struct model *model;
	struct model *lines, *shapes, *dots, *texts;
	int32_t from, to; /* days */
	int y;		  /* where the next panel begins */
};

/* Adds `key` to the model, to be filled; `words` say what the picture says, to those who hear it.
 */
void drawing_open(struct drawing *drawing, struct model *model, const char *key, const char *words,
	int32_t from, int32_t to);

/* Sets the years or months under the panels and the lines through them, and its height. */
void drawing_close(struct drawing *drawing);

/* Where a day is. */
int drawing_x(const struct drawing *drawing, int32_t day);

/* `kind` is the end of a class of assets/scss/_drawing.scss. `words`: what the mark says, NULL for
 * what is no mark. */
void drawing_line(struct drawing *drawing, const char *kind, int x1, int y1, int x2, int y2);
void drawing_shape(struct drawing *drawing, const char *kind, const char *path, const char *words);
void drawing_dot(struct drawing *drawing, int x, int y, const char *words);
void drawing_text(struct drawing *drawing, const char *kind, int x, int y, const char *text);

#endif
