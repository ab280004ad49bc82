/* SPDX-License-Identifier: MIT */
/* A table with a cell of every kind that a format has gone wrong with somewhere. */
#ifndef HEARTH_TESTS_ODD_TABLE_H
#define HEARTH_TESTS_ODD_TABLE_H

#include "table/table.h"

static inline void odd_row(struct table *table, int64_t whole, double number, int32_t day,
	const char *code, const char *text)
{
	table_row(table);
	table_set_integer(table, 0, whole);
	table_set_number(table, 1, number);
	table_set_date(table, 2, day);
	table_set_string(table, 3, code);
	table_set_string(table, 4, text);
}

static inline struct table *odd_table(struct arena *arena)
{
	struct table *table = table_make(arena, "odd");

	if (!table)
		return NULL;
	table_column(table, "whole", COLUMN_INTEGER, "children");
	table_column(table, "number", COLUMN_NUMBER, NULL);
	table_column(table, "day", COLUMN_DATE, NULL);
	table_column(table, "code", COLUMN_CODE, NULL);
	table_column(table, "text", COLUMN_TEXT, NULL);
	odd_row(table, -5, -0.1, 19447, "<=11", "=1+1");
	odd_row(table, INTEGER_MISSING, (double)NAN, DATE_MISSING, NULL, NULL);
	odd_row(table, 1234567, 1.0 / 3.0, 0, "-", "a \"b\", c\nd");
	odd_row(table, 0, 1e300, -1, "@x", "</script>");
	return table;
}

#endif
