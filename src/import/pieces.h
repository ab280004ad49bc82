/* SPDX-License-Identifier: MIT */
/*
 * The pieces of a table, worked on by all threads, so many at a time.
 *
 * The one rule: pieces are handed on in their order, a wave after another, so that memory is
 * bounded and the outcome is the same for every number of threads.
 */
#ifndef HEARTH_IMPORT_PIECES_H
#define HEARTH_IMPORT_PIECES_H

#include "import/check.h"

enum { PIECES_WAVE = 32 };

struct pieces {
	struct check_piece wave[PIECES_WAVE];
	size_t opened;
};

typedef void pieces_work(const struct check *check, struct check_piece *piece, size_t number);
typedef bool pieces_settle(
	void *context, struct check_piece *wave, size_t count, struct error *error);

/* Cuts the table into check.piece_count pieces. */
bool pieces_cut(struct check *check, struct arena *arena, struct error *error) MUST_CHECK;

/* Works on every piece, then hands each wave to `settle`, which may use its arrays until it
 * returns; texts that were unquoted live until pieces_close. */
bool pieces_run(struct pieces *pieces, const struct check *check, pieces_work *work,
	pieces_settle *settle, void *context, struct error *error) MUST_CHECK;

void pieces_close(struct pieces *pieces);

#endif
