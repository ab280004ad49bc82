/* SPDX-License-Identifier: MIT */
/*
 * The rows of one file by the hash of their fields, to find those that come again.
 */
#ifndef HEARTH_IMPORT_REPEATS_H
#define HEARTH_IMPORT_REPEATS_H

#include "base/arena.h"

#include <stdint.h>

struct repeats {
	struct arena *slots_of; /* the table, made anew as it grows */
	uint64_t *hashes;
	uint32_t *places;
	size_t count, capacity;
	uint32_t *slots; /* row + 1; 0 for empty */
	size_t slot_mask;
};

/* Whether the rows at two places are equal field by field. */
typedef bool repeats_same(void *context, uint32_t place, uint32_t other);

/* `most`: rows that may come; what is kept of each is taken from the arena. */
bool repeats_open(struct repeats *out_repeats, struct arena *arena, size_t most,
	struct error *error) MUST_CHECK;
void repeats_close(struct repeats *repeats);

/* Makes room for so many more rows. */
bool repeats_reserve(struct repeats *repeats, size_t more, struct error *error) MUST_CHECK;

/* Fetches what the row with this hash will need, a few rows ahead. */
static inline void repeats_prefetch(const struct repeats *repeats, uint64_t hash)
{
	__builtin_prefetch(&repeats->slots[hash & repeats->slot_mask]);
}

/* Whether an equal row was added before; adds the row otherwise. */
bool repeats_add(
	struct repeats *repeats, uint64_t hash, uint32_t place, repeats_same *same, void *context);

#endif
