/* SPDX-License-Identifier: MIT */
#include "table/table.h"

#include <assert.h>

enum { TABLE_FIRST_COLUMNS = 8, TABLE_FIRST_ROWS = 16 };

struct table *table_make(struct arena *arena, const char *name)
{
	struct table *table = arena_take(arena, 1, sizeof *table);

	if (table) {
		table->name = name;
		table->arena = arena;
	}
	return table;
}

static size_t column_cell_size(enum column_type type)
{
	switch (type) {
	case COLUMN_INTEGER:
		return sizeof(int64_t);
	case COLUMN_NUMBER:
		return sizeof(double);
	case COLUMN_DATE:
		return sizeof(int32_t);
	case COLUMN_CODE:
	case COLUMN_TEXT:
		break;
	}
	return sizeof(struct text);
}

static void column_clear(struct column *column, size_t row)
{
	switch (column->type) {
	case COLUMN_INTEGER:
		column->integers[row] = INTEGER_MISSING;
		break;
	case COLUMN_NUMBER:
		column->numbers[row] = (double)NAN;
		break;
	case COLUMN_DATE:
		column->dates[row] = DATE_MISSING;
		break;
	case COLUMN_CODE:
	case COLUMN_TEXT:
		column->texts[row] = (struct text){NULL, 0};
		break;
	}
}

size_t table_column(struct table *table, const char *name, enum column_type type, const char *unit)
{
	assert(table->rows == 0 && table->row_capacity == 0);
	if (table->column_count == table->column_capacity) {
		size_t capacity =
			table->column_capacity ? 2 * table->column_capacity : TABLE_FIRST_COLUMNS;
		struct column *columns = arena_grow(table->arena, table->columns,
			table->column_count, capacity, sizeof *columns);

		if (!columns) {
			table->failed = true;
			return 0;
		}
		table->columns = columns;
		table->column_capacity = capacity;
	}
	table->columns[table->column_count] =
		(struct column){.name = name, .unit = unit, .type = type};
	return table->column_count++;
}

/* Each column holds at least `capacity` cells, or the table has failed. */
static void table_grow(struct table *table, size_t capacity)
{
	for (size_t i = 0; i < table->column_count && !table->failed; i++) {
		struct column *column = &table->columns[i];
		void *cells = arena_grow(table->arena, column->integers, table->rows, capacity,
			column_cell_size(column->type));

		if (cells)
			column->integers = cells;
		else
			table->failed = true;
	}
	if (!table->failed)
		table->row_capacity = capacity;
}

void table_reserve(struct table *table, size_t rows)
{
	if (!table->failed && rows > table->row_capacity - table->rows)
		table_grow(table, table->rows + rows);
}

void table_row(struct table *table)
{
	if (table->rows == table->row_capacity)
		table_reserve(table, table->rows ? table->rows : TABLE_FIRST_ROWS);
	if (table->failed)
		return;
	for (size_t i = 0; i < table->column_count; i++)
		column_clear(&table->columns[i], table->rows);
	table->rows++;
}

/* The column to set a cell of; NULL once memory ran out. */
static struct column *table_cell(struct table *table, size_t column, enum column_type type)
{
	if (table->failed)
		return NULL;
	assert(table->rows > 0 && column < table->column_count);
	assert(table->columns[column].type == type);
	return &table->columns[column];
}

void table_set_integer(struct table *table, size_t column, int64_t value)
{
	struct column *cell = table_cell(table, column, COLUMN_INTEGER);

	if (cell)
		cell->integers[table->rows - 1] = value;
}

void table_set_number(struct table *table, size_t column, double value)
{
	struct column *cell = table_cell(table, column, COLUMN_NUMBER);

	if (cell)
		cell->numbers[table->rows - 1] = value;
}

void table_set_date(struct table *table, size_t column, int32_t value)
{
	struct column *cell = table_cell(table, column, COLUMN_DATE);

	if (cell)
		cell->dates[table->rows - 1] = value;
}

void table_set_text(struct table *table, size_t column, struct text value)
{
	if (table->failed)
		return;
	assert(table->rows > 0 && column < table->column_count);
	assert(table->columns[column].type >= COLUMN_CODE);
	table->columns[column].texts[table->rows - 1] = value;
}

void table_set_string(struct table *table, size_t column, const char *value)
{
	table_set_text(table, column, text_of(value));
}

const struct column *table_find(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (strcmp(table->columns[i].name, name) == 0)
			return &table->columns[i];
	return NULL;
}

bool column_missing(const struct column *column, size_t row)
{
	switch (column->type) {
	case COLUMN_INTEGER:
		return column->integers[row] == INTEGER_MISSING;
	case COLUMN_NUMBER:
		return isnan(column->numbers[row]);
	case COLUMN_DATE:
		return column->dates[row] == DATE_MISSING;
	case COLUMN_CODE:
	case COLUMN_TEXT:
		break;
	}
	return !column->texts[row].data;
}

double column_number(const struct column *column, size_t row)
{
	if (column_missing(column, row))
		return (double)NAN;
	if (column->type == COLUMN_NUMBER)
		return column->numbers[row];
	assert(column->type == COLUMN_INTEGER);
	return (double)column->integers[row];
}
