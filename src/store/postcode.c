/* SPDX-License-Identifier: MIT */
/*
 * The postcode directory: where postcodes are, in metres of the national grid.
 *
 * The columns are those of the ONS Postcode Directory. Postcodes of Northern Ireland (BT) are on
 * the Irish grid there and are left out: a distance across the two would be wrong.
 */
#include "base/file.h"
#include "base/sha256.h"
#include "store/record.h"

enum { FIELDS_MOST = 128, PROGRESS_ROWS = 65536 };

#define DIRECTORY_TABLE "postcodes"
static const size_t largest_file = (size_t)4 << 30;

struct directory {
	struct text path;
	size_t postcode, easting, northing; /* columns */
	size_t fields;
	int64_t read, stored;
};

/* Fields of a line; quotes at either end are taken off. Such files have no quoted separators in the
 * columns we read, and no quoted newlines. */
static size_t split_fields(struct text line, struct text fields[FIELDS_MOST])
{
	size_t count = 0;
	bool quoted = false;
	const char *start = line.data, *end = line.data + line.length;

	for (const char *at = start; at <= end && count < FIELDS_MOST; at++) {
		if (at < end && *at == '"')
			quoted = !quoted;
		if (at < end && (*at != ',' || quoted))
			continue;
		struct text field = text_trim((struct text){start, (size_t)(at - start)});
		if (field.length >= 2 && field.data[0] == '"' &&
			field.data[field.length - 1] == '"')
			field = text_trim((struct text){field.data + 1, field.length - 2});
		fields[count++] = field;
		start = at + 1;
	}
	return count;
}

static bool find_field(
	const struct text *fields, size_t count, const char *const *names, size_t *out_field)
{
	for (; *names; names++)
		for (size_t i = 0; i < count; i++)
			if (text_same_letters(fields[i], text_of(*names))) {
				*out_field = i;
				return true;
			}
	return false;
}

static bool read_header(struct directory *directory, struct text line, struct error *error)
{
	static const char *const postcodes[] = {"pcds", "pcd8", "pcd7", "pcd", "postcode", NULL};
	static const char *const eastings[] = {"oseast1m", "east1m", "easting", "eastings", NULL};
	static const char *const northings[] = {
		"osnrth1m", "north1m", "northing", "northings", NULL};
	struct text fields[FIELDS_MOST];
	size_t count;

	if (line.length >= 3 && memcmp(line.data, "\xef\xbb\xbf", 3) == 0)
		line = (struct text){line.data + 3, line.length - 3};
	count = split_fields(line, fields);
	if (find_field(fields, count, postcodes, &directory->postcode) &&
		find_field(fields, count, eastings, &directory->easting) &&
		find_field(fields, count, northings, &directory->northing)) {
		directory->fields = count;
		return true;
	}
	return error_set(error, ERROR_INPUT,
		"%.*s is no postcode directory: it needs the columns pcds, oseast1m and osnrth1m",
		(int)directory->path.length, directory->path.data);
}

bool postcode_plain(struct text field, char out[POSTCODE_MOST], size_t *out_length)
{
	size_t length = 0;

	for (size_t i = 0; i < field.length; i++) {
		char c = field.data[i];

		if (c == ' ')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (length == POSTCODE_MOST || !((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
			return false;
		out[length++] = c;
	}
	*out_length = length;
	return length > 0 && !(length > 2 && out[0] == 'B' && out[1] == 'T');
}

static bool store_line(struct directory *directory, struct store *store,
	struct statement *statement, struct text line, struct error *error)
{
	struct text fields[FIELDS_MOST];
	char postcode[POSTCODE_MOST];
	size_t length, count = split_fields(line, fields);
	int64_t easting, northing;

	directory->read++;
	if (count < directory->fields ||
		!postcode_plain(fields[directory->postcode], postcode, &length) ||
		!text_integer(fields[directory->easting], &easting) ||
		!text_integer(fields[directory->northing], &northing))
		return true;
	store->driver->bind_text(statement, 1, (struct text){postcode, length});
	store->driver->bind_integer(statement, 2, easting);
	store->driver->bind_integer(statement, 3, northing);
	directory->stored++;
	return record_run(store, statement, error);
}

static bool store_lines(struct directory *directory, struct store *store, struct text bytes,
	const struct store_options *options, struct error *error)
{
	struct statement *statement = record_statement(store, "postcode_add", error);
	struct text rest = bytes, line;

	if (!statement || !text_split(&rest, '\n', &line) || !read_header(directory, line, error))
		return false;
	while (text_split(&rest, '\n', &line)) {
		line = text_trim(line);
		if (line.length && !store_line(directory, store, statement, line, error))
			return false;
		if (options->progress && directory->read % PROGRESS_ROWS == 0 &&
			!options->progress(options->progress_context, bytes.length - rest.length,
				bytes.length))
			return error_set(error, ERROR_CONFLICT, "the import was stopped");
	}
	return directory->stored > 0 ||
	       error_set(error, ERROR_INPUT, "%.*s has no postcode with a place on the grid",
		       (int)directory->path.length, directory->path.data);
}

/* The directories that are in until now are undone: the new one stands in their place. */
static bool replace_older(
	struct store *store, const struct store_options *options, struct error *error)
{
	struct statement *clear = record_statement(store, "postcode_clear", error);
	struct statement *mark =
		clear ? record_statement(store, "postcode_imports_mark_undone", error) : NULL;

	if (!mark || !record_run(store, clear, error))
		return false;
	store->driver->bind_integer(mark, 1, options->now);
	store->driver->bind_text(mark, 2, options->by);
	return record_run(store, mark, error);
}

/* An import of its own, with one file. */
static bool write_directory(struct store *store, const struct directory *directory,
	struct text bytes, const struct store_options *options, struct error *error)
{
	static const struct source_table table = {.name = DIRECTORY_TABLE};
	struct import_file file = {.shown = file_name(directory->path.data),
		.bytes = bytes.length,
		.table = &table,
		.rows_read = (uint64_t)directory->read,
		.rows_accepted = (uint64_t)directory->stored};
	struct import import = {.files = &file, .file_count = 1};
	int64_t none = 0;
	struct written written = {.rows_stored = &none, .first_entry = &none};

	if (!record_numbers(store, &written.before, error))
		return false;
	sha256_text(bytes, file.sha256);
	written.after = written.before;
	written.id = written.before.import + 1;
	return record_import(store, &import, options, &written, error);
}

bool store_import_postcodes(struct store *store, struct arena *arena, const char *path,
	const struct store_options *options, int64_t *out_count, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct directory directory = {.path = text_of(arena_string(arena, path))};
	struct file_map map;
	bool done;

	if (!directory.path.data)
		return error_no_memory(error);
	if (!file_map_open(&map, path, largest_file, error))
		return false;
	done = driver->begin(store->database, error);
	if (done) {
		done = replace_older(store, options, error) &&
		       store_lines(&directory, store, map.bytes, options, error) &&
		       write_directory(store, &directory, map.bytes, options, error) &&
		       (options->dry_run || driver->commit(store->database, error));
		if (!done || options->dry_run)
			driver->rollback(store->database);
	}
	file_map_close(&map);
	if (done)
		*out_count = directory.stored;
	return done;
}

bool record_postcodes_undo(struct store *store, int64_t id, struct error *error)
{
	struct store_cursor *cursor;
	struct statement *clear;
	bool row, found = false;

	if (!store_query(store, "postcode_imports", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		found |= store_integer(cursor, 0) == id;
		if (!store_next(cursor, &row, error))
			return false;
	}
	if (!found)
		return true;
	clear = record_statement(store, "postcode_clear", error);
	return clear && record_run(store, clear, error);
}
