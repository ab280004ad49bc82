/* SPDX-License-Identifier: MIT */
/* The checks of a record that ask its database, of the clock, and of backups. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/file.h"
#include "store/backup.h"
#include "store/health.h"
#include "store/place.h"

enum { HOUR = 3600, DAY = 24 * HOUR, BACKUP_LATE = 26 * HOUR, BACKUP_TOO_LATE = 7 * DAY };

static void tell(
	struct health *health, const char *check, const char *advice, const struct error *error)
{
	health_add(health, HEALTH_FAIL, check, advice, "%s", error->message);
}

static void look_at_form(struct health *health, struct store *store)
{
	struct error error = {0};
	int64_t schema;

	if (!record_schema(store, &schema, &error))
		tell(health, "form of the record", "use the program that belongs to it", &error);
	else if (schema == 0)
		health_add(health, HEALTH_WARN, "form of the record", "import files to fill it",
			"it is empty");
	else if (schema < record_newest_schema())
		health_add(health, HEALTH_WARN, "form of the record",
			"make a backup; the next command that opens the record brings it up to "
			"date",
			"%lld, this program's is %lld", (long long)schema,
			(long long)record_newest_schema());
	else
		health_add(health, HEALTH_OK, "form of the record", NULL, "%lld, this program's",
			(long long)schema);
}

static void look_at_version(struct health *health, struct store *store)
{
	const struct database_driver *driver = store->driver;
	struct error error = {0};
	struct statement *statement = record_statement(store, "database_version", &error);
	struct text said;
	bool row;

	if (!statement || !driver->step(statement, &row, &error)) {
		tell(health, "database", "tell whoever looks after Hearth", &error);
		return;
	}
	said = row ? driver->text(statement, 0) : TEXT("?");
	health_add(health, HEALTH_OK, "database", NULL, "%s %.*s", driver->name, (int)said.length,
		said.data);
	driver->reset(statement);
}

/* What its database says without the key. */
static void look_inside(struct health *health, struct store *store)
{
	struct error error = {0};

	look_at_form(health, store);
	look_at_version(health, store);
	if (record_is_whole(store, &error))
		health_add(health, HEALTH_OK, "database's own checks", NULL,
			"pages, indexes and rows that name others are in order");
	else
		tell(health, "database's own checks",
			"stop Hearth, keep a copy of the record, restore the last backup", &error);
}

void health_of_record(
	struct health *health, const char *place, const char *key_file, bool *out_opens)
{
	struct error error = {0};
	struct store *store = NULL;
	int64_t schema = 0;

	*out_opens = false;
	if (!record_open_bare(&store, place, DATABASE_READ, &error)) {
		tell(health, "opening the record",
			error.code == ERROR_MISSING
				? "name the right place with --db"
				: "see what is said, or restore the last backup",
			&error);
		return;
	}
	look_inside(health, store);
	if (!record_schema(store, &schema, &error))
		schema = 0;
	store_close(store);
	/* opening with the key brings an older record up to date, which looking must not do */
	if (schema != record_newest_schema())
		return;
	*out_opens = store_open_with(&store, place, key_file, DATABASE_READ, &error);
	if (*out_opens)
		health_add(health, HEALTH_OK, "key fits the record", NULL, "yes");
	else
		tell(health, "key fits the record",
			"find the key of this record and name it with "
			"--key",
			&error);
	if (*out_opens)
		store_close(store);
}

void health_of_clock(struct health *health, int64_t now, int64_t last)
{
	char today[DATE_TEXT_SIZE], then[DATE_TEXT_SIZE];
	const char *advice = "set the clock and let it be kept (timedatectl): ages, due dates, "
			     "sessions and the log depend on it";

	date_format((int32_t)(now / DAY), today);
	date_format((int32_t)(last / DAY), then);
	if (now < (int64_t)20400 * DAY || now > (int64_t)47500 * DAY)
		health_add(health, HEALTH_FAIL, "clock", advice, "it says %s", today);
	else if (last > now + 5 * 60)
		health_add(health, HEALTH_FAIL, "clock", advice,
			"it says %s, and the record has work of %s", today, then);
	else
		health_add(health, HEALTH_OK, "clock", NULL, "%s", today);
}

/* The newest file of that ending; false when there is none. */
static bool find_newest(struct arena *arena, const char *folder, const char **out_path,
	int64_t *out_at, struct error *error)
{
	const char *const *paths;
	size_t count;

	*out_path = NULL;
	*out_at = 0;
	if (!file_list(arena, folder, &paths, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(paths[i]);
		struct stat status;

		if (length < 7 || strcmp(paths[i] + length - 7, ".backup") != 0 ||
			stat(paths[i], &status) != 0 || (int64_t)status.st_mtime < *out_at)
			continue;
		*out_path = paths[i];
		*out_at = (int64_t)status.st_mtime;
	}
	return *out_path ||
	       error_set(error, ERROR_MISSING, "there is no backup (*.backup) in %s", folder);
}

void health_of_backups(struct health *health, const char *folder, const char *place,
	const char *key_file, const char *passphrase, int64_t now)
{
	struct backup_options options = {
		.place = place, .key_file = key_file, .passphrase = passphrase, .now = now};
	struct backup_manifest manifest;
	struct error error = {0};
	const char *path;
	int64_t at, hours;

	if (!find_newest(health->arena, folder, &path, &at, &error)) {
		tell(health, "newest backup", "let hearth backup run every night (docs/how-to)",
			&error);
		return;
	}
	hours = (now - at) / HOUR;
	health_add(health,
		now - at > BACKUP_TOO_LATE ? HEALTH_FAIL
		: now - at > BACKUP_LATE   ? HEALTH_WARN
					   : HEALTH_OK,
		"newest backup", "find out why no backup was made since, and make one now",
		"%s, %lld hours old", file_name(path), (long long)hours);
	if (backup_check(health->arena, &options, path, &manifest, &error))
		health_add(health, HEALTH_OK, "backup is whole", NULL, "%lld rows",
			(long long)manifest.rows);
	else
		tell(health, "backup is whole", "make another backup now and check it", &error);
}
