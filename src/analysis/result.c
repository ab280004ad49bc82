/* SPDX-License-Identifier: MIT */
#include "analysis/result.h"

#include <assert.h>

struct table *result_table(struct result *result, const char *name)
{
	struct table *table = table_make(result->arena, name);

	assert(result->table_count < RESULT_TABLES_MOST);
	if (!table) {
		result->failed = true;
		result->spare = (struct table){.name = name, .failed = true};
		return &result->spare;
	}
	result->tables[result->table_count++] = table;
	return table;
}

struct statement_of *result_finding(struct result *result, const char *variant)
{
	const char *key = arena_format(result->arena, "%s.%s", result->name, variant);

	if (!key)
		result->failed = true;
	result->finding = (struct statement_of){.key = key ? key : ""};
	return &result->finding;
}

struct statement_of *result_note(struct result *result, const char *key)
{
	struct statement_of *note;

	assert(result->note_count < RESULT_NOTES_MOST);
	note = &result->notes[result->note_count++];
	*note = (struct statement_of){.key = key};
	return note;
}

static struct result_value *statement_value(struct statement_of *statement, const char *name)
{
	struct result_value *value;

	assert(statement->value_count < RESULT_VALUES_MOST);
	value = &statement->values[statement->value_count++];
	value->name = name;
	return value;
}

void statement_number(
	struct statement_of *statement, const char *name, enum value_format format, double number)
{
	struct result_value *value = statement_value(statement, name);

	value->format = format;
	value->number = number;
}

void statement_text(struct statement_of *statement, const char *name, struct text text)
{
	struct result_value *value = statement_value(statement, name);

	value->format = FORMAT_TEXT;
	value->number = (double)NAN;
	value->text = text;
}

void statement_code(
	struct statement_of *statement, const char *name, const char *list, const char *code)
{
	struct result_value *value = statement_value(statement, name);

	value->format = FORMAT_TEXT;
	value->number = (double)NAN;
	value->text = text_of(code);
	value->list = list;
}

bool result_failed(const struct result *result)
{
	for (size_t i = 0; i < result->table_count; i++)
		if (result->tables[i]->failed)
			return true;
	return result->failed;
}

const struct table *result_find(const struct result *result, const char *name)
{
	for (size_t i = 0; i < result->table_count; i++)
		if (strcmp(result->tables[i]->name, name) == 0)
			return result->tables[i];
	return NULL;
}
