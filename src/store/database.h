/* SPDX-License-Identifier: MIT */
/*
 * The one interface to a database: named statements, typed parameters, rows one by one.
 * sqlite.c and postgres.c implement it; nothing above store/ knows which one a record is in.
 *
 * The one rule: SQL text is in sql/ and is asked for by name; parameters are $1, $2, ...
 * A database handle belongs to one thread at a time.
 */
#ifndef HEARTH_STORE_DATABASE_H
#define HEARTH_STORE_DATABASE_H

#include "base/arena.h"
#include "base/text.h"
#include "store/queries.h"

struct database;
struct statement;

enum database_mode { DATABASE_READ, DATABASE_WRITE }; /* WRITE makes the database if need be */

/* One value on its way in; texts and bytes stay where they are until the row's next cells. */
enum cell_kind { CELL_NULL, CELL_INTEGER, CELL_NUMBER, CELL_TEXT, CELL_BYTES };
struct cell {
	enum cell_kind kind;
	union {
		int64_t integer;
		double number;
		struct text text;
	};
};

/* Many rows on their way in; cells of column i are what the statement takes as $(i + 1). */
struct row_feed {
	size_t rows;
	void *context;
	void (*cell)(void *context, size_t row, size_t column, struct cell *out_cell);
};

struct database_driver {
	const char *name; /* "sqlite" */
	bool (*open)(struct database **out, const char *place, enum database_mode mode,
		struct error *error);
	void (*close)(struct database *database); /* accepts NULL */
	/* BEGIN (to write: one at a time), COMMIT, ROLLBACK */
	bool (*begin)(struct database *database, struct error *error);
	/* A transaction that writes beside the rows of imports (accounts, sessions, the log) and
	 * need not wait for an import. NULL where every writer waits for every other. */
	bool (*begin_aside)(struct database *database, struct error *error);
	bool (*commit)(struct database *database, struct error *error);
	bool (*look)(struct database *database, struct error *error);
	void (*rollback)(struct database *database);
	/* Waits until somebody changed the record (a change of `import`), `wake` can be read or the
	 * time is over. NULL for a database that tells nobody. */
	bool (*wait)(struct database *database, int wake, int milliseconds, struct error *error);
	/* Runs a script of several statements (migrations). */
	bool (*script)(struct database *database, struct text sql, struct error *error);
	/* The named statements as this database has them. */
	const struct queries *(*queries)(const struct database *database);
	/* The statement of that name, prepared once and kept; reset and without parameters. */
	struct statement *(*statement)(
		struct database *database, struct text name, struct error *error);
	/* A statement that no file names, on tables and columns of the database's own catalogue and
	 * nothing else (store/catalogue.c); until drop, which comes before the database is closed.
	 */
	struct statement *(*make)(struct database *database, struct text sql, struct error *error);
	void (*drop)(struct statement *statement);
	/* Texts and bytes that are bound stay where they are until the next bind, step or reset; an
	 * empty text is null, empty bytes are not. Parameters keep their values over steps. */
	void (*bind_integer)(struct statement *statement, int parameter, int64_t value);
	void (*bind_text)(struct statement *statement, int parameter, struct text value);
	void (*bind_bytes)(struct statement *statement, int parameter, struct text value);
	void (*bind_null)(struct statement *statement, int parameter);
	/* *out_row: whether there is a row to read. After false rows the statement is reset. */
	bool (*step)(struct statement *statement, bool *out_row, struct error *error);
	void (*reset)(struct statement *statement);
	/* Runs a statement that stores the rows of a feed (sql/queries/insert.sql). */
	bool (*pour)(struct statement *statement, const struct row_feed *feed, struct error *error);
	/* Cells of the present row, from 0; texts live until the next step. NULL reads as 0, NAN or
	 * {NULL, 0}; is_null tells. */
	enum cell_kind (*kind)(const struct statement *statement, int column);
	bool (*is_null)(const struct statement *statement, int column);
	int64_t (*integer)(const struct statement *statement, int column);
	double (*number)(const struct statement *statement, int column);
	struct text (*text)(const struct statement *statement, int column); /* bytes too */
};

extern const struct database_driver database_sqlite;
extern const struct database_driver database_postgres;

/* The one for a place: "postgresql://..." and "postgres://..." are a server's, all else a file's.
 */
const struct database_driver *database_of(const char *place);

#endif
