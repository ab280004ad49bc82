/* SPDX-License-Identifier: MIT */
/*
 * Seals what a record of before migration 0007 has in clear.
 *
 * The one rule: it happens between 0007 and 0008 in the transaction of both, so that a record is as
 * it was or sealed throughout. The database overwrites what is taken away (sql/sqlite/write.sql).
 */
#include "store/change.h"
#include "store/children.h"
#include "store/personal.h"
#include "store/vault_batch.h"

enum { ROWS_AT_ONCE = 32768, COLUMN_FIRST = 3, CLEAR_LONGEST = 512 };

static const char *const tables[] = {"children", "header", "episodes", "episodes_903", "reviews",
	"uasc", "oc2", "oc3", "ad1", "placed_adoption", "previous_permanence", "missing",
	"sw_episodes", "dolo"};

/* Rows of a table with the numbers of their sealed values. */
struct sealing {
	struct store *store;
	struct personal personal;
	struct arena *scratch;
	enum personal_field fields[PERSONAL_FIELDS];
	size_t field_count;
	int64_t (*rows)[1 + PERSONAL_FIELDS]; /* entry, values; 0 for blank */
	size_t count;
};

/* The cell of a cursor's column: the field says of what kind it is. */
static bool read_cell(const struct store_cursor *cursor, int column, enum personal_field field,
	struct arena *scratch, struct cell *out_cell)
{
	struct text text;
	char *copy;

	*out_cell = (struct cell){.kind = CELL_NULL};
	if (store_is_null(cursor, column))
		return true;
	if (personal_is_date(field)) {
		*out_cell = (struct cell){
			.kind = CELL_INTEGER, .integer = store_integer(cursor, column)};
		return true;
	}
	text = store_text(cursor, column);
	copy = arena_copy(scratch, text.data, text.length);
	*out_cell = (struct cell){.kind = CELL_TEXT, .text = {copy, text.length}};
	return copy;
}

static bool number_row(
	struct sealing *sealing, const struct store_cursor *cursor, struct error *error)
{
	int64_t *row = sealing->rows[sealing->count++];

	row[0] = store_integer(cursor, 0);
	sealing->personal.first_entry = store_integer(cursor, 2);
	for (size_t i = 0; i < sealing->field_count; i++) {
		struct cell cell;

		row[i + 1] = 0;
		if (!read_cell(cursor, COLUMN_FIRST + (int)i, sealing->fields[i], sealing->scratch,
			    &cell) ||
			(cell.kind != CELL_NULL &&
				!personal_number(&sealing->personal, sealing->scratch,
					sealing->fields[i], store_integer(cursor, 1), row[0], &cell,
					&row[i + 1])))
			return error_no_memory(error);
	}
	return true;
}

static bool read_rows(
	struct sealing *sealing, const char *query, int64_t after, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	sealing->count = 0;
	if (!store_query(sealing->store, query, &cursor, error))
		return false;
	store_bind_integer(cursor, 1, after);
	if (!store_next(cursor, &row, error))
		return false;
	while (row && sealing->count < ROWS_AT_ONCE)
		if (!number_row(sealing, cursor, error) || !store_next(cursor, &row, error))
			return false;
	store_rewind(cursor);
	return true;
}

static bool write_rows(struct sealing *sealing, struct statement *statement, struct error *error)
{
	const struct database_driver *driver = sealing->store->driver;

	for (size_t i = 0; i < sealing->count; i++) {
		driver->bind_integer(statement, 1, sealing->rows[i][0]);
		for (size_t field = 0; field < sealing->field_count; field++)
			if (sealing->rows[i][field + 1])
				driver->bind_integer(
					statement, (int)field + 2, sealing->rows[i][field + 1]);
			else
				driver->bind_null(statement, (int)field + 2);
		if (!record_run(sealing->store, statement, error))
			return false;
	}
	return true;
}

/* What the statement that stores the numbers takes, after the entry. */
static bool read_fields(struct sealing *sealing, const char *query, struct error *error)
{
	const struct database_driver *driver = sealing->store->driver;
	const struct query *store =
		queries_find(driver->queries(sealing->store->database), text_of(query));

	sealing->field_count = 0;
	for (size_t i = 1; store && i < store->take_count; i++)
		if (!personal_find(store->takes[i], &sealing->fields[sealing->field_count++]))
			return error_set(error, ERROR_SYSTEM, "%s is not in order", query);
	return store || error_set(error, ERROR_SYSTEM, "there is no query named %s", query);
}

static bool seal_table(struct sealing *sealing, const char *table, struct error *error)
{
	const char *read = arena_format(sealing->store->arena, "old_rows_%s", table);
	const char *write = arena_format(sealing->store->arena, "old_seal_%s", table);
	int64_t after = 0;

	if (!read || !write)
		return error_no_memory(error);
	if (!read_fields(sealing, write, error))
		return false;
	do {
		struct arena_mark mark = arena_mark(sealing->scratch);
		struct statement *statement;

		if (!read_rows(sealing, read, after, error) ||
			!personal_write(
				&sealing->personal, sealing->scratch, sealing->store, error))
			return false;
		statement = record_statement(sealing->store, write, error);
		if (!statement || !write_rows(sealing, statement, error))
			return false;
		if (sealing->count)
			after = sealing->rows[sealing->count - 1][0];
		arena_release(sealing->scratch, mark);
	} while (sealing->count);
	return true;
}

static bool seal_tables(
	struct store *store, struct arena *arena, struct arena *scratch, struct error *error)
{
	struct sealing sealing = {.store = store, .personal = {.arena = arena}, .scratch = scratch};

	sealing.rows = arena_take_raw(arena, ROWS_AT_ONCE, sizeof *sealing.rows);
	if (!sealing.rows)
		return error_no_memory(error);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (!seal_table(&sealing, tables[i], error))
			return false;
	return true;
}

static bool seal_ids(struct store *store, struct arena *arena, struct error *error)
{
	struct child_ids ids = {.arena = arena};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "old_identities", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		if (!child_ids_add(&ids, store_integer(cursor, 0), store_text(cursor, 1)))
			return error_no_memory(error);
		if (!store_next(cursor, &row, error))
			return false;
	}
	return child_ids_write(&ids, "old_identity_add", store, error);
}

static bool seal_problem(
	struct store *store, int64_t number, struct text value, struct error *error)
{
	struct vault_place place = {PROBLEM_TABLE, PROBLEM_VALUE, number};
	char sealed[CLEAR_LONGEST + VAULT_EXTRA];
	struct store_cursor *cursor;

	if (value.length > CLEAR_LONGEST)
		value.length = CLEAR_LONGEST;
	if (!store_query(store, "old_problem_seal", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, number);
	store_bind_bytes(cursor, 2, vault_seal(store->vault, place, value, sealed));
	return store_run(cursor, error);
}

static bool seal_problems(struct store *store, struct arena *arena, struct error *error)
{
	struct child_ids some = {.arena = arena};
	struct store_cursor *cursor;
	int64_t after = 0;
	bool row;

	do {
		some.count = 0;
		if (!store_query(store, "old_problems", &cursor, error))
			return false;
		store_bind_integer(cursor, 1, after);
		if (!store_next(cursor, &row, error))
			return false;
		while (row) {
			if (!child_ids_add(&some, store_integer(cursor, 0), store_text(cursor, 1)))
				return error_no_memory(error);
			if (!store_next(cursor, &row, error))
				return false;
		}
		for (size_t i = 0; i < some.count; i++) {
			after = some.values[i].row;
			if (!seal_problem(store, after, some.values[i].value, error))
				return false;
		}
	} while (some.count);
	return true;
}

bool record_seal(struct store *store, struct error *error)
{
	struct arena *arena = arena_open(), *scratch = arena_open();
	bool done = arena && scratch ? seal_tables(store, arena, scratch, error) &&
					       seal_ids(store, arena, error) &&
					       seal_problems(store, arena, error)
				     : error_no_memory(error);

	arena_close(arena);
	arena_close(scratch);
	return done;
}
