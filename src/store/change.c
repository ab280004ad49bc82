/* SPDX-License-Identifier: MIT */
#include "store/change.h"

#include <stdio.h>

#include "base/embedded.h"
#include "store/cursor.h"
#include "store/record.h"

bool store_begin(struct store *store, struct error *error)
{
	return store->driver->begin(store->database, error);
}

bool store_commit(struct store *store, struct error *error)
{
	return store->driver->commit(store->database, error);
}

void store_rollback(struct store *store)
{
	store->driver->rollback(store->database);
}

bool store_look(struct store *store, struct error *error)
{
	return store->driver->look(store->database, error);
}

/* What a database wants to be told besides; most want nothing. */
static bool run_file(struct store *store, const char *name, struct error *error)
{
	char path[64];
	struct text sql;

	snprintf(path, sizeof path, "sql/%s/%s.sql", store->driver->name, name);
	sql = embedded_text(path);
	return !sql.data || store->driver->script(store->database, sql, error);
}

bool store_serve(struct store *store, struct error *error)
{
	return run_file(store, "serve", error);
}

bool store_leave(struct store *store, struct error *error)
{
	return run_file(store, "leave", error);
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

void store_bind_number(struct store_cursor *cursor, int parameter, double value)
{
	cursor->driver->bind_number(cursor->statement, parameter, value);
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
