/* SPDX-License-Identifier: MIT */
#include "web/kept_parts.h"

#include <pthread.h>

enum { PLACES = 4096, BYTES_MOST = 32 << 20 };

struct part {
	uint64_t number;
	struct text text;
	struct part *next; /* of the same place */
};

struct kept_parts {
	struct arena *arena;
	pthread_mutex_t lock;
	struct part *places[PLACES];
};

struct kept_parts *kept_parts_open(void)
{
	struct arena *arena = arena_open();
	struct kept_parts *parts = arena ? arena_take(arena, 1, sizeof *parts) : NULL;

	if (!parts) {
		arena_close(arena);
		return NULL;
	}
	parts->arena = arena;
	pthread_mutex_init(&parts->lock, NULL);
	return parts;
}

void kept_parts_close(struct kept_parts *parts)
{
	struct arena *arena;

	if (!parts)
		return;
	arena = parts->arena;
	pthread_mutex_destroy(&parts->lock);
	arena_close(arena);
}

static struct text find(const struct kept_parts *parts, uint64_t number)
{
	const struct part *part = parts->places[number % PLACES];

	while (part && part->number != number)
		part = part->next;
	return part ? part->text : (struct text){0};
}

struct text kept_part(struct kept_parts *parts, uint64_t number)
{
	struct text text = {0};

	if (!parts)
		return text;
	pthread_mutex_lock(&parts->lock);
	text = find(parts, number);
	pthread_mutex_unlock(&parts->lock);
	return text;
}

struct text keep_part(struct kept_parts *parts, uint64_t number, struct text part)
{
	struct part *kept = NULL;
	const char *copy = NULL;

	if (!parts)
		return part;
	pthread_mutex_lock(&parts->lock);
	if (!find(parts, number).data && arena_bytes(parts->arena) < BYTES_MOST) {
		kept = arena_take(parts->arena, 1, sizeof *kept);
		copy = kept ? arena_copy(parts->arena, part.data, part.length) : NULL;
	}
	if (copy) {
		*kept = (struct part){number, {copy, part.length}, parts->places[number % PLACES]};
		parts->places[number % PLACES] = kept;
	}
	pthread_mutex_unlock(&parts->lock);
	return copy ? (struct text){copy, part.length} : part;
}
