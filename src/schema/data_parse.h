/* SPDX-License-Identifier: MIT */
/* RFC 4180 for the small files of data/: strict, whole in memory, every record as wide as the
 * header. */
#ifndef HEARTH_SCHEMA_DATA_PARSE_H
#define HEARTH_SCHEMA_DATA_PARSE_H

#include "base/arena.h"
#include "base/text.h"

enum { DATA_FIELDS_MOST = 32 };

struct data_records {
	size_t count;		  /* the header is record 0 */
	size_t fields;		  /* of each record */
	const char *const *cells; /* [count * fields] */
	const int *lines;	  /* on which each begins */
};

/* `path` is for messages. Empty lines are left out. */
bool data_parse(struct data_records *out_records, struct arena *arena, struct text bytes,
	const char *path, struct error *error) MUST_CHECK;

#endif
