/* SPDX-License-Identifier: MIT */
#include "store/children.h"

#include "base/parallel.h"
#include "store/vault_batch.h"

enum { FEWEST_CHILDREN = 1024, INDEX_CHUNK = 2048 };

/* Where the id is or would be in slots. */
static size_t slot_of(const struct children *children, struct text id)
{
	size_t slot = text_hash(id) & children->slot_mask;

	while (children->slots[slot] &&
		!text_equal(children->entries[children->slots[slot] - 1].id, id))
		slot = (slot + 1) & children->slot_mask;
	return slot;
}

/* Twice the room; slots are at most half full. */
static bool grow(struct children *children)
{
	size_t capacity = children->capacity ? children->capacity * 2 : FEWEST_CHILDREN;
	struct child_entry *entries = arena_grow(
		children->arena, children->entries, children->count, capacity, sizeof *entries);
	uint32_t *slots = arena_take(children->arena, capacity * 2, sizeof *slots);

	if (!entries || !slots)
		return false;
	children->entries = entries;
	children->capacity = capacity;
	children->slots = slots;
	children->slot_mask = capacity * 2 - 1;
	for (size_t i = 0; i < children->count; i++)
		slots[slot_of(children, entries[i].id)] = (uint32_t)i + 1;
	return true;
}

static bool add(struct children *children, struct text id, int64_t child)
{
	char *copy = arena_copy(children->arena, id.data, id.length);

	if (!copy || (children->count == children->capacity && !grow(children)))
		return false;
	id.data = copy;
	children->slots[slot_of(children, id)] = (uint32_t)children->count + 1;
	children->entries[children->count++] = (struct child_entry){id, child};
	return true;
}

/* Where the index is or would be in known_slots. Its bytes are as good as random. */
static size_t known_slot(const struct children *children, const unsigned char *index)
{
	size_t slot;

	memcpy(&slot, index, sizeof slot);
	slot &= children->known_mask;
	while (children->known_slots[slot] &&
		memcmp(children->known[children->known_slots[slot] - 1].index, index,
			VAULT_INDEX_BYTES) != 0)
		slot = (slot + 1) & children->known_mask;
	return slot;
}

static const struct child_known *find_known(const struct children *children, struct text id)
{
	unsigned char index[VAULT_INDEX_BYTES];
	uint32_t place;

	if (!children->known_count)
		return NULL;
	vault_index(children->vault, CHILD_PURPOSE, id, index);
	place = children->known_slots[known_slot(children, index)];
	return place ? &children->known[place - 1] : NULL;
}

static bool add_known(
	struct children *children, const struct store_cursor *cursor, size_t *capacity)
{
	struct text index = store_text(cursor, 1);
	struct child_known *known;

	if (children->known_count == *capacity) {
		size_t wanted = *capacity ? *capacity * 2 : FEWEST_CHILDREN;

		known = arena_grow(
			children->arena, children->known, *capacity, wanted, sizeof *known);
		if (!known)
			return false;
		children->known = known;
		*capacity = wanted;
	}
	known = &children->known[children->known_count++];
	known->child = store_integer(cursor, 0);
	memcpy(known->index, index.data,
		index.length < VAULT_INDEX_BYTES ? index.length : VAULT_INDEX_BYTES);
	return true;
}

static bool read_known(struct children *children, struct store *store, struct error *error)
{
	struct store_cursor *cursor;
	size_t capacity = 0;
	bool row;

	if (!store_query(store, "load_identity_indexes", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		if (!add_known(children, cursor, &capacity))
			return error_no_memory(error);
		if (!store_next(cursor, &row, error))
			return false;
	}
	if (!capacity)
		return true;
	children->known_slots =
		arena_take(children->arena, capacity * 2, sizeof *children->known_slots);
	if (!children->known_slots)
		return error_no_memory(error);
	children->known_mask = capacity * 2 - 1;
	for (size_t i = 0; i < children->known_count; i++)
		children->known_slots[known_slot(children, children->known[i].index)] =
			(uint32_t)i + 1;
	return true;
}

/* Marks those named; a table by number finds them. */
static bool read_named(
	struct children *children, struct store *store, uint8_t *named, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "children_named", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		int64_t child = store_integer(cursor, 0);

		if (child > 0 && child <= children->last)
			named[child] = 1;
		if (!store_next(cursor, &row, error))
			return false;
	}
	for (size_t i = 0; i < children->known_count; i++) {
		struct child_known *known = &children->known[i];

		known->named =
			known->child > 0 && known->child <= children->last && named[known->child];
	}
	return true;
}

bool children_read(struct children *out_children, struct arena *arena, struct store *store,
	int64_t last, struct error *error)
{
	struct children children = {
		.arena = arena, .vault = store->vault, .written = last, .last = last};
	uint8_t *named = arena_take(arena, (size_t)last + 1, sizeof *named);

	if (!named || !grow(&children))
		return error_no_memory(error);
	if (!read_known(&children, store, error) || !read_named(&children, store, named, error))
		return false;
	*out_children = children;
	return true;
}

bool children_named(const struct children *children, struct text id)
{
	const struct child_known *known = find_known(children, id);

	return known && known->named;
}

bool children_number(struct children *children, struct text id, int64_t *out_child)
{
	uint32_t place = children->slots[slot_of(children, id)];
	const struct child_known *known;
	int64_t child;

	if (place) {
		*out_child = children->entries[place - 1].child;
		return true;
	}
	known = find_known(children, id);
	child = known ? known->child : children->last + 1;
	if (!add(children, id, child))
		return false;
	children->last = child > children->last ? child : children->last;
	*out_child = child;
	return true;
}

bool child_ids_add(struct child_ids *ids, int64_t child, struct text id)
{
	char *copy = arena_copy(ids->arena, id.data, id.length);

	if (copy && ids->count == ids->capacity) {
		size_t capacity = ids->capacity ? ids->capacity * 2 : FEWEST_CHILDREN;
		struct vault_value *values =
			arena_grow(ids->arena, ids->values, ids->count, capacity, sizeof *values);

		if (!values)
			return false;
		ids->values = values;
		ids->capacity = capacity;
	}
	if (copy)
		ids->values[ids->count++] = (struct vault_value){child, {copy, id.length}};
	return copy;
}

/* Sealed values with their indexes. */
struct writing {
	const struct vault *vault;
	const struct vault_value *values;
	unsigned char (*indexes)[VAULT_INDEX_BYTES];
};

static void make_indexes(void *context, size_t chunk, size_t first, size_t count)
{
	const struct writing *writing = context;

	(void)chunk;
	for (size_t i = first; i < first + count; i++)
		vault_index(writing->vault, CHILD_PURPOSE, writing->values[i].value,
			writing->indexes[i]);
}

/* As child_add takes them: child, sealed_local_id, local_id_index. */
static void feed_child(void *context, size_t row, size_t column, struct cell *out_cell)
{
	const struct writing *writing = context;
	const struct vault_value *value = &writing->values[row];

	if (column == 0)
		*out_cell = (struct cell){.kind = CELL_INTEGER, .integer = value->row};
	else if (column == 1)
		*out_cell = (struct cell){.kind = CELL_BYTES, .text = value->value};
	else
		*out_cell = (struct cell){.kind = CELL_BYTES,
			.text = {(const char *)writing->indexes[row], VAULT_INDEX_BYTES}};
}

bool child_ids_write(
	struct child_ids *ids, const char *query, struct store *store, struct error *error)
{
	struct writing writing = {.vault = store->vault, .values = ids->values};
	struct row_feed feed = {.rows = ids->count, .context = &writing, .cell = feed_child};
	struct statement *statement;

	writing.indexes = arena_take_raw(ids->arena, ids->count, sizeof *writing.indexes);
	if (!writing.indexes)
		return error_no_memory(error);
	parallel_for(ids->count, INDEX_CHUNK, make_indexes, &writing);
	if (!vault_seal_all(store->vault, ids->arena, CHILD_TABLE, CHILD_LOCAL_ID, ids->values,
		    ids->count, error))
		return false;
	statement = record_statement(store, query, error);
	return statement && store->driver->pour(statement, &feed, error);
}

/* New ones came in the order of their numbers, after the known ones that came before them. */
bool children_write(
	struct children *children, struct arena *scratch, struct store *store, struct error *error)
{
	struct child_ids ids = {.arena = scratch};
	size_t wanted = (size_t)(children->last - children->written), first = children->count;

	if (!wanted)
		return true;
	for (size_t found = 0;
		found<wanted; found += children->entries[first].child> children->written)
		first--;
	for (size_t i = first; i < children->count; i++)
		if (children->entries[i].child > children->written &&
			!child_ids_add(&ids, children->entries[i].child, children->entries[i].id))
			return error_no_memory(error);
	if (!child_ids_write(&ids, "child_add", store, error))
		return false;
	children->written = children->last;
	return true;
}
