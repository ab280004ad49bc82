/* SPDX-License-Identifier: MIT */
#include "store/sealed.h"

#include <stdlib.h>

#include "base/date.h"
#include "store/children.h"
#include "store/personal.h"
#include "store/vault_batch.h"

enum { FEWEST = 1024, BLOCK = 1 << 20 };

/* Sealed values as they are read: copies in blocks, as the cursor's do not stay. */
struct gathering {
	struct arena *arena;
	struct vault_value *values;
	size_t count, capacity;
	char *block;
	size_t left;
};

static bool gather(struct gathering *gathering, int64_t row, struct text sealed)
{
	if (gathering->count == gathering->capacity) {
		size_t capacity = gathering->capacity ? gathering->capacity * 2 : FEWEST;
		struct vault_value *values = arena_grow(gathering->arena, gathering->values,
			gathering->count, capacity, sizeof *values);

		if (!values)
			return false;
		gathering->values = values;
		gathering->capacity = capacity;
	}
	if (sealed.length > gathering->left) {
		size_t size = sealed.length > BLOCK ? sealed.length : BLOCK;

		gathering->block = arena_take_raw(gathering->arena, size, 1);
		if (!gathering->block)
			return false;
		gathering->left = size;
	}
	if (sealed.length)
		memcpy(gathering->block, sealed.data, sealed.length);
	gathering->values[gathering->count++] =
		(struct vault_value){row, {gathering->block, sealed.length}};
	gathering->block += sealed.length;
	gathering->left -= sealed.length;
	return true;
}

/* Number and sealed value of every row of a query whose number `wanted` accepts (NULL: all). */
static bool gather_all(struct gathering *gathering, struct store *store, const char *query,
	bool (*wanted)(int64_t row), struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, query, &cursor, error) || !store_next(cursor, &row, error))
		return false;
	while (row) {
		int64_t number = store_integer(cursor, 0);

		if ((!wanted || wanted(number)) &&
			!gather(gathering, number, store_text(cursor, 1)))
			return error_no_memory(error);
		if (!store_next(cursor, &row, error))
			return false;
	}
	return true;
}

/* Where sealed values are: a query that gives number and value, and how they are sealed. */
struct sealed_column {
	const char *query, *table, *column;
	bool (*wanted)(int64_t row);
};

/* Reads and opens all of them; the clear values are in `arena`. */
static bool open_column(struct gathering *read, const struct sealed_column *column,
	struct arena *arena, struct store *store, struct error *error)
{
	return gather_all(read, store, column->query, column->wanted, error) &&
	       vault_open_all(store->vault, arena, column->table, column->column, read->values,
		       read->count, error);
}

static bool is_birth(int64_t value)
{
	return personal_field_of(value) == PERSONAL_BIRTH;
}

static bool is_postcode(int64_t value)
{
	enum personal_field field = personal_field_of(value);

	return field == PERSONAL_HOME || field == PERSONAL_PLACEMENT;
}

static bool births_within(struct sealed_births *out_births, struct arena *arena,
	struct arena *scratch, struct store *store, struct error *error)
{
	static const struct sealed_column column = {
		"load_sealed_dates", SEALED_DATE, SEALED, is_birth};
	struct gathering read = {.arena = scratch};
	struct sealed_births births = {0};

	if (!open_column(&read, &column, scratch, store, error))
		return false;
	births.values = arena_take_raw(arena, read.count, sizeof *births.values);
	births.days = arena_take_raw(arena, read.count, sizeof *births.days);
	if (!births.values || !births.days)
		return error_no_memory(error);
	for (size_t i = 0; i < read.count; i++) {
		births.values[i] = read.values[i].row;
		births.days[i] = vault_day_read(read.values[i].value);
	}
	births.count = read.count;
	*out_births = births;
	return true;
}

bool sealed_births_open(struct sealed_births *out_births, struct arena *arena, struct store *store,
	struct error *error)
{
	struct arena *scratch = arena_open();
	bool done = scratch ? births_within(out_births, arena, scratch, store, error)
			    : error_no_memory(error);

	arena_close(scratch);
	return done;
}

static size_t find_value(const int64_t *values, size_t count, int64_t value)
{
	size_t from = 0, to = count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (values[middle] < value)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Rows mostly come in the order of their values: the next one is looked at first. */
bool sealed_births_day(const struct sealed_births *births, int64_t value, size_t *place,
	int32_t *out_day, struct error *error)
{
	size_t at = *place + 1;

	*out_day = DATE_MISSING;
	if (!value)
		return true;
	if (at >= births->count || births->values[at] != value)
		at = find_value(births->values, births->count, value);
	if (at >= births->count || births->values[at] != value)
		return error_set(error, ERROR_INPUT,
			"a date of birth was taken out of the record by another program: restore "
			"the "
			"last backup");
	*place = at;
	*out_day = births->days[at];
	return true;
}

static bool ids_within(struct sealed_ids *out_ids, struct arena *arena, struct arena *scratch,
	struct store *store, struct error *error)
{
	static const struct sealed_column column = {
		"load_identities", CHILD_TABLE, CHILD_LOCAL_ID, NULL};
	struct gathering read = {.arena = scratch};
	struct sealed_ids ids = {0};

	if (!open_column(&read, &column, arena, store, error))
		return false;
	ids.children = arena_take_raw(arena, read.count, sizeof *ids.children);
	ids.ids = arena_take_raw(arena, read.count, sizeof *ids.ids);
	if (!ids.children || !ids.ids)
		return error_no_memory(error);
	for (size_t i = 0; i < read.count; i++) {
		ids.children[i] = read.values[i].row;
		ids.ids[i] = read.values[i].value;
	}
	ids.count = read.count;
	*out_ids = ids;
	return true;
}

bool sealed_ids_open(
	struct sealed_ids *out_ids, struct arena *arena, struct store *store, struct error *error)
{
	struct arena *scratch = arena_open();
	bool done = scratch ? ids_within(out_ids, arena, scratch, store, error)
			    : error_no_memory(error);

	arena_close(scratch);
	return done;
}

/* Places of postcodes by the number of the sealed value. */
struct placed {
	int64_t *values; /* ascending */
	int64_t (*grid)[2];
	bool *known;
	size_t count;
};

static bool place_one(struct store *store, struct text postcode, int64_t out_grid[2],
	bool *out_known, struct error *error)
{
	char plain[POSTCODE_MOST];
	struct store_cursor *cursor;
	size_t length;

	*out_known = false;
	if (!postcode_plain(postcode, plain, &length))
		return true;
	if (!store_query(store, "postcode_find", &cursor, error))
		return false;
	store_bind_text(cursor, 1, (struct text){plain, length});
	if (!store_next(cursor, out_known, error))
		return false;
	if (*out_known) {
		out_grid[0] = store_integer(cursor, 0);
		out_grid[1] = store_integer(cursor, 1);
	}
	store_rewind(cursor);
	return true;
}

static int compare_values(const void *a, const void *b, void *values)
{
	const struct vault_value *all = values;

	return text_compare(all[*(const uint32_t *)a].value, all[*(const uint32_t *)b].value);
}

/* Many children live in one place: each postcode is asked for once. */
static bool look_up(struct placed *placed, struct arena *scratch, struct store *store,
	struct vault_value *values, struct error *error)
{
	uint32_t *order = arena_take_raw(scratch, placed->count, sizeof *order);

	if (!order)
		return error_no_memory(error);
	for (size_t i = 0; i < placed->count; i++)
		order[i] = (uint32_t)i;
	if (placed->count)
		qsort_r(order, placed->count, sizeof *order, compare_values, values);
	for (size_t i = 0; i < placed->count; i++) {
		uint32_t at = order[i], before = order[i ? i - 1 : 0];

		if (i && text_equal(values[at].value, values[before].value)) {
			memcpy(placed->grid[at], placed->grid[before], sizeof *placed->grid);
			placed->known[at] = placed->known[before];
		} else if (!place_one(store, values[at].value, placed->grid[at], &placed->known[at],
				   error)) {
			return false;
		}
	}
	return true;
}

static bool place_all(
	struct placed *placed, struct arena *scratch, struct store *store, struct error *error)
{
	static const struct sealed_column column = {
		"load_sealed_texts", SEALED_TEXT, SEALED, is_postcode};
	struct gathering read = {.arena = scratch};

	if (!open_column(&read, &column, scratch, store, error))
		return false;
	placed->values = arena_take_raw(scratch, read.count, sizeof *placed->values);
	placed->grid = arena_take(scratch, read.count, sizeof *placed->grid);
	placed->known = arena_take(scratch, read.count, sizeof *placed->known);
	if (!placed->values || !placed->grid || !placed->known)
		return error_no_memory(error);
	placed->count = read.count;
	for (size_t i = 0; i < read.count; i++)
		placed->values[i] = read.values[i].row;
	return look_up(placed, scratch, store, read.values, error);
}

static const int64_t *find_place(const struct placed *placed, int64_t value)
{
	size_t at = find_value(placed->values, placed->count, value);

	return at < placed->count && placed->values[at] == value && placed->known[at]
		       ? placed->grid[at]
		       : NULL;
}

static int compare_points(const void *a, const void *b)
{
	const struct sealed_points *one = a, *other = b;

	return one->entry < other->entry ? -1 : one->entry > other->entry;
}

static bool join_points(struct sealed_points **out_points, size_t *out_count, struct arena *arena,
	const struct placed *placed, struct store *store, struct error *error)
{
	struct sealed_points *points = NULL;
	size_t count = 0, capacity = 0;
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "load_episode_postcodes", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		const int64_t *home = find_place(placed, store_integer(cursor, 1));
		const int64_t *there = find_place(placed, store_integer(cursor, 2));

		if (count == capacity) {
			size_t wanted = capacity ? capacity * 2 : FEWEST;

			points = arena_grow(arena, points, capacity, wanted, sizeof *points);
			if (!points)
				return error_no_memory(error);
			capacity = wanted;
		}
		if (home && there)
			points[count++] = (struct sealed_points){
				store_integer(cursor, 0), home[0], home[1], there[0], there[1]};
		if (!store_next(cursor, &row, error))
			return false;
	}
	if (count)
		qsort(points, count, sizeof *points, compare_points);
	*out_points = points;
	*out_count = count;
	return true;
}

/* While the first question is not rewound the record stays locked for reading: those about each
 * postcode cost no lock of their own. */
bool sealed_points_open(struct sealed_points **out_points, size_t *out_count, struct arena *arena,
	struct store *store, struct error *error)
{
	struct placed placed = {0};
	struct store_cursor *any;
	struct arena *scratch;
	bool has, done;

	*out_points = NULL;
	*out_count = 0;
	if (!store_query(store, "postcode_any", &any, error) || !store_next(any, &has, error))
		return false;
	/* most records have no directory: their postcodes stay sealed */
	if (!has)
		return true;
	scratch = arena_open();
	done = scratch ? place_all(&placed, scratch, store, error) &&
				 join_points(out_points, out_count, arena, &placed, store, error)
		       : error_no_memory(error);
	store_rewind(any);
	arena_close(scratch);
	return done;
}
