/* SPDX-License-Identifier: MIT */
#include "schema/schema.h"

#include "schema/read.h"

bool schema_open(
	struct schema *out_schema, struct arena *arena, const char *folder, struct error *error)
{
	struct schema schema = {0};
	struct data_files files;

	if (!data_files_open(&files, arena, folder, error) ||
		!frameworks_read(&schema, arena, &files, error) ||
		!code_sets_read(&schema, arena, &files, error) ||
		!groupings_read(&schema, arena, &files, error) ||
		!placements_read(&schema, arena, &files, error) ||
		!sources_read(&schema, arena, &files, error))
		return false;
	*out_schema = schema;
	return true;
}

const struct framework *schema_framework(const struct schema *schema, struct text id)
{
	for (size_t i = 0; i < schema->framework_count; i++)
		if (text_is(id, schema->frameworks[i].id))
			return &schema->frameworks[i];
	return NULL;
}

const struct code_set *schema_code_set(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->code_set_count; i++)
		if (strcmp(schema->code_sets[i].name, name) == 0)
			return &schema->code_sets[i];
	return NULL;
}

const struct source_table *schema_table(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->table_count; i++)
		if (strcmp(schema->tables[i].name, name) == 0)
			return &schema->tables[i];
	return NULL;
}
