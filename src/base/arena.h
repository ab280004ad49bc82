/* SPDX-License-Identifier: MIT */
/*
 * Memory that lives and dies together: one arena a command, request, import or cohort.
 *
 * The one rule: a function that returns memory takes an arena first; one that takes none does not
 * allocate. Nothing is freed alone, everything by arena_close. Under AddressSanitizer what is not
 * handed out is poisoned. An arena belongs to one thread at a time.
 */
#ifndef HEARTH_BASE_ARENA_H
#define HEARTH_BASE_ARENA_H

#include <stddef.h>

#include "base/error.h"

struct arena;

/* A new arena, or NULL when memory ran out. */
struct arena *arena_open(void) MUST_CHECK;

/* Gives everything back. Accepts NULL. */
void arena_close(struct arena *arena);

/* `count * size` zeroed bytes, aligned for any type; NULL when memory ran out or the product
 * overflows. A count of 0 gives a valid pointer to nothing. */
void *arena_take(struct arena *arena, size_t count, size_t size) MUST_CHECK;

/* As arena_take without the zeroes: for memory that the caller fills at once. */
void *arena_take_raw(struct arena *arena, size_t count, size_t size) MUST_CHECK;

/* A larger copy of `old` (`old_count` items kept, the rest zero); grows in place where it can. */
void *arena_grow(
	struct arena *arena, void *old, size_t old_count, size_t new_count, size_t size) MUST_CHECK;

/* As arena_grow without the zeroes. */
void *arena_grow_raw(
	struct arena *arena, void *old, size_t old_count, size_t new_count, size_t size) MUST_CHECK;

/* Room for so many bytes in one block, so that what is taken next and released again stays warm:
 * fresh memory costs more than most work done in it. */
bool arena_reserve(struct arena *arena, size_t bytes) MUST_CHECK;

/* Copies of `length` bytes or of a C string, with a closing zero byte. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length) MUST_CHECK;
char *arena_string(struct arena *arena, const char *string) MUST_CHECK;
char *arena_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3))) MUST_CHECK;

/* A mark to go back to: arena_release frees everything taken since. For scratch memory in loops. */
struct arena_mark {
	void *block;
	size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/* Bytes asked of the system so far. */
size_t arena_bytes(const struct arena *arena);

#endif
