/* SPDX-License-Identifier: MIT */
/* Cost lines: those of one import add up; a line that a later import repeats counts once. */
#include "base/date.h"
#include "cohort/history_build.h"

struct cost_row {
	struct row row; /* key: from */
	int64_t pence;
	int32_t to;
	uint8_t element, paid_by; /* 255 for blank */
	uint16_t nothing;	  /* rows are compared as bytes: no gap may hold chance */
};

struct cost_sets {
	const struct code_set *element, *paid_by;
};

static bool cost_read(struct history_build *build, struct row_list *list, struct units *units,
	const struct store_cursor *cursor, const struct cost_sets *sets, struct error *error)
{
	struct unit unit = {.import = store_integer(cursor, 1), .year = UNIT_NATIVE};
	uint32_t child = build_child(build, store_integer(cursor, 0));
	struct cost_row *cost;

	if (child == HISTORY_NONE)
		return true;
	cost = row_add(list);
	if (!cost)
		return error_no_memory(error);
	*cost = (struct cost_row){
		.row = {child, unit_number(units, &unit), build_date(cursor, 4)},
		.pence = store_integer(cursor, 6),
		.to = build_date(cursor, 5),
		.element = build_code(sets->element, store_text(cursor, 7)),
		.paid_by = build_code(sets->paid_by, store_text(cursor, 8)),
	};
	return cost->row.unit != UINT32_MAX || error_no_memory(error);
}

static bool costs_read(struct history_build *build, struct row_list *list, struct units *units,
	struct error *error)
{
	struct store_cursor *cursor;
	struct cost_sets sets;
	bool row;

	if (!build_set(build, "element", &sets.element, error) ||
		!build_set(build, "paid_by", &sets.paid_by, error) ||
		!store_query(build->store, "load_costs", &cursor, error))
		return false;
	while (true) {
		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			return true;
		if (!cost_read(build, list, units, cursor, &sets, error))
			return false;
	}
}

bool build_costs(struct history_build *build, struct error *error)
{
	struct arena_mark mark = arena_mark(build->scratch);
	struct row_list list = {.arena = build->scratch, .size = sizeof(struct cost_row)};
	struct units units = {.arena = build->scratch};
	size_t children = build->history.children, count;
	struct row_order order;
	uint32_t *first = arena_take_raw(build->arena, children + 1, sizeof *first);
	int32_t *from, *to;
	int64_t *pence;
	uint8_t *element;

	if (!first)
		return error_no_memory(error);
	if (!costs_read(build, &list, &units, error) ||
		!rows_drop_repeats(&list, &units, REPEATS_FIRST_STANDS, error) ||
		!rows_order(&order, build->scratch, &list, children, error))
		return false;
	memcpy(first, order.first, (children + 1) * sizeof *first);
	count = first[children];
	from = arena_take_raw(build->arena, count, sizeof *from);
	to = arena_take_raw(build->arena, count, sizeof *to);
	pence = arena_take_raw(build->arena, count, sizeof *pence);
	element = arena_take_raw(build->arena, count, 1);
	if (!from || !to || !pence || !element)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		const struct cost_row *row = row_at(&list, order.order[i]);

		from[i] = (int32_t)row->row.key;
		to[i] = row->to;
		pence[i] = row->pence;
		element[i] = row->element;
	}
	build->history.first_cost = first;
	build->history.costs = (struct history_costs){from, to, pence, element};
	arena_release(build->scratch, mark);
	return true;
}
