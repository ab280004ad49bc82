/* SPDX-License-Identifier: MIT */
/* From files to the record. */
#include "store/record.h"

struct file_source {
	struct arena *arena;
	const struct schema *schema;
	const char *const *paths;
	size_t count;
};

static bool run_files(void *context, struct import *out_import, const struct import_sink *sink,
	struct error *error)
{
	const struct file_source *files = context;

	return import_run(
		out_import, files->arena, files->schema, files->paths, files->count, sink, error);
}

bool store_import_files(struct store *store, struct arena *arena, const struct schema *schema,
	const char *const *paths, size_t count, const struct store_options *options,
	struct import *out_import, struct store_import *out_record, struct error *error)
{
	struct file_source files = {arena, schema, paths, count};
	struct row_source source = {run_files, &files};

	return record_import_from(store, schema, &source, options, out_import, out_record, error);
}
