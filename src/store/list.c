/* SPDX-License-Identifier: MIT */
/* Looking back at imports. */
#include "store/record.h"

static bool copy_text(
	struct arena *arena, struct text text, struct text *out_text, struct error *error)
{
	char *copy = arena_copy(arena, text.data, text.length);

	if (!copy)
		return error_no_memory(error);
	*out_text = (struct text){copy, text.length};
	return true;
}

static bool copy_string(
	struct arena *arena, struct text text, const char **out_string, struct error *error)
{
	struct text copy = {0};

	if (!copy_text(arena, text, &copy, error))
		return false;
	*out_string = copy.data;
	return true;
}

static bool read_import(const struct store_cursor *cursor, struct arena *arena,
	struct store_import *record, struct error *error)
{
	bool undone = !store_is_null(cursor, 3);

	*record = (struct store_import){.id = store_integer(cursor, 0),
		.at = store_integer(cursor, 1),
		.status = undone ? TEXT("undone") : TEXT("in"),
		.undone_at = store_integer(cursor, 3),
		.rows_unchanged = store_integer(cursor, 5),
		.problems = store_integer(cursor, 6),
		.files = store_integer(cursor, 7),
		.rows_read = store_integer(cursor, 8),
		.rows_accepted = store_integer(cursor, 9),
		.rows_refused = store_integer(cursor, 10),
		.rows_repeated = store_integer(cursor, 11)};
	return copy_text(arena, store_text(cursor, 2), &record->by, error) &&
	       copy_text(arena, store_text(cursor, 4), &record->undone_by, error);
}

/* Imports of a number (0 for all). */
static bool read_imports(struct store *store, struct arena *arena, int64_t id,
	struct store_import **out_imports, size_t *out_count, struct error *error)
{
	struct store_import *imports = NULL;
	size_t count = 0, capacity = 0;
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "import_list", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		if (count == capacity) {
			capacity = capacity ? capacity * 2 : 16;
			imports = arena_grow(arena, imports, count, capacity, sizeof *imports);
			if (!imports)
				return error_no_memory(error);
		}
		if (!read_import(cursor, arena, &imports[count++], error) ||
			!store_next(cursor, &row, error))
			return false;
	}
	*out_imports = imports;
	*out_count = count;
	return true;
}

bool store_imports(struct store *store, struct arena *arena, struct store_import **out_imports,
	size_t *out_count, struct error *error)
{
	return read_imports(store, arena, 0, out_imports, out_count, error);
}

static bool read_file(const struct store_cursor *cursor, struct arena *arena,
	const struct schema *schema, struct import_file *file, struct error *error)
{
	struct text sha256 = store_text(cursor, 2);
	const char *table = NULL;

	*file = (struct import_file){.bytes = (size_t)store_integer(cursor, 3),
		.collection_year = (int)store_integer(cursor, 5),
		.rows_read = (uint64_t)store_integer(cursor, 6),
		.rows_accepted = (uint64_t)store_integer(cursor, 7),
		.rows_refused = (uint64_t)store_integer(cursor, 8),
		.rows_repeated = (uint64_t)store_integer(cursor, 9)};
	if (sha256.length && sha256.length < sizeof file->sha256)
		memcpy(file->sha256, sha256.data, sha256.length);
	if (!copy_string(arena, store_text(cursor, 0), &file->shown, error) ||
		(!store_is_null(cursor, 1) &&
			!copy_string(arena, store_text(cursor, 1), &file->sheet, error)) ||
		!copy_string(arena, store_text(cursor, 4), &table, error))
		return false;
	file->path = file->shown;
	file->table = schema_table(schema, table);
	return true;
}

static bool read_files(struct store *store, struct arena *arena, const struct schema *schema,
	const struct store_import *record, struct import *import, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	import->files = arena_take(arena, (size_t)record->files, sizeof *import->files);
	if (!import->files)
		return error_no_memory(error);
	if (!store_query(store, "import_files", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, record->id);
	if (!store_next(cursor, &row, error))
		return false;
	while (row && import->file_count < (size_t)record->files) {
		if (!read_file(
			    cursor, arena, schema, &import->files[import->file_count++], error) ||
			!store_next(cursor, &row, error))
			return false;
	}
	import->refused = (uint64_t)record->rows_refused;
	store_rewind(cursor);
	return true;
}

static bool read_problem(const struct store *store, const struct store_cursor *cursor,
	struct arena *arena, struct problem *problem, struct error *error)
{
	struct vault_place place = {PROBLEM_TABLE, PROBLEM_VALUE, store_integer(cursor, 7)};

	problem->file = (uint32_t)store_integer(cursor, 0);
	problem->line = (uint32_t)store_integer(cursor, 1);
	problem->severity =
		text_is(store_text(cursor, 6), "error") ? SEVERITY_ERROR : SEVERITY_WARNING;
	return copy_text(arena, store_text(cursor, 2), &problem->column, error) &&
	       vault_open_in(
		       store->vault, arena, place, store_text(cursor, 3), &problem->value, error) &&
	       copy_string(arena, store_text(cursor, 4), &problem->problem, error) &&
	       copy_string(arena, store_text(cursor, 5), &problem->expected, error);
}

static bool read_problems(struct store *store, struct arena *arena,
	const struct store_import *record, struct import *import, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	import->problems = arena_take(arena, (size_t)record->problems, sizeof *import->problems);
	if (!import->problems)
		return error_no_memory(error);
	if (!store_query(store, "import_problems", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, record->id);
	if (!store_next(cursor, &row, error))
		return false;
	while (row && import->problem_count < (size_t)record->problems) {
		if (!read_problem(store, cursor, arena, &import->problems[import->problem_count++],
			    error) ||
			!store_next(cursor, &row, error))
			return false;
	}
	store_rewind(cursor);
	return true;
}

bool store_import_show(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t id, struct store_import *out_record, struct import *out_import, struct error *error)
{
	struct store_import *records;
	struct import import = {0};
	size_t count = 0;

	if (id > 0 && !read_imports(store, arena, id, &records, &count, error))
		return false;
	if (!count)
		return error_set(error, ERROR_MISSING,
			"there is no import %lld: hearth import list shows those there are",
			(long long)id);
	if (!read_files(store, arena, schema, records, &import, error) ||
		!read_problems(store, arena, records, &import, error))
		return false;
	*out_record = *records;
	*out_import = import;
	return true;
}
