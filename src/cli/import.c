/* SPDX-License-Identifier: MIT */
/* hearth import, import list, import show, import undo. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/scratch.h"
#include "store/place.h"

enum {
	PROBLEMS_SHOWN = 20,
	VALUE_SHOWN = 60,
	NAME_SHOWN = 44,
	NAME_SIZE = 4096,
	DAY_SECONDS = 86400
};

enum { IGNORED_SHOWN = 3 };

static const char *file_label(const struct import_file *file)
{
	if (file->already)
		return "the same file again";
	return file->table ? file->table->label : "not a table that is known";
}

/* Files of a folder that are no tables by their endings: not read, and not in silence. */
static void print_ignored(const struct import *import)
{
	if (!import->ignored_count)
		return;
	printf("Left alone, as no CSV, XLSX or XML: ");
	for (size_t i = 0; i < import->ignored_count && i < IGNORED_SHOWN; i++)
		printf("%s%s", i ? ", " : "", import->ignored[i]);
	if (import->ignored_count > IGNORED_SHOWN)
		printf(" and %zu more", import->ignored_count - IGNORED_SHOWN);
	putchar('\n');
}

/* A file as it is shown, with the sheet that is meant: "needs.xlsx#Assessments". */
static const char *file_shown(const struct import_file *file, char *out, size_t size)
{
	snprintf(out, size, "%s%s%s", file->shown, file->sheet ? "#" : "",
		file->sheet ? file->sheet : "");
	return out;
}

static void print_files(const struct import *import)
{
	char name[NAME_SIZE];
	size_t width = 4;

	for (size_t i = 0; i < import->file_count; i++) {
		size_t length = strlen(file_shown(&import->files[i], name, sizeof name));

		width = length > width ? length : width;
	}
	if (width > NAME_SHOWN)
		width = NAME_SHOWN;
	printf("%-*s  %-28s %9s %9s %9s\n", (int)width, "File", "What it is", "rows", "in",
		"refused");
	for (size_t i = 0; i < import->file_count; i++) {
		const struct import_file *file = &import->files[i];
		size_t length = strlen(file_shown(file, name, sizeof name));

		printf("%s%-*s  %-28s %9" PRIu64 " %9" PRIu64 " %9" PRIu64 "\n",
			length > width ? "…" : "", (int)(length > width ? width - 1 : width),
			length > width ? name + length - width + 1 : name, file_label(file),
			file->rows_read, file->rows_accepted, file->rows_refused);
	}
}

/* A value on the screen: on one line, with nothing that a terminal would obey, and not too long.
 * --problems writes it whole. */
static void print_value(struct text value)
{
	size_t end = value.length;

	if (end > VALUE_SHOWN)
		for (end = VALUE_SHOWN; end && ((unsigned char)value.data[end] & 0xc0) == 0x80;)
			end--;
	printf(" '");
	for (size_t i = 0; i < end; i++) {
		unsigned char byte = (unsigned char)value.data[i];

		if (byte == '\n' || byte == '\r')
			printf("%s", byte == '\n' ? "\\n" : "\\r");
		else
			putchar(byte < ' ' || byte == 0x7f ? '?' : byte);
	}
	printf("%s'", end < value.length ? "…" : "");
}

static void print_problem(const struct import *import, const struct problem *problem)
{
	char name[NAME_SIZE];

	printf("%s:%" PRIu32 ": %s: ", file_shown(&import->files[problem->file], name, sizeof name),
		problem->line, problem->severity == SEVERITY_ERROR ? "error" : "warning");
	if (problem->column.length)
		printf("%.*s", (int)problem->column.length, problem->column.data);
	if (problem->value.length)
		print_value(problem->value);
	printf("%s%s", problem->column.length || problem->value.length ? ": " : "",
		problem->problem);
	if (problem->expected && problem->expected[0])
		printf("; expected: %s", problem->expected);
	putchar('\n');
}

static void print_problems(const struct import *import, int64_t most)
{
	size_t errors = 0;

	for (size_t i = 0; i < import->problem_count; i++)
		errors += import->problems[i].severity == SEVERITY_ERROR;
	if (!import->problem_count)
		return;
	printf("Problems: %zu errors, %zu warnings\n", errors, import->problem_count - errors);
	for (size_t i = 0; i < import->problem_count && (int64_t)i < most; i++)
		print_problem(import, &import->problems[i]);
	if ((int64_t)import->problem_count > most)
		printf("and %zu more: --rows shows more here, --problems FILE writes all of them\n",
			import->problem_count - (size_t)most);
}

/* Said before the import, not after it: whether the problems can be written at all. */
static bool problems_have_room(const struct command *command, struct error *error)
{
	const char *path = arguments_value(command->arguments, "problems");
	const char *name = path ? file_name(path) : NULL;
	char *folder;

	if (!path)
		return true;
	folder = arena_copy(command->arena, path, (size_t)(name - path));
	if (!folder)
		return error_no_memory(error);
	if (file_is_folder(path))
		return error_set(
			error, ERROR_INPUT, "%s is a folder: name a file for the problems", path);
	if (folder[0] && !file_is_folder(folder))
		return error_set(error, ERROR_MISSING,
			"the problems cannot be written: there is no folder %s", folder);
	if (access(file_exists(path) ? path : folder[0] ? folder : ".", W_OK) != 0)
		return error_system(error, errno, "the problems cannot be written to %s", path);
	return true;
}

static bool write_problems(
	const struct command *command, const struct import *import, struct error *error)
{
	const char *path = arguments_value(command->arguments, "problems");
	struct buffer csv = buffer_in(command->arena);

	if (!path)
		return true;
	import_problems_csv(import, &csv);
	if (csv.failed)
		return error_no_memory(error);
	return file_write(path, (struct text){csv.data, csv.length}, error);
}

/* One sentence at the end: what is now in the record. */
static void print_outcome(const struct store_import *record, bool dry_run)
{
	int64_t went_in = record->rows_accepted - record->rows_unchanged;

	if (dry_run)
		printf("Nothing was kept (--dry-run): %" PRId64 " rows would go in, %" PRId64
		       " would be refused.\n",
			went_in, record->rows_refused);
	else if (record->id)
		printf("Import %" PRId64 ": %" PRId64 " rows went in, %" PRId64
		       " were refused. hearth import undo %" PRId64 " takes them back.\n",
			record->id, went_in, record->rows_refused, record->id);
	else
		printf("Nothing new: the record stays as it is.\n");
}

struct import_line {
	struct schema schema;
	const char **paths;
	size_t count;
	int64_t shown;
};

static bool read_line(const struct command *command, struct import_line *line, struct error *error)
{
	const struct arguments *arguments = command->arguments;

	line->count = (size_t)arguments->word_count;
	line->paths = arena_take(command->arena, line->count + 1, sizeof *line->paths);
	if (!line->paths)
		return error_no_memory(error);
	for (size_t i = 0; i < line->count; i++)
		line->paths[i] = arguments->words[i];
	if (!arguments_number(
		    arguments, "rows", 0, 1000000000, PROBLEMS_SHOWN, &line->shown, error))
		return false;
	if (!line->count && !arguments_value(arguments, "postcodes"))
		return error_set(error, ERROR_INPUT, "name the files or folders to read");
	return true;
}

static bool import_postcodes(const struct command *command, struct store *store,
	const struct store_options *options, struct error *error)
{
	const char *path = arguments_value(command->arguments, "postcodes");
	int64_t count;

	if (!path)
		return true;
	if (!store_import_postcodes(store, command->arena, path, options, &count, error))
		return false;
	printf("%s: %" PRId64 " postcodes are in the directory now.\n", path, count);
	return true;
}

static int finish(const struct command *command, const struct import_line *line,
	const struct import *import, const struct store_import *record)
{
	struct error error = {0};

	if (!command->quiet) {
		print_files(import);
		print_ignored(import);
		putchar('\n');
	}
	print_problems(import, line->shown);
	print_outcome(record, arguments_has(command->arguments, "dry-run"));
	if (!write_problems(command, import, &error))
		return command_failed(command, &error);
	return import->refused ? STATUS_FINDINGS : STATUS_DONE;
}

/* Whether there may be a record: a server says so itself. */
static bool is_there(const char *place)
{
	return !place_is_file(place) || file_exists(place);
}

/* The record to import into. A dry run makes none: where there is none yet, it has one of its own
 * in *out_scratch for as long as it runs. */
static bool open_record(const struct command *command, struct store **out_store,
	const char **out_scratch, struct error *error)
{
	const char *place;

	*out_scratch = NULL;
	if (!arguments_has(command->arguments, "dry-run"))
		return command_store(command, DATABASE_WRITE, out_store, error);
	if (!command_place(command, &place, error))
		return false;
	if (is_there(place))
		return command_store(command, DATABASE_WRITE, out_store, error);
	if (!scratch_make(out_scratch, command->arena, error))
		return false;
	place = arena_format(command->arena, "%s/hearth.db", *out_scratch);
	return place ? store_open(out_store, place, DATABASE_WRITE, error) : error_no_memory(error);
}

static int run_import(const struct command *command, const struct import_line *line)
{
	struct progress progress = {
		.on = command->errors_terminal && !command->quiet, .what = "Reading"};
	struct store_options options = {
		.by = command_by(command),
		.now = time(NULL),
		.dry_run = arguments_has(command->arguments, "dry-run"),
		.progress = progress_show,
		.progress_context = &progress,
	};
	struct store *store = NULL;
	struct store_import record = {0};
	struct import import = {0};
	struct error error = {0};
	const char *scratch = NULL;
	bool done;

	done = problems_have_room(command, &error) &&
	       open_record(command, &store, &scratch, &error) &&
	       import_postcodes(command, store, &options, &error) &&
	       (!line->count ||
		       store_import_files(store, command->arena, &line->schema, line->paths,
			       line->count, &options, &import, &record, &error));
	progress_end(&progress);
	store_close(store);
	scratch_remove(scratch);
	if (!done)
		return command_failed(command, &error);
	return line->count ? finish(command, line, &import, &record) : STATUS_DONE;
}

int command_import(struct command *command)
{
	struct import_line *line = arena_take(command->arena, 1, sizeof *line);
	struct error error = {0};

	if (!line || !command_schema(command, &line->schema, &error))
		return line ? command_failed(command, &error) : STATUS_FAILED;
	if (!read_line(command, line, &error))
		return command_misused(command, &error);
	return run_import(command, line);
}

/* "2023-03-31 14:05", UTC. */
static void print_time(int64_t seconds)
{
	char day[DATE_TEXT_SIZE];
	int64_t of_day = seconds % DAY_SECONDS;

	printf("%s %02d:%02d", date_format((int32_t)(seconds / DAY_SECONDS), day),
		(int)(of_day / 3600), (int)(of_day / 60 % 60));
}

static void print_import(const struct store_import *record)
{
	printf("%6" PRId64 "  ", record->id);
	print_time(record->at);
	printf("  %-16.*s %5" PRId64 " %9" PRId64 " %9" PRId64 " %9" PRId64 "  ",
		(int)record->by.length, record->by.data, record->files,
		record->rows_accepted - record->rows_unchanged, record->rows_refused,
		record->problems);
	if (record->undone_at) {
		printf("undone ");
		print_time(record->undone_at);
		printf(" by %.*s\n", (int)record->undone_by.length, record->undone_by.data);
	} else {
		printf("in the record\n");
	}
}

static void print_import_titles(void)
{
	printf("%6s  %-16s  %-16s %5s %9s %9s %9s  %s\n", "Import", "When (UTC)", "By", "files",
		"rows in", "refused", "problems", "Now");
}

int command_import_list(struct command *command)
{
	struct store *store = NULL;
	struct store_import *imports = NULL;
	struct error error = {0};
	size_t count = 0;

	if (!command_store(command, DATABASE_READ, &store, &error) ||
		!store_imports(store, command->arena, &imports, &count, &error)) {
		store_close(store);
		return command_failed(command, &error);
	}
	store_close(store);
	if (!count) {
		command_note(command, "Nothing was imported yet.");
		return STATUS_DONE;
	}
	print_import_titles();
	for (size_t i = 0; i < count; i++)
		print_import(&imports[i]);
	return STATUS_DONE;
}

/* The number of the import that the line names. */
static bool read_number(const struct command *command, int64_t *out_id, struct error *error)
{
	const struct arguments *arguments = command->arguments;

	if (arguments->word_count != 1 || !text_integer(text_of(arguments->words[0]), out_id) ||
		*out_id < 1)
		return error_set(error, ERROR_INPUT,
			"name one import by its number; hearth import list prints them");
	return true;
}

int command_import_show(struct command *command)
{
	struct schema *schema = arena_take(command->arena, 1, sizeof *schema);
	struct store *store = NULL;
	struct store_import record = {0};
	struct import import = {0};
	struct error error = {0};
	int64_t id;
	bool done;

	if (!schema || !command_schema(command, schema, &error))
		return schema ? command_failed(command, &error) : STATUS_FAILED;
	if (!read_number(command, &id, &error))
		return command_misused(command, &error);
	done = command_store(command, DATABASE_READ, &store, &error) &&
	       store_import_show(store, command->arena, schema, id, &record, &import, &error);
	store_close(store);
	if (!done)
		return command_failed(command, &error);
	print_import_titles();
	print_import(&record);
	putchar('\n');
	print_files(&import);
	print_problems(&import, INT64_MAX);
	return STATUS_DONE;
}

int command_import_undo(struct command *command)
{
	struct store *store = NULL;
	struct error error = {0};
	const char *place;
	int64_t id;
	bool done;

	if (!read_number(command, &id, &error))
		return command_misused(command, &error);
	/* where there is no record, opening to read says so; opening to write would make one */
	done = command_place(command, &place, &error) &&
	       command_store(
		       command, is_there(place) ? DATABASE_WRITE : DATABASE_READ, &store, &error) &&
	       store_undo(store, id, command_by(command), time(NULL), &error);
	store_close(store);
	if (!done)
		return command_failed(command, &error);
	printf("Import %" PRId64 " was taken back; what earlier imports said stands again.\n", id);
	return STATUS_DONE;
}
