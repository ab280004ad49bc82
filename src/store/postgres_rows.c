/* SPDX-License-Identifier: MIT */
/*
 * Running statements and reading their cells. Cells come in PostgreSQL's binary form: numbers with
 * the most significant byte first. All rows of a table come by COPY, one by one, which costs
 * neither the memory nor the time of an answer in one piece (docs/decisions/postgresql-driver.md).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/postgres.h"

/* Types of columns, as pg_type numbers them. */
enum {
	TYPE_BOOL = 16,
	TYPE_BYTES = 17,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_FLOAT4 = 700,
	TYPE_FLOAT8 = 701,
	TYPE_NUMERIC = 1700
};

/* "PGCOPY\n\377\r\n\0", flags, and the length of an extension, none of ours */
enum { COPY_HEAD = 11 + 4 + 4 };

static uint64_t read_big(const char *bytes, size_t length)
{
	uint64_t number = 0;

	for (size_t i = 0; i < length; i++)
		number = number << 8 | (unsigned char)bytes[i];
	return number;
}

static uint32_t read_32(const char *bytes)
{
	uint32_t number;

	memcpy(&number, bytes, sizeof number);
	return __builtin_bswap32(number);
}

/* ---- streams -------------------------------------------------------------------------------- */

/* A row of a COPY: how many cells, then each with its length, -1 for null. *out_row: false at the
 * mark that ends it. */
static void cut_row(struct statement *statement, const char *bytes, bool *out_row)
{
	int16_t count = (int16_t)read_big(bytes, 2);

	*out_row = count >= 0;
	bytes += 2;
	for (int i = 0; i < count && i < COLUMNS_MOST; i++) {
		int32_t length = (int32_t)read_32(bytes);

		bytes += 4;
		statement->cells[i] =
			length < 0 ? (struct text){NULL, 0} : (struct text){bytes, (size_t)length};
		bytes += length < 0 ? 0 : length;
	}
}

static void end_stream(struct statement *statement)
{
	statement->streaming = false;
	if (statement->database->streaming == statement)
		statement->database->streaming = NULL;
}

static bool park_one(struct statement *statement, char *bytes, size_t length)
{
	if ((statement->parked_count & (statement->parked_count + 1)) == 0) {
		struct parked_row *grown = realloc(statement->parked,
			(statement->parked_count * 2 + 2) * sizeof *statement->parked);

		if (!grown)
			return false;
		statement->parked = grown;
	}
	statement->parked[statement->parked_count++] = (struct parked_row){bytes, length};
	return true;
}

bool rows_park(struct database *database, struct wire_fault *fault)
{
	struct statement *statement = database->streaming;
	char *bytes;
	size_t length;

	while (statement) {
		if (!wire_copy_next(database->wire, &bytes, &length, fault)) {
			end_stream(statement);
			return false;
		}
		if (!bytes)
			break;
		if (!park_one(statement, bytes, length)) {
			wire_copy_free(bytes);
			*fault = (struct wire_fault){.state = "53200"};
			return false;
		}
	}
	database->streaming = NULL;
	return true;
}

/* The next message of the stream, from where it was parked or from the wire. */
static bool next_bytes(
	struct statement *statement, char **out_bytes, size_t *out_length, struct wire_fault *fault)
{
	if (statement->parked_next < statement->parked_count) {
		struct parked_row *parked = &statement->parked[statement->parked_next++];

		*out_bytes = parked->bytes;
		*out_length = parked->length;
		parked->bytes = NULL;
		return true;
	}
	*out_bytes = NULL;
	if (statement->database->streaming == statement)
		return wire_copy_next(statement->database->wire, out_bytes, out_length, fault);
	return true;
}

static bool stream_next(struct statement *statement, bool *out_row, struct wire_fault *fault)
{
	size_t length, head;

	do {
		wire_copy_free(statement->bytes);
		statement->bytes = NULL;
		if (!next_bytes(statement, &statement->bytes, &length, fault)) {
			end_stream(statement);
			return false;
		}
		if (!statement->bytes) {
			end_stream(statement);
			*out_row = false;
			return true;
		}
		head = statement->first ? COPY_HEAD : 0;
		statement->first = false;
		*out_row = false;
		if (length >= head + 2)
			cut_row(statement, statement->bytes + head, out_row);
	} while (!*out_row);
	return true;
}

static bool begin_stream(struct statement *statement, struct wire_fault *fault)
{
	struct database *database = statement->database;

	if (!wire_copy_out(database->wire, statement->copy, fault))
		return false;
	statement->streaming = statement->first = true;
	database->streaming = statement;
	return true;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static bool run_once(struct statement *statement, struct wire_fault *fault)
{
	struct database *database = statement->database;

	*fault = (struct wire_fault){.lost = false};
	if (!postgres_prepare(statement, fault))
		return false;
	if (statement->is_stream)
		return begin_stream(statement, fault);
	if (!wire_run(database->wire, statement->name, &statement->in, &statement->rows, fault))
		return false;
	statement->row = -1;
	statement->row_count = statement->rows ? wire_row_count(statement->rows) : 0;
	return true;
}

static bool run(struct statement *statement, struct error *error)
{
	struct database *database = statement->database;
	struct wire_fault fault;

	if (!postgres_ready(database, error))
		return false;
	for (int tries = 0; !run_once(statement, &fault); tries++)
		if (!postgres_again(database, &fault, statement->writes, tries))
			return fault.lost && !statement->writes && !database->within
				       ? postgres_unreached(database, &fault, error)
				       : postgres_failed(database, &fault, error);
	return true;
}

bool postgres_step(struct statement *statement, bool *out_row, struct error *error)
{
	struct wire_fault fault = {.lost = false};

	*out_row = false;
	if (!statement->rows && !statement->streaming && !run(statement, error))
		return false;
	if (statement->streaming) {
		if (stream_next(statement, out_row, &fault)) {
			if (!*out_row)
				postgres_reset(statement);
			return true;
		}
		postgres_reset(statement);
		return postgres_failed(statement->database, &fault, error);
	}
	if (!statement->rows)
		return true;
	if (++statement->row < statement->row_count) {
		for (int i = 0; i < statement->columns; i++)
			wire_cell(statement->rows, statement->row, i, &statement->cells[i]);
		*out_row = true;
		return true;
	}
	postgres_reset(statement);
	return true;
}

/* What is still on the wire is read to its end: a question that is cut off would take the
 * transaction with it. */
void postgres_reset(struct statement *statement)
{
	struct wire_fault fault;
	char *bytes;
	size_t length;

	while (statement->database->streaming == statement) {
		if (!wire_copy_next(statement->database->wire, &bytes, &length, &fault) || !bytes)
			statement->database->streaming = NULL;
		wire_copy_free(bytes);
	}
	statement->streaming = false;
	for (size_t i = statement->parked_next; i < statement->parked_count; i++)
		wire_copy_free(statement->parked[i].bytes);
	free(statement->parked);
	statement->parked = NULL;
	statement->parked_count = statement->parked_next = 0;
	wire_copy_free(statement->bytes);
	statement->bytes = NULL;
	wire_free(statement->rows);
	statement->rows = NULL;
	memset(statement->cells, 0, sizeof statement->cells);
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* A numeric: how many digits of 10,000, the weight of the first, sign, digits shown behind the
 * point, the digits. Sums of whole numbers come so. */
static double numeric_value(struct text cell)
{
	double value = 0;
	int count, weight;

	if (cell.length < 8)
		return (double)NAN;
	count = (int16_t)read_big(cell.data, 2);
	weight = (int16_t)read_big(cell.data + 2, 2);
	for (int i = 0; i < count && 8 + 2 * (size_t)i + 2 <= cell.length; i++)
		value += (double)read_big(cell.data + 8 + 2 * i, 2) * pow(10000, weight - i);
	return read_big(cell.data + 4, 2) == 0x4000 ? -value : value;
}

static int64_t numeric_integer(struct text cell)
{
	int64_t value = 0;
	int count, weight;

	if (cell.length < 8)
		return 0;
	count = (int16_t)read_big(cell.data, 2);
	weight = (int16_t)read_big(cell.data + 2, 2);
	for (int i = 0; i <= weight; i++)
		value = value * 10000 +
			(i < count ? (int64_t)read_big(cell.data + 8 + 2 * i, 2) : 0);
	return read_big(cell.data + 4, 2) == 0x4000 ? -value : value;
}

enum cell_kind postgres_kind(const struct statement *statement, int column)
{
	if (!statement->cells[column].data)
		return CELL_NULL;
	switch (statement->types[column]) {
	case TYPE_BOOL:
	case TYPE_INT2:
	case TYPE_INT4:
	case TYPE_INT8:
		return CELL_INTEGER;
	case TYPE_NUMERIC:
		return read_big(statement->cells[column].data + 6, 2) ? CELL_NUMBER : CELL_INTEGER;
	case TYPE_FLOAT4:
	case TYPE_FLOAT8:
		return CELL_NUMBER;
	case TYPE_BYTES:
		return CELL_BYTES;
	default:
		return CELL_TEXT;
	}
}

bool postgres_is_null(const struct statement *statement, int column)
{
	return !statement->cells[column].data;
}

int64_t postgres_integer(const struct statement *statement, int column)
{
	struct text cell = statement->cells[column];
	int64_t number = 0;

	if (!cell.data)
		return 0;
	switch (statement->types[column]) {
	case TYPE_INT4:
		return (int32_t)read_32(cell.data);
	case TYPE_INT8:
		return (int64_t)read_big(cell.data, 8);
	case TYPE_INT2:
		return (int16_t)read_big(cell.data, 2);
	case TYPE_BOOL:
		return cell.data[0];
	case TYPE_NUMERIC:
		return numeric_integer(cell);
	case TYPE_FLOAT4:
	case TYPE_FLOAT8:
		return (int64_t)postgres_number(statement, column);
	default:
		return text_integer(cell, &number) ? number : 0;
	}
}

double postgres_number(const struct statement *statement, int column)
{
	struct text cell = statement->cells[column];
	uint64_t bits;
	uint32_t half;
	double number;
	float single;

	if (!cell.data)
		return (double)NAN;
	switch (statement->types[column]) {
	case TYPE_FLOAT8:
		bits = read_big(cell.data, 8);
		memcpy(&number, &bits, sizeof number);
		return number;
	case TYPE_FLOAT4:
		half = read_32(cell.data);
		memcpy(&single, &half, sizeof single);
		return (double)single;
	case TYPE_NUMERIC:
		return numeric_value(cell);
	default:
		return (double)postgres_integer(statement, column);
	}
}

/* A number asked for as text is written as SQLite writes it. */
struct text postgres_text(const struct statement *statement, int column)
{
	enum cell_kind kind = postgres_kind(statement, column);
	char *words = statement->words[column];
	int length;

	if (kind != CELL_INTEGER && kind != CELL_NUMBER)
		return statement->cells[column];
	length = kind == CELL_INTEGER ? snprintf(words, CELL_WORDS, "%lld",
						(long long)postgres_integer(statement, column))
				      : snprintf(words, CELL_WORDS - 2, "%.15g",
						postgres_number(statement, column));
	if (kind == CELL_NUMBER && !strpbrk(words, ".en"))
		length += snprintf(words + length, 3, ".0");
	return (struct text){words, (size_t)length};
}
