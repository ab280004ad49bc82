/* SPDX-License-Identifier: MIT */
/*
 * The ids of children in memory while an import runs: a council's own id to the record's number.
 *
 * The one rule: a number, once given, is never given to another child.
 */
#ifndef HEARTH_STORE_CHILDREN_H
#define HEARTH_STORE_CHILDREN_H

#include "store/record.h"

struct child_entry {
	struct text id;
	int64_t child;
	bool named; /* by a row in effect when the import began */
};

struct children {
	struct arena *arena;
	struct child_entry *entries;
	size_t count, capacity;
	uint32_t *slots; /* place in entries + 1; 0 for empty */
	size_t slot_mask;
	size_t written; /* entries that the record has */
	int64_t last;	/* the greatest number given so far */
};

/* Reads those of the record; `last` is the greatest number given so far. */
bool children_read(struct children *out_children, struct arena *arena, struct store *store,
	int64_t last, struct error *error) MUST_CHECK;

/* NULL when the record has no such id. */
const struct child_entry *children_find(const struct children *children, struct text id);

/* The number of a child, a new one if it has none. */
bool children_number(struct children *children, struct text id, int64_t *out_child) MUST_CHECK;

/* Stores the ids that were given numbers since the last call. */
bool children_write(struct children *children, struct store *store, struct error *error) MUST_CHECK;

#endif
