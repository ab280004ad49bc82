/* SPDX-License-Identifier: MIT */
/* Children in the order of their ids' bytes: the order of children everywhere. */
#include <stdlib.h>

#include "cohort/history_build.h"
#include "numeric/rank.h"

#define CHILD_NAMED (HISTORY_NONE - 1) /* by a row; its place is not known yet */

/* Eight bytes from `skip` on as a number that sorts as they do. */
static int64_t text_key(struct text id, size_t skip)
{
	uint64_t key = 0;

	for (size_t i = 0; i < 8; i++)
		key = key << 8 | (skip + i < id.length ? (unsigned char)id.data[skip + i] : 0u);
	return (int64_t)(key ^ (uint64_t)1 << 63);
}

static size_t texts_in_common(const struct text *ids, size_t count)
{
	size_t common = count ? ids[0].length : 0;

	for (size_t i = 1; i < count; i++) {
		size_t same = 0;

		while (same < common && same < ids[i].length &&
			ids[i].data[same] == ids[0].data[same])
			same++;
		common = same;
	}
	return common;
}

static int order_compare(const void *a, const void *b, void *ids)
{
	const struct text *all = ids;

	return text_compare(all[*(const uint32_t *)a], all[*(const uint32_t *)b]);
}

/* By eight bytes first, which usually decides, then in full. */
bool texts_sort(struct arena *scratch, struct text *texts, size_t count, uint32_t *out_order,
	struct error *error)
{
	size_t skip = texts_in_common(texts, count);
	int64_t *keys = arena_take_raw(scratch, count, sizeof *keys);

	if (!keys)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++)
		keys[i] = text_key(texts[i], skip);
	if (!sorted_order(scratch, keys, count, out_order, error))
		return false;
	for (size_t first = 0, next; first < count; first = next) {
		next = first + 1;
		while (next < count && keys[out_order[next]] == keys[out_order[first]])
			next++;
		if (next - first > 1)
			qsort_r(out_order + first, next - first, sizeof *out_order, order_compare,
				texts);
	}
	return true;
}

/* The ids of the children whom a row names, with their numbers in the record. */
static bool identities_read(struct history_build *build, struct row_list *out_numbers,
	struct text **out_ids, struct error *error)
{
	struct row_list numbers = {.arena = build->scratch, .size = sizeof(int64_t)};
	struct row_list ids = {.arena = build->scratch, .size = sizeof(struct text)};
	struct sealed_ids all;

	if (!sealed_ids_open(&all, build->arena, build->store, error))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct text *place;
		int64_t *place_number;

		if (build_child(build, all.children[i]) == HISTORY_NONE)
			continue;
		place = row_add(&ids);
		place_number = row_add(&numbers);
		if (!place || !place_number)
			return error_no_memory(error);
		*place_number = all.children[i];
		*place = all.ids[i];
	}
	*out_numbers = numbers;
	*out_ids = (struct text *)(void *)ids.rows;
	return true;
}

/* Gives children their places in the order of ids. */
bool build_ids(struct history_build *build, const struct row_list *rows, struct error *error)
{
	struct row_list numbers = {.count = 0};
	struct text *ids = NULL, *sorted;
	uint32_t *order, *placed;

	build->child_of = arena_take_raw(build->arena, build->numbers, sizeof *build->child_of);
	if (!build->child_of)
		return error_no_memory(error);
	memset(build->child_of, 0xff, build->numbers * sizeof *build->child_of);
	for (size_t i = 0; i < rows->count; i++)
		build->child_of[((struct row *)row_at(rows, i))->child] = CHILD_NAMED;
	if (!identities_read(build, &numbers, &ids, error))
		return false;
	order = arena_take_raw(build->scratch, numbers.count, sizeof *order);
	sorted = arena_take_raw(build->arena, numbers.count, sizeof *sorted);
	placed = arena_take_raw(build->arena, numbers.count, sizeof *placed);
	if (!order || !sorted || !placed)
		return error_no_memory(error);
	if (!texts_sort(build->scratch, ids, numbers.count, order, error))
		return false;
	for (size_t i = 0; i < numbers.count; i++) {
		int64_t number = *(int64_t *)row_at(&numbers, order[i]);

		sorted[i] = ids[order[i]];
		placed[i] = (uint32_t)number;
		build->child_of[number] = (uint32_t)i;
	}
	for (size_t i = 0; i < build->numbers; i++)
		if (build->child_of[i] == CHILD_NAMED)
			build->child_of[i] = HISTORY_NONE;
	build->history.ids = sorted;
	build->history.numbers = placed;
	build->history.child_of = build->child_of;
	build->history.number_count = build->numbers;
	build->history.children = numbers.count;
	return true;
}
