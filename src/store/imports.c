/* SPDX-License-Identifier: MIT */
/* Making an import and undoing it. */
#include "store/ingest.h"

static void count_up(struct store_import *record, const struct import *import,
	const struct ingest *ingest, const struct store_options *options)
{
	*record = (struct store_import){.at = options->now,
		.by = options->by,
		.status = TEXT("in"),
		.files = (int64_t)import->file_count,
		.rows_accepted = ingest->left_alone,
		.rows_unchanged = ingest->unchanged + ingest->left_alone,
		.problems = (int64_t)import->problem_count};
	for (size_t i = 0; i < import->file_count; i++) {
		record->rows_read += (int64_t)import->files[i].rows_read;
		record->rows_accepted += (int64_t)import->files[i].rows_accepted;
		record->rows_refused += (int64_t)import->files[i].rows_refused;
		record->rows_repeated += (int64_t)import->files[i].rows_repeated;
	}
}

static bool write_record(struct ingest *ingest, const struct import *import,
	const struct store_options *options, struct error *error)
{
	struct written written = {.id = ingest->before.import + 1,
		.rows_unchanged = ingest->unchanged,
		.before = ingest->before,
		.after = {.entry = ingest->entry,
			.child = ingest->children.last,
			.problem = ingest->before.problem + (int64_t)import->problem_count}};

	if (!ingest_files(ingest, import->file_count))
		return error_no_memory(error);
	written.rows_stored = ingest->rows_stored;
	written.first_entry = ingest->first_entry;
	return record_import(ingest->store, import, options, &written, error);
}

/* Within the transaction: *out_keep is whether there is anything to keep. */
static bool import_within(struct store *store, struct arena *scratch, const struct schema *schema,
	const struct row_source *source, const struct store_options *options,
	struct import *out_import, struct store_import *out_record, bool *out_keep,
	struct error *error)
{
	struct ingest ingest;
	struct import_sink sink;

	if (!ingest_open(&ingest, scratch, store, schema, options, error))
		return false;
	sink = ingest_sink(&ingest);
	if (!source->run(source->context, out_import, &sink, error))
		return false;
	if (ingest.fault.code != ERROR_NONE) {
		*error = ingest.fault;
		return false;
	}
	count_up(out_record, out_import, &ingest, options);
	*out_keep = !options->dry_run && ingest.entry > ingest.before.entry;
	if (!*out_keep)
		return true;
	out_record->id = ingest.before.import + 1;
	return write_record(&ingest, out_import, options, error);
}

bool record_import_from(struct store *store, const struct schema *schema,
	const struct row_source *source, const struct store_options *options,
	struct import *out_import, struct store_import *out_record, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct arena *scratch = arena_open();
	struct import import = {0};
	struct store_import record = {0};
	bool keep = false, done = false;

	if (!scratch)
		return error_no_memory(error);
	if (!driver->begin(store->database, error))
		goto done;
	done = import_within(
		       store, scratch, schema, source, options, &import, &record, &keep, error) &&
	       (!keep || driver->commit(store->database, error));
	if (!done || !keep)
		driver->rollback(store->database);
done:
	arena_close(scratch);
	if (!done)
		return false;
	*out_import = import;
	*out_record = record;
	return true;
}

/* The rows of every table that lie in the range. */
bool record_take_away(struct store *store, int64_t first, int64_t last, struct error *error)
{
	const struct database_driver *driver = store->driver;
	const struct query *queries;
	size_t count = queries_under(driver->queries(store->database), "undo_", &queries);

	for (size_t i = 0; i < count; i++) {
		struct statement *statement =
			driver->statement(store->database, queries[i].name, error);

		if (!statement)
			return false;
		driver->bind_integer(statement, 1, first);
		driver->bind_integer(statement, 2, last);
		if (!record_run(store, statement, error))
			return false;
	}
	return true;
}

struct ranges {
	bool undone, entered;
	int64_t first_entry, last_entry;
};

static bool read_ranges(
	struct store *store, int64_t id, struct ranges *out_ranges, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "import_ranges", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	if (!store_next(cursor, &row, error))
		return false;
	if (!row)
		return error_set(error, ERROR_MISSING,
			"there is no import %lld: hearth import list shows those there are",
			(long long)id);
	*out_ranges = (struct ranges){!store_is_null(cursor, 0), store_integer(cursor, 3) > 0,
		store_integer(cursor, 1), store_integer(cursor, 2)};
	store_rewind(cursor);
	return true;
}

bool record_mark_undone(
	struct store *store, int64_t id, struct text by, int64_t now, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct statement *statement = record_statement(store, "import_mark_undone", error);

	if (!statement)
		return false;
	driver->bind_integer(statement, 1, id);
	driver->bind_integer(statement, 2, now);
	driver->bind_text(statement, 3, by);
	return record_run(store, statement, error);
}

static bool undo_within(
	struct store *store, int64_t id, struct text by, int64_t now, struct error *error)
{
	struct ranges ranges = {0};
	struct statement *forget;

	if (!read_ranges(store, id, &ranges, error))
		return false;
	if (ranges.undone)
		return error_set(
			error, ERROR_CONFLICT, "import %lld is undone already", (long long)id);
	if (ranges.entered)
		return error_set(error, ERROR_CONFLICT,
			"import %lld is an assessment that was signed in Hearth: it is withdrawn "
			"on the child's page",
			(long long)id);
	if (!record_take_away(store, ranges.first_entry, ranges.last_entry, error) ||
		!record_postcodes_undo(store, id, error))
		return false;
	forget = record_statement(store, "children_forget", error);
	return forget && record_run(store, forget, error) &&
	       record_mark_undone(store, id, by, now, error);
}

bool store_undo(struct store *store, int64_t id, struct text by, int64_t now, struct error *error)
{
	const struct database_driver *driver = store->driver;

	if (!driver->begin(store->database, error))
		return false;
	if (undo_within(store, id, by, now, error) && driver->commit(store->database, error))
		return true;
	driver->rollback(store->database);
	return false;
}
