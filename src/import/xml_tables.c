/* SPDX-License-Identifier: MIT */
#include "import/xml_tables.h"

/* One group of a child on its way to a row. */
struct filling {
	struct xml_tables *tables;
	struct xml_table *table;
	struct xml_group *child;
	struct xml_group *group;
	struct xml_group *header; /* the child's, or NULL */
	const char *unknown;
	struct text *fields;
	bool filled[SOURCE_COLUMNS_MOST];
};

/* Most names differ in their first letter: that is looked at before strcmp is called. */
static bool same(const char *one, const char *other)
{
	return one[0] == other[0] && strcmp(one, other) == 0;
}

static bool column_is(const struct source_column *column, const char *name)
{
	return same(column->xml_name, name) || same(column->name, name);
}

static int column_of(const struct source_table *table, const char *name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (column_is(&table->columns[i], name))
			return (int)i;
	return -1;
}

bool xml_tables_open(struct xml_tables *out_tables, struct arena *arena,
	const struct schema *schema, struct error *error)
{
	struct xml_tables tables = {.arena = arena, .schema = schema};

	tables.tables = arena_take(arena, schema->table_count, sizeof *tables.tables);
	if (!tables.tables)
		return error_no_memory(error);
	for (size_t i = 0; i < schema->table_count; i++) {
		const struct source_table *source = &schema->tables[i];
		struct xml_table *table = &tables.tables[tables.count];

		if (!source->xml_name)
			continue;
		table->source = source;
		for (size_t key = 0; key < source->key_count; key++)
			if (table->width <= source->keys[key])
				table->width = source->keys[key] + 1;
		for (size_t earlier = tables.count; earlier-- > 0;)
			if (strcmp(tables.tables[earlier].source->xml_name, source->xml_name) == 0)
				table->base = tables.tables[earlier].source;
		if (source->names_children)
			tables.header = source;
		tables.count++;
	}
	*out_tables = tables;
	return true;
}

bool xml_tables_is_group(const struct xml_tables *tables, const char *name)
{
	for (size_t i = 0; i < tables->count; i++)
		if (same(tables->tables[i].source->xml_name, name))
			return true;
	return false;
}

static struct xml_value *value_of(struct xml_group *group, const struct source_column *column)
{
	for (struct xml_value *value = group ? group->first : NULL; value; value = value->next)
		if (column_is(column, value->name))
			return value;
	return NULL;
}

/* What a row lacks and the HEADER has too (the child's id, the birth date, the year) comes from
 * the elements around it. */
static struct text inherited(const struct filling *filling, const struct source_column *column)
{
	struct xml_value *value = NULL;
	struct xml_group *root = filling->child->parent;

	if (filling->tables->header && column_of(filling->tables->header, column->name) < 0)
		return (struct text){0};
	for (struct xml_group *group = filling->group->parent; group && group != root && !value;
		group = group->parent)
		value = value_of(group, column);
	if (!value)
		value = value_of(filling->header, column);
	if (!value)
		value = value_of(root, column);
	if (!value)
		return (struct text){0};
	value->known = true;
	return value->text;
}

/* Whether the group says anything that is this table's own. */
static bool has_own(const struct filling *filling)
{
	const struct source_table *source = filling->table->source, *base = filling->table->base;

	if (source->names_children)
		return true;
	for (const struct xml_value *value = filling->group->first; value; value = value->next) {
		if (value->text.length == 0)
			continue;
		if (source->xml_flag && same(value->name, source->xml_flag) &&
			text_is(value->text, "1"))
			return true;
		if (!base ||
			(column_of(source, value->name) >= 0 && column_of(base, value->name) < 0))
			return true;
	}
	return false;
}

static int extra_of(struct filling *filling, const char *name)
{
	struct xml_table *table = filling->table;
	size_t extra = 0;

	while (extra < table->extra_count && strcmp(table->extras[extra], name) != 0)
		extra++;
	if (extra < table->extra_count)
		return (int)extra;
	if (extra == XML_EXTRAS_MOST) {
		filling->unknown = name;
		return -1;
	}
	table->extras[extra] = arena_string(filling->tables->arena, name);
	if (!table->extras[extra])
		return -1;
	table->extra_count++;
	return (int)extra;
}

static void own_fill(struct filling *filling)
{
	struct xml_table *table = filling->table;
	const struct source_table *source = table->source;

	for (struct xml_value *value = filling->group->first; value; value = value->next) {
		int column = column_of(source, value->name);

		if (source->xml_flag && same(value->name, source->xml_flag))
			value->known = true;
		if (column < 0 || filling->filled[column])
			continue;
		value->known = true;
		filling->filled[column] = true;
		filling->fields[column] = value->text;
		if (table->width <= (size_t)column)
			table->width = (size_t)column + 1;
	}
}

static void rest_fill(struct filling *filling)
{
	struct xml_table *table = filling->table;
	const struct source_table *source = table->source;

	for (size_t i = 0; i < source->column_count; i++) {
		if (filling->filled[i])
			continue;
		filling->fields[i] = inherited(filling, &source->columns[i]);
		if (filling->fields[i].length > 0 && table->width <= i)
			table->width = i + 1;
	}
}

static bool row_room(struct xml_tables *tables, struct xml_table *table)
{
	size_t room = table->row_room ? table->row_room * 2 : 64;
	struct xml_row *rows;

	if (table->row_count < table->row_room)
		return true;
	rows = arena_grow(tables->arena, table->rows, table->row_count, room, sizeof *rows);
	if (!rows)
		return false;
	table->rows = rows;
	table->row_room = room;
	return true;
}

/* The values of the group that no table of its element knows, as further columns of the row. */
static bool extras_fill(struct filling *filling, struct text *fields)
{
	for (struct xml_value *value = filling->group->first; value; value = value->next) {
		int extra = value->known ? 0 : extra_of(filling, value->name);

		if (extra < 0)
			return false;
		if (!value->known)
			fields[extra] = value->text;
	}
	return true;
}

/* `extras`: whether this table takes what no table of the group's element knows. */
static bool row_add(struct filling *filling, bool extras)
{
	struct xml_table *table = filling->table;
	struct text further[XML_EXTRAS_MOST] = {0};
	size_t columns = table->source->column_count, count;
	struct text *fields;

	if (extras && !extras_fill(filling, further))
		return false;
	count = columns + table->extra_count;
	filling->tables->fields += count;
	if (filling->tables->fields > XML_FIELDS_MOST)
		return false;
	fields = arena_take(filling->tables->arena, count, sizeof *fields);
	if (!fields || !row_room(filling->tables, table))
		return false;
	memcpy(fields, filling->fields, columns * sizeof *fields);
	memcpy(fields + columns, further, table->extra_count * sizeof *fields);
	table->rows[table->row_count++] = (struct xml_row){filling->group->line, count, fields};
	return true;
}

/* The row of one table. Own values are marked known, without `write`, before any table takes the
 * rest. */
static bool table_fill(struct filling *filling, bool write, bool extras)
{
	struct text fields[SOURCE_COLUMNS_MOST] = {0};

	filling->fields = fields;
	memset(filling->filled, 0, sizeof filling->filled);
	own_fill(filling);
	if (!write || !has_own(filling))
		return true;
	rest_fill(filling);
	return row_add(filling, extras);
}

/* A table of an element that none is named by, told by its key columns. */
static const char *element_by_keys(const struct xml_tables *tables, struct xml_group *group)
{
	for (size_t i = 0; i < tables->count; i++) {
		const struct source_table *source = tables->tables[i].source;
		bool all = !tables->tables[i].base && !source->names_children;

		for (size_t key = 0; all && key < source->key_count; key++)
			all = (int)source->keys[key] == source->child_column ||
			      value_of(group, &source->columns[source->keys[key]]);
		if (all)
			return source->xml_name;
	}
	return NULL;
}

/* What no table has a place for is a column that the HEADER does not know. */
static bool unknown_add(struct filling *filling, const char *name)
{
	for (size_t i = 0; i < filling->tables->count; i++)
		if (filling->tables->tables[i].source == filling->tables->header) {
			filling->table = &filling->tables->tables[i];
			return extra_of(filling, name) >= 0;
		}
	return true;
}

/* Values of the CHILD element itself that no row has taken. */
static bool child_rest(struct filling *filling)
{
	for (struct xml_value *value = filling->child->first; value; value = value->next)
		if (!value->known && !unknown_add(filling, value->name))
			return false;
	return true;
}

static bool group_add(struct filling *filling)
{
	struct xml_tables *tables = filling->tables;
	const char *element_name = filling->group->name, *element = element_name;
	bool first = true;

	if (!xml_tables_is_group(tables, element))
		element = element_by_keys(tables, filling->group);
	if (!element)
		return filling->group == filling->child || !filling->group->first ||
		       unknown_add(filling, element_name);
	for (int write = 0; write < 2; write++)
		for (size_t i = 0; i < tables->count; i++) {
			filling->table = &tables->tables[i];
			if (!same(filling->table->source->xml_name, element))
				continue;
			if (!table_fill(filling, write, write && first))
				return false;
			first = first && !write;
		}
	return true;
}

bool xml_tables_add_child(
	struct xml_tables *tables, struct xml_group *child, const char **out_unknown)
{
	struct filling filling = {.tables = tables, .child = child};
	const char *header = tables->header ? tables->header->xml_name : "";

	for (struct xml_group *group = child; group && !filling.header; group = group->next)
		if (!group->is_value && strcmp(group->name, header) == 0)
			filling.header = group;
	for (struct xml_group *group = child; group; group = group->next) {
		filling.group = group;
		if (!group->is_value && !group_add(&filling)) {
			*out_unknown = filling.unknown;
			return false;
		}
	}
	if (!xml_tables_is_group(tables, child->name) && !child_rest(&filling)) {
		*out_unknown = filling.unknown;
		return false;
	}
	return true;
}

static bool sheet_make(struct sheet *out_sheet, struct arena *arena, const struct xml_table *table)
{
	size_t columns = table->source->column_count, width = table->width + table->extra_count;
	size_t records = table->row_count + 1;
	uint32_t *lines = arena_take(arena, records, sizeof *lines);
	uint32_t *first_field = arena_take(arena, records + 1, sizeof *first_field);
	struct text *fields = arena_take(arena, records * width, sizeof *fields);

	if (!lines || !first_field || !fields)
		return false;
	lines[0] = 1;
	for (size_t i = 0; i < table->width; i++)
		fields[i] = text_of(table->source->columns[i].name);
	for (size_t i = 0; i < table->extra_count; i++)
		fields[table->width + i] = text_of(table->extras[i]);
	for (size_t i = 0; i < table->row_count; i++) {
		const struct xml_row *row = &table->rows[i];
		struct text *to = fields + (i + 1) * width;

		lines[i + 1] = row->line;
		memcpy(to, row->fields, table->width * sizeof *to);
		memcpy(to + table->width, row->fields + columns,
			(row->count - columns) * sizeof *to);
	}
	for (size_t i = 0; i <= records; i++)
		first_field[i] = (uint32_t)(i * width);
	*out_sheet = (struct sheet){table->source->name, records, lines, first_field, fields};
	return true;
}

bool xml_tables_sheets(const struct xml_tables *tables, struct sheet **out_sheets,
	size_t *out_count, struct error *error)
{
	struct sheet *sheets = arena_take(tables->arena, tables->count, sizeof *sheets);
	size_t count = 0;

	if (!sheets)
		return error_no_memory(error);
	for (size_t i = 0; i < tables->count; i++) {
		const struct xml_table *table = &tables->tables[i];

		if (table->row_count == 0)
			continue;
		if (!sheet_make(&sheets[count++], tables->arena, table))
			return error_no_memory(error);
	}
	*out_sheets = sheets;
	*out_count = count;
	return true;
}
