/* SPDX-License-Identifier: MIT */
/*
 * Changes to the record beside imports: a transaction, and statements that give no rows.
 *
 * The one rule: what belongs together, and the row of the audit log that tells of it, is between
 * one store_begin and one store_commit. The statements are cursors of store/store.h.
 */
#ifndef HEARTH_STORE_CHANGE_H
#define HEARTH_STORE_CHANGE_H

#include "store/store.h"

/* Begins a transaction that writes; waits for another writer, ERROR_CONFLICT when that takes too
 * long. The record was opened with DATABASE_WRITE. */
bool store_begin(struct store *store, struct error *error) MUST_CHECK;

/* The same for a change beside the rows of imports: somebody signs in, a row of the log. It does
 * not wait for an import that is under way, where the database allows that. Rows of other tables
 * are not to be written in it. */
bool store_begin_aside(struct store *store, struct error *error) MUST_CHECK;

/* For one of many connections of a program: it keeps little of the record in memory. */
bool store_modest(struct store *store, struct error *error) MUST_CHECK;

/* Makes the changes last. After a failure nothing was changed. */
bool store_commit(struct store *store, struct error *error) MUST_CHECK;

/* Takes them back; nothing happens outside a transaction. */
void store_rollback(struct store *store);

/* Several questions to one state of the record, for the cost of one lock; ended by store_rollback
 * or the next store_begin, and to be ended soon: nobody can commit meanwhile. Nothing may be
 * written. Within a transaction it does nothing. */
bool store_look(struct store *store, struct error *error) MUST_CHECK;
bool store_looks(const struct store *store); /* whether it was the last of these */

/* Ends a transaction by what came before: commits when `done`, else takes it back and returns
 * false with `error` as it is. For `return store_end(store, a(...) && b(...), error)`. */
bool store_end(struct store *store, bool done, struct error *error) MUST_CHECK;

/* Bytes, which may be empty; they stay where they are until the statement has run. */
void store_bind_bytes(struct store_cursor *cursor, int parameter, struct text bytes);

/* Runs a statement that gives no rows. */
bool store_run(struct store_cursor *cursor, struct error *error) MUST_CHECK;

/* The integer that a statement gives ($1 a number), `otherwise` when it has no row or null. */
bool store_one_integer(struct store *store, const char *name, int64_t parameter, int64_t otherwise,
	int64_t *out_value, struct error *error) MUST_CHECK;

#endif
