/* SPDX-License-Identifier: MIT */
/* The program: one row a command. What each takes and how it is explained is in data/cli/. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/parallel.h"
#include "base/text.h"
#include "cli/command.h"

static const struct {
	const char *name;
	int (*run)(struct command *command);
} commands[] = {
	{"import", command_import},
	{"import list", command_import_list},
	{"import show", command_import_show},
	{"import undo", command_import_undo},
	{"report", command_report},
	{"child", command_child},
	{"list", command_list},
	{"formats", command_formats},
	{"demo", command_demo},
	{"user add", command_user_add},
	{"user list", command_user_list},
	{"user disable", command_user_disable},
	{"user enable", command_user_enable},
	{"user reset", command_user_reset},
	{"user demo", command_user_demo},
	{"audit verify", command_audit_verify},
	{"audit heads", command_audit_heads},
	{"audit list", command_audit_list},
	{"serve", command_serve},
	{"backup", command_backup},
	{"restore", command_restore},
	{"doctor", command_doctor},
	{"db copy", command_db_copy},
	{"help", command_help},
	{"completion", command_completion},
	{"manual", command_manual},
};

static bool use_threads(const struct arguments *arguments, struct error *error)
{
	const char *variable = getenv("HEARTH_THREADS");
	int64_t threads = 0;

	if (variable && !text_integer(text_of(variable), &threads))
		threads = 0;
	if (!arguments_number(arguments, "threads", 1, 64, threads, &threads, error))
		return false;
	if (threads > 0 && threads <= 64)
		parallel_set_threads((int)threads);
	return true;
}

/* Colours: --color, then NO_COLOR and a dumb terminal, then whether it is a terminal at all. */
static bool use_colour(const struct arguments *arguments, bool *out_colour, struct error *error)
{
	const char *when = arguments_value(arguments, "color");
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (when && strcmp(when, "auto") != 0) {
		*out_colour = strcmp(when, "always") == 0;
		if (!*out_colour && strcmp(when, "never") != 0)
			return error_set(error, ERROR_INPUT,
				"--color takes auto, always or never, not '%.40s'", when);
		return true;
	}
	*out_colour = !(none && none[0]) && !(terminal && strcmp(terminal, "dumb") == 0) &&
		      isatty(STDOUT_FILENO);
	return true;
}

static int run(struct command *command)
{
	const struct cli_command *named = command->arguments->command;

	if (arguments_has(command->arguments, "version")) {
		printf("hearth %s\n", HEARTH_VERSION);
		return STATUS_DONE;
	}
	if (!named || arguments_has(command->arguments, "help")) {
		if (named)
			help_command(command, named);
		else
			help_overview(command);
		return named || arguments_has(command->arguments, "help") ? STATUS_DONE
									  : STATUS_USAGE;
	}
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(commands[i].name, named->name) == 0)
			return commands[i].run(command);
	}
	return STATUS_USAGE;
}

/* What was printed must have arrived: a full disk behind a pipe is a failure. */
static int close_output(const struct command *command, int status)
{
	struct error error = {0};

	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	if (status != STATUS_DONE && status != STATUS_FINDINGS)
		return status; /* and the reason is told already */
	error_set(&error, ERROR_SYSTEM, "not everything could be written to standard output");
	return command_failed(command, &error);
}

int main(int argc, char **argv)
{
	struct error error = {0};
	struct cli_texts texts = {0};
	struct arguments arguments = {0};
	struct command command = {.arena = arena_open(),
		.texts = &texts,
		.arguments = &arguments,
		.errors_terminal = isatty(STDERR_FILENO)};
	int status;

	/* a limit on the size of files is told as a full disk is, by the write that fails */
	signal(SIGXFSZ, SIG_IGN);
	if (!command.arena) {
		error_no_memory(&error);
		return command_failed(&command, &error);
	}
	if (!cli_texts_read(&texts, command.arena, &error)) {
		status = command_failed(&command, &error);
	} else if (!arguments_read(&arguments, &texts, argc, argv, &error) ||
		   !use_threads(&arguments, &error) ||
		   !use_colour(&arguments, &command.colour, &error)) {
		status = command_misused(&command, &error);
	} else {
		command.quiet = arguments_has(&arguments, "quiet");
		status = close_output(&command, run(&command));
	}
	arena_close(command.arena);
	return status;
}
