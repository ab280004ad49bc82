/* SPDX-License-Identifier: MIT */
/*
 * The rows of the 903 tables, as the elements of one child after another give them.
 *
 * The one rule: a group is an element that holds values; its name says the table (data/tables.csv).
 * What no table knows becomes a further column, so that the checks report it.
 */
#ifndef HEARTH_IMPORT_XML_TABLES_H
#define HEARTH_IMPORT_XML_TABLES_H

#include "import/sheet.h"
#include "schema/schema.h"

enum {
	XML_EXTRAS_MOST = 32,
	XML_FIELDS_MOST = 40000000, /* of all tables */
};

struct xml_value {
	struct xml_value *next;
	const char *name;
	struct text text; /* trimmed */
	bool known;	  /* some table has taken it */
};

struct xml_group {
	struct xml_group *next; /* of the child, in the order in which they begin */
	struct xml_group *parent;
	const char *name;
	uint32_t line;
	bool holds_elements, has_attributes;
	bool is_value; /* it turned out to be a value of its parent */
	struct xml_value *first, *last;
	size_t value_count;
};

struct xml_row {
	uint32_t line;
	size_t count;
	struct text *fields; /* columns, then extras */
};

struct xml_table {
	const struct source_table *source;
	const struct source_table *base;     /* an earlier table of the same element, or NULL */
	const char *extras[XML_EXTRAS_MOST]; /* names of columns that no table knows */
	size_t extra_count;
	size_t width; /* columns up to the last that was there at least once, or is a key */
	struct xml_row *rows;
	size_t row_count, row_room;
};

struct xml_tables {
	struct arena *arena;
	const struct schema *schema;
	struct xml_table *tables; /* those that have an element */
	size_t count;
	const struct source_table *header; /* the one that names children */
	size_t fields; /* of all rows so far; no row is added beyond XML_FIELDS_MOST */
};

bool xml_tables_open(struct xml_tables *out_tables, struct arena *arena,
	const struct schema *schema, struct error *error) MUST_CHECK;

/* Whether the name is that of a table's element. */
bool xml_tables_is_group(const struct xml_tables *tables, const char *name);

/* Adds the rows of a child: the group and those after it. False when memory ran out (*out_unknown
 * is NULL), there are more unknown names than are kept, or more fields (tables->fields). */
bool xml_tables_add_child(
	struct xml_tables *tables, struct xml_group *child, const char **out_unknown) MUST_CHECK;

/* The tables that have rows, as sheets with a header. */
bool xml_tables_sheets(const struct xml_tables *tables, struct sheet **out_sheets,
	size_t *out_count, struct error *error) MUST_CHECK;

#endif
