/* SPDX-License-Identifier: MIT */
#include "store/catalogue.h"

#include <stdio.h>

#include "store/cursor.h"
#include "store/packed.h"

/* What is put between quotes in a statement has no quote in it. */
static bool is_plain(struct text name)
{
	for (size_t i = 0; i < name.length; i++) {
		char c = name.data[i];

		if (!(c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return false;
	}
	return name.length > 0;
}

struct listing {
	struct arena *arena;
	struct catalogue *catalogue;
	size_t capacity;
};

static bool add_table(struct listing *listing, struct text name, struct error *error)
{
	struct catalogue *catalogue = listing->catalogue;
	struct table_shape *table;

	if (catalogue->count == listing->capacity) {
		size_t capacity = listing->capacity ? listing->capacity * 2 : 64;
		struct table_shape *grown = arena_grow(listing->arena, catalogue->tables,
			listing->capacity, capacity, sizeof *grown);

		if (!grown)
			return error_no_memory(error);
		catalogue->tables = grown;
		listing->capacity = capacity;
	}
	table = &catalogue->tables[catalogue->count++];
	table->name = arena_copy(listing->arena, name.data, name.length);
	return table->name || error_no_memory(error);
}

static bool add_column(
	struct listing *listing, struct text table, struct text column, struct error *error)
{
	struct catalogue *catalogue = listing->catalogue;
	struct table_shape *last =
		catalogue->count ? &catalogue->tables[catalogue->count - 1] : NULL;

	if (!is_plain(table) || !is_plain(column))
		return error_set(error, ERROR_INPUT, "the record has a table of another program");
	if (!last || !text_is(table, last->name)) {
		if (!add_table(listing, table, error))
			return false;
		last = &catalogue->tables[catalogue->count - 1];
	}
	if (last->column_count == PARAMETERS_MOST)
		return error_set(
			error, ERROR_LIMIT, "the table %s has too many columns", last->name);
	last->columns[last->column_count] = arena_copy(listing->arena, column.data, column.length);
	return last->columns[last->column_count++] || error_no_memory(error);
}

bool catalogue_read(struct store *store, struct arena *arena, struct catalogue *out_catalogue,
	struct error *error)
{
	struct listing listing = {.arena = arena, .catalogue = out_catalogue};
	const struct database_driver *driver = store->driver;
	struct statement *statement = record_statement(store, "catalogue", error);
	bool row;

	*out_catalogue = (struct catalogue){0};
	if (!statement)
		return false;
	for (;;) {
		if (!driver->step(statement, &row, error))
			return false;
		if (!row)
			return true;
		if (!add_column(&listing, driver->text(statement, 0), driver->text(statement, 1),
			    error)) {
			driver->reset(statement);
			return false;
		}
	}
}

const struct table_shape *catalogue_find(const struct catalogue *catalogue, struct text name)
{
	for (size_t i = 0; i < catalogue->count; i++)
		if (text_is(name, catalogue->tables[i].name))
			return &catalogue->tables[i];
	return NULL;
}

void table_sum_add(struct table_sum *sum, struct text packed)
{
	unsigned char hash[CRYPTO_MAC_BYTES];
	unsigned carry = 0;

	crypto_digest(packed, hash);
	for (size_t i = 0; i < sizeof hash; i++) {
		carry += (unsigned)sum->sum[i] + hash[i];
		sum->sum[i] = (unsigned char)carry;
		carry >>= 8;
	}
	sum->rows++;
}

bool table_sum_equal(const struct table_sum *a, const struct table_sum *b)
{
	return a->rows == b->rows && memcmp(a->sum, b->sum, sizeof a->sum) == 0;
}

char *table_sum_text(const struct table_sum *sum, char out[TABLE_SUM_TEXT_SIZE])
{
	for (size_t i = 0; i < sizeof sum->sum; i++)
		snprintf(out + 2 * i, 3, "%02x", sum->sum[i]);
	return out;
}

static void add_columns(struct buffer *sql, const struct table_shape *columns)
{
	for (size_t i = 0; i < columns->column_count; i++)
		buffer_format(sql, "%s\"%s\"", i ? ", " : "", columns->columns[i]);
}

static struct statement *make(struct store *store, struct buffer *sql, struct error *error)
{
	const char *text = buffer_cstring(sql);

	if (sql->failed) {
		error_no_memory(error);
		return NULL;
	}
	return store->driver->make(store->database, text_of(text), error);
}

static struct cell cell_of(
	const struct database_driver *driver, const struct statement *statement, int column)
{
	struct cell cell = {.kind = driver->kind(statement, column)};

	if (cell.kind == CELL_INTEGER)
		cell.integer = driver->integer(statement, column);
	else if (cell.kind == CELL_NUMBER)
		cell.number = driver->number(statement, column);
	else if (cell.kind != CELL_NULL)
		cell.text = driver->text(statement, column);
	return cell;
}

static bool give_rows(const struct database_driver *driver, struct statement *statement,
	const struct table_shape *table, struct buffer *packed, row_taker take, void *context,
	struct error *error)
{
	bool row;

	for (;;) {
		if (!driver->step(statement, &row, error))
			return false;
		if (!row)
			return true;
		packed->length = 0;
		for (size_t i = 0; i < table->column_count; i++) {
			struct cell cell = cell_of(driver, statement, (int)i);

			pack_cell(packed, &cell);
		}
		if (packed->failed)
			return error_no_memory(error);
		if (!take(context, (struct text){packed->data, packed->length}, error))
			return false;
	}
}

bool table_rows(struct store *store, const struct table_shape *table, row_taker take, void *context,
	struct error *error)
{
	struct arena *arena = arena_open();
	struct buffer sql = buffer_in(arena), packed = buffer_in(arena);
	struct statement *statement = NULL;
	bool done = false;

	if (!arena)
		return error_no_memory(error);
	buffer_string(&sql, "select ");
	add_columns(&sql, table);
	buffer_format(&sql, " from \"%s\"", table->name);
	statement = make(store, &sql, error);
	if (!statement)
		goto done;
	done = give_rows(store->driver, statement, table, &packed, take, context, error);
	store->driver->drop(statement);
done:
	arena_close(arena);
	return done;
}

static bool add_to_sum(void *context, struct text packed, struct error *error)
{
	(void)error;
	table_sum_add(context, packed);
	return true;
}

bool tables_arrived(struct store *store, const struct catalogue *catalogue,
	const struct summed_table *tables, size_t count, const char *how, struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		const struct table_shape *table =
			catalogue_find(catalogue, text_of(tables[i].name));
		struct table_sum sum = {0};

		if (!table_rows(store, table, add_to_sum, &sum, error))
			return false;
		if (!table_sum_equal(&sum, &tables[i].sum))
			return error_set(error, ERROR_SYSTEM,
				"the rows of %s did not arrive as they are%s", table->name, how);
	}
	return record_is_whole(store, error);
}

bool table_empty(struct store *store, const struct table_shape *table, struct error *error)
{
	struct arena *arena = arena_open();
	struct buffer sql = buffer_in(arena);
	struct statement *statement;
	bool done = false;

	if (!arena)
		return error_no_memory(error);
	buffer_format(&sql, "delete from \"%s\"", table->name);
	statement = make(store, &sql, error);
	if (statement) {
		done = record_run(store, statement, error);
		store->driver->drop(statement);
	}
	arena_close(arena);
	return done;
}

enum { BATCH_ROWS = 1000, BATCH_BYTES = 1 << 20 };

struct table_filler {
	struct store *store;
	struct statement *statement;
	const struct table_shape *columns;
	struct buffer bytes;	   /* of the rows of this batch */
	size_t starts[BATCH_ROWS]; /* of each row in `bytes` */
	struct cell *cells;	   /* [BATCH_ROWS * column_count] */
	size_t rows;
};

bool table_fill(struct table_filler **out_filler, struct arena *arena, struct store *store,
	const struct table_shape *table, const struct table_shape *columns, struct error *error)
{
	struct table_filler *filler = arena_take(arena, 1, sizeof *filler);
	struct buffer sql = buffer_in(arena);

	if (!filler)
		return error_no_memory(error);
	filler->store = store;
	filler->columns = columns;
	filler->bytes = buffer_in(arena);
	filler->cells =
		arena_take(arena, columns->column_count * BATCH_ROWS, sizeof *filler->cells);
	if (!filler->cells)
		return error_no_memory(error);
	buffer_format(&sql, "insert into \"%s\" (", table->name);
	add_columns(&sql, columns);
	buffer_string(&sql, ") select ");
	for (size_t i = 0; i < columns->column_count; i++)
		buffer_format(&sql, "%sc%zu", i ? ", " : "", i + 1);
	buffer_string(&sql, " from incoming");
	filler->statement = make(store, &sql, error);
	*out_filler = filler;
	return filler->statement != NULL;
}

static void give_cell(void *context, size_t row, size_t column, struct cell *out_cell)
{
	const struct table_filler *filler = context;

	*out_cell = filler->cells[row * filler->columns->column_count + column];
}

static bool unpack_row(struct table_filler *filler, size_t row, struct text packed)
{
	size_t columns = filler->columns->column_count;

	for (size_t i = 0; i < columns; i++)
		if (!unpack_cell(&packed, &filler->cells[row * columns + i]))
			return false;
	return packed.length == 0;
}

static bool store_batch(struct table_filler *filler, struct error *error)
{
	struct row_feed feed = {filler->rows, filler, give_cell};

	if (!filler->rows)
		return true;
	for (size_t i = 0; i < filler->rows; i++) {
		size_t start = filler->starts[i],
		       end = i + 1 < filler->rows ? filler->starts[i + 1] : filler->bytes.length;

		if (!unpack_row(filler, i, (struct text){filler->bytes.data + start, end - start}))
			return error_set(error, ERROR_INPUT, "a row of %s is not in order",
				filler->columns->name);
	}
	filler->rows = filler->bytes.length = 0;
	return filler->store->driver->pour(filler->statement, &feed, error);
}

bool table_filler_take(void *context, struct text packed, struct error *error)
{
	struct table_filler *filler = context;

	filler->starts[filler->rows] = filler->bytes.length;
	buffer_text(&filler->bytes, packed);
	if (filler->bytes.failed)
		return error_no_memory(error);
	filler->rows++;
	if (filler->rows < BATCH_ROWS && filler->bytes.length < BATCH_BYTES)
		return true;
	return store_batch(filler, error);
}

bool table_filler_end(struct table_filler *filler, bool done, struct error *error)
{
	done = done && store_batch(filler, error);
	filler->store->driver->drop(filler->statement);
	return done;
}
