/* SPDX-License-Identifier: MIT */
/*
 * What the files of store/ share: the open record and short ways to its statements.
 *
 * The one rule: for store/ only; everybody else sees store.h.
 */
#ifndef HEARTH_STORE_RECORD_H
#define HEARTH_STORE_RECORD_H

#include "store/vault.h"

struct store {
	const struct database_driver *driver;
	struct database *database;
	struct arena *arena;
	struct store_cursor *cursors; /* [queries.count], by place of the query */
	enum database_mode mode;
	enum { WITHIN_NOTHING, WITHIN_LOOK, WITHIN_CHANGE } within;
	struct vault *vault;
	const char *key_made; /* path; NULL when the key was there before */
};

/* The greatest numbers given so far. */
struct numbers {
	int64_t import, entry, child, problem;
};
bool record_numbers(
	struct store *store, struct numbers *out_numbers, struct error *error) MUST_CHECK;

/* Applies what is missing of sql/migrations/: up to where the key is needed, and with it the rest.
 * *out_old: the record is older than this program (still). ERROR_CONFLICT when a newer program
 * wrote it, ERROR_INPUT when it is some other database, ERROR_MISSING when it is empty and `store`
 * may not write. */
bool record_migrate(
	struct store *store, bool with_key, bool *out_old, struct error *error) MUST_CHECK;

/* Seals what a record of before migration 0007 has in clear, within it (sealing.c). */
bool record_seal(struct store *store, struct error *error) MUST_CHECK;

/* Opens any record as it is, without migrations and its key: for backup, restore and doctor. */
bool record_open_bare(struct store **out_store, const char *place, enum database_mode mode,
	struct error *error) MUST_CHECK;

/* Its migration, 0 when it is empty; ERROR_INPUT and ERROR_CONFLICT as record_migrate. */
bool record_schema(struct store *store, int64_t *out_schema, struct error *error) MUST_CHECK;

/* This program's migration; brings an empty record up to one and no further. */
int64_t record_newest_schema(void);
bool record_migrate_to(struct store *store, int64_t schema, struct error *error) MUST_CHECK;

/* Whether the database finds nothing wrong with itself; ERROR_INPUT with the first fault. */
bool record_is_whole(struct store *store, struct error *error) MUST_CHECK;

/* Reads the key of the record into store->vault, makes one when there is none and `store` may write
 * (vault_key.c); `place` and `key_file` as store_open_with takes them. */
bool record_unlock(struct store *store, const char *place, const char *key_file,
	struct error *error) MUST_CHECK;

/* The number of a framework version, given it if it has none; in the caller's transaction. */
bool record_framework(struct store *store, struct arena *arena, const struct framework *framework,
	int64_t *out_number, struct error *error) MUST_CHECK;

/* Takes the rows of every table with an entry of that range away. */
bool record_take_away(
	struct store *store, int64_t first, int64_t last, struct error *error) MUST_CHECK;

/* Marks an import as undone. */
bool record_mark_undone(struct store *store, int64_t id, struct text by, int64_t now,
	struct error *error) MUST_CHECK;

/* Where rows come from: the files of import_run, or a test's hand. */
struct row_source {
	bool (*run)(void *context, struct import *out_import, const struct import_sink *sink,
		struct error *error);
	void *context;
};

/* An import in one transaction, as store_import_files. */
bool record_import_from(struct store *store, const struct schema *schema,
	const struct row_source *source, const struct store_options *options,
	struct import *out_import, struct store_import *out_record, struct error *error) MUST_CHECK;

/* Writes the import's own record, its files (rows_stored, first_entry beside) and problems. */
struct written {
	int64_t id, rows_unchanged;
	struct numbers before, after;
	const int64_t *rows_stored, *first_entry; /* by file */
};
bool record_import(struct store *store, const struct import *import,
	const struct store_options *options, const struct written *written,
	struct error *error) MUST_CHECK;

/* A postcode without spaces, in capitals; false when it is none of the national grid. */
enum { POSTCODE_MOST = 8 };
bool postcode_plain(struct text field, char out[POSTCODE_MOST], size_t *out_length) MUST_CHECK;

/* Takes the postcode directory away when it is that import's. */
bool record_postcodes_undo(struct store *store, int64_t id, struct error *error) MUST_CHECK;

/* Where the sealed value of a problem is. */
#define PROBLEM_TABLE "import_problem"
#define PROBLEM_VALUE "value"

/* The statement of a name, NULL with `error` filled; steps that give no row or one. */
struct statement *record_statement(struct store *store, const char *name, struct error *error);
bool record_run(struct store *store, struct statement *statement, struct error *error) MUST_CHECK;
/* Runs sql/<database>/<name>.sql; a database without one has nothing to be told. */
bool record_script(struct store *store, const char *name, struct error *error) MUST_CHECK;

#endif
