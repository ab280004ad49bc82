/* SPDX-License-Identifier: MIT */
#include "cohort/rows.h"

#include <stdlib.h>

enum { ROWS_FIRST = 1024, ROWS_INSERTED = 24 };

void *row_add(struct row_list *list)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : ROWS_FIRST;
		char *rows = arena_grow(list->arena, list->rows, list->count, capacity, list->size);

		if (!rows)
			return NULL;
		list->rows = rows;
		list->capacity = capacity;
	}
	return row_at(list, list->count++);
}

static bool unit_is(const struct unit *unit, const struct unit *other)
{
	return unit->import == other->import && unit->file == other->file &&
	       unit->year == other->year;
}

uint32_t unit_number(struct units *units, const struct unit *wanted)
{
	/* from the last on: rows of a file follow one another. An import later than all is new:
	 * there are as many of them as assessments that were signed here */
	for (size_t i = wanted->import > units->latest ? 0 : units->count; i-- > 0;)
		if (unit_is(&units->all[i], wanted))
			return (uint32_t)i;
	if (units->count == units->capacity) {
		size_t capacity = units->capacity ? 2 * units->capacity : 16;
		struct unit *all =
			arena_grow(units->arena, units->all, units->count, capacity, sizeof *all);

		if (!all)
			return UINT32_MAX;
		units->all = all;
		units->capacity = capacity;
	}
	units->all[units->count] = *wanted;
	if (wanted->import > units->latest)
		units->latest = wanted->import;
	return (uint32_t)units->count++;
}

static int unit_compare(const void *a, const void *b)
{
	const struct unit *one = *(const struct unit *const *)a;
	const struct unit *other = *(const struct unit *const *)b;

	if (one->import != other->import)
		return one->import < other->import ? -1 : 1;
	if (one->year != other->year)
		return one->year < other->year ? -1 : 1;
	return one->file < other->file ? -1 : one->file > other->file;
}

bool units_rank(struct units *units, struct error *error)
{
	struct unit **sorted = arena_take(units->arena, units->count, sizeof *sorted);

	if (!sorted)
		return error_no_memory(error);
	for (size_t i = 0; i < units->count; i++)
		sorted[i] = &units->all[i];
	if (units->count > 0)
		qsort(sorted, units->count, sizeof *sorted, unit_compare);
	for (size_t i = 0; i < units->count; i++)
		sorted[i]->rank = (uint32_t)i;
	return true;
}

static const struct row *row_head(const struct row_list *list, size_t row)
{
	return (const struct row *)(const void *)(list->rows + row * list->size);
}

static int row_compare(const void *a, const void *b, void *context)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
	int64_t key = row_head(context, one)->key, other_key = row_head(context, other)->key;

	if (key != other_key)
		return key < other_key ? -1 : 1;
	return one < other ? -1 : one > other;
}

/* Sorts the rows of one child: few and mostly in order already. */
static void order_sort(uint32_t *order, size_t count, const struct row_list *list)
{
	if (count > ROWS_INSERTED) {
		struct row_list copy = *list;

		qsort_r(order, count, sizeof *order, row_compare, &copy);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		uint32_t row = order[i];
		int64_t key = row_head(list, row)->key;
		size_t at = i;

		for (; at > 0 && row_head(list, order[at - 1])->key > key; at--)
			order[at] = order[at - 1];
		order[at] = row;
	}
}

bool rows_order(struct row_order *out_order, struct arena *arena, const struct row_list *list,
	size_t children, struct error *error)
{
	uint32_t *first = arena_take(arena, children + 2, sizeof *first);
	uint32_t *order = arena_take_raw(arena, list->count, sizeof *order);

	if (!first || !order)
		return error_no_memory(error);
	if (list->count >= HISTORY_NONE)
		return error_set(error, ERROR_LIMIT, "the record holds more rows than we can read");
	/* counts one place too far right: after the second loop first[c + 1] is where c begins */
	for (size_t i = 0; i < list->count; i++)
		if (row_head(list, i)->child != HISTORY_NONE)
			first[row_head(list, i)->child + 2]++;
	for (size_t c = 0; c < children; c++)
		first[c + 2] += first[c + 1];
	for (size_t i = 0; i < list->count; i++)
		if (row_head(list, i)->child != HISTORY_NONE)
			order[first[row_head(list, i)->child + 1]++] = (uint32_t)i;
	for (size_t c = 0; c < children; c++)
		order_sort(order + first[c], first[c + 1] - first[c], list);
	*out_order = (struct row_order){first, order};
	return true;
}

static bool rows_of_one_import(const struct row_list *list, const struct units *units)
{
	for (size_t i = 1; i < units->count; i++)
		if (units->all[i].import != units->all[0].import)
			return false;
	return list->count == 0 || units->count > 0;
}

static bool row_same(const struct row_list *list, size_t one, size_t other)
{
	const struct row *a = row_head(list, one), *b = row_head(list, other);

	return a->child == b->child && a->key == b->key &&
	       memcmp(a + 1, b + 1, list->size - sizeof *a) == 0;
}

static uint64_t row_hash(const struct row_list *list, size_t row)
{
	const struct row *head = row_head(list, row);
	struct text rest = {(const char *)(head + 1), list->size - sizeof *head};

	return text_hash(rest) ^
	       ((uint64_t)head->key * 0x9e3779b97f4a7c15 + head->child) * 0xff51afd7ed558ccd;
}

/* Goes through the rows (from the last on, where the last stands) with a table of those that stand;
 * a row that is equal to one of another import than its own is a repeat. */
static void repeats_drop(struct row_list *list, const struct units *units, enum repeats repeats,
	uint32_t *slots, size_t slot_count)
{
	for (size_t i = 0; i < list->count; i++) {
		size_t row = repeats == REPEATS_FIRST_STANDS ? i : list->count - 1 - i;
		struct row *head = row_at(list, row);
		size_t slot = (size_t)(row_hash(list, row) >> 20) & (slot_count - 1);

		if (head->child == HISTORY_NONE)
			continue;
		while (slots[slot] != 0 && !row_same(list, slots[slot] - 1, row))
			slot = (slot + 1) & (slot_count - 1);
		if (slots[slot] == 0)
			slots[slot] = (uint32_t)row + 1;
		else if (units->all[row_head(list, slots[slot] - 1)->unit].import !=
			 units->all[head->unit].import)
			head->child = HISTORY_NONE;
	}
}

bool rows_drop_repeats(
	struct row_list *list, const struct units *units, enum repeats repeats, struct error *error)
{
	struct arena *scratch;
	size_t slot_count = 64;
	uint32_t *slots;

	if (rows_of_one_import(list, units))
		return true;
	while (slot_count < 2 * list->count)
		slot_count *= 2;
	scratch = arena_open();
	slots = scratch ? arena_take(scratch, slot_count, sizeof *slots) : NULL;
	if (slots)
		repeats_drop(list, units, repeats, slots, slot_count);
	arena_close(scratch);
	return slots || error_no_memory(error);
}
