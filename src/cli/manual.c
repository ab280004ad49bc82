/* SPDX-License-Identifier: MIT */
/* The manual page hearth(1), printed in the mdoc language from the lists of data/cli/. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

enum { LINE_LONGEST = 78, LINE_NONE = 1 << 20 };

/* One word as mdoc: backslashes are spelled out. Returns how wide it is in the source. */
static int print_word(const char *word, size_t length)
{
	int width = 0;

	for (size_t i = 0; i < length; i++) {
		if (word[i] == '\\' || word[i] == '-')
			width += printf("%s", word[i] == '-' ? "\\-" : "\\e");
		else
			width += putchar(word[i]) != EOF;
	}
	return width;
}

/* Text in lines of at most `longest` bytes of source, a new one for each sentence. No line begins
 * as a control line would. */
static void print_lines(const char *text, int longest)
{
	bool sentence_ends = false;
	int width = 0;

	while (*text) {
		size_t length = strcspn(text, " ");
		bool capital = *text >= 'A' && *text <= 'Z';

		if (width && ((sentence_ends && capital) || width + (int)length >= longest)) {
			putchar('\n');
			width = 0;
		} else if (width) {
			width += printf(" ");
		}
		if (!width && (*text == '.' || *text == '\''))
			width += printf("\\&");
		width += print_word(text, length);
		sentence_ends = length && text[length - 1] == '.';
		text += length;
		text += strspn(text, " ");
	}
	putchar('\n');
}

static void print_mdoc(const char *text)
{
	print_lines(text, LINE_LONGEST);
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
	/* the mark of no width: dots at the end are no end of a sentence */
	printf("%s%s%s\n", about->arguments[0] ? " " : "", about->arguments,
		about->arguments[0] ? "\\&" : "");
	print_mdoc(about->text);
	print_options(texts, about->name);
	for (size_t i = 0; i < texts->example_count; i++) {
		if (strcmp(texts->examples[i].command, about->name) != 0)
			continue;
		printf(".Pp\n");
		print_mdoc(texts->examples[i].what);
		printf(".Dl ");
		print_lines(texts->examples[i].example, LINE_NONE);
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
