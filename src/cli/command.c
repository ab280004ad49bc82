/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "store/vault.h"

int command_failed(const struct command *command, const struct error *error)
{
	(void)command;
	fflush(stdout);
	fprintf(stderr, "hearth: %s\n", error->message);
	return error_exit_status(error->code);
}

int command_misused(const struct command *command, const struct error *error)
{
	const struct cli_command *named = command->arguments->command;

	fflush(stdout);
	fprintf(stderr, "hearth: %s\nSee: hearth help%s%s\n", error->message, named ? " " : "",
		named ? named->name : "");
	return STATUS_USAGE;
}

void command_note(const struct command *command, const char *format, ...)
{
	va_list arguments;

	if (command->quiet)
		return;
	fflush(stdout);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

bool command_schema(const struct command *command, struct schema *out_schema, struct error *error)
{
	return schema_open(
		out_schema, command->arena, arguments_value(command->arguments, "data"), error);
}

bool command_place(const struct command *command, const char **out_place, struct error *error)
{
	*out_place = arguments_value(command->arguments, "db");
	if (!*out_place)
		*out_place = getenv("HEARTH_DB");
	if (*out_place && (*out_place)[0])
		return true;
	return store_default_place(command->arena, out_place, error);
}

bool command_store(const struct command *command, enum database_mode mode, struct store **out_store,
	struct error *error)
{
	const char *place, *key;

	if (!command_place(command, &place, error) ||
		!store_open_with(
			out_store, place, arguments_value(command->arguments, "key"), mode, error))
		return false;
	key = store_key_made(*out_store);
	if (key)
		command_note(command,
			"The key of this record was made: %s. Keep a copy of it apart from the "
			"record and its backups: without it nobody can read who the children are.",
			key);
	return true;
}

struct text command_by(const struct command *command)
{
	const char *name = arguments_value(command->arguments, "by");
	const struct passwd *user;

	if (name)
		return text_of(name);
	user = getpwuid(getuid());
	if (user && user->pw_name)
		return text_of(arena_string(command->arena, user->pw_name));
	return TEXT("unknown");
}

bool command_write(const struct command *command, struct text bytes, struct error *error)
{
	const char *path = arguments_value(command->arguments, "output");

	if (path)
		return file_write(path, bytes, error);
	if (fwrite(bytes.data, 1, bytes.length, stdout) != bytes.length)
		return error_set(error, ERROR_SYSTEM, "standard output could not be written");
	return true;
}
