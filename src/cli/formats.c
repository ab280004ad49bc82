/* SPDX-License-Identifier: MIT */
/* hearth formats: the tables that come in, their columns and what each value must be. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static const char *kind_words(const struct source_column *column)
{
	switch (column->kind) {
	case VALUE_ID:
		return "an id";
	case VALUE_TEXT:
		return "text";
	case VALUE_DATE:
	case VALUE_BIRTH:
		return "a date, yyyy-mm-dd or dd/mm/yyyy";
	case VALUE_PARTIAL_DATE:
		return "a date, zz for a part that is not known";
	case VALUE_AMOUNT:
		return "pounds with at most two decimals";
	case VALUE_SCORE:
		return "a score, a whole number from 0 to 10";
	case VALUE_SDQ:
		return "a score, a whole number from 0 to 40";
	case VALUE_FRAMEWORK:
		return "a version of the needs framework";
	case VALUE_CODE:
		return "one of: ";
	case VALUE_DISTANCE:
		return "miles";
	case VALUE_YEAR:
		return "a collection year";
	}
	return "";
}

static void print_codes(const struct code_set *set, const char *quote)
{
	for (size_t i = 0; i < set->count; i++)
		printf("%s%s%.*s%s", i ? " " : "", quote, (int)set->codes[i].code.length,
			set->codes[i].code.data, quote);
}

static void print_column(const struct source_column *column, bool markdown)
{
	printf(markdown ? "| `%s` | %s" : "  %-22s %s", column->name, kind_words(column));
	if (column->kind == VALUE_CODE && column->codes)
		print_codes(column->codes, markdown ? "`" : "");
	if (markdown)
		printf(" | %s |", column->required ? "yes" : "");
	else if (column->required)
		printf(" (must not be blank)");
	putchar('\n');
}

static void print_table(const struct source_table *table, bool markdown)
{
	if (markdown)
		printf("\n## %s: %s\n\nRecognised by `", table->name, table->label);
	else
		printf("%s: %s\nRecognised by the columns ", table->name, table->label);
	for (size_t i = 0; i < table->key_count; i++)
		printf("%s%s", i ? (markdown ? "`, `" : ", ") : "",
			table->columns[table->keys[i]].name);
	printf(markdown ? "`.\n\n| column | what | must not be blank |\n| --- | --- | --- |\n"
			: ".\n");
	for (size_t i = 0; i < table->column_count; i++)
		print_column(&table->columns[i], markdown);
}

static int print_one(const struct command *command, const struct schema *schema)
{
	const char *name = command->arguments->words[0];
	const struct source_table *table = schema_table(schema, name);
	struct error error = {0};

	if (!table) {
		error_set(&error, ERROR_INPUT,
			"there is no table '%.60s'; hearth formats prints them all", name);
		return command_misused(command, &error);
	}
	print_table(table, false);
	return STATUS_DONE;
}

int command_formats(struct command *command)
{
	const char *format = arguments_value(command->arguments, "format");
	struct schema *schema = arena_take(command->arena, 1, sizeof *schema);
	struct error error = {0};

	if (!schema || !command_schema(command, schema, &error))
		return schema ? command_failed(command, &error) : STATUS_FAILED;
	if (command->arguments->word_count > 0)
		return print_one(command, schema);
	for (size_t i = 0; i < schema->table_count; i++) {
		if (format && strcmp(format, "markdown") == 0)
			print_table(&schema->tables[i], true);
		else
			printf("%-22s %s%s\n", schema->tables[i].name, schema->tables[i].label,
				schema->tables[i].is_return ? " (SSDA903)" : "");
	}
	return STATUS_DONE;
}
