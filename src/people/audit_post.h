/* SPDX-License-Identifier: MIT */
/*
 * Rows of the log by way of the daybook (store/daybook.h): kept there at once, taken over into the
 * log, where they get their number and their place in the chain, soon after.
 *
 * The one rule: a row is in the daybook or in the log from the moment it was made last, never in
 * both and never in neither.
 */
#ifndef HEARTH_PEOPLE_AUDIT_POST_H
#define HEARTH_PEOPLE_AUDIT_POST_H

#include "people/known.h"
#include "store/daybook.h"

enum { AUDIT_PACKED_MOST = 4096 }; /* bytes of a row in a group */

/* Whether the row may go by the daybook: one with a reason may not, which is sealed with the number
 * of its row. */
bool audit_may_wait(const struct actor *actor, const struct audit_row *row);

/* Adds the row to a group; false when it is longer than AUDIT_PACKED_MOST or `group` has no room
 * (DAYBOOK_GROUP_MOST), and nothing is added. */
bool audit_pack(struct buffer *group, const struct actor *actor, const struct audit_row *row);

/* What the record says of the daybook; all zero when it has none yet. */
bool audit_taken(
	struct store *store, struct daybook_mark *out_taken, struct error *error) MUST_CHECK;

/* Says that the record's daybook is this one from now on. In the caller's transaction. */
bool audit_set_taken(
	struct store *store, const struct daybook_mark *taken, struct error *error) MUST_CHECK;

/* Takes at most `most` groups of the daybook at `path` over, in a transaction of its own, of which
 * `known` is told (it may be NULL). *out_taken is behind them; *out_more: there may be others.
 * ERROR_INPUT when the daybook was changed. */
bool audit_post(struct store *store, struct known *known, const char *path, size_t most,
	struct daybook_mark *out_taken, bool *out_more, struct error *error) MUST_CHECK;

/* Takes everything over. `place` is the record's; *out_taken is the end, all zero without a daybook
 * of the record's own. */
bool audit_post_all(struct store *store, const char *place, struct daybook_mark *out_taken,
	struct error *error) MUST_CHECK;

/* How many rows wait in the daybook of the record at `place`; reads only. */
bool audit_waiting(
	struct store *store, const char *place, int64_t *out_rows, struct error *error) MUST_CHECK;

/* The daybook of a record. */
bool audit_daybook_path(struct arena *arena, const char *place, const char **out_path,
	struct error *error) MUST_CHECK;

#endif
