/* SPDX-License-Identifier: MIT */
#include "bare.h"

#include <stdlib.h>

#include "base/file.h"

enum { FIELDS_MOST = 16 };

/* A file of plain fields without quotes, a row after another. */
struct rows {
	struct text rest;
	struct text fields[FIELDS_MOST];
	size_t count;
};

static bool next_row(struct rows *rows)
{
	struct text line;

	if (!text_split(&rows->rest, '\n', &line) || line.length == 0)
		return false;
	rows->count = 0;
	for (const char *at = line.data, *end = at + line.length; at <= end && rows->count < 16;) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma ? comma : end;

		rows->fields[rows->count++] = (struct text){at, (size_t)(stop - at)};
		at = stop + 1;
	}
	return true;
}

static bool open_rows(struct rows *out_rows, struct arena *arena, const char *folder,
	const char *name, size_t *out_lines, struct error *error)
{
	const char *path = arena_format(arena, "%s/%s", folder, name);
	struct file_map map;

	if (!path)
		return error_no_memory(error);
	if (!file_map_open(&map, path, (size_t)1 << 32, error))
		return false;
	*out_rows = (struct rows){.rest = map.bytes};
	*out_lines = 0;
	for (size_t i = 0; i < map.bytes.length; i++)
		*out_lines += map.bytes.data[i] == '\n';
	return next_row(out_rows) || error_set(error, ERROR_INPUT, "%s is empty", path);
}

static uint32_t whole(struct text text)
{
	uint32_t number = 0;

	for (size_t i = 0; i < text.length; i++)
		number = number * 10 + (uint32_t)(text.data[i] - '0');
	return number;
}

static int32_t day_of(struct text text)
{
	int32_t day = INT32_MAX;

	return text.length && date_parse(text, &day) ? day : INT32_MAX;
}

static uint8_t code_of(enum workload_grouping grouping, struct text text)
{
	return (uint8_t)workload_code(grouping, text.data, text.length);
}

static bool load_children(struct bare *bare, struct text **out_ids, struct arena *arena,
	const char *folder, struct error *error)
{
	struct rows rows;
	struct text *ids;
	size_t lines, n = 0;

	if (!open_rows(&rows, arena, folder, "children.csv", &lines, error))
		return false;
	ids = arena_take_raw(arena, lines, sizeof *ids);
	bare->sex = arena_take_raw(arena, lines, 1);
	bare->ethnic_group = arena_take_raw(arena, lines, 1);
	bare->disability = arena_take_raw(arena, lines, 1);
	bare->ehcp = arena_take_raw(arena, lines, 1);
	bare->excluded = arena_take_raw(arena, lines, 1);
	bare->born = arena_take_raw(arena, lines, sizeof *bare->born);
	bare->care_start = arena_take_raw(arena, lines, sizeof *bare->care_start);
	if (!ids || !bare->sex || !bare->ethnic_group || !bare->disability || !bare->ehcp ||
		!bare->excluded || !bare->born || !bare->care_start)
		return error_no_memory(error);
	for (; next_row(&rows); n++) {
		ids[n] = rows.fields[0];
		bare->sex[n] = rows.fields[1].data[0] == 'f';
		bare->born[n] = day_of(rows.fields[2]);
		bare->ethnic_group[n] = code_of(WORKLOAD_ETHNIC_GROUP, rows.fields[3]);
		bare->disability[n] = rows.fields[4].data[0] == '0';
		bare->ehcp[n] = rows.fields[5].data[0] == '0';
		bare->excluded[n] = rows.fields[6].data[0] == '0';
		bare->care_start[n] = day_of(rows.fields[7]);
	}
	bare->children = n;
	*out_ids = ids;
	return true;
}

/* The child of a row, at or after *child; rows are in the order of children. */
static void reach(const struct bare *bare, const struct text *ids, struct text id, size_t *child,
	uint32_t *first, size_t row)
{
	while (*child < bare->children && !text_equal(ids[*child], id))
		first[++*child] = (uint32_t)row;
}

static void close_first(const struct bare *bare, size_t child, uint32_t *first, size_t rows)
{
	while (child < bare->children)
		first[++child] = (uint32_t)rows;
}

static bool load_assessments(struct bare *bare, const struct text *ids, struct arena *arena,
	const char *folder, struct error *error)
{
	size_t lines, row = 0, child = 0;
	struct rows rows;

	if (!open_rows(&rows, arena, folder, "assessments.csv", &lines, error))
		return false;
	bare->first_assessment = arena_take(arena, bare->children + 1, sizeof(uint32_t));
	bare->assessed_on = arena_take_raw(arena, lines, sizeof *bare->assessed_on);
	bare->scores = arena_take(arena, lines, sizeof *bare->scores);
	if (!bare->first_assessment || !bare->assessed_on || !bare->scores)
		return error_no_memory(error);
	for (; next_row(&rows); row++) {
		reach(bare, ids, rows.fields[0], &child, bare->first_assessment, row);
		bare->assessed_on[row] = day_of(rows.fields[1]);
		for (int d = 0; d < WORKLOAD_DOMAINS; d++)
			bare->scores[row][d] = (uint8_t)whole(rows.fields[2 + d]);
	}
	close_first(bare, child, bare->first_assessment, row);
	return true;
}

static bool load_placements(struct bare *bare, const struct text *ids, struct arena *arena,
	const char *folder, struct error *error)
{
	size_t lines, row = 0, child = 0;
	struct rows rows;

	if (!open_rows(&rows, arena, folder, "placements.csv", &lines, error))
		return false;
	bare->first_placement = arena_take(arena, bare->children + 1, sizeof(uint32_t));
	bare->start = arena_take_raw(arena, lines, sizeof *bare->start);
	bare->end = arena_take_raw(arena, lines, sizeof *bare->end);
	bare->kind = arena_take_raw(arena, lines, 1);
	bare->cost = arena_take_raw(arena, lines, sizeof *bare->cost);
	if (!bare->first_placement || !bare->start || !bare->end || !bare->kind || !bare->cost)
		return error_no_memory(error);
	for (; next_row(&rows); row++) {
		reach(bare, ids, rows.fields[0], &child, bare->first_placement, row);
		bare->start[row] = day_of(rows.fields[1]);
		bare->end[row] = day_of(rows.fields[2]);
		bare->kind[row] = code_of(WORKLOAD_PLACEMENT_KIND, rows.fields[3]);
		bare->cost[row] = whole(rows.fields[4]);
	}
	close_first(bare, child, bare->first_placement, row);
	return true;
}

bool bare_load(struct bare *out_bare, struct arena *arena, const char *folder, struct error *error)
{
	struct bare bare = {.children = 0};
	struct text *ids = NULL;

	if (!load_children(&bare, &ids, arena, folder, error) ||
		!load_assessments(&bare, ids, arena, folder, error) ||
		!load_placements(&bare, ids, arena, folder, error))
		return false;
	*out_bare = bare;
	return true;
}
