/* SPDX-License-Identifier: MIT */
/* Needs assessments: the completed ones of one framework version. Strengths and difficulties scores
 * of the 903 return stand here too. */
#include "base/date.h"
#include "cohort/history_build.h"

struct assessment_row {
	struct row row; /* key: the day */
	uint8_t scores[DOMAINS_MOST];
};

struct sdq_row {
	struct row row; /* key: the collection year */
	int64_t score;
};

static bool assessment_read(struct history_build *build, struct row_list *list, struct units *units,
	const struct store_cursor *cursor, int64_t framework, struct error *error)
{
	struct unit unit = build_unit(build, store_integer(cursor, 1), 0, UNIT_NATIVE);
	uint32_t child = build_child(build, store_integer(cursor, 0));
	int32_t day = build_date(cursor, 4);
	struct text scores = store_text(cursor, 6);
	struct assessment_row *assessment;

	if (child == HISTORY_NONE)
		return true;
	build_day(build, day, &unit);
	if (store_integer(cursor, 5) != framework) {
		build->history.other_framework_assessments++;
		return true;
	}
	if (scores.length != build->history.framework->domain_count)
		return error_set(error, ERROR_CONFLICT,
			"an assessment has another number of domains than its framework");
	assessment = row_add(list);
	if (!assessment)
		return error_no_memory(error);
	assessment->row = (struct row){child, unit_number(units, &unit), day};
	memcpy(assessment->scores, scores.data, scores.length);
	return assessment->row.unit != UINT32_MAX || error_no_memory(error);
}

static bool assessments_read(struct history_build *build, struct row_list *list,
	struct units *units, struct error *error)
{
	struct store_cursor *cursor;
	int64_t framework;
	bool row;

	if (!store_framework(build->store, build->history.framework, &framework, error) ||
		!store_query(build->store, "load_assessments", &cursor, error))
		return false;
	while (true) {
		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			return true;
		if (!assessment_read(build, list, units, cursor, framework, error))
			return false;
	}
}

/* Leaves out the partial ones and counts them. */
static void assessments_set_partial_aside(struct history_build *build, struct row_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct assessment_row *row = row_at(list, i);

		if (row->row.child != HISTORY_NONE &&
			memchr(row->scores, SCORE_BLANK, build->history.framework->domain_count)) {
			build->history.partial_assessments++;
			row->row.child = HISTORY_NONE;
		}
	}
}

static bool assessments_give(struct history_build *build, const struct row_list *list,
	const struct row_order *order, struct error *error)
{
	size_t count = order->first[build->history.children];
	int32_t *assessed_on = arena_take_raw(build->arena, count, sizeof *assessed_on);
	uint8_t(*scores)[DOMAINS_MOST] = arena_take_raw(build->arena, count, sizeof *scores);
	uint16_t *total = arena_take_raw(build->arena, count, sizeof *total);

	if (!assessed_on || !scores || !total)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		const struct assessment_row *row = row_at(list, order->order[i]);
		unsigned sum = 0;

		for (size_t d = 0; d < DOMAINS_MOST; d++)
			sum += row->scores[d];
		assessed_on[i] = (int32_t)row->row.key;
		memcpy(scores[i], row->scores, DOMAINS_MOST);
		total[i] = (uint16_t)sum;
	}
	build->history.assessments = (struct history_assessments){
		assessed_on, (const uint8_t(*)[DOMAINS_MOST])scores, total};
	return true;
}

/* first[children + 1] of an order, in the arena of the history. */
static bool first_keep(struct history_build *build, const struct row_order *order,
	const uint32_t **out_first, struct error *error)
{
	size_t count = build->history.children + 1;
	uint32_t *first = arena_take_raw(build->arena, count, sizeof *first);

	if (!first)
		return error_no_memory(error);
	memcpy(first, order->first, count * sizeof *first);
	*out_first = first;
	return true;
}

bool build_assessments(struct history_build *build, struct error *error)
{
	struct arena_mark mark = arena_mark(build->scratch);
	struct row_list list = {.arena = build->scratch, .size = sizeof(struct assessment_row)};
	struct units units = {.arena = build->scratch};
	struct row_order order;

	/* the same assessment in a later import is the same one: it stands as the later row */
	if (!assessments_read(build, &list, &units, error) ||
		!rows_drop_repeats(&list, &units, REPEATS_LAST_STANDS, error))
		return false;
	assessments_set_partial_aside(build, &list);
	if (!rows_order(&order, build->scratch, &list, build->history.children, error) ||
		!assessments_give(build, &list, &order, error) ||
		!first_keep(build, &order, &build->history.first_assessment, error))
		return false;
	arena_release(build->scratch, mark);
	return true;
}

static bool sdq_read(struct history_build *build, struct row_list *list, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(build->store, "load_sdq", &cursor, error))
		return false;
	while (true) {
		uint32_t child;
		struct sdq_row *sdq;

		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			return true;
		child = build_child(build, store_integer(cursor, 0));
		if (child == HISTORY_NONE || store_is_null(cursor, 5))
			continue;
		sdq = row_add(list);
		if (!sdq)
			return error_no_memory(error);
		*sdq = (struct sdq_row){
			{child, 0, store_integer(cursor, 4)}, store_integer(cursor, 5)};
	}
}

/* One score a child and collection year: of several, the later row's. */
bool build_sdq(struct history_build *build, struct error *error)
{
	struct row_list list = {.arena = build->scratch, .size = sizeof(struct sdq_row)};
	size_t children = build->history.children, kept = 0;
	uint32_t *first = arena_take_raw(build->arena, children + 1, sizeof *first);
	struct row_order order;
	int16_t *year;
	uint8_t *score;

	if (!first)
		return error_no_memory(error);
	if (!sdq_read(build, &list, error) ||
		!rows_order(&order, build->scratch, &list, children, error))
		return false;
	year = arena_take_raw(build->arena, order.first[children], sizeof *year);
	score = arena_take_raw(build->arena, order.first[children], sizeof *score);
	if (!year || !score)
		return error_no_memory(error);
	first[0] = 0;
	for (size_t c = 0; c < children; c++) {
		for (uint32_t i = order.first[c]; i < order.first[c + 1]; i++) {
			const struct sdq_row *row = row_at(&list, order.order[i]);

			if (kept > first[c] && year[kept - 1] == row->row.key)
				kept--;
			year[kept] = (int16_t)row->row.key;
			score[kept++] = (uint8_t)row->score;
		}
		first[c + 1] = (uint32_t)kept;
	}
	build->history.first_sdq = first;
	build->history.sdq_year = year;
	build->history.sdq_score = score;
	return true;
}
