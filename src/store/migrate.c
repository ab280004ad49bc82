/* SPDX-License-Identifier: MIT */
/* Brings a record up to this program's sql/migrations/: forward only, a transaction each. */
#include "base/embedded.h"
#include "store/record.h"

#define FOLDER "sql/migrations/"

enum { RECORD_MARK = 0x48727468 /* "Hrth" */ };

struct version {
	int64_t mark, number, tables;
};

static bool read_number(
	struct store *store, const char *query, int64_t *out_number, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct statement *statement = record_statement(store, query, error);
	bool row;

	if (!statement || !driver->step(statement, &row, error))
		return false;
	*out_number = row ? driver->integer(statement, 0) : 0;
	driver->reset(statement);
	return true;
}

static bool read_version(struct store *store, struct version *out_version, struct error *error)
{
	return read_number(store, "record_mark", &out_version->mark, error) &&
	       read_number(store, "record_version", &out_version->number, error) &&
	       read_number(store, "record_tables", &out_version->tables, error);
}

/* The number at the front of "0001_record.sql". */
static int64_t migration_number(const struct embedded_file *file)
{
	struct text digits = {file->path + strlen(FOLDER), 4};
	int64_t number;

	return text_integer(digits, &number) ? number : 0;
}

/* Whether it is for this database: "0001_record.sql" is for all, "0001_record.sqlite.sql" for one.
 */
static bool migration_applies(const struct embedded_file *file, const char *driver)
{
	struct text rest = text_of(file->path + strlen(FOLDER)), piece, dialect;

	return text_split(&rest, '.', &piece) && text_split(&rest, '.', &dialect) &&
	       (text_is(dialect, "sql") || text_is(dialect, driver));
}

/* What 0007 makes room for is sealed before 0008 takes the clear values away. */
enum { SEALING = 7, SEALED_NUMBER = 8 };

static bool run_migration(struct store *store, int64_t number, struct error *error)
{
	const struct embedded_file *files;
	size_t count = embedded_under(FOLDER, &files);

	for (size_t i = 0; i < count; i++)
		if (migration_number(&files[i]) == number &&
			migration_applies(&files[i], store->driver->name) &&
			!store->driver->script(
				store->database, embedded_text(files[i].path), error))
			return false;
	return true;
}

/* All that 0007 is: one change, which happens or does not. */
static bool run_whole(struct store *store, int64_t number, struct error *error)
{
	return run_migration(store, number, error) &&
	       (number != SEALING ||
		       (record_seal(store, error) && run_migration(store, SEALED_NUMBER, error)));
}

/* Two programs may come to this at once: the second finds it done. */
static bool apply_migration(struct store *store, int64_t number, struct error *error)
{
	struct version version;

	if (!store->driver->begin(store->database, error))
		return false;
	if (read_version(store, &version, error) &&
		(version.number >= number || run_whole(store, number, error)) &&
		store->driver->commit(store->database, error))
		return true;
	store->driver->rollback(store->database);
	return false;
}

static int64_t newest_migration(void)
{
	const struct embedded_file *files;
	size_t count = embedded_under(FOLDER, &files);

	return count ? migration_number(&files[count - 1]) : 0;
}

static bool check_version(struct store *store, const struct version *version, struct error *error)
{
	bool empty = version->mark == 0 && version->number == 0 && version->tables == 0;

	if (empty && store->mode == DATABASE_READ)
		return error_set(
			error, ERROR_MISSING, "the record is empty: import files to fill it");
	if (!empty && version->mark != RECORD_MARK)
		return error_set(error, ERROR_INPUT,
			"this is a database of another program: name another place with --db");
	if (version->number > newest_migration())
		return error_set(error, ERROR_CONFLICT,
			"a newer version of Hearth wrote this record (its form is %lld, this "
			"program knows %lld): "
			"use that version",
			(long long)version->number, (long long)newest_migration());
	return true;
}

bool record_migrate(struct store *store, bool with_key, bool *out_old, struct error *error)
{
	struct version version;
	int64_t last = with_key ? newest_migration() : SEALING - 1;

	if (!read_version(store, &version, error) || !check_version(store, &version, error))
		return false;
	*out_old = version.number < newest_migration();
	if (store->mode == DATABASE_READ)
		return true;
	for (int64_t i = version.number + 1; i <= last; i++)
		if (!apply_migration(store, i, error))
			return false;
	*out_old = last < newest_migration() && version.number < newest_migration();
	return true;
}

bool record_schema(struct store *store, int64_t *out_schema, struct error *error)
{
	struct version version;

	if (!read_version(store, &version, error))
		return false;
	*out_schema = version.number;
	return version.mark == 0 || check_version(store, &version, error);
}

bool record_migrate_to(struct store *store, int64_t schema, struct error *error)
{
	struct version version;

	if (!read_version(store, &version, error))
		return false;
	if (schema > newest_migration())
		return error_set(error, ERROR_CONFLICT,
			"a newer version of Hearth wrote this (its form is %lld, this program "
			"knows %lld): use that version",
			(long long)schema, (long long)newest_migration());
	if (version.tables)
		return error_set(error, ERROR_CONFLICT, "there is a record already");
	for (int64_t i = 1; i <= schema; i++)
		if (!apply_migration(store, i, error))
			return false;
	return true;
}

int64_t record_newest_schema(void)
{
	return newest_migration();
}
