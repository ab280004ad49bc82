/* SPDX-License-Identifier: MIT */
#include "schema/read.h"

/* A council's mapping of PLACE and PLACE_PROVIDER while it is read. */
struct mapping {
	const struct schema *schema;
	const struct code_set *places;
	const struct code_set *providers;
	uint8_t *kinds;
	const struct data_rows *rows;
	size_t row;
	struct error *error;
};

static uint8_t *mapping_at(const struct mapping *mapping, size_t place, size_t provider)
{
	return &mapping->kinds[place * (mapping->providers->count + 1) + provider];
}

static bool pair_set(const struct mapping *mapping, size_t place, size_t provider, uint8_t kind)
{
	uint8_t *cell = mapping_at(mapping, place, provider);

	if (*cell != mapping->schema->groupings[GROUPING_PLACEMENT_KIND].count)
		return data_wrong(mapping->rows, mapping->row, mapping->error,
			"the place %s with this provider is mapped a second time",
			mapping->places->codes[place].code.data);
	*cell = kind;
	return true;
}

/* A place with each of the providers listed: codes, "blank", or "any". */
static bool place_set(const struct mapping *mapping, size_t place, uint8_t kind)
{
	struct text rest = data_text(mapping->rows, mapping->row, 1), word;

	if (text_is(rest, "any")) {
		for (size_t provider = 0; provider <= mapping->providers->count; provider++)
			if (!pair_set(mapping, place, provider, kind))
				return false;
		return true;
	}
	while (text_split(&rest, ' ', &word)) {
		int provider = text_is(word, "blank") ? (int)mapping->providers->count
						      : code_set_find(mapping->providers, word);

		if (provider < 0)
			return data_wrong(mapping->rows, mapping->row, mapping->error,
				"there is no provider \"%.*s\"", (int)word.length, word.data);
		if (!pair_set(mapping, place, (size_t)provider, kind))
			return false;
	}
	return true;
}

static bool row_set(const struct mapping *mapping)
{
	const struct grouping *kinds = &mapping->schema->groupings[GROUPING_PLACEMENT_KIND];
	struct text rest = data_text(mapping->rows, mapping->row, 0), word;
	int kind = grouping_find(kinds, data_text(mapping->rows, mapping->row, 2));

	if (kind < 0)
		return data_wrong(mapping->rows, mapping->row, mapping->error,
			"there is no placement_kind \"%.40s\"",
			data_cell(mapping->rows, mapping->row, 2));
	while (text_split(&rest, ' ', &word)) {
		int place = code_set_find(mapping->places, word);

		if (place < 0)
			return data_wrong(mapping->rows, mapping->row, mapping->error,
				"there is no place \"%.*s\"", (int)word.length, word.data);
		if (!place_set(mapping, (size_t)place, (uint8_t)kind))
			return false;
	}
	return true;
}

/* The group of each pair is that of its kind. */
static bool groups_derive(
	struct schema *schema, struct arena *arena, const uint8_t *kinds, size_t pairs)
{
	const struct grouping *grouping = &schema->groupings[GROUPING_PLACEMENT_KIND];
	uint8_t *groups = arena_take(arena, pairs, sizeof *groups);

	if (!groups)
		return false;
	for (size_t i = 0; i < pairs; i++)
		groups[i] = kinds[i] < grouping->count
				    ? grouping->parent[kinds[i]]
				    : schema->groupings[GROUPING_PLACEMENT_GROUP].count;
	schema->placement_group = groups;
	schema->placement_kind = kinds;
	return true;
}

static bool temporary_derive(
	struct schema *schema, struct arena *arena, const struct code_set *places)
{
	uint8_t *temporary = arena_take(arena, places->count, sizeof *temporary);

	if (!temporary)
		return false;
	for (size_t i = 0; i < places->count; i++)
		temporary[i] = text_is(places->codes[i].group, "temporary");
	schema->place_temporary = temporary;
	return true;
}

bool placements_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	static const char *const columns[] = {"places", "providers", "placement_kind"};
	struct data_rows rows;
	struct mapping mapping = {.schema = schema,
		.places = schema_code_set(schema, "place"),
		.providers = schema_code_set(schema, "place_provider"),
		.rows = &rows,
		.error = error};
	size_t pairs = (mapping.places->count + 1) * (mapping.providers->count + 1);

	if (!data_file_read(&rows, arena, files, "groupings/placements.csv", columns, 3, error))
		return false;
	mapping.kinds = arena_take(arena, pairs, sizeof *mapping.kinds);
	if (!mapping.kinds)
		return error_no_memory(error);
	memset(mapping.kinds, schema->groupings[GROUPING_PLACEMENT_KIND].count, pairs);
	for (mapping.row = 0; mapping.row < rows.count; mapping.row++)
		if (!row_set(&mapping))
			return false;
	schema->place_count = mapping.places->count;
	schema->provider_count = mapping.providers->count;
	return (groups_derive(schema, arena, mapping.kinds, pairs) &&
		       temporary_derive(schema, arena, mapping.places)) ||
	       error_no_memory(error);
}
