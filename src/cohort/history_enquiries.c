/* SPDX-License-Identifier: MIT */
/* The foster-carer pipeline; a row that a later import repeats counts once. */
#include "base/date.h"
#include "cohort/history_build.h"

struct enquiry_row {
	struct row row; /* key: none; child 0 */
	int32_t entered, left, huddle_on;
	uint32_t enquiry, reason, note; /* of the interns */
	uint8_t stage, outcome;
	uint16_t nothing[3]; /* rows are compared as bytes: no gap may hold chance */
};

struct enquiry_rows {
	struct row_list list;
	struct units units;
	struct intern reasons, texts;
	const struct code_set *stages, *outcomes;
};

static bool enquiry_read(
	struct enquiry_rows *rows, const struct store_cursor *cursor, struct error *error)
{
	struct unit unit = {.import = store_integer(cursor, 7), .year = UNIT_NATIVE};
	struct enquiry_row *enquiry = row_add(&rows->list);

	if (!enquiry)
		return error_no_memory(error);
	*enquiry = (struct enquiry_row){
		.row = {0, unit_number(&rows->units, &unit), 0},
		.entered = build_date(cursor, 2),
		.left = build_date(cursor, 3),
		.huddle_on = build_date(cursor, 6),
		.enquiry = intern_number(&rows->texts, store_text(cursor, 0)),
		.reason = intern_number(&rows->reasons, store_text(cursor, 5)),
		.note = intern_number(&rows->texts, store_text(cursor, 8)),
		.stage = build_code(rows->stages, store_text(cursor, 1)),
		.outcome = build_code(rows->outcomes, store_text(cursor, 4)),
	};
	return enquiry->row.unit != UINT32_MAX || error_no_memory(error);
}

static bool enquiries_read(
	struct enquiry_rows *rows, struct history_build *build, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!build_set(build, "stage", &rows->stages, error) ||
		!build_set(build, "outcome", &rows->outcomes, error) ||
		!store_query(build->store, "load_enquiries", &cursor, error))
		return false;
	while (true) {
		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			break;
		if (!enquiry_read(rows, cursor, error))
			return false;
	}
	return (!rows->reasons.failed && !rows->texts.failed) || error_no_memory(error);
}

static bool enquiries_give(
	struct history_build *build, const struct enquiry_rows *rows, struct error *error)
{
	size_t count = rows->list.count, kept = 0;
	uint8_t *stage = arena_take_raw(build->arena, count, 1);
	uint8_t *outcome = arena_take_raw(build->arena, count, 1);
	int32_t *entered = arena_take_raw(build->arena, count, sizeof *entered);
	int32_t *left = arena_take_raw(build->arena, count, sizeof *left);
	struct text *reason = arena_take_raw(build->arena, count, sizeof *reason);

	if (!stage || !outcome || !entered || !left || !reason)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		const struct enquiry_row *row = row_at(&rows->list, i);

		if (row->row.child == HISTORY_NONE)
			continue;
		stage[kept] = row->stage;
		outcome[kept] = row->outcome;
		entered[kept] = row->entered;
		left[kept] = row->left;
		reason[kept++] = rows->reasons.texts[row->reason];
	}
	build->history.enquiries =
		(struct history_enquiries){kept, stage, outcome, entered, left, reason};
	return true;
}

bool build_enquiries(struct history_build *build, struct error *error)
{
	struct enquiry_rows rows = {
		.list = {.arena = build->scratch, .size = sizeof(struct enquiry_row)},
		.units = {.arena = build->scratch},
		.reasons = intern_in(build->arena),
		.texts = intern_in(build->scratch),
	};

	return enquiries_read(&rows, build, error) &&
	       rows_drop_repeats(&rows.list, &rows.units, REPEATS_FIRST_STANDS, error) &&
	       enquiries_give(build, &rows, error);
}
