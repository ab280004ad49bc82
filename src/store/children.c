/* SPDX-License-Identifier: MIT */
#include "store/children.h"

enum { FEWEST_CHILDREN = 1024 };

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
	children->entries[children->count++] = (struct child_entry){.id = id, .child = child};
	return true;
}

static bool read_identities(struct children *children, struct store *store, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "load_identities", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		if (!add(children, store_text(cursor, 1), store_integer(cursor, 0)))
			return error_no_memory(error);
		if (!store_next(cursor, &row, error))
			return false;
	}
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
	for (size_t i = 0; i < children->count; i++)
		children->entries[i].named = named[children->entries[i].child];
	return true;
}

bool children_read(struct children *out_children, struct arena *arena, struct store *store,
	int64_t last, struct error *error)
{
	struct children children = {.arena = arena, .last = last};
	uint8_t *named = arena_take(arena, (size_t)last + 1, sizeof *named);

	if (!named || !grow(&children))
		return error_no_memory(error);
	if (!read_identities(&children, store, error) ||
		!read_named(&children, store, named, error))
		return false;
	children.written = children.count;
	*out_children = children;
	return true;
}

const struct child_entry *children_find(const struct children *children, struct text id)
{
	uint32_t place = children->slots[slot_of(children, id)];

	return place ? &children->entries[place - 1] : NULL;
}

bool children_number(struct children *children, struct text id, int64_t *out_child)
{
	const struct child_entry *entry = children_find(children, id);

	if (!entry && !add(children, id, children->last + 1))
		return false;
	*out_child = entry ? entry->child : ++children->last;
	return true;
}

/* As child_add takes them: child, local_id. */
static void feed_child(void *context, size_t row, size_t column, struct cell *out_cell)
{
	const struct children *children = context;
	const struct child_entry *entry = &children->entries[children->written + row];

	if (column == 0)
		*out_cell = (struct cell){.kind = CELL_INTEGER, .integer = entry->child};
	else
		*out_cell = (struct cell){.kind = CELL_TEXT, .text = entry->id};
}

bool children_write(struct children *children, struct store *store, struct error *error)
{
	struct row_feed feed = {.rows = children->count - children->written,
		.context = children,
		.cell = feed_child};
	struct statement *statement;

	if (!feed.rows)
		return true;
	statement = record_statement(store, "child_add", error);
	if (!statement || !store->driver->pour(statement, &feed, error))
		return false;
	children->written = children->count;
	return true;
}
