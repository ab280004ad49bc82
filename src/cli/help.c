/* SPDX-License-Identifier: MIT */
/* --help, the manual page and completions, all printed from the lists of data/cli/. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

enum { HELP_WIDTH = 79, HELP_COLUMN = 26 };

/* Prints text from `column` on, broken between words before HELP_WIDTH. */
static void print_wrapped(const char *text, int indent, int column)
{
	const char *word = text;

	while (*word) {
		size_t length = strcspn(word, " ");

		if (column > indent && column + 1 + (int)length > HELP_WIDTH) {
			printf("\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			putchar(' ');
			column++;
		}
		printf("%.*s", (int)length, word);
		column += (int)length;
		word += length;
		word += strspn(word, " ");
	}
	putchar('\n');
}

static void print_option(const struct cli_option *option)
{
	char left[64];
	int length;

	length = snprintf(left, sizeof left, "  %c%c%s--%s%s%s", option->letter ? '-' : ' ',
		option->letter ? option->letter : ' ', option->letter ? ", " : "  ", option->name,
		option->argument[0] ? "=" : "", option->argument);
	printf("%s", left);
	if (length >= HELP_COLUMN) {
		printf("\n%*s", HELP_COLUMN, "");
	} else {
		printf("%*s", HELP_COLUMN - length, "");
	}
	print_wrapped(option->help, HELP_COLUMN, HELP_COLUMN);
}

static void print_options(const struct cli_texts *texts, const char *command, const char *title)
{
	bool printed = false;

	for (size_t i = 0; i < texts->option_count; i++) {
		if (strcmp(texts->options[i].command, command) != 0)
			continue;
		if (!printed)
			printf("\n%s\n", title);
		printed = true;
		print_option(&texts->options[i]);
	}
}

static void print_examples(const struct cli_texts *texts, const char *command)
{
	bool printed = false;

	for (size_t i = 0; i < texts->example_count; i++) {
		if (strcmp(texts->examples[i].command, command) != 0)
			continue;
		printf("%s  %s\n      ", printed ? "" : "\nExamples\n", texts->examples[i].example);
		printed = true;
		print_wrapped(texts->examples[i].what, 6, 6);
	}
}

void help_command(const struct command *command, const struct cli_command *about)
{
	printf("Usage: hearth %s%s%s [OPTION]...\n\n", about->name, about->arguments[0] ? " " : "",
		about->arguments);
	print_wrapped(about->text, 0, 0);
	print_options(command->texts, about->name, "Options");
	print_options(command->texts, "", "Options of every command");
	print_examples(command->texts, about->name);
}

void help_overview(const struct command *command)
{
	const struct cli_texts *texts = command->texts;

	printf("Usage: hearth COMMAND [OPTION]...\n\n");
	print_wrapped(
		"Hearth joins what children in care need to the homes they live in and what "
		"those cost: from a council's own files to every figure, with honest numbers.",
		0, 0);
	printf("\nCommands\n");
	for (size_t i = 0; i < texts->command_count; i++) {
		printf("  %-*s", HELP_COLUMN - 2, texts->commands[i].name);
		print_wrapped(texts->commands[i].summary, HELP_COLUMN, HELP_COLUMN);
	}
	print_options(texts, "", "Options");
	printf("\nFirst steps\n"
	       "  hearth demo --out demo && hearth import demo && hearth report\n"
	       "  hearth help import\n");
}

int command_help(struct command *command)
{
	const struct arguments *arguments = command->arguments;
	const struct cli_command *about;
	struct error error = {0};
	char name[64];

	if (arguments->word_count == 0) {
		help_overview(command);
		return STATUS_DONE;
	}
	snprintf(name, sizeof name, "%s%s%s", arguments->words[0],
		arguments->word_count > 1 ? " " : "",
		arguments->word_count > 1 ? arguments->words[1] : "");
	about = cli_command_find(command->texts, name);
	if (!about) {
		error_set(&error, ERROR_INPUT, "there is no command '%.60s'", name);
		return command_misused(command, &error);
	}
	help_command(command, about);
	return STATUS_DONE;
}
