/* SPDX-License-Identifier: MIT */
/*
 * How the columns of a table that comes in go to the statements that store it.
 *
 * The one rule: "takes:" in sql/queries/insert.sql decides; a column that no statement takes is an
 * error when the table first comes, so that nothing is lost in silence.
 */
#ifndef HEARTH_STORE_LAYOUT_H
#define HEARTH_STORE_LAYOUT_H

#include "store/personal.h"

enum take_from {
	TAKE_ENTRY,
	TAKE_IMPORT,
	TAKE_FILE,
	TAKE_LINE,
	TAKE_YEAR,
	TAKE_CHILD,
	TAKE_FRAMEWORK,
	TAKE_SCORES,
	TAKE_COLUMN,
	TAKE_SEALED, /* a column that identifies: the number of its sealed value */
};

struct take {
	enum take_from from;
	size_t column;		   /* TAKE_COLUMN, TAKE_SEALED: of the source table */
	enum personal_field field; /* TAKE_SEALED */
	enum value_kind kind;
};

struct taking {
	struct text query;		    /* name of the statement; empty when there is none */
	struct take takes[PARAMETERS_MOST]; /* by column of the feed */
	size_t count;
};

struct layout {
	const struct source_table *table;
	struct taking rows;
	int framework_column; /* -1 when the table has none */
	bool has_scores;
};

bool layout_read(struct layout *out_layout, const struct store *store,
	const struct source_table *table, struct arena *arena, struct error *error) MUST_CHECK;

#endif
