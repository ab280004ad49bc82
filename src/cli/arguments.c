/* SPDX-License-Identifier: MIT */
#include "cli/arguments.h"

#include <getopt.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"

enum { OPTIONS_MOST = 64, FIRST_LONG = 256 };

const struct cli_command *cli_command_find(const struct cli_texts *texts, const char *name)
{
	for (size_t i = 0; i < texts->command_count; i++) {
		if (strcmp(texts->commands[i].name, name) == 0)
			return &texts->commands[i];
	}
	return NULL;
}

bool cli_option_of(const struct cli_option *option, const char *command)
{
	return option->command[0] == '\0' || strcmp(option->command, command) == 0;
}

/* The options of one command in the form getopt_long wants. */
struct getopt_lists {
	struct option longs[OPTIONS_MOST + 1];
	const struct cli_option *options[OPTIONS_MOST];
	char letters[3 + 2 * OPTIONS_MOST];
	size_t count;
};

static void lists_fill(struct getopt_lists *lists, const struct cli_texts *texts,
	const char *command, bool stop_at_word)
{
	size_t used = 0;

	*lists = (struct getopt_lists){0};
	if (stop_at_word)
		lists->letters[used++] = '+';
	lists->letters[used++] = ':';
	for (size_t i = 0; i < texts->option_count && lists->count < OPTIONS_MOST; i++) {
		const struct cli_option *option = &texts->options[i];
		bool argument = option->argument[0] != '\0';

		if (!cli_option_of(option, command))
			continue;
		lists->longs[lists->count] =
			(struct option){option->name, argument ? required_argument : no_argument,
				NULL, FIRST_LONG + (int)lists->count};
		if (option->letter) {
			lists->letters[used++] = option->letter;
			if (argument)
				lists->letters[used++] = ':';
		}
		lists->options[lists->count++] = option;
	}
}

static const struct cli_option *lists_find(const struct getopt_lists *lists, int found)
{
	if (found >= FIRST_LONG)
		return lists->options[found - FIRST_LONG];
	for (size_t i = 0; i < lists->count; i++) {
		if (lists->options[i]->letter == found)
			return lists->options[i];
	}
	return NULL;
}

static bool refuse(int found, char **argv, struct error *error)
{
	char letter[3] = {'-', (char)optopt, '\0'};
	const char *shown = optopt > 0 && optopt < FIRST_LONG ? letter : argv[optind - 1];

	if (found == ':')
		return error_set(error, ERROR_INPUT, "the option %.80s needs a value", shown);
	if (optopt == 0 || optopt >= FIRST_LONG)
		shown = argv[optind - 1];
	return error_set(error, ERROR_INPUT,
		optopt >= FIRST_LONG ? "the option %.80s takes no value"
				     : "there is no option %.80s here",
		shown);
}

/* Reads options up to the end of argv, or up to the first word. */
static bool read_options(struct arguments *arguments, const struct getopt_lists *lists, int argc,
	char **argv, struct error *error)
{
	int found;

	opterr = 0;
	while ((found = getopt_long(argc, argv, lists->letters, lists->longs, NULL)) != -1) {
		const struct cli_option *option;

		if (found == '?' || found == ':')
			return refuse(found, argv, error);
		option = lists_find(lists, found);
		if (!option || arguments->given_count == GIVEN_MOST)
			return error_set(error, ERROR_INPUT, "there are too many options");
		arguments->given[arguments->given_count++] =
			(struct given_option){option, option->argument[0] ? optarg : NULL};
	}
	return true;
}

/* "import list" before "import": a command may be two words. Returns how many words it took. */
static int find_command(
	const struct cli_texts *texts, int count, char **words, const struct cli_command **out)
{
	char two[64];

	*out = NULL;
	if (count > 1 && strlen(words[0]) + strlen(words[1]) + 2 <= sizeof two) {
		strcpy(two, words[0]);
		strcat(two, " ");
		strcat(two, words[1]);
		*out = cli_command_find(texts, two);
		if (*out)
			return 2;
	}
	*out = cli_command_find(texts, words[0]);
	return *out ? 1 : 0;
}

bool arguments_read(struct arguments *out_arguments, const struct cli_texts *texts, int argc,
	char **argv, struct error *error)
{
	struct getopt_lists lists;
	int first, took;

	*out_arguments = (struct arguments){0};
	lists_fill(&lists, texts, "", true);
	optind = 0; /* glibc: start anew */
	if (!read_options(out_arguments, &lists, argc, argv, error))
		return false;
	first = optind;
	if (first >= argc)
		return true;
	took = find_command(texts, argc - first, argv + first, &out_arguments->command);
	if (!took)
		return error_set(error, ERROR_INPUT, "there is no command '%.60s'", argv[first]);
	lists_fill(&lists, texts, out_arguments->command->name, false);
	optind = 0;
	/* argv[first + took - 1] stands where getopt expects the program's name */
	if (!read_options(
		    out_arguments, &lists, argc - first - took + 1, argv + first + took - 1, error))
		return false;
	out_arguments->words = argv + first + took - 1 + optind;
	out_arguments->word_count = argc - first - took + 1 - optind;
	return true;
}

const char *arguments_value(const struct arguments *arguments, const char *name)
{
	for (size_t i = arguments->given_count; i-- > 0;) {
		if (strcmp(arguments->given[i].option->name, name) == 0)
			return arguments->given[i].value;
	}
	return NULL;
}

bool arguments_has(const struct arguments *arguments, const char *name)
{
	for (size_t i = 0; i < arguments->given_count; i++) {
		if (strcmp(arguments->given[i].option->name, name) == 0)
			return true;
	}
	return false;
}

const char *arguments_each(const struct arguments *arguments, const char *name, size_t index)
{
	for (size_t i = 0; i < arguments->given_count; i++) {
		if (strcmp(arguments->given[i].option->name, name) == 0 && index-- == 0)
			return arguments->given[i].value;
	}
	return NULL;
}

bool arguments_number(const struct arguments *arguments, const char *name, int64_t least,
	int64_t most, int64_t otherwise, int64_t *out_number, struct error *error)
{
	const char *value = arguments_value(arguments, name);

	*out_number = otherwise;
	if (!value)
		return true;
	if (!text_integer(text_of(value), out_number) || *out_number < least || *out_number > most)
		return error_set(error, ERROR_INPUT,
			"--%s takes a whole number from %" PRId64 " to %" PRId64 ", not '%.40s'",
			name, least, most, value);
	return true;
}
