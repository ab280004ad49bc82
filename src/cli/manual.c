/* SPDX-License-Identifier: MIT */
/* The manual page hearth(1), printed in the mdoc language from the lists of data/cli/. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

/* Text of a line of mdoc: no control line may begin in it, and backslashes are spelled out. */
static void print_mdoc(const char *text)
{
	if (text[0] == '.' || text[0] == '\'')
		printf("\\&");
	for (; *text; text++) {
		if (*text == '\\')
			printf("\\e");
		else if (*text == '-')
			printf("\\-");
		else
			putchar(*text);
		/* a new sentence begins a new line of source */
		if (*text == '.' && text[1] == ' ' && text[2] >= 'A' && text[2] <= 'Z') {
			putchar('\n');
			text++;
		}
	}
	putchar('\n');
}

static void print_option(const struct cli_option *option)
{
	printf(".It ");
	if (option->letter)
		printf("Fl %c , ", option->letter);
	printf("Fl \\-%s", option->name);
	if (option->argument[0])
		printf(" Ar %s", option->argument);
	putchar('\n');
	print_mdoc(option->help);
}

static void print_options(const struct cli_texts *texts, const char *command)
{
	bool printed = false;

	for (size_t i = 0; i < texts->option_count; i++) {
		if (strcmp(texts->options[i].command, command) != 0)
			continue;
		if (!printed)
			printf(".Bl -tag -width Ds\n");
		printed = true;
		print_option(&texts->options[i]);
	}
	if (printed)
		printf(".El\n");
}

static void print_command(const struct cli_texts *texts, const struct cli_command *about)
{
	printf(".Ss hearth %s", about->name);
	printf("%s%s\n", about->arguments[0] ? " " : "", about->arguments);
	print_mdoc(about->text);
	print_options(texts, about->name);
	for (size_t i = 0; i < texts->example_count; i++) {
		if (strcmp(texts->examples[i].command, about->name) != 0)
			continue;
		printf(".Pp\n");
		print_mdoc(texts->examples[i].what);
		printf(".Dl ");
		print_mdoc(texts->examples[i].example);
	}
}

int command_manual(struct command *command)
{
	const struct cli_texts *texts = command->texts;

	printf(".\\\" SPDX-License-Identifier: MIT\n.Dd $Mdocdate: November 25 2026 $\n"
	       ".Dt HEARTH 1\n.Os\n.Sh NAME\n.Nm hearth\n"
	       ".Nd needs, homes and costs of children in care\n"
	       ".Sh SYNOPSIS\n.Nm\n.Ar COMMAND\n.Op Ar OPTION ...\n.Op Ar ARGUMENT ...\n"
	       ".Sh DESCRIPTION\n"
	       "From a council's own files to every figure about what children need and what\n"
	       "their homes cost.\n"
	       "Data go to standard output, messages to standard error; there are no questions.\n"
	       "The options of every command are:\n");
	print_options(texts, "");
	printf(".Sh COMMANDS\n");
	for (size_t i = 0; i < texts->command_count; i++)
		print_command(texts, &texts->commands[i]);
	printf(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
	       ".It Ev HEARTH_DB\nThe record, where no option names it.\n"
	       ".It Ev HEARTH_THREADS\nThe number of threads, where no option says it.\n"
	       ".It Ev NO_COLOR\nNo colours when it is not empty.\n"
	       ".It Ev XDG_DATA_HOME\nWhere the record is by default.\n.El\n"
	       ".Sh EXIT STATUS\n.Bl -tag -width Ds\n");
	for (size_t i = 0; i < texts->status_count; i++) {
		printf(".It %s\n", texts->statuses[i].status);
		print_mdoc(texts->statuses[i].meaning);
	}
	printf(".El\n");
	return STATUS_DONE;
}
