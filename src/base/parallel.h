/* SPDX-License-Identifier: MIT */
/*
 * The same work over many items, on several threads.
 *
 * The one rule: items are cut into fixed chunks whose size does not depend on the number of
 * threads, so that what is combined chunk by chunk, in order, is the same for every number of
 * threads.
 */
#ifndef HEARTH_BASE_PARALLEL_H
#define HEARTH_BASE_PARALLEL_H

#include <stddef.h>

/* Works on items [first, first + count) of chunk number `chunk`. */
typedef void parallel_work(void *context, size_t chunk, size_t first, size_t count);

/* Threads to use: HEARTH_THREADS is read by the doors, which call parallel_set_threads; otherwise
 * the number of cores, at most 8. */
void parallel_set_threads(int threads);
int parallel_threads(void);

/* Calls `work` for every chunk of `chunk_size` items; returns when all are done. Falls back to one
 * thread when no more can be had. */
void parallel_for(size_t items, size_t chunk_size, parallel_work *work, void *context);

static inline size_t parallel_chunks(size_t items, size_t chunk_size)
{
	return (items + chunk_size - 1) / chunk_size;
}

#endif
