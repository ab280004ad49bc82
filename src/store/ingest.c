/* SPDX-License-Identifier: MIT */
#include "store/ingest.h"

/* data.md: rows of assessments and homes that name no framework version are of this one. */
static const char usual_framework[] = "valuing-care-13";

static bool open_frameworks(struct ingest *ingest)
{
	const struct schema *schema = ingest->schema;

	ingest->frameworks =
		arena_take(ingest->arena, schema->framework_count, sizeof *ingest->frameworks);
	ingest->usual = schema_framework(schema, text_of(usual_framework));
	if (!ingest->usual && schema->framework_count)
		ingest->usual = &schema->frameworks[schema->framework_count - 1];
	return ingest->frameworks;
}

bool ingest_open(struct ingest *out_ingest, struct arena *arena, struct store *store,
	const struct schema *schema, const struct store_options *options, struct error *error)
{
	struct ingest ingest = {
		.store = store, .schema = schema, .options = options, .arena = arena};
	ingest.personal.arena = arena;

	ingest.layouts = arena_take(arena, schema->table_count, sizeof *ingest.layouts);
	if (!ingest.layouts || !open_frameworks(&ingest))
		return error_no_memory(error);
	if (!record_numbers(store, &ingest.before, error) ||
		!children_read(&ingest.children, arena, store, ingest.before.child, error))
		return false;
	ingest.entry = ingest.before.entry;
	*out_ingest = ingest;
	return true;
}

bool ingest_files(struct ingest *ingest, size_t files)
{
	size_t capacity = ingest->file_capacity ? ingest->file_capacity : 32;
	int64_t *stored, *first;

	if (files > ingest->files)
		ingest->files = files;
	if (files <= ingest->file_capacity)
		return true;
	while (capacity < files)
		capacity *= 2;
	stored = arena_grow(ingest->arena, ingest->rows_stored, ingest->file_capacity, capacity,
		sizeof *stored);
	first = arena_grow(
		ingest->arena, ingest->first_entry, ingest->file_capacity, capacity, sizeof *first);
	if (!stored || !first)
		return false;
	ingest->rows_stored = stored;
	ingest->first_entry = first;
	ingest->file_capacity = capacity;
	return true;
}

static bool take_rows(void *context, const struct import_rows *rows, struct error *error)
{
	struct ingest *ingest = context;
	struct arena *scratch;
	bool done;

	if (ingest->fault.code != ERROR_NONE) {
		*error = ingest->fault;
		return false;
	}
	scratch = arena_open();
	if (!scratch)
		return error_no_memory(error);
	done = ingest_pour(ingest, rows, scratch, error);
	arena_close(scratch);
	return done;
}

static bool knows_child(void *context, struct text id)
{
	const struct ingest *ingest = context;

	return children_named(&ingest->children, id);
}

static bool progress(void *context, size_t done, size_t total)
{
	const struct store_options *options = ((struct ingest *)context)->options;

	return options->progress(options->progress_context, done, total);
}

struct import_sink ingest_sink(struct ingest *ingest)
{
	return (struct import_sink){.context = ingest,
		.knows_child = knows_child,
		.has_file = ingest_has_file,
		.take = take_rows,
		.progress = ingest->options->progress ? progress : NULL};
}
