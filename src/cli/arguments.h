/* SPDX-License-Identifier: MIT */
/*
 * The command line: what was asked for, checked against the one list of commands and options in
 * data/cli/, from which help, manual page and completions are printed too.
 */
#ifndef HEARTH_CLI_ARGUMENTS_H
#define HEARTH_CLI_ARGUMENTS_H

#include <stdint.h>

#include "base/arena.h"

struct cli_command {
	const char *name; /* "import undo" */
	const char *arguments, *summary, *text;
};

struct cli_option {
	const char *command; /* "" for every command */
	const char *name;
	char letter;	      /* 0 for none */
	const char *argument; /* "" for none */
	const char *help;
};

struct cli_example {
	const char *command, *example, *what;
};

struct cli_status {
	const char *status, *meaning;
};

struct cli_texts {
	struct cli_command *commands;
	struct cli_option *options;
	struct cli_example *examples;
	struct cli_status *statuses;
	size_t command_count, option_count, example_count, status_count;
};

/* Reads data/cli/. */
bool cli_texts_read(
	struct cli_texts *out_texts, struct arena *arena, struct error *error) MUST_CHECK;

/* NULL when there is none of that name. */
const struct cli_command *cli_command_find(const struct cli_texts *texts, const char *name);

/* Whether the option belongs to the command: its own or one of every command. */
bool cli_option_of(const struct cli_option *option, const char *command);

struct given_option {
	const struct cli_option *option;
	const char *value; /* NULL for an option without argument */
};

enum { GIVEN_MOST = 64 };

struct arguments {
	const struct cli_command *command; /* NULL when none was named */
	struct given_option given[GIVEN_MOST];
	size_t given_count;
	char **words; /* what is left: files, numbers, ids */
	int word_count;
};

/* Reads argv by GNU rules: options anywhere, --name=value, unique beginnings, "--" ends options.
 * ERROR_INPUT says what is wrong with the line. */
bool arguments_read(struct arguments *out_arguments, const struct cli_texts *texts, int argc,
	char **argv, struct error *error) MUST_CHECK;

/* The last value given for an option, or NULL. */
const char *arguments_value(const struct arguments *arguments, const char *name);

bool arguments_has(const struct arguments *arguments, const char *name);

/* The value number `index` of an option that may be given several times, or NULL. */
const char *arguments_each(const struct arguments *arguments, const char *name, size_t index);

/* A whole number of an option, `otherwise` when it was not given; ERROR_INPUT when it is none or
 * not in [least, most]. */
bool arguments_number(const struct arguments *arguments, const char *name, int64_t least,
	int64_t most, int64_t otherwise, int64_t *out_number, struct error *error) MUST_CHECK;

#endif
