/* SPDX-License-Identifier: MIT */
/*
 * The daybook: two files beside the record for what must last at once and may enter the record a
 * little later, by whoever has the time. One program writes; any may read and take over.
 *
 * A file is a head (book, turn) and groups, each with the BLAKE2b hash of the one before and
 * itself. Turn 1 is in PATH-1, turn 2 in PATH-0, turn 3 in PATH-1 again: a file is begun anew when
 * the record has all of it. The record says how far it has come (struct daybook_mark), in the
 * transaction that takes groups over: each enters once, whatever dies when.
 *
 * The one rule: what daybook_keep made last is read until it is taken over; what a power cut left
 * half written never is; what was changed in between is ERROR_INPUT.
 */
#ifndef HEARTH_STORE_DAYBOOK_H
#define HEARTH_STORE_DAYBOOK_H

#include "base/error.h"
#include "base/text.h"

enum { DAYBOOK_HASH_BYTES = 32, DAYBOOK_GROUP_MOST = 64 * 1024 };

/* A place in the daybook: behind a group. All zero: before everything. */
struct daybook_mark {
	int64_t book, turn, position;
	unsigned char hash[DAYBOOK_HASH_BYTES];
};

struct daybook;

/* For the one program that writes: makes the files if need be and begins a turn. `taken` is what
 * the record says. Files with groups of another record are put aside (PATH-0.other). ERROR_CONFLICT
 * while another program writes, or while both files hold what the record does not have yet. */
bool daybook_open(struct daybook **out_daybook, const char *path, const struct daybook_mark *taken,
	struct error *error) MUST_CHECK;

/* Takes the files away when the record has all of them (`taken`). Accepts NULL. */
void daybook_close(struct daybook *daybook, const struct daybook_mark *taken);

/* Adds a group of at most DAYBOOK_GROUP_MOST bytes; daybook_keep makes all that were added last.
 * After a failure of either what was added since the last daybook_keep may last or not. `taken`
 * says whether the other file may be begun anew when this one is long. */
bool daybook_add(struct daybook *daybook, struct text group, const struct daybook_mark *taken,
	struct error *error) MUST_CHECK;
bool daybook_keep(struct daybook *daybook, struct error *error) MUST_CHECK;

/* Behind the last group that was added. */
struct daybook_mark daybook_end(const struct daybook *daybook);

/* Gives the groups behind *mark one by one, at most `most`, and moves *mark behind them. A daybook
 * that is not there, or not of `mark`'s book, has none. *out_more: `most` was reached. */
bool daybook_read(const char *path, struct daybook_mark *mark, size_t most,
	bool (*take)(void *context, struct text group, struct error *error), void *context,
	bool *out_more, struct error *error) MUST_CHECK;

#endif
