/* SPDX-License-Identifier: MIT */
#include "store/change.h"

#include "store/cursor.h"
#include "store/record.h"

static bool begin_by(struct store *store,
	bool (*begin)(struct database *database, struct error *error), struct error *error)
{
	if (store->within == WITHIN_LOOK)
		store_rollback(store);
	if (!begin(store->database, error))
		return false;
	store->within = WITHIN_CHANGE;
	return true;
}

bool store_begin(struct store *store, struct error *error)
{
	return begin_by(store, store->driver->begin, error);
}

bool store_begin_aside(struct store *store, struct error *error)
{
	const struct database_driver *driver = store->driver;

	return begin_by(store, driver->begin_aside ? driver->begin_aside : driver->begin, error);
}

bool store_modest(struct store *store, struct error *error)
{
	return record_script(store, "modest", error);
}

bool store_commit(struct store *store, struct error *error)
{
	if (!store->driver->commit(store->database, error))
		return false;
	store->within = WITHIN_NOTHING;
	return true;
}

void store_rollback(struct store *store)
{
	store->driver->rollback(store->database);
	store->within = WITHIN_NOTHING;
}

bool store_look(struct store *store, struct error *error)
{
	if (store->within != WITHIN_NOTHING)
		return true;
	if (!store->driver->look(store->database, error))
		return false;
	store->within = WITHIN_LOOK;
	return true;
}

bool store_looks(const struct store *store)
{
	return store->within == WITHIN_LOOK;
}

bool store_end(struct store *store, bool done, struct error *error)
{
	if (done && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

void store_bind_bytes(struct store_cursor *cursor, int parameter, struct text bytes)
{
	cursor->driver->bind_bytes(cursor->statement, parameter, bytes);
}

bool store_run(struct store_cursor *cursor, struct error *error)
{
	bool row;

	return cursor->driver->step(cursor->statement, &row, error);
}

bool store_one_integer(struct store *store, const char *name, int64_t parameter, int64_t otherwise,
	int64_t *out_value, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, name, &cursor, error))
		return false;
	store_bind_integer(cursor, 1, parameter);
	if (!store_next(cursor, &row, error))
		return false;
	*out_value = row && !store_is_null(cursor, 0) ? store_integer(cursor, 0) : otherwise;
	store_rewind(cursor);
	return true;
}
