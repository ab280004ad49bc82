/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "view/formats.h"
#include "view/words.h"

static const char *type_name(enum column_type type)
{
	switch (type) {
	case COLUMN_INTEGER:
		return "integer";
	case COLUMN_NUMBER:
		return "number";
	case COLUMN_DATE:
		return "date";
	case COLUMN_CODE:
		return "code";
	case COLUMN_TEXT:
		return "text";
	}
	return "text";
}

static void write_column(struct json *json, const struct column *column)
{
	json_object_open(json);
	json_key(json, "name");
	json_string(json, column->name);
	json_key(json, "type");
	json_string(json, type_name(column->type));
	json_key(json, "unit");
	json_string(json, column->unit);
	json_object_close(json);
}

static void write_cell(struct json *json, const struct column *column, size_t row)
{
	char day[DATE_TEXT_SIZE];

	if (column_missing(column, row)) {
		json_null(json);
		return;
	}
	switch (column->type) {
	case COLUMN_INTEGER:
		json_integer(json, column->integers[row]);
		break;
	case COLUMN_NUMBER:
		json_number(json, column->numbers[row]);
		break;
	case COLUMN_DATE:
		json_string(json, date_format(column->dates[row], day));
		break;
	case COLUMN_CODE:
	case COLUMN_TEXT:
		json_text(json, column->texts[row]);
		break;
	}
}

void json_table_write(struct json *json, const struct table *table)
{
	json_object_open(json);
	json_key(json, "name");
	json_string(json, table->name);
	json_key(json, "columns");
	json_array_open(json);
	for (size_t i = 0; i < table->column_count; i++)
		write_column(json, &table->columns[i]);
	json_array_close(json);
	json_key(json, "rows");
	json_array_open(json);
	for (size_t row = 0; row < table->rows; row++) {
		json_array_open(json);
		for (size_t i = 0; i < table->column_count; i++)
			write_cell(json, &table->columns[i], row);
		json_array_close(json);
	}
	json_array_close(json);
	json_object_close(json);
}

static void write_missing(struct json *json, const struct result *result)
{
	json_key(json, "missing");
	json_object_open(json);
	json_key(json, "assessment");
	json_integer(json, result->missing_assessment);
	json_key(json, "cost");
	json_integer(json, result->missing_cost);
	json_key(json, "group");
	json_integer(json, result->missing_group);
	json_object_close(json);
}

void json_figure_write(struct json *json, struct arena *arena, const struct schema *schema,
	const struct result *result, size_t rows_most)
{
	json_object_open(json);
	json_key(json, "id");
	json_string(json, result->id);
	json_key(json, "title");
	json_string(json, words_title(arena, schema, result));
	json_key(json, "question");
	json_string(json, view_figure_text(arena, result->name, "question"));
	json_key(json, "n");
	json_integer(json, result->n);
	write_missing(json, result);
	json_key(json, "notes");
	json_array_open(json);
	for (size_t i = 0; i < result->note_count; i++)
		json_string(json, view_sentence(arena, schema, &result->notes[i]));
	json_array_close(json);
	json_key(json, "tables");
	json_array_open(json);
	for (size_t i = 0; i < result->table_count; i++) {
		if (result->tables[i]->rows <= rows_most)
			json_table_write(json, result->tables[i]);
	}
	json_array_close(json);
	json_object_close(json);
}

static void write_filter(struct json *json, struct arena *arena, const struct filter *filter)
{
	json_key(json, "filter");
	json_object_open(json);
	for (size_t i = 0; filter && i < filter->count; i++) {
		const struct filter_condition *condition = &filter->conditions[i];
		const char *name = arena_copy(arena, condition->name.data, condition->name.length);

		json_key(json, name ? name : "");
		json_text(json, condition->value);
	}
	json_object_close(json);
}

static void write_cohort(struct json *json, struct arena *arena, const struct cohort *cohort)
{
	char day[DATE_TEXT_SIZE];

	json_key(json, "as_at");
	json_string(json, date_format(cohort->as_at, day));
	json_key(json, "framework");
	json_string(json, cohort->framework->id);
	write_filter(json, arena, cohort->filter);
	json_key(json, "cohort");
	json_object_open(json);
	json_key(json, "children");
	json_integer(json, (int64_t)cohort->count);
	json_key(json, "assessed");
	json_integer(json, (int64_t)cohort->assessed);
	json_key(json, "costed");
	json_integer(json, (int64_t)cohort->costed);
	json_object_close(json);
}

FORMAT_WRITER(json_report_write)
{
	struct json json = json_in(out);

	(void)path;
	(void)options;
	json_object_open(&json);
	write_cohort(&json, arena, report->cohort);
	json_key(&json, "figures");
	json_array_open(&json);
	for (size_t i = 0; i < report->result_count; i++)
		json_figure_write(&json, arena, report->schema, report->results[i], SIZE_MAX);
	json_array_close(&json);
	json_object_close(&json);
	buffer_char(out, '\n');
	return out->failed ? error_no_memory(error) : true;
}
