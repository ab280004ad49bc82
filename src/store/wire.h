/* SPDX-License-Identifier: MIT */
/*
 * A connection to a PostgreSQL server, in the few calls that postgres*.c need; wire.c is the door
 * of libpq.
 *
 * The one rule: answers come in binary form, and a failure says whether the connection is gone.
 * Within store/.
 */
#ifndef HEARTH_STORE_WIRE_H
#define HEARTH_STORE_WIRE_H

#include "store/database.h"

struct wire;
struct pg_result; /* libpq's: all rows of an answer */

/* What the server or the network said. */
struct wire_fault {
	char state[6]; /* the SQLSTATE, empty when it is none of the server's */
	bool lost;     /* the connection is gone */
	char words[160];
};

/* Understands a place ("postgresql://..."), as libpq with its service and password files does, but
 * refuses a password in it, and asks a server elsewhere for its certificate (verify-full) when the
 * place says nothing of it. Does not connect. The wire lives in the arena until wire_close. */
bool wire_open(struct wire **out_wire, struct arena *arena, const char *place,
	struct error *error) MUST_CHECK;
void wire_close(struct wire *wire); /* accepts NULL */

/* Connects, or connects anew. */
bool wire_connect(struct wire *wire, struct wire_fault *fault) MUST_CHECK;
/* Whether the server has hung up, as far as can be told without asking it anything. */
bool wire_is_gone(struct wire *wire);
/* "hearth at db.example.org": for messages. */
const char *wire_shown(const struct wire *wire);
/* A transaction is open; it has failed and can only be rolled back. */
bool wire_is_within(const struct wire *wire);
bool wire_has_failed(const struct wire *wire);

/* Runs statements that give no rows to read. */
bool wire_script(struct wire *wire, const char *sql, struct wire_fault *fault) MUST_CHECK;

/* Prepares a statement. types[i]: that of $(i + 1), 0 to let the server find it. */
bool wire_prepare(struct wire *wire, const char *name, const char *sql, int count,
	const unsigned *types, struct wire_fault *fault) MUST_CHECK;
/* The types of the columns it gives, at most `most`. */
bool wire_describe(struct wire *wire, const char *name, unsigned *out_types, int most,
	int *out_count, struct wire_fault *fault) MUST_CHECK;

/* Parameters on their way: a NULL value is null; formats 0 text (with a closing zero), 1 binary. */
struct wire_values {
	int count;
	const char *values[PARAMETERS_MOST];
	int lengths[PARAMETERS_MOST], formats[PARAMETERS_MOST];
};
/* *out_rows is NULL when the statement gives none. */
bool wire_run(struct wire *wire, const char *name, const struct wire_values *values,
	struct pg_result **out_rows, struct wire_fault *fault) MUST_CHECK;
int wire_row_count(const struct pg_result *rows);
/* The bytes of a cell; {NULL, 0} and false for null. */
bool wire_cell(const struct pg_result *rows, int row, int column, struct text *out_cell);
void wire_free(struct pg_result *rows); /* accepts NULL */

/* COPY ... TO STDOUT: rows one by one. *out_bytes: NULL at the end; to be given back. */
bool wire_copy_out(struct wire *wire, const char *sql, struct wire_fault *fault) MUST_CHECK;
bool wire_copy_next(struct wire *wire, char **out_bytes, size_t *out_length,
	struct wire_fault *fault) MUST_CHECK;
void wire_copy_free(char *bytes);

/* COPY ... FROM STDIN: bytes, then an end (with a reason: all of it is to be dropped). */
bool wire_copy_in(struct wire *wire, const char *sql, struct wire_fault *fault) MUST_CHECK;
bool wire_copy_put(struct wire *wire, struct text bytes, struct wire_fault *fault) MUST_CHECK;
bool wire_copy_end(struct wire *wire, const char *reason, struct wire_fault *fault) MUST_CHECK;

/* Waits for notifications (LISTEN was said before) and takes them, until `wake` can be read or the
 * time is over. */
bool wire_wait(struct wire *wire, int wake, int milliseconds, struct wire_fault *fault) MUST_CHECK;

#endif
