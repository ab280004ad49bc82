/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "base/crypto.h"
#include "base/embedded.h"
#include "store/cursor.h"
#include "store/record.h"
#include "store/vault_keys.h"

/* Where a record and its key are. */
struct whereabouts {
	const char *place, *key_file;
};

static bool open_once(struct store *store, const struct whereabouts *where, enum database_mode mode,
	bool *out_old, struct error *error)
{
	store->mode = mode;
	return store->driver->open(&store->database, where->place, mode, error) &&
	       record_migrate(store, false, out_old, error) &&
	       ((*out_old && mode == DATABASE_READ) ||
		       (record_unlock(store, where->place, where->key_file, error) &&
			       record_migrate(store, true, out_old, error)));
}

/* Cursors of one database are not those of the next. */
static void close_once(struct store *store)
{
	store->driver->close(store->database);
	store->database = NULL;
	store->cursors = NULL;
}

/* Reading a record of an earlier version brings it up to this one first. */
static bool open_and_migrate(struct store *store, const struct whereabouts *where,
	enum database_mode mode, struct error *error)
{
	bool old;

	if (!open_once(store, where, mode, &old, error))
		return false;
	if (!old)
		return true;
	for (int attempt = 0; attempt < 2; attempt++) {
		close_once(store);
		if (!open_once(store, where, attempt ? mode : DATABASE_WRITE, &old, error))
			return false;
	}
	return true;
}

/* A record that is still to be opened; NULL when memory ran out. */
static struct store *store_at(const char *place, enum database_mode mode)
{
	struct arena *arena = arena_open();
	struct store *store = arena ? arena_take(arena, 1, sizeof *store) : NULL;

	if (!store) {
		arena_close(arena);
		return NULL;
	}
	store->arena = arena;
	store->driver = database_of(place);
	store->mode = mode;
	return store;
}

bool store_open(
	struct store **out_store, const char *place, enum database_mode mode, struct error *error)
{
	return store_open_with(out_store, place, NULL, mode, error);
}

bool store_open_with(struct store **out_store, const char *place, const char *key_file,
	enum database_mode mode, struct error *error)
{
	struct whereabouts where = {place, key_file};
	struct store *store = store_at(place, mode);

	if (!store)
		return error_no_memory(error);
	if (!open_and_migrate(store, &where, mode, error)) {
		store_close(store);
		return false;
	}
	*out_store = store;
	return true;
}

bool record_open_bare(
	struct store **out_store, const char *place, enum database_mode mode, struct error *error)
{
	struct store *store = store_at(place, mode);

	if (!store)
		return error_no_memory(error);
	if (store->driver->open(&store->database, place, mode, error)) {
		*out_store = store;
		return true;
	}
	store_close(store);
	return false;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	store->driver->close(store->database);
	if (store->vault)
		crypto_wipe(store->vault, sizeof *store->vault);
	arena_close(store->arena);
}

bool store_default_place(struct arena *arena, const char **out_place, struct error *error)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char *place;

	/* the XDG specification: a path that is not absolute is to be ignored */
	if (data && data[0] == '/')
		place = arena_format(arena, "%s/hearth/hearth.db", data);
	else if (home && home[0] == '/')
		place = arena_format(arena, "%s/.local/share/hearth/hearth.db", home);
	else
		return error_set(error, ERROR_MISSING,
			"neither XDG_DATA_HOME nor HOME says where the record is: name it with "
			"--db");
	if (!place)
		return error_no_memory(error);
	*out_place = place;
	return true;
}

struct statement *record_statement(struct store *store, const char *name, struct error *error)
{
	return store->driver->statement(store->database, text_of(name), error);
}

bool record_run(struct store *store, struct statement *statement, struct error *error)
{
	bool row;

	return store->driver->step(statement, &row, error);
}

bool record_script(struct store *store, const char *name, struct error *error)
{
	char path[64];
	struct text sql;

	snprintf(path, sizeof path, "sql/%s/%s.sql", store->driver->name, name);
	sql = embedded_text(path);
	return !sql.data || store->driver->script(store->database, sql, error);
}

/* One cursor for each query, made when first asked for. */
static struct store_cursor *cursor_of(struct store *store, struct text name)
{
	const struct queries *queries = store->driver->queries(store->database);
	const struct query *query = queries_find(queries, name);

	if (!store->cursors)
		store->cursors = arena_take(store->arena, queries->count, sizeof *store->cursors);
	return query && store->cursors ? &store->cursors[query - queries->queries] : NULL;
}

bool store_query(struct store *store, const char *name, struct store_cursor **out_cursor,
	struct error *error)
{
	struct statement *statement = record_statement(store, name, error);
	struct store_cursor *cursor;

	if (!statement)
		return false;
	cursor = cursor_of(store, text_of(name));
	if (!cursor)
		return error_no_memory(error);
	*cursor = (struct store_cursor){store->driver, statement};
	*out_cursor = cursor;
	return true;
}

void store_bind_integer(struct store_cursor *cursor, int parameter, int64_t value)
{
	cursor->driver->bind_integer(cursor->statement, parameter, value);
}

void store_bind_text(struct store_cursor *cursor, int parameter, struct text value)
{
	cursor->driver->bind_text(cursor->statement, parameter, value);
}

void store_rewind(struct store_cursor *cursor)
{
	cursor->driver->reset(cursor->statement);
}

bool store_next(struct store_cursor *cursor, bool *out_row, struct error *error)
{
	return cursor->driver->step(cursor->statement, out_row, error);
}

bool store_is_null(const struct store_cursor *cursor, int column)
{
	return cursor->driver->is_null(cursor->statement, column);
}

int64_t store_integer(const struct store_cursor *cursor, int column)
{
	return cursor->driver->integer(cursor->statement, column);
}

double store_number(const struct store_cursor *cursor, int column)
{
	return cursor->driver->number(cursor->statement, column);
}

struct text store_text(const struct store_cursor *cursor, int column)
{
	return cursor->driver->text(cursor->statement, column);
}
