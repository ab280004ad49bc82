/* SPDX-License-Identifier: MIT */
/*
 * The record: what was imported, by which import, and nothing derived.
 *
 * The one rule: rows are never overwritten. Each belongs to an import; which of several rows counts
 * is decided when the record is read (cohort/history.c), so that undoing an import only takes its
 * rows away and the earlier ones stand again.
 */
#ifndef HEARTH_STORE_STORE_H
#define HEARTH_STORE_STORE_H

#include "import/import.h"
#include "store/database.h"

struct store;

/* Opens the record at `place` (a file's path; made readable by its owner only), with its migrations
 * applied when it is opened to write. Reading one that is not there is ERROR_MISSING; one of a
 * newer program is ERROR_CONFLICT. */
bool store_open(struct store **out_store, const char *place, enum database_mode mode,
	struct error *error) MUST_CHECK;
void store_close(struct store *store); /* accepts NULL */

/* Where the record is when nobody says: $XDG_DATA_HOME/hearth/hearth.db or
 * ~/.local/share/hearth/hearth.db. */
bool store_default_place(
	struct arena *arena, const char **out_place, struct error *error) MUST_CHECK;

struct store_import {
	int64_t id;
	int64_t at;	    /* seconds since 1970, UTC */
	struct text by;	    /* who */
	struct text status; /* "in", "undone" */
	int64_t undone_at;  /* 0 when it is in */
	struct text undone_by;
	/* rows_accepted are the good rows; rows_unchanged of them were in the record before */
	int64_t files, rows_read, rows_accepted, rows_refused, rows_repeated, rows_unchanged,
		problems;
};

struct store_options {
	struct text by; /* who imports */
	int64_t now;	/* seconds since 1970, UTC: the doors look at the clock */
	bool dry_run;	/* everything is done and rolled back */
	bool (*progress)(void *context, size_t done, size_t total); /* may be NULL */
	void *progress_context;
};

/* Imports files and folders in one transaction: all accepted rows, the import's own record and its
 * problems, or nothing. *out_record says what went in (id 0 when nothing was new or it was a dry
 * run); `out_import` has files and problems, in `arena`. */
bool store_import_files(struct store *store, struct arena *arena, const struct schema *schema,
	const char *const *paths, size_t count, const struct store_options *options,
	struct import *out_import, struct store_import *out_record, struct error *error) MUST_CHECK;

/* Every import, oldest first. */
bool store_imports(struct store *store, struct arena *arena, struct store_import **out_imports,
	size_t *out_count, struct error *error) MUST_CHECK;

/* Files and problems of one import, as they were kept. ERROR_MISSING for an unknown number. */
bool store_import_show(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t id, struct store_import *out_record, struct import *out_import,
	struct error *error) MUST_CHECK;

/* Takes the rows of an import away, and the ids of children of whom nothing is left; its own record
 * stays, marked undone. ERROR_MISSING for an unknown number, ERROR_CONFLICT when it is undone. */
bool store_undo(struct store *store, int64_t id, struct text by, int64_t now,
	struct error *error) MUST_CHECK;

/* Puts a postcode directory (CSV with the columns of the ONS: pcds, pcd, pcd7 or pcd8; oseast1m or
 * easting; osnrth1m or northing) in the place of the one there is, as an import of its own. Rows
 * without a place on the national grid are left out. *out_count: postcodes that are in. */
bool store_import_postcodes(struct store *store, struct arena *arena, const char *path,
	const struct store_options *options, int64_t *out_count, struct error *error) MUST_CHECK;

/* The number by which load_assessments knows a framework version, 0 when no row is of it.
 * ERROR_CONFLICT when its domains are not those with which it was used. */
bool store_framework(struct store *store, const struct framework *framework, int64_t *out_number,
	struct error *error) MUST_CHECK;

/* A cursor over a named query of sql/queries/, for those who build something from the record; one
 * at a time of each name. Parameters are bound before the first store_next. Texts live until the
 * next store_next. A cursor left before its end is closed by store_query of the same name,
 * store_rewind or store_close. */
struct store_cursor;
bool store_query(struct store *store, const char *name, struct store_cursor **out_cursor,
	struct error *error) MUST_CHECK;
void store_bind_integer(struct store_cursor *cursor, int parameter, int64_t value);
void store_bind_text(struct store_cursor *cursor, int parameter, struct text value);
void store_rewind(struct store_cursor *cursor);
bool store_next(struct store_cursor *cursor, bool *out_row, struct error *error) MUST_CHECK;
bool store_is_null(const struct store_cursor *cursor, int column);
int64_t store_integer(const struct store_cursor *cursor, int column);
double store_number(const struct store_cursor *cursor, int column);
struct text store_text(const struct store_cursor *cursor, int column);

#endif
