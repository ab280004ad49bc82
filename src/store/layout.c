/* SPDX-License-Identifier: MIT */
#include "store/layout.h"

/* What a statement may take besides the columns of the file. */
static const struct {
	const char *name;
	enum take_from from;
} origins[] = {
	{"entry", TAKE_ENTRY},
	{"import", TAKE_IMPORT},
	{"file", TAKE_FILE},
	{"line", TAKE_LINE},
	{"year", TAKE_YEAR},
	{"child", TAKE_CHILD},
	{"framework", TAKE_FRAMEWORK},
	{"scores", TAKE_SCORES},
};

static bool find_origin(struct text name, enum take_from *out_from)
{
	for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
		if (!text_is(name, origins[i].name))
			continue;
		*out_from = origins[i].from;
		return true;
	}
	return false;
}

static bool find_column(const struct source_table *table, struct text name, size_t *out_column)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (!text_same_letters(text_of(table->columns[i].name), name))
			continue;
		*out_column = i;
		return true;
	}
	return false;
}

/* "column" or "field=column". */
static bool read_column(struct take *take, struct text name, const struct source_table *table)
{
	struct text field, column = name;

	take->from = TAKE_COLUMN;
	if (memchr(name.data, '=', name.length)) {
		take->from = TAKE_SEALED;
		if (!text_split(&column, '=', &field) || !personal_find(field, &take->field))
			return false;
	}
	return find_column(table, column, &take->column);
}

static bool read_taking(struct taking *out_taking, const struct query *query,
	const struct source_table *table, bool *taken, struct error *error)
{
	out_taking->query = query->name;
	for (size_t i = 0; i < query->take_count; i++) {
		struct take *take = &out_taking->takes[out_taking->count++];

		if (find_origin(query->takes[i], &take->from))
			continue;
		if (!read_column(take, query->takes[i], table))
			return error_set(error, ERROR_SYSTEM,
				"%.*s takes %.*s, which %s do not have", (int)query->name.length,
				query->name.data, (int)query->takes[i].length, query->takes[i].data,
				table->label);
		take->kind = table->columns[take->column].kind;
		taken[take->column] = true;
		if (i > 0 && take->from != TAKE_SEALED && take[-1].from == TAKE_SEALED)
			return error_set(error, ERROR_SYSTEM,
				"%.*s takes %.*s after what identifies", (int)query->name.length,
				query->name.data, (int)query->takes[i].length,
				query->takes[i].data);
	}
	return true;
}

/* Those that are kept in another form: the child's id as a number, scores together, and so on. */
static bool is_kept_otherwise(const struct source_table *table, size_t column)
{
	enum value_kind kind = table->columns[column].kind;

	return (int)column == table->child_column || kind == VALUE_SCORE ||
	       kind == VALUE_FRAMEWORK || (kind == VALUE_YEAR && table->is_return);
}

static bool check_all_taken(
	const struct source_table *table, const bool *taken, struct error *error)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (!taken[i] && !is_kept_otherwise(table, i))
			return error_set(error, ERROR_SYSTEM,
				"the record has no place for the column %s of %s: it needs a "
				"migration",
				table->columns[i].name, table->label);
	return true;
}

bool layout_read(struct layout *out_layout, const struct store *store,
	const struct source_table *table, struct arena *arena, struct error *error)
{
	const struct queries *queries = store->driver->queries(store->database);
	char *rows_name = arena_format(arena, "insert_%s", table->name);
	struct layout layout = {.table = table, .framework_column = -1};
	bool taken[SOURCE_COLUMNS_MOST] = {false};
	const struct query *rows;

	if (!rows_name)
		return error_no_memory(error);
	rows = queries_find(queries, text_of(rows_name));
	if (!rows)
		return error_set(
			error, ERROR_SYSTEM, "the record has no place for %s", table->label);
	if (!read_taking(&layout.rows, rows, table, taken, error) ||
		!check_all_taken(table, taken, error))
		return false;
	for (size_t i = 0; i < table->column_count; i++) {
		layout.has_scores |= table->columns[i].kind == VALUE_SCORE;
		if (table->columns[i].kind == VALUE_FRAMEWORK)
			layout.framework_column = (int)i;
	}
	*out_layout = layout;
	return true;
}
