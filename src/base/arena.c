/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/format.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define ARENA_GAP 16 /* poisoned bytes after every piece, so that a small overrun is seen */
#else
#define ASAN_POISON_MEMORY_REGION(address, size)   ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ARENA_GAP				   0
#endif

enum {
	ARENA_ALIGN = alignof(max_align_t),
	ARENA_FIRST_BLOCK = 16 * 1024,
	ARENA_LARGEST_BLOCK = 4 * 1024 * 1024,
	ARENA_HUGE_PAGE = 2 * 1024 * 1024,
};

struct arena_block {
	struct arena_block *older;
	size_t size; /* bytes in data */
	size_t used;
	alignas(max_align_t) char data[];
};

struct arena {
	struct arena_block *newest;
	size_t next_size;
	size_t bytes;
};

struct arena *arena_open(void)
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (arena)
		arena->next_size = ARENA_FIRST_BLOCK;
	return arena;
}

static void arena_drop_newest(struct arena *arena)
{
	struct arena_block *block = arena->newest;

	arena->newest = block->older;
	arena->bytes -= block->size;
	ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
	free(block);
}

void arena_close(struct arena *arena)
{
	if (!arena)
		return;
	while (arena->newest)
		arena_drop_newest(arena);
	free(arena);
}

/* Asks for large pages in a large block: a fault for each 2 MiB in place of 512. Only advice. */
static void arena_advise(struct arena_block *block)
{
	uintptr_t start =
		((uintptr_t)block + ARENA_HUGE_PAGE - 1) / ARENA_HUGE_PAGE * ARENA_HUGE_PAGE;
	uintptr_t end = (uintptr_t)(block->data + block->size) / ARENA_HUGE_PAGE * ARENA_HUGE_PAGE;

	if (end > start && block->size > ARENA_LARGEST_BLOCK)
		(void)madvise((void *)start, end - start, MADV_HUGEPAGE);
}

static bool arena_add_block(struct arena *arena, size_t wanted)
{
	size_t size = wanted > arena->next_size ? wanted : arena->next_size;
	struct arena_block *block;

	if (size > SIZE_MAX - sizeof *block)
		return false;
	block = malloc(sizeof *block + size);
	if (!block)
		return false;
	block->older = arena->newest;
	block->size = size;
	block->used = 0;
	arena_advise(block);
	ASAN_POISON_MEMORY_REGION(block->data, size);
	arena->newest = block;
	arena->bytes += size;
	if (arena->next_size < ARENA_LARGEST_BLOCK)
		arena->next_size *= 2;
	return true;
}

/* Bytes to set aside for `count * size`, rounded to the alignment; false on overflow. */
static bool arena_round(size_t count, size_t size, size_t *out_bytes)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - 64)
		return false;
	*out_bytes = (bytes + ARENA_GAP + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
	return true;
}

bool arena_reserve(struct arena *arena, size_t bytes)
{
	return (arena->newest && arena->newest->size - arena->newest->used >= bytes) ||
	       arena_add_block(arena, bytes);
}

void *arena_take_raw(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	char *piece;

	if (!arena_round(count, size, &bytes))
		return NULL;
	if (!arena->newest || arena->newest->size - arena->newest->used < bytes) {
		if (!arena_add_block(arena, bytes))
			return NULL;
	}
	piece = arena->newest->data + arena->newest->used;
	arena->newest->used += bytes;
	ASAN_UNPOISON_MEMORY_REGION(piece, count * size);
	return piece;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
	void *piece = arena_take_raw(arena, count, size);

	if (piece)
		memset(piece, 0, count * size);
	return piece;
}

/* Whether `old` is the newest piece of the newest block and can be made `bytes` long there. */
static bool arena_extends(struct arena *arena, char *old, size_t old_bytes, size_t bytes)
{
	struct arena_block *block = arena->newest;
	size_t start;

	if (!block || old < block->data || old >= block->data + block->size)
		return false;
	start = (size_t)(old - block->data);
	if (start + old_bytes != block->used || block->size - start < bytes)
		return false;
	block->used = start + bytes;
	return true;
}

void *arena_grow_raw(
	struct arena *arena, void *old, size_t old_count, size_t new_count, size_t size)
{
	size_t old_bytes, bytes;
	char *piece = old;

	if (!arena_round(new_count, size, &bytes) || !arena_round(old_count, size, &old_bytes))
		return NULL;
	if (old && new_count >= old_count && arena_extends(arena, old, old_bytes, bytes)) {
		ASAN_UNPOISON_MEMORY_REGION(piece, new_count * size);
		return piece;
	}
	piece = arena_take_raw(arena, new_count, size);
	if (piece && old)
		memcpy(piece, old, (old_count < new_count ? old_count : new_count) * size);
	return piece;
}

void *arena_grow(struct arena *arena, void *old, size_t old_count, size_t new_count, size_t size)
{
	char *piece = arena_grow_raw(arena, old, old_count, new_count, size);

	if (piece && new_count > old_count)
		memset(piece + old_count * size, 0, (new_count - old_count) * size);
	return piece;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_take_raw(arena, length + 1, 1);

	if (!copy)
		return NULL;
	if (length)
		memcpy(copy, bytes, length);
	copy[length] = '\0';
	return copy;
}

char *arena_string(struct arena *arena, const char *string)
{
	return arena_copy(arena, string, strlen(string));
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	char shortly[256];
	va_list arguments;
	char *string = NULL;
	int length;

	va_start(arguments, format);
	length = format_words(shortly, sizeof shortly, format, arguments);
	va_end(arguments);
	if (length >= 0 && length < (int)sizeof shortly)
		return arena_copy(arena, shortly, (size_t)length);
	if (length >= 0)
		string = arena_take_raw(arena, (size_t)length + 1, 1);
	if (!string)
		return NULL;
	va_start(arguments, format);
	format_words(string, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return string;
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){
		.block = arena->newest,
		.used = arena->newest ? arena->newest->used : 0,
	};
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
	while (arena->newest && arena->newest != mark.block)
		arena_drop_newest(arena);
	if (arena->newest) {
		ASAN_POISON_MEMORY_REGION(
			arena->newest->data + mark.used, arena->newest->used - mark.used);
		arena->newest->used = mark.used;
	}
}

size_t arena_bytes(const struct arena *arena)
{
	return arena->bytes;
}
