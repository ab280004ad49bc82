/* SPDX-License-Identifier: MIT */
/* hearth backup, restore. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/command.h"
#include "people/audit_post.h"
#include "people/audit_waiting.h"
#include "store/backup.h"
#include "store/place.h"

enum { DAY_SECONDS = 86400, TIME_SIZE = 48 };

static const char *time_shown(int64_t at, char out[TIME_SIZE])
{
	char day[DATE_TEXT_SIZE];
	int64_t second = at % DAY_SECONDS;

	snprintf(out, TIME_SIZE, "%s %02d:%02d:%02d UTC",
		date_format((int32_t)(at / DAY_SECONDS), day), (int)(second / 3600),
		(int)(second / 60 % 60), (int)(second % 60));
	return out;
}

/* "hearth-2026-11-25-091500.backup", in the folder that --out names or here. */
static const char *name_of(struct arena *arena, const char *folder, int64_t now)
{
	char shown[TIME_SIZE];
	int hour, minute, second;

	time_shown(now, shown);
	hour = (int)(now % DAY_SECONDS / 3600);
	minute = (int)(now / 60 % 60);
	second = (int)(now % 60);
	return arena_format(arena, "%s%shearth-%.10s-%02d%02d%02d.backup", folder ? folder : "",
		folder ? "/" : "", shown, hour, minute, second);
}

static bool read_options(
	const struct command *command, struct backup_options *out_options, struct error *error)
{
	const struct arguments *arguments = command->arguments;

	*out_options = (struct backup_options){
		.key_file = arguments_value(arguments, "key"),
		.passphrase = arguments_value(arguments, "passphrase"),
		.with_key = arguments_has(arguments, "with-key"),
		.now = time(NULL),
		.program = HEARTH_VERSION,
	};
	return command_place(command, &out_options->place, error);
}

static void write_table(struct json *json, const struct summed_table *table)
{
	char sum[TABLE_SUM_TEXT_SIZE];

	json_object_open(json);
	json_key(json, "table");
	json_string(json, table->name);
	json_key(json, "rows");
	json_integer(json, table->sum.rows);
	json_key(json, "sum");
	json_string(json, table_sum_text(&table->sum, sum));
	json_object_close(json);
}

static bool print_json(const struct command *command, const char *path,
	const struct backup_manifest *manifest, struct error *error)
{
	struct buffer out = buffer_in(command->arena);
	struct json json = json_in(&out);
	char time_text[TIME_SIZE];

	json_object_open(&json);
	json_key(&json, "file");
	json_string(&json, path);
	json_key(&json, "made");
	json_string(&json, time_shown(manifest->at, time_text));
	json_key(&json, "program");
	json_string(&json, manifest->program);
	json_key(&json, "database");
	json_string(&json, manifest->database);
	json_key(&json, "form");
	json_integer(&json, manifest->form);
	json_key(&json, "schema");
	json_integer(&json, manifest->schema);
	json_key(&json, "bytes");
	json_integer(&json, manifest->bytes);
	json_key(&json, "rows");
	json_integer(&json, manifest->rows);
	json_key(&json, "holds_key");
	json_boolean(&json, manifest->with_key);
	json_key(&json, "tables");
	json_array_open(&json);
	for (size_t i = 0; i < manifest->count; i++)
		write_table(&json, &manifest->tables[i]);
	json_array_close(&json);
	json_object_close(&json);
	buffer_char(&out, '\n');
	if (out.failed)
		return error_no_memory(error);
	fwrite(out.data, 1, out.length, stdout);
	return true;
}

static void print_tables(const struct backup_manifest *manifest)
{
	char sum[TABLE_SUM_TEXT_SIZE];

	printf("%-22s %10s  %s\n", "Table", "rows", "sum of their hashes");
	for (size_t i = 0; i < manifest->count; i++)
		if (manifest->tables[i].sum.rows)
			printf("%-22s %10" PRId64 "  %.32s…\n", manifest->tables[i].name,
				manifest->tables[i].sum.rows,
				table_sum_text(&manifest->tables[i].sum, sum));
}

static bool wants_json(const struct command *command, bool *out_json, struct error *error)
{
	const char *format = arguments_value(command->arguments, "format");

	*out_json = format && strcmp(format, "json") == 0;
	if (!format || *out_json || strcmp(format, "table") == 0)
		return true;
	return error_set(error, ERROR_INPUT, "--format takes table or json, not '%.40s'", format);
}

/* Views that wait beside the record belong to its log: they enter it first, if there are any. A
 * record is backed up without them rather than not at all. */
static bool take_over(
	const struct command *command, const struct backup_options *options, struct error *error)
{
	struct error reason = {0};
	const char *path, *one, *two;

	if (!audit_daybook_path(command->arena, options->place, &path, error))
		return false;
	one = arena_format(command->arena, "%s-0", path);
	two = arena_format(command->arena, "%s-1", path);
	if (!one || !two)
		return error_no_memory(error);
	if ((file_exists(one) || file_exists(two)) &&
		!audit_post_waiting(options->place, options->key_file, &reason))
		command_note(command,
			"The views of the last moments are not in the backup: %s. They stay beside "
			"the record.",
			reason.message);
	return true;
}

static bool backup(struct command *command, bool as_json, struct error *error)
{
	const char *out = arguments_value(command->arguments, "out");
	struct backup_options options;
	struct backup_manifest manifest;

	if (!read_options(command, &options, error))
		return false;
	if (!out || file_is_folder(out))
		out = name_of(command->arena, out, options.now);
	if (!out)
		return error_no_memory(error);
	if (!take_over(command, &options, error) ||
		!backup_make(command->arena, &options, out, &manifest, error))
		return false;
	if (as_json)
		return print_json(command, out, &manifest, error);
	printf("%s: %" PRId64 " rows of %zu tables, %" PRId64 " bytes, sealed with %s.\n", out,
		manifest.rows, manifest.count, manifest.bytes,
		options.passphrase ? "the passphrase" : "the record's key");
	command_note(command,
		manifest.with_key ? "The record's key is in it: whoever knows the passphrase can "
				    "read everything."
				  : "The record's key is not in it. Without the key file nobody "
				    "can read names or, after a restore, sign in with a second "
				    "factor: keep a copy of it, apart from the backups.");
	return true;
}

int command_backup(struct command *command)
{
	struct error error = {0};
	bool as_json;

	if (command->arguments->word_count > 0) {
		error_set(&error, ERROR_INPUT, "backup takes no '%.60s': name the file with --out",
			command->arguments->words[0]);
		return command_misused(command, &error);
	}
	if (!wants_json(command, &as_json, &error))
		return command_misused(command, &error);
	return backup(command, as_json, &error) ? STATUS_DONE : command_failed(command, &error);
}

/* The key of a restored record: beside where it is to be, if it is there already. */
static bool find_key(struct command *command, const char *to, struct backup_options *options,
	struct error *error)
{
	const char *beside;

	if (options->key_file || !to || !place_is_file(to))
		return true;
	beside = arena_format(command->arena, "%s.key", to);
	if (!beside)
		return error_no_memory(error);
	if (file_exists(beside))
		options->key_file = beside;
	return true;
}

static void print_restored(
	const struct command *command, const char *to, const struct backup_manifest *manifest)
{
	const char *key = arena_format(command->arena, "%s.key", to);

	printf("%s: the record as it was then, every table with the same rows.\n", to);
	if (key && !file_exists(key) && place_is_file(to))
		command_note(
			command, "Put a copy of its key file at %s, or name it with --key.", key);
	if (manifest->with_key)
		command_note(command, "Its key, which was in the backup, is at %s.", key);
}

static bool restore(struct command *command, bool as_json, struct error *error)
{
	const char *to = arguments_value(command->arguments, "to");
	const char *path = command->arguments->words[0];
	struct backup_options options;
	struct backup_manifest manifest;
	char shown[TIME_SIZE];

	if (!read_options(command, &options, error) || !find_key(command, to, &options, error))
		return false;
	if (to ? !backup_restore(command->arena, &options, path, to, &manifest, error)
	       : !backup_check(command->arena, &options, path, &manifest, error))
		return false;
	if (as_json)
		return print_json(command, path, &manifest, error);
	printf("%s is whole: made on %s by Hearth %s from %s, %" PRId64 " rows.\n", path,
		time_shown(manifest.at, shown), manifest.program, manifest.database, manifest.rows);
	if (to)
		print_restored(command, to, &manifest);
	else
		print_tables(&manifest);
	return true;
}

int command_restore(struct command *command)
{
	const struct arguments *arguments = command->arguments;
	struct error error = {0};
	bool as_json, to = arguments_has(arguments, "to"),
		      verify = arguments_has(arguments, "verify");

	if (arguments->word_count != 1 || to == verify)
		error_set(&error, ERROR_INPUT,
			"name one backup, and either --to PLACE for its record or --verify");
	else if (wants_json(command, &as_json, &error))
		return restore(command, as_json, &error) ? STATUS_DONE
							 : command_failed(command, &error);
	return command_misused(command, &error);
}
