/* SPDX-License-Identifier: MIT */
/*
 * Rows of an import into the tables of the record.
 *
 * The one rule: everything happens in the transaction of the caller; nothing is written that the
 * caller's rollback would not take back.
 */
#ifndef HEARTH_STORE_INGEST_H
#define HEARTH_STORE_INGEST_H

#include "store/children.h"
#include "store/layout.h"

struct entry_range {
	int64_t first, last;
};

/* What the record has of a file that comes again, from imports that are in. */
struct earlier_file {
	const struct import_file *file;
	struct entry_range *ranges;
	size_t count;
	struct earlier_file *next;
};

struct ingest {
	struct store *store;
	const struct schema *schema;
	const struct store_options *options;
	struct arena *arena;
	struct children children;
	struct personal personal;
	struct numbers before;
	int64_t entry;		       /* the last given */
	struct layout *layouts;	       /* by table of the schema; .table NULL until asked for */
	int64_t *frameworks;	       /* numbers by framework of the schema; 0 until asked for */
	const struct framework *usual; /* of rows that name none */
	int64_t *rows_stored, *first_entry; /* by file */
	size_t files, file_capacity;
	struct earlier_file *earlier;
	int64_t unchanged;  /* rows that were read and that the record had */
	int64_t left_alone; /* rows of files that were not read: the record has them all */
	struct error fault; /* of a call that cannot tell; code ERROR_NONE when there is none */
};

/* Prepares for rows; the transaction is open. */
bool ingest_open(struct ingest *out_ingest, struct arena *arena, struct store *store,
	const struct schema *schema, const struct store_options *options,
	struct error *error) MUST_CHECK;

/* The sink for import_run. */
struct import_sink ingest_sink(struct ingest *ingest);

/* Room in rows_stored and first_entry for so many files. */
bool ingest_files(struct ingest *ingest, size_t files) MUST_CHECK;

/* Stores the rows of one file (ingest_rows.c); `scratch` is for the time of the call. */
bool ingest_pour(struct ingest *ingest, const struct import_rows *rows, struct arena *scratch,
	struct error *error) MUST_CHECK;

/* The number of a framework version in the record, given it if it has none. */
bool ingest_framework(struct ingest *ingest, const struct framework *framework, int64_t *out_number,
	struct error *error) MUST_CHECK;

/* What the record has of a file already (ingest_file.c). */
bool ingest_has_file(void *context, const struct import_file *file);

/* Lines of a file whose rows are in the record: keys of line and child. */
struct known_rows {
	uint64_t *slots; /* 0 for empty */
	uint32_t *counts;
	size_t mask;
};

/* Reads them; NULL when the record has nothing of the file. */
bool ingest_known_rows(struct known_rows **out_known, struct ingest *ingest,
	const struct import_file *file, const struct source_table *table, struct arena *arena,
	struct error *error) MUST_CHECK;

/* Whether a row is known; counts it as seen. */
bool known_rows_take(struct known_rows *known, uint32_t line, int64_t child);

#endif
