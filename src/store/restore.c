/* SPDX-License-Identifier: MIT */
/* Reading a backup: to check it, or to make a record of it. */
#include "base/file.h"
#include "store/backup.h"
#include "store/backup_form.h"
#include "store/change.h"
#include "store/packed.h"
#include "store/place.h"
#include "store/sealed_file.h"

enum { NUMBER_LONGEST = 10, NAME_LONGEST = 200, TEXT_LONGEST = 1 << 28 };

struct reading {
	struct arena *arena;
	const char *path;
	struct sealed_reader *reader;
	struct backup_manifest *manifest;
	size_t capacity;       /* of manifest->tables */
	struct text key_lines; /* {NULL, 0} when it holds none */
	struct store *store;   /* to be filled; NULL: the backup is checked only */
	struct catalogue catalogue;
};

/* What was sealed as a whole and is not in order was written by a faulty program. */
static bool out_of_order(const struct reading *reading, struct error *error)
{
	return error_set(error, ERROR_INPUT,
		"the contents of %.120s are not in order: use another backup", reading->path);
}

static bool read_letter(struct reading *reading, char *out_letter, struct error *error)
{
	struct text byte;

	if (!sealed_take(reading->reader, 1, &byte, error))
		return false;
	*out_letter = byte.data[0];
	return true;
}

static bool read_number(struct reading *reading, int64_t *out_number, struct error *error)
{
	char bytes[NUMBER_LONGEST];
	struct text rest = {bytes, 0}, byte;
	uint64_t number;

	do {
		if (rest.length == sizeof bytes)
			return out_of_order(reading, error);
		if (!sealed_take(reading->reader, 1, &byte, error))
			return false;
		bytes[rest.length++] = byte.data[0];
	} while (byte.data[0] & 0x80);
	if (!unpack_number(&rest, &number) || number > INT64_MAX)
		return out_of_order(reading, error);
	*out_number = (int64_t)number;
	return true;
}

static bool read_text(
	struct reading *reading, int64_t longest, struct text *out_text, struct error *error)
{
	int64_t length;

	if (!read_number(reading, &length, error))
		return false;
	if (length > longest)
		return out_of_order(reading, error);
	return sealed_take(reading->reader, (size_t)length, out_text, error);
}

static bool read_name(struct reading *reading, const char **out_name, struct error *error)
{
	struct text text;

	if (!read_text(reading, NAME_LONGEST, &text, error))
		return false;
	*out_name = arena_copy(reading->arena, text.data, text.length);
	return *out_name || error_no_memory(error);
}

/* The empty record that takes the rows. */
static bool begin_record(struct reading *reading, struct error *error)
{
	struct store *store = reading->store;

	if (!record_migrate_to(store, reading->manifest->schema, error) ||
		!catalogue_read(store, reading->arena, &reading->catalogue, error) ||
		!store_begin(store, error) || !record_script(store, "restore", error))
		return false;
	for (size_t i = 0; i < reading->catalogue.count; i++)
		if (!table_empty(store, &reading->catalogue.tables[i], error))
			return false;
	return true;
}

static bool read_head(struct reading *reading, struct error *error)
{
	struct backup_manifest *manifest = reading->manifest;
	char letter;

	if (!read_letter(reading, &letter, error))
		return false;
	if (letter != BACKUP_HEAD)
		return out_of_order(reading, error);
	if (!read_number(reading, &manifest->form, error))
		return false;
	if (manifest->form > BACKUP_FORM)
		return error_set(error, ERROR_CONFLICT,
			"a newer version of Hearth made %.120s: use that version", reading->path);
	return read_number(reading, &manifest->schema, error) &&
	       read_number(reading, &manifest->at, error) &&
	       read_name(reading, &manifest->program, error) &&
	       read_name(reading, &manifest->database, error) &&
	       (!reading->store || begin_record(reading, error));
}

static bool read_key(struct reading *reading, struct error *error)
{
	struct text lines;
	char *copy;

	if (!read_text(reading, TEXT_LONGEST, &lines, error))
		return false;
	copy = arena_copy(reading->arena, lines.data, lines.length);
	if (!copy)
		return error_no_memory(error);
	reading->key_lines = (struct text){copy, lines.length};
	reading->manifest->with_key = true;
	return true;
}

static bool add_table(struct reading *reading, const char *name, struct summed_table **out_table,
	struct error *error)
{
	struct backup_manifest *manifest = reading->manifest;

	if (manifest->count == BACKUP_TABLES_MOST)
		return out_of_order(reading, error);
	if (manifest->count == reading->capacity) {
		size_t capacity = reading->capacity ? reading->capacity * 2 : 64;
		struct summed_table *tables = arena_grow(reading->arena, manifest->tables,
			reading->capacity, capacity, sizeof *tables);

		if (!tables)
			return error_no_memory(error);
		manifest->tables = tables;
		reading->capacity = capacity;
	}
	*out_table = &manifest->tables[manifest->count++];
	(*out_table)->name = name;
	return true;
}

static bool has_column(const struct table_shape *table, const char *column)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (strcmp(table->columns[i], column) == 0)
			return true;
	return false;
}

static bool read_columns(
	struct reading *reading, struct table_shape *out_columns, struct error *error)
{
	int64_t count;

	if (!read_number(reading, &count, error))
		return false;
	if (count < 1 || count > PARAMETERS_MOST)
		return out_of_order(reading, error);
	out_columns->column_count = (size_t)count;
	for (size_t i = 0; i < out_columns->column_count; i++)
		if (!read_name(reading, &out_columns->columns[i], error))
			return false;
	return true;
}

/* Rows until the table's end, whose sum must be theirs. */
static bool read_rows(struct reading *reading, struct summed_table *table,
	struct table_filler *filler, struct error *error)
{
	struct table_sum told = {0};
	struct text bytes;
	char letter;

	for (;;) {
		if (!read_letter(reading, &letter, error))
			return false;
		if (letter != BACKUP_ROW)
			break;
		if (!read_text(reading, TEXT_LONGEST, &bytes, error))
			return false;
		table_sum_add(&table->sum, bytes);
		if (filler && !table_filler_take(filler, bytes, error))
			return false;
	}
	if (letter != BACKUP_TABLE_END)
		return out_of_order(reading, error);
	if (!read_number(reading, &told.rows, error) ||
		!sealed_take(reading->reader, sizeof told.sum, &bytes, error))
		return false;
	memcpy(told.sum, bytes.data, sizeof told.sum);
	reading->manifest->rows += told.rows;
	return table_sum_equal(&told, &table->sum) || out_of_order(reading, error);
}

static bool fill_table(struct reading *reading, struct summed_table *table,
	const struct table_shape *columns, struct error *error)
{
	const struct table_shape *shape =
		catalogue_find(&reading->catalogue, text_of(columns->name));
	struct table_filler *filler;
	struct arena *arena;
	bool done;

	if (!shape)
		return error_set(error, ERROR_CONFLICT,
			"the record of this program has no table %s, which the backup has: use "
			"the version of Hearth that made it",
			columns->name);
	for (size_t i = 0; i < columns->column_count; i++)
		if (!has_column(shape, columns->columns[i]))
			return error_set(error, ERROR_CONFLICT,
				"the table %s of this program has no column %s, which the backup "
				"has: use the version of Hearth that made it",
				shape->name, columns->columns[i]);
	arena = arena_open();
	if (!arena)
		return error_no_memory(error);
	done = table_fill(&filler, arena, reading->store, shape, columns, error);
	if (done)
		done = table_filler_end(filler, read_rows(reading, table, filler, error), error);
	arena_close(arena);
	return done;
}

static bool read_table(struct reading *reading, struct error *error)
{
	struct table_shape columns = {0};
	struct summed_table *table = NULL;

	return read_name(reading, &columns.name, error) && read_columns(reading, &columns, error) &&
	       add_table(reading, columns.name, &table, error) &&
	       (reading->store ? fill_table(reading, table, &columns, error)
			       : read_rows(reading, table, NULL, error));
}

static bool read_end(struct reading *reading, struct error *error)
{
	int64_t tables, rows;

	if (!read_number(reading, &tables, error) || !read_number(reading, &rows, error))
		return false;
	if (tables != (int64_t)reading->manifest->count || rows != reading->manifest->rows)
		return out_of_order(reading, error);
	return sealed_finished(reading->reader, error);
}

static bool read_contents(struct reading *reading, struct error *error)
{
	char letter;

	if (!read_head(reading, error))
		return false;
	for (;;) {
		if (!read_letter(reading, &letter, error))
			return false;
		if (letter == BACKUP_END)
			return read_end(reading, error);
		if (letter == BACKUP_TABLE     ? !read_table(reading, error)
			: letter == BACKUP_KEY ? !read_key(reading, error)
					       : !out_of_order(reading, error))
			return false;
	}
}

static bool read_backup(
	struct reading *reading, const struct backup_options *options, struct error *error)
{
	struct sealed_keys keys = {options->place, options->key_file, options->passphrase};
	bool done;

	*reading->manifest = (struct backup_manifest){0};
	if (!crypto_start(error) ||
		!sealed_open(&reading->reader, reading->arena, reading->path, &keys, error))
		return false;
	reading->manifest->bytes = sealed_bytes(reading->reader);
	done = read_contents(reading, error);
	sealed_close(reading->reader);
	return done;
}

bool backup_check(struct arena *arena, const struct backup_options *options, const char *path,
	struct backup_manifest *out_manifest, struct error *error)
{
	struct reading reading = {.arena = arena, .path = path, .manifest = out_manifest};

	return read_backup(&reading, options, error);
}

static bool fill_record(struct reading *reading, const struct backup_options *options,
	const char *place, struct error *error)
{
	bool done;

	if (!record_open_bare(&reading->store, place, DATABASE_WRITE, error))
		return false;
	done = read_backup(reading, options, error) && store_end(reading->store, true, error) &&
	       tables_arrived(reading->store, &reading->catalogue, reading->manifest->tables,
		       reading->manifest->count, " in the backup", error);
	store_rollback(reading->store);
	store_close(reading->store);
	return done;
}

/* A key that was in the backup, beside the record; the same key may be there already. */
static bool place_key(const struct reading *reading, const char *to, struct error *error)
{
	const char *path = arena_format(reading->arena, "%s.key", to);
	struct file_map map;
	bool same;

	if (!path)
		return error_no_memory(error);
	if (!reading->key_lines.length)
		return true;
	if (!file_exists(path))
		return file_write_new(path, reading->key_lines, 0600, error);
	if (!file_map_open(&map, path, TEXT_LONGEST, error))
		return false;
	same = text_equal(map.bytes, reading->key_lines);
	file_map_close(&map);
	return same || error_set(error, ERROR_CONFLICT,
			       "another key is at %.150s: move it away first", path);
}

static bool restore_file(struct reading *reading, const struct backup_options *options,
	const char *to, struct error *error)
{
	struct place_beside beside;

	return place_begin_beside(&beside, reading->arena, to,
		       "move it away or name another place with --to", error) &&
	       place_end_beside(&beside,
		       fill_record(reading, options, beside.part, error) &&
			       place_key(reading, to, error),
		       error);
}

bool backup_restore(struct arena *arena, const struct backup_options *options, const char *path,
	const char *to, struct backup_manifest *out_manifest, struct error *error)
{
	struct reading reading = {.arena = arena, .path = path, .manifest = out_manifest};

	return place_is_file(to) ? restore_file(&reading, options, to, error)
				 : fill_record(&reading, options, to, error);
}
