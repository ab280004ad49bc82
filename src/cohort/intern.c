/* SPDX-License-Identifier: MIT */
#include "cohort/intern.h"

enum { INTERN_FIRST = 256 };

struct intern intern_in(struct arena *arena)
{
	struct intern intern = {.arena = arena, .count = 1, .capacity = INTERN_FIRST};

	intern.texts = arena_take(arena, INTERN_FIRST, sizeof *intern.texts);
	intern.slot_count = (size_t)4 * INTERN_FIRST;
	intern.slots = arena_take(arena, intern.slot_count, sizeof *intern.slots);
	intern.failed = !intern.texts || !intern.slots;
	return intern;
}

/* The slot that holds `text`, or the free one where it belongs. */
static size_t intern_slot(const struct intern *intern, struct text text)
{
	size_t mask = intern->slot_count - 1, slot = (size_t)text_hash(text) & mask;

	while (intern->slots[slot] != 0 && !text_equal(intern->texts[intern->slots[slot]], text))
		slot = (slot + 1) & mask;
	return slot;
}

static void intern_grow(struct intern *intern)
{
	size_t capacity = 2 * intern->capacity;
	struct text *texts =
		arena_grow(intern->arena, intern->texts, intern->count, capacity, sizeof *texts);
	uint32_t *slots = arena_take(intern->arena, 4 * capacity, sizeof *slots);

	if (!texts || !slots) {
		intern->failed = true;
		return;
	}
	intern->texts = texts;
	intern->capacity = capacity;
	intern->slots = slots;
	intern->slot_count = 4 * capacity;
	for (size_t i = 1; i < intern->count; i++)
		slots[intern_slot(intern, texts[i])] = (uint32_t)i;
}

uint32_t intern_number(struct intern *intern, struct text text)
{
	size_t slot;
	char *copy;

	if (text.length == 0 || intern->failed)
		return 0;
	slot = intern_slot(intern, text);
	if (intern->slots[slot] != 0)
		return intern->slots[slot];
	copy = arena_copy(intern->arena, text.data, text.length);
	if (!copy) {
		intern->failed = true;
		return 0;
	}
	intern->slots[slot] = (uint32_t)intern->count;
	intern->texts[intern->count++] = (struct text){copy, text.length};
	if (intern->count == intern->capacity)
		intern_grow(intern);
	return (uint32_t)(intern->count - 1);
}

uint32_t intern_find(const struct intern *intern, struct text text)
{
	if (text.length == 0 || intern->failed)
		return 0;
	return intern->slots[intern_slot(intern, text)];
}
