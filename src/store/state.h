/* SPDX-License-Identifier: MIT */
/*
 * Whether the rows that figures are made of are still those that were read: for a program that
 * keeps them in memory while others write to the same record.
 *
 * The one rule: the state is read in the same store_look as the rows; a database that can tells
 * everybody at once when it changes (store_wait), and every other is asked.
 */
#ifndef HEARTH_STORE_STATE_H
#define HEARTH_STORE_STATE_H

#include "store/store.h"

/* Changes with every import, undoing, signed and withdrawn assessment, and with nothing else. */
struct record_state {
	int64_t imports, last, undone, undone_at;
};
bool store_state(
	struct store *store, struct record_state *out_state, struct error *error) MUST_CHECK;
bool record_state_equal(const struct record_state *a, const struct record_state *b);

/* Waits until the record may have changed, `wake` (a file descriptor) can be read, or so many
 * milliseconds are over. */
bool store_wait(struct store *store, int wake, int milliseconds, struct error *error) MUST_CHECK;

#endif
