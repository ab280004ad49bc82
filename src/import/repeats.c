/* SPDX-License-Identifier: MIT */
#include "import/repeats.h"

/* A table is made for the rows that may come, but at first not larger than 32 MiB. */
enum { REPEATS_LEAST_SLOTS = 1024, REPEATS_FIRST_SLOTS = 1 << 23 };

static bool repeats_open_slots(struct repeats *repeats, size_t slots)
{
	struct arena *arena = arena_open();
	uint32_t *fresh = arena ? arena_take(arena, slots, sizeof *fresh) : NULL;

	if (!fresh) {
		arena_close(arena);
		return false;
	}
	arena_close(repeats->slots_of);
	repeats->slots_of = arena;
	repeats->slots = fresh;
	repeats->slot_mask = slots - 1;
	return true;
}

bool repeats_open(
	struct repeats *out_repeats, struct arena *arena, size_t most, struct error *error)
{
	struct repeats repeats = {.capacity = most};
	size_t slots = REPEATS_LEAST_SLOTS;

	while (slots < most * 2 && slots < REPEATS_FIRST_SLOTS)
		slots *= 2;
	repeats.hashes = arena_take_raw(arena, most, sizeof *repeats.hashes);
	repeats.places = arena_take_raw(arena, most, sizeof *repeats.places);
	if (!repeats.hashes || !repeats.places || !repeats_open_slots(&repeats, slots)) {
		repeats_close(&repeats);
		return error_no_memory(error);
	}
	*out_repeats = repeats;
	return true;
}

void repeats_close(struct repeats *repeats)
{
	arena_close(repeats->slots_of);
	*repeats = (struct repeats){0};
}

bool repeats_reserve(struct repeats *repeats, size_t more, struct error *error)
{
	size_t slots = repeats->slot_mask + 1;

	while (slots < (repeats->count + more) * 2)
		slots *= 2;
	if (slots == repeats->slot_mask + 1)
		return true;
	if (!repeats_open_slots(repeats, slots))
		return error_no_memory(error);
	for (size_t row = 0; row < repeats->count; row++) {
		size_t slot = repeats->hashes[row] & repeats->slot_mask;

		while (repeats->slots[slot])
			slot = (slot + 1) & repeats->slot_mask;
		repeats->slots[slot] = (uint32_t)row + 1;
	}
	return true;
}

bool repeats_add(
	struct repeats *repeats, uint64_t hash, uint32_t place, repeats_same *same, void *context)
{
	size_t slot = hash & repeats->slot_mask;

	for (; repeats->slots[slot]; slot = (slot + 1) & repeats->slot_mask) {
		size_t row = repeats->slots[slot] - 1;

		if (repeats->hashes[row] == hash && same(context, repeats->places[row], place))
			return true;
	}
	if (repeats->count == repeats->capacity)
		return false;
	repeats->hashes[repeats->count] = hash;
	repeats->places[repeats->count] = place;
	repeats->slots[slot] = (uint32_t)++repeats->count;
	return false;
}
