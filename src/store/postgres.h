/* SPDX-License-Identifier: MIT */
/*
 * What the files of the PostgreSQL driver share: postgres.c (connections, transactions,
 * statements), postgres_rows.c (running them, their cells), postgres_pour.c (rows in by COPY),
 * postgres_words.c.
 *
 * The one rule: one thing at a time on the wire. Rows that come as a stream are parked in memory as
 * soon as anything else is asked (rows_park). Within store/.
 */
#ifndef HEARTH_STORE_POSTGRES_H
#define HEARTH_STORE_POSTGRES_H

#include "store/wire.h"

enum { COLUMNS_MOST = 64, CELL_WORDS = 32, NUMBER_WORDS = 24 };

/* A row of a stream that is kept until it is read. */
struct parked_row {
	char *bytes;
	size_t length;
};

struct statement {
	struct database *database;
	const char *sql; /* with a closing zero */
	char name[16];	 /* of the prepared statement */
	bool prepared;
	bool writes;	/* is no select */
	bool is_stream; /* all rows of a table: by COPY */
	/* what goes in */
	struct wire_values in;
	char numbers[PARAMETERS_MOST][NUMBER_WORDS];
	unsigned in_types[PARAMETERS_MOST]; /* of those the text does not name; else 0 */
	/* what comes out */
	unsigned types[COLUMNS_MOST];
	int columns;
	struct pg_result *rows; /* all of them, or */
	int row, row_count;
	bool streaming; /* one by one */
	bool first;	/* the stream's head is still to come */
	char *bytes;	/* of the present row of a stream */
	struct parked_row *parked;
	size_t parked_count, parked_next;
	struct text cells[COLUMNS_MOST]; /* the present row; data NULL for null */
	char (*words)[CELL_WORDS];	 /* numbers asked for as text */
	/* of one that pours: COPY ... FROM STDIN */
	const char *copy;
};

struct database {
	struct arena *arena;
	struct wire *wire;
	enum database_mode mode;
	struct queries queries;
	struct statement *statements; /* [queries.count]; sql NULL until asked for */
	struct statement *streaming;  /* the one whose rows are on the wire */
	bool within;		      /* a transaction of ours is open */
	bool listening;		      /* on this connection */
	int made;		      /* statements made so far */
};

/* ---- postgres.c */

/* Sees that there is a connection, anew when the server has gone meanwhile and no transaction is
 * open, and that nothing else is on the wire. */
bool postgres_ready(struct database *database, struct error *error) MUST_CHECK;
/* Whether it is worth and right to do again what failed; connects anew where that is needed. */
bool postgres_again(struct database *database, const struct wire_fault *fault, bool writes,
	int tries) MUST_CHECK;
bool postgres_prepare(struct statement *statement, struct wire_fault *fault) MUST_CHECK;

/* ---- postgres_rows.c */

bool postgres_step(struct statement *statement, bool *out_row, struct error *error) MUST_CHECK;
void postgres_reset(struct statement *statement);
/* Reads what is on the wire into memory. */
bool rows_park(struct database *database, struct wire_fault *fault) MUST_CHECK;

enum cell_kind postgres_kind(const struct statement *statement, int column);
bool postgres_is_null(const struct statement *statement, int column);
int64_t postgres_integer(const struct statement *statement, int column);
double postgres_number(const struct statement *statement, int column);
struct text postgres_text(const struct statement *statement, int column);

/* ---- postgres_pour.c */

/* The COPY that does what "insert into T (columns) select c1, c2 ... from incoming" does, and the
 * select that tells the columns' types; false when it is nothing of the kind. */
bool pour_read(struct arena *arena, struct text sql, const char **out_copy, const char **out_types);
bool postgres_pour(
	struct statement *statement, const struct row_feed *feed, struct error *error) MUST_CHECK;

/* ---- postgres_words.c */

/* What went wrong, in words for whoever runs the program. */
bool postgres_failed(
	const struct database *database, const struct wire_fault *fault, struct error *error);
/* The connection could not be made. */
bool postgres_unreached(
	const struct database *database, const struct wire_fault *fault, struct error *error);

#endif
