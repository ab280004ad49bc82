/* SPDX-License-Identifier: MIT */
/* Finding children by the name they like to be called. */
#ifndef HEARTH_CARE_KNOWN_AS_H
#define HEARTH_CARE_KNOWN_AS_H

#include "care/profile.h"

/* Whether a child may be looked at: nothing is opened of those who may not. */
struct known_as_reader {
	bool (*may)(const void *context, int64_t child);
	const void *context;
};

/* The numbers, ascending, of children whose name they like to be called has `wanted` in it, without
 * regard to ASCII letter case. Names are sealed, so every one that may be looked at is opened. */
bool known_as_find(struct store *store, struct arena *arena, struct text wanted,
	const struct known_as_reader *reader, int64_t **out_children, size_t *out_count,
	struct error *error) MUST_CHECK;

/* Whether `words` has `wanted` in it, without regard to ASCII letter case. */
bool known_as_matches(struct text words, struct text wanted);

#endif
