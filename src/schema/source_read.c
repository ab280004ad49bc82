/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "schema/read.h"

enum { PATH_SIZE = 128, KEYS_MOST = 8 };

enum { LIST_NAME, LIST_LABEL, LIST_RETURN, LIST_NAMES, LIST_XML, LIST_FLAG, LIST_KEYS, LIST_WIDTH };
enum {
	COLUMN_NAME,
	COLUMN_KIND,
	COLUMN_CODES,
	COLUMN_REQUIRED,
	COLUMN_ROLE,
	COLUMN_XML,
	COLUMN_WIDTH
};

static const char *const kinds[] = {
	[VALUE_ID] = "id",
	[VALUE_TEXT] = "text",
	[VALUE_DATE] = "date",
	[VALUE_BIRTH] = "birth",
	[VALUE_PARTIAL_DATE] = "partial_date",
	[VALUE_AMOUNT] = "amount",
	[VALUE_SCORE] = "score",
	[VALUE_SDQ] = "sdq",
	[VALUE_FRAMEWORK] = "framework",
	[VALUE_CODE] = "code",
	[VALUE_DISTANCE] = "distance",
	[VALUE_YEAR] = "year",
};

/* One table while it is read. */
struct reading {
	const struct schema *schema;
	struct source_table *table;
	struct source_column *columns;
	const struct data_rows *rows;
	struct error *error;
};

static bool kind_read(const struct reading *reading, size_t row, struct source_column *column)
{
	const char *kind = data_cell(reading->rows, row, COLUMN_KIND);
	const char *codes = data_cell(reading->rows, row, COLUMN_CODES);
	size_t number = 0;

	while (number < sizeof kinds / sizeof *kinds && strcmp(kinds[number], kind) != 0)
		number++;
	if (number == sizeof kinds / sizeof *kinds)
		return data_wrong(
			reading->rows, row, reading->error, "there is no kind \"%.40s\"", kind);
	column->kind = (enum value_kind)number;
	if ((column->kind == VALUE_CODE) != (codes[0] != '\0'))
		return data_wrong(reading->rows, row, reading->error,
			"a column of codes, and no other, names its code set");
	column->codes = codes[0] ? schema_code_set(reading->schema, codes) : NULL;
	if (codes[0] && !column->codes)
		return data_wrong(reading->rows, row, reading->error,
			"there is no code set \"%.40s\"", codes);
	return true;
}

static bool role_read(const struct reading *reading, size_t row)
{
	const char *role = data_cell(reading->rows, row, COLUMN_ROLE);
	struct source_table *table = reading->table;
	int column = (int)table->column_count;

	if (strcmp(role, "child") == 0)
		table->child_column = column;
	else if (strcmp(role, "start") == 0)
		table->start_column = column;
	else if (strcmp(role, "end") == 0)
		table->end_column = column;
	else if (role[0] != '\0')
		return data_wrong(reading->rows, row, reading->error,
			"\"%.40s\" is not child, start or end", role);
	return true;
}

static int column_number(const struct source_table *table, struct text name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (text_same_letters(name, text_of(table->columns[i].name)))
			return (int)i;
	return -1;
}

static bool column_add(const struct reading *reading, size_t row, struct source_column column)
{
	struct source_table *table = reading->table;

	if (column.name[0] == '\0')
		return data_wrong(reading->rows, row, reading->error, "a column has no name");
	if (column_number(table, text_of(column.name)) >= 0)
		return data_wrong(reading->rows, row, reading->error,
			"the column %.40s stands here a second time", column.name);
	if (table->column_count == SOURCE_COLUMNS_MOST)
		return data_wrong(reading->rows, row, reading->error, "more than %d columns",
			SOURCE_COLUMNS_MOST);
	reading->columns[table->column_count++] = column;
	return true;
}

/* The domains of a framework that the table does not hold yet. */
static bool domains_of(const struct reading *reading, size_t row, struct source_column column,
	const struct framework *framework)
{
	for (size_t i = 0; i < framework->domain_count; i++) {
		column.name = column.xml_name = framework->domains[i].key;
		if (column_number(reading->table, text_of(column.name)) < 0 &&
			!column_add(reading, row, column))
			return false;
	}
	return true;
}

/* "<domains>": the domains of all frameworks, those of the widest first, each once. */
static bool domains_add(const struct reading *reading, size_t row, struct source_column column)
{
	const struct schema *schema = reading->schema;
	const struct framework *widest = &schema->frameworks[0];

	for (size_t i = 1; i < schema->framework_count; i++)
		if (schema->frameworks[i].domain_count > widest->domain_count)
			widest = &schema->frameworks[i];
	if (!domains_of(reading, row, column, widest))
		return false;
	for (size_t i = 0; i < schema->framework_count; i++)
		if (!domains_of(reading, row, column, &schema->frameworks[i]))
			return false;
	return true;
}

static bool column_read(const struct reading *reading, size_t row)
{
	const char *xml_name = data_cell(reading->rows, row, COLUMN_XML);
	struct source_column column = {.name = data_cell(reading->rows, row, COLUMN_NAME)};

	column.xml_name = xml_name[0] ? xml_name : column.name;
	if (!kind_read(reading, row, &column) ||
		!data_flag(reading->rows, row, COLUMN_REQUIRED, &column.required, reading->error))
		return false;
	if (strcmp(column.name, "<domains>") == 0)
		return domains_add(reading, row, column);
	return role_read(reading, row) && column_add(reading, row, column);
}

static bool columns_read(
	const struct reading *list, struct arena *arena, const struct data_files *files)
{
	static const char *const names[] = {
		"column", "kind", "codes", "required", "role", "xml_name"};
	struct reading reading = *list;
	struct data_rows rows;
	char path[PATH_SIZE];

	snprintf(path, sizeof path, "tables/%s.csv", reading.table->name);
	if (!data_file_read(&rows, arena, files, path, names, COLUMN_WIDTH, reading.error))
		return false;
	reading.rows = &rows;
	for (size_t row = 0; row < rows.count; row++)
		if (!column_read(&reading, row))
			return false;
	if ((reading.table->start_column < 0) != (reading.table->end_column < 0))
		return data_wrong(
			&rows, rows.count, reading.error, "a start and an end go together");
	return true;
}

static bool keys_read(const struct reading *reading, struct arena *arena, size_t row)
{
	struct text rest = data_text(reading->rows, row, LIST_KEYS), word;
	struct source_table *table = reading->table;
	size_t *keys = arena_take(arena, KEYS_MOST, sizeof *keys);

	if (!keys)
		return error_no_memory(reading->error);
	while (text_split(&rest, ' ', &word)) {
		int column = column_number(table, word);

		if (column < 0 || table->key_count == KEYS_MOST)
			return data_wrong(reading->rows, row, reading->error,
				"\"%.*s\" is not a column of the table, or a key too many",
				(int)word.length, word.data);
		keys[table->key_count++] = (size_t)column;
	}
	if (table->key_count == 0)
		return data_wrong(reading->rows, row, reading->error, "a table needs a key column");
	table->keys = keys;
	return true;
}

static const char *or_null(const char *cell)
{
	return cell[0] ? cell : NULL;
}

static bool table_read(const struct reading *reading, struct arena *arena,
	const struct data_files *files, size_t row)
{
	struct source_table *table = reading->table;

	*table = (struct source_table){
		.name = data_cell(reading->rows, row, LIST_NAME),
		.label = data_cell(reading->rows, row, LIST_LABEL),
		.columns = reading->columns,
		.child_column = -1,
		.start_column = -1,
		.end_column = -1,
		.xml_name = or_null(data_cell(reading->rows, row, LIST_XML)),
		.xml_flag = or_null(data_cell(reading->rows, row, LIST_FLAG)),
	};
	return data_flag(reading->rows, row, LIST_RETURN, &table->is_return, reading->error) &&
	       data_flag(reading->rows, row, LIST_NAMES, &table->names_children, reading->error) &&
	       columns_read(reading, arena, files) && keys_read(reading, arena, row);
}

bool sources_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	static const char *const names[] = {
		"name", "label", "is_return", "names_children", "xml_name", "xml_flag", "keys"};
	struct reading reading = {.schema = schema, .error = error};
	struct source_table *tables;
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "tables.csv", names, LIST_WIDTH, error))
		return false;
	reading.rows = &rows;
	tables = arena_take(arena, rows.count, sizeof *tables);
	for (size_t row = 0; tables && row < rows.count; row++) {
		reading.table = &tables[row];
		reading.columns = arena_take(arena, SOURCE_COLUMNS_MOST, sizeof *reading.columns);
		if (!reading.columns)
			return error_no_memory(error);
		if (!table_read(&reading, arena, files, row))
			return false;
	}
	if (!tables)
		return error_no_memory(error);
	schema->tables = tables;
	schema->table_count = rows.count;
	return true;
}
