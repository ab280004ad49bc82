/* SPDX-License-Identifier: MIT */
/*
 * Backups: the rows of every table at one moment, sealed, and the record made of them again.
 *
 * The one rule: a backup is believed only when all of it was opened and its sums are met; a record
 * gets its name only when its own rows have the same sums. The form is that of rows, not of a
 * database: one made from SQLite is restored into PostgreSQL and the other way round
 * (docs/decisions/backup-form.md).
 */
#ifndef HEARTH_STORE_BACKUP_H
#define HEARTH_STORE_BACKUP_H

#include "store/catalogue.h"

struct backup_options {
	const char *place, *key_file; /* the record and its key, as store_open_with takes them */
	const char *passphrase;	      /* a file; NULL: sealed with the record's key */
	bool with_key;		      /* the record's key goes in too; needs a passphrase */
	int64_t now;		      /* seconds since 1970, UTC */
	const char *program;	      /* its version */
};

struct backup_manifest {
	int64_t form, schema; /* of the file; migration of the record */
	int64_t at;	      /* when it was made */
	int64_t rows, bytes;
	const char *program, *database; /* what made it: version; "sqlite" */
	bool with_key;
	struct summed_table *tables; /* in the order of their names */
	size_t count;
};

/* Writes a backup of the record to `path`, which is not there yet. Others may read and, when they
 * wait a little, write meanwhile. */
bool backup_make(struct arena *arena, const struct backup_options *options, const char *path,
	struct backup_manifest *out_manifest, struct error *error) MUST_CHECK;

/* Reads all of a backup: ERROR_INPUT says what is wrong with it. */
bool backup_check(struct arena *arena, const struct backup_options *options, const char *path,
	struct backup_manifest *out_manifest, struct error *error) MUST_CHECK;

/* Makes a record at `to`, where there is none, of a backup; the key of one that holds it is put
 * beside. */
bool backup_restore(struct arena *arena, const struct backup_options *options, const char *path,
	const char *to, struct backup_manifest *out_manifest, struct error *error) MUST_CHECK;

#endif
