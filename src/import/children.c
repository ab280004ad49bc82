/* SPDX-License-Identifier: MIT */
#include "import/children.h"

#include "import/hash.h"

enum { CHILDREN_FIRST = 1024 };

bool named_open(
	struct children *out_children, struct arena *arena, uint64_t seed, struct error *error)
{
	struct children children = {.arena = arena, .seed = seed, .capacity = CHILDREN_FIRST};

	children.list = arena_take(arena, CHILDREN_FIRST, sizeof *children.list);
	children.slots = arena_take(arena, CHILDREN_FIRST * 2, sizeof *children.slots);
	children.slot_mask = CHILDREN_FIRST * 2 - 1;
	if (!children.list || !children.slots)
		return error_no_memory(error);
	*out_children = children;
	return true;
}

static uint64_t named_tag(uint64_t hash, size_t number)
{
	return (hash & UINT64_C(0xFFFFFFFF00000000)) | (number + 1);
}

/* The slot of the child, or the empty one where it belongs. */
static size_t named_slot(const struct children *children, struct text id, uint64_t hash)
{
	size_t slot = hash & children->slot_mask;

	for (;; slot = (slot + 1) & children->slot_mask) {
		uint64_t found = children->slots[slot];
		const struct child *child;

		if (!found)
			return slot;
		if ((found ^ hash) >> 32)
			continue;
		child = &children->list[(uint32_t)found - 1];
		if (text_equal((struct text){child->id, child->length}, id))
			return slot;
	}
}

uint32_t named_find(const struct children *children, struct text id)
{
	size_t slot = named_slot(children, id, hash_text(id, children->seed));

	return children->slots[slot] ? (uint32_t)children->slots[slot] - 1 : CHILD_NONE;
}

static bool named_grow(struct children *children)
{
	size_t capacity = children->capacity * 2, mask = capacity * 2 - 1;
	struct child *list = arena_grow(
		children->arena, children->list, children->capacity, capacity, sizeof *list);
	uint64_t *slots = arena_take(children->arena, mask + 1, sizeof *slots);

	if (!list || !slots || capacity >= UINT32_MAX)
		return false;
	for (size_t i = 0; i < children->count; i++) {
		uint64_t hash = hash_bytes(list[i].id, list[i].length, children->seed);
		size_t slot = hash & mask;

		while (slots[slot])
			slot = (slot + 1) & mask;
		slots[slot] = named_tag(hash, i);
	}
	children->list = list;
	children->capacity = capacity;
	children->slots = slots;
	children->slot_mask = mask;
	return true;
}

uint32_t named_add(struct children *children, struct text id)
{
	uint64_t hash = hash_text(id, children->seed);
	size_t slot = named_slot(children, id, hash);
	char *copy;

	if (children->slots[slot])
		return (uint32_t)children->slots[slot] - 1;
	if (children->count == children->capacity) {
		if (!named_grow(children))
			return CHILD_NONE;
		slot = named_slot(children, id, hash);
	}
	copy = arena_copy(children->arena, id.data, id.length);
	if (!copy)
		return CHILD_NONE;
	children->list[children->count] = (struct child){copy, (uint32_t)id.length, CHILD_UNASKED};
	children->slots[slot] = named_tag(hash, children->count);
	return (uint32_t)children->count++;
}
