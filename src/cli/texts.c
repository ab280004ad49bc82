/* SPDX-License-Identifier: MIT */
/* data/cli/: the words of the command line. */
#include "cli/arguments.h"
#include "schema/data_file.h"

static bool read_commands(struct cli_texts *texts, struct arena *arena,
	const struct data_files *files, struct error *error)
{
	static const char *const columns[] = {"command", "arguments", "summary", "text"};
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "cli/commands.csv", columns, 4, error))
		return false;
	texts->commands = arena_take(arena, rows.count, sizeof *texts->commands);
	if (!texts->commands)
		return error_no_memory(error);
	texts->command_count = rows.count;
	for (size_t i = 0; i < rows.count; i++)
		texts->commands[i] = (struct cli_command){data_cell(&rows, i, 0),
			data_cell(&rows, i, 1), data_cell(&rows, i, 2), data_cell(&rows, i, 3)};
	return true;
}

static bool read_options(struct cli_texts *texts, struct arena *arena,
	const struct data_files *files, struct error *error)
{
	static const char *const columns[] = {"command", "name", "short", "argument", "help"};
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "cli/options.csv", columns, 5, error))
		return false;
	texts->options = arena_take(arena, rows.count, sizeof *texts->options);
	if (!texts->options)
		return error_no_memory(error);
	texts->option_count = rows.count;
	for (size_t i = 0; i < rows.count; i++)
		texts->options[i] = (struct cli_option){data_cell(&rows, i, 0),
			data_cell(&rows, i, 1), data_cell(&rows, i, 2)[0], data_cell(&rows, i, 3),
			data_cell(&rows, i, 4)};
	return true;
}

static bool read_examples(struct cli_texts *texts, struct arena *arena,
	const struct data_files *files, struct error *error)
{
	static const char *const columns[] = {"command", "example", "what"};
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "cli/examples.csv", columns, 3, error))
		return false;
	texts->examples = arena_take(arena, rows.count, sizeof *texts->examples);
	if (!texts->examples)
		return error_no_memory(error);
	texts->example_count = rows.count;
	for (size_t i = 0; i < rows.count; i++)
		texts->examples[i] = (struct cli_example){
			data_cell(&rows, i, 0), data_cell(&rows, i, 1), data_cell(&rows, i, 2)};
	return true;
}

static bool read_statuses(struct cli_texts *texts, struct arena *arena,
	const struct data_files *files, struct error *error)
{
	static const char *const columns[] = {"status", "meaning"};
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "cli/exit.csv", columns, 2, error))
		return false;
	texts->statuses = arena_take(arena, rows.count, sizeof *texts->statuses);
	if (!texts->statuses)
		return error_no_memory(error);
	texts->status_count = rows.count;
	for (size_t i = 0; i < rows.count; i++)
		texts->statuses[i] =
			(struct cli_status){data_cell(&rows, i, 0), data_cell(&rows, i, 1)};
	return true;
}

bool cli_texts_read(struct cli_texts *out_texts, struct arena *arena, struct error *error)
{
	struct data_files files;

	return data_files_open(&files, arena, NULL, error) &&
	       read_commands(out_texts, arena, &files, error) &&
	       read_options(out_texts, arena, &files, error) &&
	       read_examples(out_texts, arena, &files, error) &&
	       read_statuses(out_texts, arena, &files, error);
}
