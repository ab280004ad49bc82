/* SPDX-License-Identifier: MIT */
/* hearth demo: writes the demonstration population, or checks it against the published numbers. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/command.h"
#include "demo/demo.h"

static bool read_options(
	const struct command *command, struct demo_options *options, struct error *error)
{
	int64_t seed = (int64_t)options->seed;

	if (command->arguments->word_count > 0)
		return error_set(error, ERROR_INPUT,
			"demo takes no '%.60s': name the folder with --out",
			command->arguments->words[0]);
	if (!arguments_number(command->arguments, "children", 0, DEMO_CHILDREN_MOST,
		    options->children, &options->children, error) ||
		!arguments_number(command->arguments, "seed", 0, INT64_MAX, seed, &seed, error))
		return false;
	options->seed = (uint64_t)seed;
	options->folder = arguments_value(command->arguments, "out");
	if (!options->folder && !arguments_has(command->arguments, "check"))
		return error_set(error, ERROR_INPUT, "name the folder to write to with --out");
	return true;
}

int command_demo(struct command *command)
{
	struct demo_options options = demo_defaults();
	struct error error = {0};

	if (!read_options(command, &options, &error))
		return command_misused(command, &error);
	if (arguments_has(command->arguments, "check"))
		return demo_check_command(command, &options);
	if (!demo_write(&options, &error))
		return command_failed(command, &error);
	printf("%s: %" PRId64 " children looked after and those who left, all of them made up.\n",
		options.folder, options.children);
	return STATUS_DONE;
}
