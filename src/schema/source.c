/* SPDX-License-Identifier: MIT */
#include "schema/source.h"

#include "schema/schema.h"

static int column_find(const struct source_table *table, struct text name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (text_same_letters(name, text_of(table->columns[i].name)))
			return (int)i;
	return -1;
}

/* The columns of the fields; returns how many different ones there are. */
static size_t columns_of(const struct source_table *table, const struct text *names, size_t count,
	int *out_columns, bool seen[SOURCE_COLUMNS_MOST])
{
	size_t shared = 0;

	memset(seen, 0, SOURCE_COLUMNS_MOST);
	for (size_t i = 0; i < count; i++) {
		int column = column_find(table, names[i]);

		if (column >= 0 && seen[column])
			column = -1;
		if (column >= 0) {
			seen[column] = true;
			shared++;
		}
		if (out_columns)
			out_columns[i] = column;
	}
	return shared;
}

static bool has_keys(const struct source_table *table, const bool seen[SOURCE_COLUMNS_MOST])
{
	for (size_t i = 0; i < table->key_count; i++)
		if (!seen[table->keys[i]])
			return false;
	return true;
}

const struct source_table *source_recognise(
	const struct schema *schema, const struct text *names, size_t count, int *out_columns)
{
	const struct source_table *best = NULL;
	bool seen[SOURCE_COLUMNS_MOST];
	size_t best_shared = 1; /* an id alone names no table */

	for (size_t i = 0; i < schema->table_count; i++) {
		const struct source_table *table = &schema->tables[i];
		size_t shared = columns_of(table, names, count, NULL, seen);

		if (!has_keys(table, seen) || shared < best_shared ||
			(shared == best_shared &&
				(!best || table->column_count >= best->column_count)))
			continue;
		best = table;
		best_shared = shared;
	}
	if (best)
		columns_of(best, names, count, out_columns, seen);
	return best;
}
