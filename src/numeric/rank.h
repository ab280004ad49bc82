/* SPDX-License-Identifier: MIT */
/* Sorting and ranking whole numbers by their digits: time proportional to n. */
#ifndef HEARTH_NUMERIC_RANK_H
#define HEARTH_NUMERIC_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Sorts ascending, in place; any values. Takes scratch memory from the arena and gives it back. */
bool sort_int64(struct arena *arena, int64_t *values, size_t n, struct error *error) MUST_CHECK;

/* The order that sorts `values`, equal ones as they stood: out[k] is the place of the k-th
 * smallest. ERROR_LIMIT from 2^32 values on. Scratch memory as above. */
bool sorted_order(struct arena *arena, const int64_t *values, size_t n, uint32_t *out,
	struct error *error) MUST_CHECK;

/* Twice the rank (from 1) of each value, equal ones at the mean of theirs: whole numbers. `out` may
 * not overlap `values`. ERROR_LIMIT from 2^32 values on. Scratch memory as above. */
bool doubled_ranks(struct arena *arena, const int64_t *values, size_t n, int64_t *out,
	struct error *error) MUST_CHECK;

#endif
