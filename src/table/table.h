/* SPDX-License-Identifier: MIT */
/*
 * The typed table: named columns of equal length, the shape that travels from analyses to views.
 *
 * The one rule: every cell of a new row is missing until it is set. Memory that ran out is kept in
 * `failed` (as in struct buffer), so that building reads straight on; check it once, at the end.
 */
#ifndef HEARTH_TABLE_TABLE_H
#define HEARTH_TABLE_TABLE_H

#include <math.h>

#include "base/date.h"
#include "base/text.h"

#define INTEGER_MISSING INT64_MIN

enum column_type {
	COLUMN_INTEGER, /* int64_t, INTEGER_MISSING */
	COLUMN_NUMBER,	/* double, NAN */
	COLUMN_DATE,	/* days, DATE_MISSING */
	COLUMN_CODE,	/* text of a stated list, {NULL, 0} */
	COLUMN_TEXT,	/* text of any kind, {NULL, 0} */
};

struct column {
	const char *name; /* as it is in every machine-readable output */
	const char *unit; /* "children", "percent", "pounds a week", "points", ...; NULL for none */
	enum column_type type;
	union {
		int64_t *integers;
		double *numbers;
		int32_t *dates;
		struct text *texts; /* COLUMN_CODE and COLUMN_TEXT */
	};
};

struct table {
	const char *name;
	struct column *columns;
	size_t column_count;
	size_t rows;
	struct arena *arena; /* where it grows */
	size_t column_capacity;
	size_t row_capacity;
	bool failed;
};

/* An empty table, in `arena` for as long as that lives; NULL when memory ran out. `name` must
 * outlive it. */
struct table *table_make(struct arena *arena, const char *name) MUST_CHECK;

/* Adds a column, before there are rows; returns its number. `name` and `unit` must outlive it. */
size_t table_column(struct table *table, const char *name, enum column_type type, const char *unit);

/* Room for `rows` more rows, so that many additions are quick. */
void table_reserve(struct table *table, size_t rows);

/* A new last row, every cell missing. The setters write to the last row. */
void table_row(struct table *table);
void table_set_integer(struct table *table, size_t column, int64_t value);
void table_set_number(struct table *table, size_t column, double value);
void table_set_date(struct table *table, size_t column, int32_t value);
void table_set_text(struct table *table, size_t column, struct text value);   /* code or text */
void table_set_string(struct table *table, size_t column, const char *value); /* NULL is missing */

/* The column of that name, or NULL. */
const struct column *table_find(const struct table *table, const char *name);

/* Whether the cell is missing. */
bool column_missing(const struct column *column, size_t row);

/* The cell of an integer or number column as a double, NAN when missing. */
double column_number(const struct column *column, size_t row);

#endif
