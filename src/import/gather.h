/* SPDX-License-Identifier: MIT */
/*
 * The first look at everything that was given: which files and sheets there are, which table each
 * one is, of which collection year.
 */
#ifndef HEARTH_IMPORT_GATHER_H
#define HEARTH_IMPORT_GATHER_H

#include "import/intake.h"
#include "import/listing.h"

struct gathered {
	struct arena *arena;  /* of the import */
	struct arena *sheets; /* of workbooks and XML returns; until the import is done */
	const struct schema *schema;
	struct listing listing;
	struct import_file *files;
	struct intake *intakes; /* by file; .table NULL when it is none we know */
	size_t *listed;		/* by file: number in the listing */
	size_t count, capacity;
	uint64_t refused; /* files that did not go in */
};

/* gathered->arena, sheets and schema are set by the caller. */
bool gather(struct gathered *gathered, const char *const *paths, size_t path_count,
	struct problem_log *log, struct error *error) MUST_CHECK;

/* A file that did not go in. */
void gather_refuse(
	struct gathered *gathered, size_t file, struct problem_log *log, enum problem_kind kind);

#endif
