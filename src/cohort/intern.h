/* SPDX-License-Identifier: MIT */
/*
 * Equal texts by one number: names, URNs and homes that stand in many rows.
 *
 * The one rule: 0 is the blank; numbers follow the order in which texts were first seen. Memory
 * that ran out is kept in `failed`: check it once, at the end.
 */
#ifndef HEARTH_COHORT_INTERN_H
#define HEARTH_COHORT_INTERN_H

#include "base/text.h"

struct intern {
	struct arena *arena;
	struct text *texts; /* by number; [0] is empty */
	size_t count;	    /* numbers given, the blank included */
	size_t capacity;
	uint32_t *slots; /* open addressing: number, 0 for free */
	size_t slot_count;
	bool failed;
};

/* An empty one, in `arena`. */
struct intern intern_in(struct arena *arena);

/* The number of `text`, a new one if need be; bytes are copied. */
uint32_t intern_number(struct intern *intern, struct text text);

/* The number of `text`, 0 when it was never added. */
uint32_t intern_find(const struct intern *intern, struct text text);

#endif
