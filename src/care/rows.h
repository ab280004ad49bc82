/* SPDX-License-Identifier: MIT */
/*
 * What the files of care/ share: words that are sealed, stamps, numbers, rows of the audit log.
 *
 * The one rule: for care/ only.
 */
#ifndef HEARTH_CARE_ROWS_H
#define HEARTH_CARE_ROWS_H

#include "care/care.h"

/* Seals the texts of a row together, for that row. Texts live where the caller has them. */
bool care_words_seal(struct store *store, struct arena *arena, struct vault_place place,
	const struct text *words, size_t count, struct text *out_sealed,
	struct error *error) MUST_CHECK;

/* Opens them into out_words[count]; what the row has none of is empty. */
bool care_words_open(struct store *store, struct arena *arena, struct vault_place place,
	struct text sealed, struct text *out_words, size_t count, struct error *error) MUST_CHECK;

/* A stamp in three columns (at, account, shown) from `column` on; bound from `parameter` on. */
bool care_stamp_read(const struct store_cursor *cursor, int column, struct arena *arena,
	struct care_stamp *out_stamp, struct error *error) MUST_CHECK;
struct care_stamp care_stamp_of(const struct care_writing *writing);
void care_stamp_bind(struct store_cursor *cursor, int parameter, const struct care_stamp *stamp);
/* By whoever writes now. */
void care_stamp_now(struct store_cursor *cursor, int parameter, const struct care_writing *writing);

/* The number that a query without parameters gives. */
bool care_next(struct store *store, const char *query, int64_t *out_number,
	struct error *error) MUST_CHECK;

/* The row of the audit log about the child that is written about. */
bool care_audit(const struct care_writing *writing, const char *act, const char *fields,
	struct error *error, const char *about, ...)
	__attribute__((format(printf, 5, 6))) MUST_CHECK;

/* ERROR_MISSING when the record has no such child. */
bool care_child_known(const struct care_writing *writing, struct error *error) MUST_CHECK;

/* ERROR_INPUT unless `day` is one, and not after today. `what` names it: "The day of the review".
 */
bool care_day_check(const struct care_writing *writing, const char *what, int32_t day,
	struct error *error) MUST_CHECK;

/* Fills the conflict (NULL: not asked for) and the error: who, and what to do about it. */
bool care_conflicts(struct care_conflict *out_conflict, struct care_stamp saved, int64_t revision,
	int64_t standing, struct error *error);

/* A copy of a text of the present row. */
bool care_text_copy(const struct store_cursor *cursor, int column, struct arena *arena,
	struct text *out_text, struct error *error) MUST_CHECK;

/* A day or DATE_MISSING, read from and bound to a column that may be null. */
int32_t care_day(const struct store_cursor *cursor, int column);
void care_day_bind(struct store_cursor *cursor, int parameter, int32_t day);

/* Rows of one kind while they are read. */
struct care_list {
	struct arena *arena;
	char *rows;
	size_t size, count, capacity;
};
void *care_list_add(struct care_list *list); /* zeroed; NULL when memory ran out */

#endif
