/* SPDX-License-Identifier: MIT */
/*
 * The children an import speaks of, each by a number, and whether a file names them.
 *
 * The one rule: while rows are checked on several threads the set is only read.
 */
#ifndef HEARTH_IMPORT_CHILDREN_H
#define HEARTH_IMPORT_CHILDREN_H

#include "base/text.h"

#define CHILD_NONE UINT32_MAX

enum child_state {
	CHILD_UNASKED, /* seen; nobody was asked yet */
	CHILD_NAMED,   /* by a row of this import, or by the record */
	CHILD_UNNAMED,
};

struct child {
	const char *id;
	uint32_t length;
	enum child_state state;
};

struct children {
	struct arena *arena;
	struct child *list;
	size_t count, capacity;
	uint64_t *slots; /* upper half of the hash, number + 1; 0 for empty */
	size_t slot_mask;
	uint64_t seed;
};

bool named_open(struct children *out_children, struct arena *arena, uint64_t seed,
	struct error *error) MUST_CHECK;

/* The number of a child, CHILD_NONE when it was not added. */
uint32_t named_find(const struct children *children, struct text id);

/* Whether there is a child of that number and it has this id. */
static inline bool named_is(const struct children *children, uint32_t number, struct text id)
{
	return number < children->count && children->list[number].length == id.length &&
	       memcmp(children->list[number].id, id.data, id.length) == 0;
}

/* The number of a child, added when it is new. The id is copied. CHILD_NONE: memory ran out. */
uint32_t named_add(struct children *children, struct text id);

#endif
