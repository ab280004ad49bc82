/* SPDX-License-Identifier: MIT */
#include "store/backup.h"

#include "base/file.h"
#include "store/backup_form.h"
#include "store/change.h"
#include "store/packed.h"
#include "store/sealed_file.h"

enum { KEY_LONGEST = 1 << 14 };

struct making {
	struct arena *arena;
	const struct backup_options *options;
	struct store *store;
	struct catalogue catalogue;
	struct sealed_writer *writer;
	struct buffer part; /* what is put together before it is sealed */
	struct backup_manifest *manifest;
	struct summed_table *table; /* the rows of which are on their way */
};

static bool write_part(struct making *making, struct error *error)
{
	struct buffer *part = &making->part;
	bool done = part->failed ? error_no_memory(error)
				 : sealed_write(making->writer,
					   (struct text){part->data, part->length}, error);

	part->length = 0;
	return done;
}

static bool write_head(struct making *making, struct error *error)
{
	const struct backup_manifest *manifest = making->manifest;

	buffer_char(&making->part, BACKUP_HEAD);
	pack_number(&making->part, (uint64_t)manifest->form);
	pack_number(&making->part, (uint64_t)manifest->schema);
	pack_number(&making->part, (uint64_t)manifest->at);
	pack_text(&making->part, text_of(manifest->program));
	pack_text(&making->part, text_of(manifest->database));
	return write_part(making, error);
}

static bool write_key(struct making *making, struct error *error)
{
	const struct backup_options *options = making->options;
	struct file_map map;
	const char *path;
	bool credential, done;

	if (!vault_key_path(
		    making->arena, options->place, options->key_file, &path, &credential, error) ||
		!file_map_open(&map, path, KEY_LONGEST, error))
		return false;
	buffer_char(&making->part, BACKUP_KEY);
	pack_text(&making->part, map.bytes);
	file_map_close(&map);
	done = write_part(making, error);
	if (making->part.data)
		crypto_wipe(making->part.data, making->part.capacity);
	return done;
}

static bool write_row(void *context, struct text packed, struct error *error)
{
	struct making *making = context;

	table_sum_add(&making->table->sum, packed);
	buffer_char(&making->part, BACKUP_ROW);
	pack_text(&making->part, packed);
	return write_part(making, error);
}

static bool write_table(struct making *making, size_t index, struct error *error)
{
	const struct table_shape *shape = &making->catalogue.tables[index];
	struct buffer *part = &making->part;

	making->table = &making->manifest->tables[index];
	making->table->name = shape->name;
	buffer_char(part, BACKUP_TABLE);
	pack_text(part, text_of(shape->name));
	pack_number(part, shape->column_count);
	for (size_t i = 0; i < shape->column_count; i++)
		pack_text(part, text_of(shape->columns[i]));
	if (!write_part(making, error) ||
		!table_rows(making->store, shape, write_row, making, error))
		return false;
	making->manifest->rows += making->table->sum.rows;
	buffer_char(part, BACKUP_TABLE_END);
	pack_number(part, (uint64_t)making->table->sum.rows);
	buffer_add(part, making->table->sum.sum, sizeof making->table->sum.sum);
	return write_part(making, error);
}

static bool write_contents(struct making *making, struct error *error)
{
	if (!write_head(making, error) || (making->options->with_key && !write_key(making, error)))
		return false;
	for (size_t i = 0; i < making->catalogue.count; i++)
		if (!write_table(making, i, error))
			return false;
	buffer_char(&making->part, BACKUP_END);
	pack_number(&making->part, making->manifest->count);
	pack_number(&making->part, (uint64_t)making->manifest->rows);
	return write_part(making, error);
}

/* The number of the key that the record is in. */
static bool read_key_number(struct making *making, int64_t *out_number, struct error *error)
{
	const struct database_driver *driver = making->store->driver;
	struct statement *statement;
	bool row = false;

	*out_number = 0;
	if (making->options->passphrase)
		return true;
	if (catalogue_find(&making->catalogue, TEXT("vault"))) {
		statement = record_statement(making->store, "vault_key", error);
		if (!statement || !driver->step(statement, &row, error))
			return false;
		*out_number = row ? driver->integer(statement, 0) : 0;
		driver->reset(statement);
	}
	return row || error_set(error, ERROR_MISSING,
			      "this record has no key yet: name a file with a passphrase with "
			      "--passphrase");
}

static bool read_shape(struct making *making, struct error *error)
{
	struct backup_manifest *manifest = making->manifest;

	if (!record_schema(making->store, &manifest->schema, error) ||
		!catalogue_read(making->store, making->arena, &making->catalogue, error))
		return false;
	if (!manifest->schema)
		return error_set(error, ERROR_MISSING,
			"the record is empty: there is nothing to be backed up");
	manifest->count = making->catalogue.count;
	manifest->tables = arena_take(making->arena, manifest->count, sizeof *manifest->tables);
	return manifest->tables || error_no_memory(error);
}

/* All of it in one look at the record. */
static bool make_in(struct making *making, const char *path, struct error *error)
{
	const struct backup_options *options = making->options;
	struct sealed_keys keys = {options->place, options->key_file, options->passphrase};
	int64_t number;
	bool done;

	if (!read_shape(making, error) || !read_key_number(making, &number, error) ||
		!sealed_create(&making->writer, making->arena, path, &keys, number, error))
		return false;
	done = write_contents(making, error);
	/* others may write again while the disk takes what was read */
	store_rollback(making->store);
	return sealed_end(making->writer, done, &making->manifest->bytes, error);
}

bool backup_make(struct arena *arena, const struct backup_options *options, const char *path,
	struct backup_manifest *out_manifest, struct error *error)
{
	struct making making = {.arena = arena,
		.options = options,
		.part = buffer_in(arena),
		.manifest = out_manifest};
	bool done;

	*out_manifest = (struct backup_manifest){.form = BACKUP_FORM,
		.at = options->now,
		.program = options->program,
		.with_key = options->with_key};
	if (options->with_key && !options->passphrase)
		return error_set(error, ERROR_INPUT,
			"a backup that holds the key is sealed with a passphrase: name its file "
			"with --passphrase");
	if (!crypto_start(error) ||
		!record_open_bare(&making.store, options->place, DATABASE_READ, error))
		return false;
	out_manifest->database = making.store->driver->name;
	done = store_look(making.store, error) && make_in(&making, path, error);
	store_rollback(making.store);
	store_close(making.store);
	return done;
}
