/* SPDX-License-Identifier: MIT */
/*
 * The ids of children while an import runs: a council's own id to the record's number.
 *
 * The one rule: a number, once given, is never given to another child. The record's ids are not
 * opened: one that comes is looked for by its blind index.
 */
#ifndef HEARTH_STORE_CHILDREN_H
#define HEARTH_STORE_CHILDREN_H

#include "store/record.h"
#include "store/vault_batch.h"

#define CHILD_TABLE    "child_identity"
#define CHILD_LOCAL_ID "local_id"
#define CHILD_PURPOSE  CHILD_TABLE "." CHILD_LOCAL_ID /* of the blind index */

/* One that came. */
struct child_entry {
	struct text id;
	int64_t child;
};

/* One of the record. */
struct child_known {
	unsigned char index[VAULT_INDEX_BYTES];
	int64_t child;
	bool named; /* by a row in effect when the import began */
};

struct children {
	struct arena *arena;
	const struct vault *vault;
	struct child_entry *entries;
	size_t count, capacity;
	uint32_t *slots; /* place in entries + 1; 0 for empty */
	size_t slot_mask;
	struct child_known *known;
	uint32_t *known_slots; /* place in known + 1, by the index's first bytes */
	size_t known_count, known_mask;
	int64_t written, last; /* the greatest number in the record, and given so far */
};

/* Reads the indexes of the record; `last` is the greatest number given so far. */
bool children_read(struct children *out_children, struct arena *arena, struct store *store,
	int64_t last, struct error *error) MUST_CHECK;

/* Whether a row in effect named that child when the import began. */
bool children_named(const struct children *children, struct text id);

/* The number of a child, a new one if it has none. */
bool children_number(struct children *children, struct text id, int64_t *out_child) MUST_CHECK;

/* Seals and stores the ids that were given numbers since the last call. */
bool children_write(struct children *children, struct arena *scratch, struct store *store,
	struct error *error) MUST_CHECK;

/* Ids by number, on their way into the record. */
struct child_ids {
	struct arena *arena;
	struct vault_value *values; /* [i].row: the child */
	size_t count, capacity;
};
bool child_ids_add(struct child_ids *ids, int64_t child, struct text id) MUST_CHECK;

/* Seals them and stores them by that statement; they are sealed afterwards. */
bool child_ids_write(struct child_ids *ids, const char *query, struct store *store,
	struct error *error) MUST_CHECK;

#endif
