/* SPDX-License-Identifier: MIT */
/* How each part of the dictionary is read; schema_open calls these in order. */
#ifndef HEARTH_SCHEMA_READ_H
#define HEARTH_SCHEMA_READ_H

#include "schema/data_file.h"
#include "schema/schema.h"

/* Each fills its part of `schema` from the files and checks what the parts before it must hold. */
bool frameworks_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error) MUST_CHECK;
bool code_sets_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error) MUST_CHECK;
bool groupings_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error) MUST_CHECK;
bool placements_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error) MUST_CHECK;
bool sources_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error) MUST_CHECK;

#endif
