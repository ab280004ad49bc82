/* SPDX-License-Identifier: MIT */
/*
 * Every table of a record as the database's own catalogue tells, and its rows as bytes: what a
 * backup, a restore and a move to another database go through.
 *
 * The one rule: nothing here knows what a table is about; names of tables and columns in statements
 * come from the catalogue of the database that runs them. Within store/.
 *
 * A packed row is its cells in the catalogue's order, each a letter and what it holds: n (nothing),
 * i (a whole number, zigzag, 7 bits a byte, least first), d (a double, 8 bytes, least first), t and
 * b (length as an unsigned number, text or bytes). The same row packs the same from every database.
 */
#ifndef HEARTH_STORE_CATALOGUE_H
#define HEARTH_STORE_CATALOGUE_H

#include "base/crypto.h"
#include "store/record.h"

struct table_shape {
	const char *name;
	const char *columns[PARAMETERS_MOST]; /* in the order of their names */
	size_t column_count;
};

struct catalogue {
	struct table_shape *tables; /* in the order of their names */
	size_t count;
};

/* ERROR_LIMIT when a table has more columns than statements have parameters. */
bool catalogue_read(struct store *store, struct arena *arena, struct catalogue *out_catalogue,
	struct error *error) MUST_CHECK;

/* NULL when there is none of that name. */
const struct table_shape *catalogue_find(const struct catalogue *catalogue, struct text name);

/* How many rows, and the sum of their hashes (BLAKE2b, as numbers of 256 bits): the same for the
 * same rows in any order. */
struct table_sum {
	int64_t rows;
	unsigned char sum[CRYPTO_MAC_BYTES];
};
void table_sum_add(struct table_sum *sum, struct text packed);
bool table_sum_equal(const struct table_sum *a, const struct table_sum *b);
/* As lower-case hexadecimal. Returns out. */
enum { TABLE_SUM_TEXT_SIZE = 2 * CRYPTO_MAC_BYTES + 1 };
char *table_sum_text(const struct table_sum *sum, char out[TABLE_SUM_TEXT_SIZE]);

/* Takes a packed row; it lives until the next. */
typedef bool (*row_taker)(void *context, struct text packed, struct error *error);

/* Gives all rows of a table to `take`; in a transaction (look) they are those of one moment. */
bool table_rows(struct store *store, const struct table_shape *table, row_taker take, void *context,
	struct error *error) MUST_CHECK;

struct summed_table {
	const char *name;
	struct table_sum sum;
};

/* Whether the tables, read anew from the store that has them now, have those sums, and the record
 * is whole; `how` ends the sentence "the rows of X did not arrive as they are". */
bool tables_arrived(struct store *store, const struct catalogue *catalogue,
	const struct summed_table *tables, size_t count, const char *how,
	struct error *error) MUST_CHECK;

/* Packed rows on their way into a table, many at a time; in the caller's transaction. */
struct table_filler;

/* `table` is of the store's own catalogue; rows come with the cells of `columns`, its or some. */
bool table_fill(struct table_filler **out_filler, struct arena *arena, struct store *store,
	const struct table_shape *table, const struct table_shape *columns,
	struct error *error) MUST_CHECK;
/* Is a row_taker: `context` is the filler. ERROR_INPUT when it is no packed row. */
bool table_filler_take(void *context, struct text packed, struct error *error) MUST_CHECK;
/* Stores what is still on its way; to be called once, also after a failure (`done` false). */
bool table_filler_end(struct table_filler *filler, bool done, struct error *error) MUST_CHECK;

/* Empties a table. */
bool table_empty(
	struct store *store, const struct table_shape *table, struct error *error) MUST_CHECK;

#endif
