/* SPDX-License-Identifier: MIT */
/* Who the children are, in the order of their ids, and the facts of each. */
#include "base/date.h"
#include "cohort/history_build.h"

enum { FACT_BLANK = UINT8_MAX, CODES_MOST = 256, NUMBERS_MOST = 1 << 28 };

/* Columns of load_children that are codes, and the grouping each belongs to. */
enum { FACTS = 5 };
static const struct {
	int column;
	const char *set;
	enum grouping_id grouping;
} facts[FACTS] = {
	{7, "sex", GROUPING_SEX},
	{9, "ethnicity", GROUPING_ETHNIC_GROUP},
	{10, "flag", GROUPING_DISABILITY},
	{11, "flag", GROUPING_EHCP},
	{12, "flag", GROUPING_EXCLUDED},
};

/* What one row says of a child. */
struct child_row {
	struct row row;
	int32_t born;
	uint32_t authority;    /* of the intern, 0 for blank */
	uint8_t groups[FACTS]; /* FACT_BLANK for blank */
	uint8_t is_return;
};

struct child_rows {
	struct row_list list;
	struct units units;
	struct intern authorities;
	struct sealed_births births;
	size_t birth; /* the last one that was found */
	const struct code_set *sets[FACTS];
	uint8_t groups[FACTS][CODES_MOST]; /* of a code's number */
};

/* The group each code stands for; what stands for none is not recorded. */
static bool facts_open(
	struct child_rows *rows, const struct history_build *build, struct error *error)
{
	for (int f = 0; f < FACTS; f++) {
		const struct grouping *grouping =
			&build->history.schema->groupings[facts[f].grouping];

		if (!build_set(build, facts[f].set, &rows->sets[f], error))
			return false;
		for (size_t i = 0; i < rows->sets[f]->count; i++) {
			int group = grouping_find(grouping, rows->sets[f]->codes[i].group);

			rows->groups[f][i] = group < 0 ? grouping->count : (uint8_t)group;
		}
	}
	return true;
}

static bool child_read(struct child_rows *rows, struct history_build *build,
	const struct store_cursor *cursor, struct error *error)
{
	int year = store_integer(cursor, 1) ? (int)store_integer(cursor, 5) : UNIT_NATIVE;
	struct unit unit =
		build_unit(build, store_integer(cursor, 2), store_integer(cursor, 3), year);
	struct child_row *child = row_add(&rows->list);
	int64_t number = store_integer(cursor, 0);

	if (!child)
		return error_no_memory(error);
	if (number < 0 || number >= NUMBERS_MOST)
		return error_set(
			error, ERROR_LIMIT, "the record numbers children beyond %d", NUMBERS_MOST);
	child->row.child = (uint32_t)number;
	child->row.unit = unit_number(&rows->units, &unit);
	child->is_return = year != UNIT_NATIVE;
	if (!sealed_births_day(
		    &rows->births, store_integer(cursor, 8), &rows->birth, &child->born, error))
		return false;
	child->authority = intern_number(&rows->authorities, store_text(cursor, 6));
	for (int f = 0; f < FACTS; f++) {
		uint8_t code = build_code(rows->sets[f], store_text(cursor, facts[f].column));

		child->groups[f] = code == UINT8_MAX ? FACT_BLANK : rows->groups[f][code];
	}
	if (child->row.child >= build->numbers)
		build->numbers = child->row.child + (size_t)1;
	return child->row.unit != UINT32_MAX || error_no_memory(error);
}

static bool children_read(struct child_rows *rows, struct history_build *build, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!facts_open(rows, build, error) ||
		!sealed_births_open(&rows->births, build->scratch, build->store, error) ||
		!store_query(build->store, "load_children", &cursor, error))
		return false;
	while (true) {
		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			break;
		if (!child_read(rows, build, cursor, error))
			return false;
	}
	if (rows->authorities.failed)
		return error_no_memory(error);
	return units_rank(&rows->units, error);
}

/* The columns of children while they are filled. */
struct child_columns {
	int32_t *born;
	uint32_t *authority; /* of the intern */
	uint8_t *groups[FACTS];
};

static bool columns_take(
	struct child_columns *out_columns, struct history_build *build, struct error *error)
{
	size_t children = build->history.children;
	struct child_columns columns = {
		.born = arena_take_raw(build->arena, children, sizeof *columns.born),
		.authority = arena_take(build->scratch, children, sizeof *columns.authority),
	};
	bool done = columns.born && columns.authority;

	for (int f = 0; f < FACTS; f++) {
		columns.groups[f] = arena_take_raw(build->arena, children, 1);
		done = done && columns.groups[f];
		if (columns.groups[f])
			memset(columns.groups[f],
				build->history.schema->groupings[facts[f].grouping].count,
				children);
		build->history.groups[facts[f].grouping] = columns.groups[f];
	}
	for (size_t i = 0; done && i < children; i++)
		columns.born[i] = DATE_MISSING;
	build->history.born = columns.born;
	*out_columns = columns;
	return done || error_no_memory(error);
}

/* A blank never wins. */
static void child_overlay(
	struct child_columns *columns, uint32_t child, const struct child_row *row)
{
	if (row->born != DATE_MISSING)
		columns->born[child] = row->born;
	if (row->authority != 0)
		columns->authority[child] = row->authority;
	for (int f = 0; f < FACTS; f++)
		if (row->groups[f] != FACT_BLANK)
			columns->groups[f][child] = row->groups[f];
}

/* The last row of each source of each child, by rank of its unit and then by line. */
static bool rows_latest(struct history_build *build, const struct child_rows *rows,
	uint32_t *latest[2], struct error *error)
{
	for (int source = 0; source < 2; source++) {
		latest[source] = arena_take_raw(
			build->scratch, build->history.children, sizeof *latest[source]);
		if (!latest[source])
			return error_no_memory(error);
		memset(latest[source], 0xff, build->history.children * sizeof *latest[source]);
	}
	for (size_t i = 0; i < rows->list.count; i++) {
		const struct child_row *row = row_at(&rows->list, i);
		uint32_t child = build_child(build, row->row.child);
		uint32_t *last = child == HISTORY_NONE ? NULL : &latest[row->is_return][child];
		const struct child_row *before;

		if (!last)
			continue;
		before = *last == HISTORY_NONE ? NULL : row_at(&rows->list, *last);
		if (!before || rows->units.all[before->row.unit].rank <=
				       rows->units.all[row->row.unit].rank)
			*last = (uint32_t)i;
	}
	return true;
}

/* Header and children.csv are two sources of one child: of the last row of each, the later wins
 * fact by fact. */
static bool children_merge(struct history_build *build, const struct child_rows *rows,
	struct child_columns *columns, struct error *error)
{
	uint32_t *latest[2];

	if (!rows_latest(build, rows, latest, error))
		return false;
	for (size_t c = 0; c < build->history.children; c++) {
		const struct child_row *native = NULL, *returned = NULL;
		bool native_first;

		if (latest[0][c] != HISTORY_NONE)
			native = row_at(&rows->list, latest[0][c]);
		if (latest[1][c] != HISTORY_NONE)
			returned = row_at(&rows->list, latest[1][c]);
		native_first = native && returned &&
			       rows->units.all[native->row.unit].rank <
				       rows->units.all[returned->row.unit].rank;
		if (native && native_first)
			child_overlay(columns, (uint32_t)c, native);
		if (returned)
			child_overlay(columns, (uint32_t)c, returned);
		if (native && !native_first)
			child_overlay(columns, (uint32_t)c, native);
	}
	return true;
}

/* Numbers authorities in the order of their names' bytes. */
static bool authorities_place(struct history_build *build, struct intern *authorities,
	const uint32_t *recorded, struct error *error)
{
	size_t count = authorities->count - 1, children = build->history.children;
	uint32_t *order = arena_take_raw(build->scratch, count, sizeof *order);
	uint16_t *number = arena_take(build->scratch, count + 1, sizeof *number);
	struct text *names = arena_take_raw(build->arena, count, sizeof *names);
	uint16_t *column = arena_take_raw(build->arena, children, sizeof *column);

	if (!order || !number || !names || !column)
		return error_no_memory(error);
	if (count >= UINT16_MAX)
		return error_set(
			error, ERROR_LIMIT, "the record names more than 65,534 authorities");
	if (!texts_sort(build->scratch, authorities->texts + 1, count, order, error))
		return false;
	number[0] = UINT16_MAX;
	for (size_t i = 0; i < count; i++) {
		names[i] = authorities->texts[order[i] + 1];
		number[order[i] + 1] = (uint16_t)i;
	}
	for (size_t c = 0; c < children; c++)
		column[c] = number[recorded[c]];
	build->history.authority = column;
	build->history.authorities = names;
	build->history.authority_count = count;
	return true;
}

bool build_children(struct history_build *build, struct error *error)
{
	struct arena_mark mark = arena_mark(build->scratch);
	struct child_rows *rows = arena_take(build->scratch, 1, sizeof *rows);
	struct child_columns columns;

	if (!rows)
		return error_no_memory(error);
	rows->list = (struct row_list){.arena = build->scratch, .size = sizeof(struct child_row)};
	rows->units.arena = build->scratch;
	rows->authorities = intern_in(build->arena);
	if (!children_read(rows, build, error) || !build_ids(build, &rows->list, error) ||
		!columns_take(&columns, build, error) ||
		!children_merge(build, rows, &columns, error) ||
		!authorities_place(build, &rows->authorities, columns.authority, error))
		return false;
	arena_release(build->scratch, mark);
	return true;
}
