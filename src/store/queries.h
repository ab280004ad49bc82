/* SPDX-License-Identifier: MIT */
/*
 * The named statements of sql/queries/.
 *
 * The one rule: "-- name: x" begins a statement that ends with its last semicolon; where a database
 * needs other words, "-- name: x (postgres)" stands in its place there. "-- takes: a b c" says what
 * the parameters are, for whoever fills them by name; "-- reads: all", that all rows of a table
 * come.
 */
#ifndef HEARTH_STORE_QUERIES_H
#define HEARTH_STORE_QUERIES_H

#include "base/arena.h"
#include "base/text.h"

enum { PARAMETERS_MOST = 64 };

struct query {
	struct text name;
	struct text dialect; /* empty: for every database */
	struct text sql;
	const struct text *takes; /* [i] is what parameter $(i + 1) is */
	size_t take_count;
	bool reads_all;
};

struct queries {
	const struct query *queries; /* by name */
	size_t count;
};

/* Reads all of them as the database of that name is to have them. ERROR_SYSTEM when a file is not
 * in order: a fault of the program. */
bool queries_read(struct queries *out_queries, struct arena *arena, const char *dialect,
	struct error *error) MUST_CHECK;

/* NULL when there is none of that name. */
const struct query *queries_find(const struct queries *queries, struct text name);

/* The queries whose names begin with `prefix`: *out_first and how many. */
size_t queries_under(
	const struct queries *queries, const char *prefix, const struct query **out_first);

#endif
