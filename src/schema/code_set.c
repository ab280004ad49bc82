/* SPDX-License-Identifier: MIT */
#include "schema/code_set.h"

/* FNV-1a: codes are a few bytes long, so nothing faster is to be had. */
static size_t code_hash(struct text code)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < code.length; i++)
		hash = (hash ^ (unsigned char)code.data[i]) * 16777619u;
	return hash ^ (hash >> 15);
}

int code_set_find(const struct code_set *set, struct text code)
{
	size_t slot = code_hash(code) & set->slot_mask;

	for (; set->slots[slot]; slot = (slot + 1) & set->slot_mask)
		if (text_equal(set->codes[set->slots[slot] - 1].code, code))
			return set->slots[slot] - 1;
	return -1;
}

bool code_set_index(
	struct code_set *set, struct arena *arena, size_t *out_again, struct error *error)
{
	size_t size = 8;
	uint8_t *slots;

	while (size < set->count * 4)
		size *= 2;
	slots = arena_take(arena, size, sizeof *slots);
	if (!slots)
		return error_no_memory(error);
	set->slots = slots;
	set->slot_mask = size - 1;
	*out_again = set->count;
	for (size_t i = 0; i < set->count; i++) {
		size_t slot = code_hash(set->codes[i].code) & set->slot_mask;

		if (code_set_find(set, set->codes[i].code) >= 0) {
			*out_again = i;
			return true;
		}
		while (slots[slot])
			slot = (slot + 1) & set->slot_mask;
		slots[slot] = (uint8_t)(i + 1);
	}
	return true;
}
