/* SPDX-License-Identifier: MIT */
#include "print_figures.h"

static const char *const type_names[] = {"integer", "number", "date", "code", "text"};

static void print_cell(struct json *json, const struct column *column, size_t row)
{
	char date[DATE_TEXT_SIZE];

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
		json_string(json, date_format(column->dates[row], date));
		break;
	case COLUMN_CODE:
	case COLUMN_TEXT:
		json_text(json, column->texts[row]);
		break;
	}
}

void print_table(struct json *json, const struct table *table)
{
	json_object_open(json);
	json_key(json, "name");
	json_string(json, table->name);
	json_key(json, "columns");
	json_array_open(json);
	for (size_t c = 0; c < table->column_count; c++) {
		json_object_open(json);
		json_key(json, "name");
		json_string(json, table->columns[c].name);
		json_key(json, "type");
		json_string(json, type_names[table->columns[c].type]);
		json_key(json, "unit");
		json_string(json, table->columns[c].unit);
		json_object_close(json);
	}
	json_array_close(json);
	json_key(json, "rows");
	json_array_open(json);
	for (size_t row = 0; row < table->rows; row++) {
		json_array_open(json);
		for (size_t c = 0; c < table->column_count; c++)
			print_cell(json, &table->columns[c], row);
		json_array_close(json);
	}
	json_array_close(json);
	json_object_close(json);
}

static void print_number(struct json *json, const char *key, int64_t number)
{
	json_key(json, key);
	json_integer(json, number);
}

static void print_result(struct json *json, const struct result *result)
{
	json_object_open(json);
	json_key(json, "id");
	json_string(json, result->id);
	print_number(json, "n", result->n);
	json_key(json, "missing");
	json_object_open(json);
	print_number(json, "assessment", result->missing_assessment);
	print_number(json, "cost", result->missing_cost);
	print_number(json, "group", result->missing_group);
	json_object_close(json);
	json_key(json, "finding");
	json_string(json, result->finding.key);
	json_key(json, "tables");
	json_array_open(json);
	for (size_t t = 0; t < result->table_count; t++)
		print_table(json, result->tables[t]);
	json_array_close(json);
	json_object_close(json);
}

static void print_filter(struct json *json, const struct filter *filter)
{
	json_key(json, "filter");
	json_object_open(json);
	for (size_t i = 0; filter && i < filter->count; i++) {
		char name[64] = "";

		memcpy(name, filter->conditions[i].name.data,
			filter->conditions[i].name.length % sizeof name);
		json_key(json, name);
		json_text(json, filter->conditions[i].value);
	}
	json_object_close(json);
}

void print_figures(
	struct json *json, const struct cohort *cohort, struct result *const *results, size_t count)
{
	char day[DATE_TEXT_SIZE];

	json_object_open(json);
	json_key(json, "as_at");
	json_string(json, date_format(cohort->as_at, day));
	json_key(json, "framework");
	json_string(json, cohort->framework->id);
	print_filter(json, cohort->filter);
	json_key(json, "cohort");
	json_object_open(json);
	print_number(json, "children", (int64_t)cohort->count);
	print_number(json, "assessed", (int64_t)cohort->assessed);
	print_number(json, "costed", (int64_t)cohort->costed);
	json_object_close(json);
	json_key(json, "figures");
	json_array_open(json);
	for (size_t i = 0; i < count; i++)
		print_result(json, results[i]);
	json_array_close(json);
	json_object_close(json);
}
