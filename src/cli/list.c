/* SPDX-License-Identifier: MIT */
/* hearth list: the registry of figures. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"
#include "view/view.h"

static void list_table(struct arena *arena)
{
	printf("%-6s  %s\n", "figure", "what it answers");
	for (size_t i = 0; i < analysis_count; i++) {
		const struct analysis *analysis = analysis_registry[i];
		const char *question = view_figure_text(arena, analysis->name, "question");

		printf("%-6s  %s%s\n", analysis->id, question ? question : analysis->name,
			analysis->of_child ? " (hearth child ID)" : "");
	}
}

/* The reference page of the figures. */
static void list_markdown(struct arena *arena)
{
	static const char *const texts[] = {"question", "definition", "source"};

	for (size_t i = 0; i < analysis_count; i++) {
		const struct analysis *analysis = analysis_registry[i];
		const char *title = view_figure_text(arena, analysis->name, "title");

		printf("\n## %s: %s\n", analysis->id, title ? title : analysis->name);
		for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
			const char *text = view_figure_text(arena, analysis->name, texts[t]);

			if (text)
				printf("\n%s%s\n", t == 2 ? "Source: " : "", text);
		}
	}
}

static void list_json(struct arena *arena, struct buffer *out)
{
	static const char *const texts[] = {"title", "question", "definition", "source"};
	struct json json = json_in(out);

	json_array_open(&json);
	for (size_t i = 0; i < analysis_count; i++) {
		const struct analysis *analysis = analysis_registry[i];

		json_object_open(&json);
		json_key(&json, "id");
		json_string(&json, analysis->id);
		json_key(&json, "name");
		json_string(&json, analysis->name);
		for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
			json_key(&json, texts[t]);
			json_string(&json, view_figure_text(arena, analysis->name, texts[t]));
		}
		json_key(&json, "of_one_child");
		json_boolean(&json, analysis->of_child);
		json_object_close(&json);
	}
	json_array_close(&json);
	buffer_char(out, '\n');
}

int command_list(struct command *command)
{
	const char *format = arguments_value(command->arguments, "format");
	struct buffer out = buffer_in(command->arena);
	struct error error = {0};

	if (!format || strcmp(format, "table") == 0) {
		list_table(command->arena);
		return STATUS_DONE;
	}
	if (strcmp(format, "markdown") == 0) {
		list_markdown(command->arena);
		return STATUS_DONE;
	}
	if (strcmp(format, "json") != 0) {
		error_set(&error, ERROR_INPUT, "list prints table, json or markdown, not '%.40s'",
			format);
		return command_misused(command, &error);
	}
	list_json(command->arena, &out);
	if (out.failed)
		error_no_memory(&error);
	else if (command_write(command, (struct text){out.data, out.length}, &error))
		return STATUS_DONE;
	return command_failed(command, &error);
}
