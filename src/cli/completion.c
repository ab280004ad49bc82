/* SPDX-License-Identifier: MIT */
/* Completions: a template for each shell in data/cli/completion/, filled with commands and options.
 */
#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "cli/command.h"

/* The names of commands (first words once, or second words of "import ..."), divided by spaces. */
static void print_commands(const struct cli_texts *texts)
{
	const char *last = "";

	for (size_t i = 0; i < texts->command_count; i++) {
		const char *name = texts->commands[i].name;
		size_t length = strcspn(name, " ");

		if (strncmp(last, name, length) == 0 && strcspn(last, " ") == length)
			continue;
		printf("%s%.*s", last[0] ? " " : "", (int)length, name);
		last = name;
	}
}

static void print_options(const struct cli_texts *texts, const char *command)
{
	const char *between = "";

	for (size_t i = 0; i < texts->option_count; i++) {
		if (!cli_option_of(&texts->options[i], command))
			continue;
		printf("%s--%s", between, texts->options[i].name);
		between = " ";
	}
}

/* One line for every command, as the template of the shell wants it: {command} and {options}. */
static void print_lines(const struct cli_texts *texts, struct text line)
{
	for (size_t i = 0; i < texts->command_count; i++) {
		struct text rest = line, piece;

		while (text_split(&rest, '{', &piece)) {
			if (piece.length >= 8 && strncmp(piece.data, "command}", 8) == 0) {
				printf("%s", texts->commands[i].name);
				piece.data += 8, piece.length -= 8;
			} else if (piece.length >= 8 && strncmp(piece.data, "summary}", 8) == 0) {
				printf("%s", texts->commands[i].summary);
				piece.data += 8, piece.length -= 8;
			} else if (piece.length >= 8 && strncmp(piece.data, "options}", 8) == 0) {
				print_options(texts, texts->commands[i].name);
				piece.data += 8, piece.length -= 8;
			}
			printf("%.*s", (int)piece.length, piece.data);
		}
		putchar('\n');
	}
}

/* Lines of the template that begin with "@each " are printed once a command; {commands} stands for
 * all of their names. */
static void print_template(const struct cli_texts *texts, struct text template)
{
	struct text line;

	while (template.length && text_split(&template, '\n', &line)) {
		const char *all = memmem(line.data, line.length, "{commands}", 10);

		if (line.length > 6 && memcmp(line.data, "@each ", 6) == 0) {
			print_lines(texts, (struct text){line.data + 6, line.length - 6});
			continue;
		}
		if (all) {
			printf("%.*s", (int)(all - line.data), line.data);
			print_commands(texts);
			printf("%.*s\n", (int)(line.length - (size_t)(all - line.data) - 10),
				all + 10);
			continue;
		}
		printf("%.*s\n", (int)line.length, line.data);
	}
}

int command_completion(struct command *command)
{
	struct error error = {0};
	char path[64];
	struct text template = {0};

	if (command->arguments->word_count == 1) {
		snprintf(path, sizeof path, "data/cli/completion/%s.txt",
			command->arguments->words[0]);
		template = embedded_text(path);
	}
	if (!template.data) {
		error_set(&error, ERROR_INPUT, "name a shell: bash, zsh or fish");
		return command_misused(command, &error);
	}
	print_template(command->texts, template);
	return STATUS_DONE;
}
