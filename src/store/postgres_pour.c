/* SPDX-License-Identifier: MIT */
/*
 * Rows in by COPY, in its binary form: the one way that does not cost a statement a row. The
 * statement itself is the one of sql/queries/insert.sql: what it says is read, not run.
 */
#include <stdio.h>

#include "store/postgres.h"

/* Types of columns, as pg_type numbers them. */
enum { TYPE_INT8 = 20, TYPE_INT4 = 23, TYPE_FLOAT8 = 701 };
enum { BATCH = 1 << 16 };

/* ---- what is to be poured ------------------------------------------------------------------- */

static struct text skip_space(struct text text)
{
	return text_trim(text);
}

/* Cuts a word off the front; false when the text begins otherwise. */
static bool take_word(struct text *rest, const char *word)
{
	size_t length = strlen(word);

	*rest = skip_space(*rest);
	if (rest->length < length || memcmp(rest->data, word, length) != 0)
		return false;
	*rest = (struct text){rest->data + length, rest->length - length};
	return true;
}

/* What stands up to a character, which goes too. */
static bool take_until(struct text *rest, char mark, struct text *out_piece)
{
	const char *end = memchr(rest->data, mark, rest->length);

	if (!end)
		return false;
	*out_piece = text_trim((struct text){rest->data, (size_t)(end - rest->data)});
	rest->length -= (size_t)(end - rest->data) + 1;
	rest->data = end + 1;
	return true;
}

/* "c1, c2, ... cN" and nothing else */
static bool take_columns(struct text *rest)
{
	char word[16];
	int column = 1;

	do {
		snprintf(word, sizeof word, "c%d", column++);
		if (!take_word(rest, word))
			return false;
	} while (take_word(rest, ","));
	return true;
}

bool pour_read(struct arena *arena, struct text sql, const char **out_copy, const char **out_types)
{
	struct text rest = sql, table, columns;

	if (!take_word(&rest, "insert into") || !take_until(&rest, '(', &table) ||
		!take_until(&rest, ')', &columns) || !take_word(&rest, "select") ||
		!take_columns(&rest) || !take_word(&rest, "from incoming") || rest.length)
		return false;
	*out_copy = arena_format(arena, "copy %.*s (%.*s) from stdin (format binary)",
		(int)table.length, table.data, (int)columns.length, columns.data);
	*out_types = arena_format(arena, "select %.*s from %.*s", (int)columns.length, columns.data,
		(int)table.length, table.data);
	return true;
}

/* ---- rows ----------------------------------------------------------------------------------- */

struct pouring {
	struct statement *statement;
	char *bytes; /* BATCH and room for a value that is longer is sent by itself */
	size_t length;
	struct wire_fault fault;
};

static bool send_batch(struct pouring *pouring)
{
	struct text bytes = {pouring->bytes, pouring->length};

	pouring->length = 0;
	return !bytes.length ||
	       wire_copy_put(pouring->statement->database->wire, bytes, &pouring->fault);
}

static bool put(struct pouring *pouring, const void *bytes, size_t length)
{
	if (pouring->length + length > BATCH && !send_batch(pouring))
		return false;
	if (length > BATCH)
		return wire_copy_put(pouring->statement->database->wire,
			(struct text){bytes, length}, &pouring->fault);
	memcpy(pouring->bytes + pouring->length, bytes, length);
	pouring->length += length;
	return true;
}

static bool put_16(struct pouring *pouring, uint16_t number)
{
	number = __builtin_bswap16(number);
	return put(pouring, &number, sizeof number);
}

static bool put_32(struct pouring *pouring, uint32_t number)
{
	number = __builtin_bswap32(number);
	return put(pouring, &number, sizeof number);
}

static bool put_64(struct pouring *pouring, uint64_t number)
{
	number = __builtin_bswap64(number);
	return put(pouring, &number, sizeof number);
}

static bool put_text(struct pouring *pouring, struct text text)
{
	return put_32(pouring, (uint32_t)text.length) && put(pouring, text.data, text.length);
}

static bool put_double(struct pouring *pouring, double number)
{
	uint64_t bits;

	memcpy(&bits, &number, sizeof bits);
	return put_32(pouring, 8) && put_64(pouring, bits);
}

static bool put_integer(struct pouring *pouring, unsigned type, int64_t number)
{
	char words[NUMBER_WORDS];

	switch (type) {
	case TYPE_INT4:
		if (number != (int32_t)number) {
			pouring->fault = (struct wire_fault){.state = "22003"};
			return false;
		}
		return put_32(pouring, 4) && put_32(pouring, (uint32_t)number);
	case TYPE_INT8:
		return put_32(pouring, 8) && put_64(pouring, (uint64_t)number);
	case TYPE_FLOAT8:
		return put_double(pouring, (double)number);
	default:
		snprintf(words, sizeof words, "%lld", (long long)number);
		return put_text(pouring, text_of(words));
	}
}

static bool put_number(struct pouring *pouring, unsigned type, double number)
{
	char words[CELL_WORDS];

	if (type == TYPE_FLOAT8)
		return put_double(pouring, number);
	if (type == TYPE_INT4 || type == TYPE_INT8)
		return put_integer(pouring, type, (int64_t)number);
	snprintf(words, sizeof words, "%.15g", number);
	return put_text(pouring, text_of(words));
}

static bool put_cell(struct pouring *pouring, unsigned type, const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_INTEGER:
		return put_integer(pouring, type, cell->integer);
	case CELL_NUMBER:
		return put_number(pouring, type, cell->number);
	case CELL_TEXT:
	case CELL_BYTES:
		return put_text(pouring, cell->text);
	case CELL_NULL:
		break;
	}
	return put_32(pouring, UINT32_MAX);
}

static bool put_rows(struct pouring *pouring, const struct row_feed *feed)
{
	static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* and its closing zero */
	const struct statement *statement = pouring->statement;
	struct cell cell;

	if (!put(pouring, head, sizeof head))
		return false;
	for (size_t row = 0; row < feed->rows; row++) {
		if (!put_16(pouring, (uint16_t)statement->columns))
			return false;
		for (int column = 0; column < statement->columns; column++) {
			feed->cell(feed->context, row, (size_t)column, &cell);
			if (!put_cell(pouring, statement->types[column], &cell))
				return false;
		}
	}
	return put_16(pouring, UINT16_MAX) && send_batch(pouring);
}

bool postgres_pour(struct statement *statement, const struct row_feed *feed, struct error *error)
{
	struct database *database = statement->database;
	struct arena *arena = arena_open();
	struct pouring pouring = {.statement = statement};
	struct wire_fault fault;
	bool done = false;

	pouring.bytes = arena ? arena_take_raw(arena, BATCH, 1) : NULL;
	if (!pouring.bytes) {
		arena_close(arena);
		return error_no_memory(error);
	}
	if (!statement->copy)
		error_set(error, ERROR_SYSTEM, "%.60s takes no rows", statement->sql);
	else if (!postgres_ready(database, error))
		;
	else if (!wire_copy_in(database->wire, statement->copy, &pouring.fault))
		postgres_failed(database, &pouring.fault, error);
	else {
		done = put_rows(&pouring, feed);
		if (done)
			done = wire_copy_end(database->wire, NULL, &pouring.fault);
		else
			(void)!wire_copy_end(database->wire, "it was left off", &fault);
		if (!done)
			postgres_failed(database, &pouring.fault, error);
	}
	arena_close(arena);
	return done;
}
