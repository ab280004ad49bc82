/* SPDX-License-Identifier: MIT */
/*
 * The same file again. A file is the same when its bytes and its sheet are. It is left alone when
 * all of its rows are in the record; when some were refused, only those that are not there go in.
 */
#include "store/ingest.h"

static bool add_range(struct ingest *ingest, struct earlier_file *earlier, int64_t first,
	int64_t rows, struct error *error)
{
	struct entry_range *ranges = arena_grow(
		ingest->arena, earlier->ranges, earlier->count, earlier->count + 1, sizeof *ranges);

	if (!ranges)
		return error_no_memory(error);
	ranges[earlier->count++] = (struct entry_range){first, first + rows - 1};
	earlier->ranges = ranges;
	return true;
}

/* A return counts as the same only for its own collection year, where that is known. */
static bool is_same(const struct import_file *file, const struct store_cursor *cursor)
{
	return text_is(store_text(cursor, 0), file->table->name) &&
	       (!file->table->is_return || !file->collection_year ||
		       store_integer(cursor, 5) == file->collection_year);
}

static bool read_earlier(struct ingest *ingest, const struct import_file *file,
	struct earlier_file *earlier, bool *out_complete, struct error *error)
{
	struct store_cursor *cursor;
	int64_t stored = 0, rows = 0;
	bool row;

	if (!store_query(ingest->store, "file_in_record", &cursor, error))
		return false;
	store_bind_text(cursor, 1, text_of(file->sha256));
	store_bind_text(cursor, 2, text_of(file->sheet));
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		int64_t these = store_integer(cursor, 3);
		int64_t all = store_integer(cursor, 1) - store_integer(cursor, 2);

		if (these && is_same(file, cursor)) {
			if (!add_range(ingest, earlier, store_integer(cursor, 4), these, error))
				return false;
			stored += these;
			rows = all > rows ? all : rows;
		}
		if (!store_next(cursor, &row, error))
			return false;
	}
	*out_complete = stored > 0 && stored == rows;
	ingest->left_alone += *out_complete ? stored : 0;
	return true;
}

bool ingest_has_file(void *context, const struct import_file *file)
{
	struct ingest *ingest = context;
	struct earlier_file *earlier;
	bool complete = false;

	if (!file->table || ingest->fault.code != ERROR_NONE)
		return false;
	earlier = arena_take(ingest->arena, 1, sizeof *earlier);
	if (!earlier) {
		error_no_memory(&ingest->fault);
		return false;
	}
	if (!read_earlier(ingest, file, earlier, &complete, &ingest->fault))
		return false;
	if (earlier->count && !complete) {
		earlier->file = file;
		earlier->next = ingest->earlier;
		ingest->earlier = earlier;
	}
	return complete;
}

static uint64_t key_of(uint32_t line, int64_t child)
{
	return (uint64_t)line << 32 | (uint32_t)child;
}

static size_t slot_of(const struct known_rows *known, uint64_t key)
{
	size_t slot = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & known->mask;

	while (known->slots[slot] && known->slots[slot] != key)
		slot = (slot + 1) & known->mask;
	return slot;
}

static bool make_room(struct known_rows *known, struct arena *arena, int64_t rows)
{
	size_t slots = 64;

	while ((int64_t)slots < rows * 2)
		slots *= 2;
	known->mask = slots - 1;
	known->slots = arena_take(arena, slots, sizeof *known->slots);
	known->counts = arena_take(arena, slots, sizeof *known->counts);
	return known->slots && known->counts;
}

static bool read_range(struct known_rows *known, struct store *store, const char *query,
	int64_t first, int64_t last, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, query, &cursor, error))
		return false;
	store_bind_integer(cursor, 1, first);
	store_bind_integer(cursor, 2, last);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		uint64_t key = key_of((uint32_t)store_integer(cursor, 0), store_integer(cursor, 1));
		size_t slot = slot_of(known, key);

		known->slots[slot] = key;
		known->counts[slot]++;
		if (!store_next(cursor, &row, error))
			return false;
	}
	return true;
}

bool ingest_known_rows(struct known_rows **out_known, struct ingest *ingest,
	const struct import_file *file, const struct source_table *table, struct arena *arena,
	struct error *error)
{
	const struct earlier_file *earlier = ingest->earlier;
	const char *query = arena_format(arena, "lines_%s", table->name);
	struct known_rows *known = arena_take(arena, 1, sizeof *known);
	int64_t rows = 0;

	*out_known = NULL;
	while (earlier && earlier->file != file)
		earlier = earlier->next;
	if (!earlier)
		return true;
	for (size_t i = 0; i < earlier->count; i++)
		rows += earlier->ranges[i].last - earlier->ranges[i].first + 1;
	if (!query || !known || !make_room(known, arena, rows))
		return error_no_memory(error);
	for (size_t i = 0; i < earlier->count; i++)
		if (!read_range(known, ingest->store, query, earlier->ranges[i].first,
			    earlier->ranges[i].last, error))
			return false;
	*out_known = known;
	return true;
}

bool known_rows_take(struct known_rows *known, uint32_t line, int64_t child)
{
	size_t slot = slot_of(known, key_of(line, child));

	if (!known->counts[slot])
		return false;
	known->counts[slot]--;
	return true;
}
