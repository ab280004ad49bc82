/* SPDX-License-Identifier: MIT */
/*
 * A record moved from one database to another: every row of every table, between any two kinds.
 *
 * The one rule: nothing is ever written over, and what has arrived is read again and held to what
 * was sent, table by table, before it counts as moved. The key stays what it was.
 */
#ifndef HEARTH_STORE_COPY_H
#define HEARTH_STORE_COPY_H

#include "store/catalogue.h"

struct copied {
	struct summed_table *tables; /* the same in both */
	size_t count;
	int64_t rows;
};

/* Copies the record at `from` as it is at one moment to `to`, where there is none: a file that is
 * not there yet, or a database without tables. ERROR_CONFLICT when there is something at `to`,
 * ERROR_SYSTEM when a table does not arrive as it was. A file gets its name only when all is well.
 */
bool store_copy(struct arena *arena, const char *from, const char *to, struct copied *out_copied,
	struct error *error) MUST_CHECK;

#endif
