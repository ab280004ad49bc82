/* SPDX-License-Identifier: MIT */
#include "import/settle.h"

#include "base/parallel.h"
#include "import/hash.h"

enum { SETTLE_FIRST_SLOTS = 4096, SETTLE_AHEAD = 8, SETTLE_ROUNDING = 64 * 1024 };

static bool settle_take_columns(struct settle *settle)
{
	const struct intake *intake = settle->check->intake;

	for (size_t i = 0; i < intake->table->column_count; i++) {
		size_t width = check_width(intake->table->columns[i].kind);

		if (intake->field_of[i] < 0)
			continue;
		settle->columns[i].any = arena_take_raw(settle->arena, settle->capacity, width);
		if (!settle->columns[i].any)
			return false;
	}
	return true;
}

/* The most rows that the table can hold. */
static size_t settle_most(const struct intake *intake, size_t text_length)
{
	size_t lines = intake->survey.lines + 1, widths = text_length / intake->field_count + 1;

	if (intake->sheet)
		return intake->sheet->records;
	return lines < widths ? lines : widths;
}

size_t settle_bytes(const struct intake *intake, size_t text_length)
{
	/* line, year, child, hash and place of a row */
	size_t width = 3 * sizeof(uint32_t) + sizeof(uint16_t) + sizeof(uint64_t);
	size_t rows = settle_most(intake, text_length);

	for (size_t i = 0; i < intake->table->column_count; i++) {
		if (intake->field_of[i] >= 0)
			width += check_width(intake->table->columns[i].kind);
	}
	return rows * width + SETTLE_ROUNDING;
}

bool settle_open(struct settle *settle, struct error *error)
{
	size_t most = settle_most(settle->check->intake, settle->check->text.length);
	bool names = settle->check->intake->table->names_children;

	settle->line = settle->check->sheet ? 0 : settle->check->intake->data_line;
	settle->capacity = most;
	settle->mark = arena_mark(settle->arena);
	if (!repeats_open(&settle->repeats, settle->arena, most, error))
		return false;
	settle->lines = arena_take_raw(settle->arena, most, sizeof *settle->lines);
	settle->years = arena_take_raw(settle->arena, most, sizeof *settle->years);
	settle->children_of = arena_take_raw(settle->arena, most, sizeof *settle->children_of);
	for (int i = 0; i < 2; i++)
		settle->compared[i] = arena_take_raw(settle->arena, 1, sizeof *settle->compared[i]);
	if (names) {
		settle->firsts.arena = arena_open();
		settle->firsts.slot_mask = SETTLE_FIRST_SLOTS - 1;
		if (settle->firsts.arena)
			settle->firsts.slots = arena_take(
				settle->firsts.arena, SETTLE_FIRST_SLOTS, sizeof(uint64_t));
	}
	if (!settle->lines || !settle->years || !settle->children_of || !settle->compared[0] ||
		!settle->compared[1] || (names && !settle->firsts.slots) ||
		!settle_take_columns(settle))
		return error_no_memory(error);
	return true;
}

void settle_close(struct settle *settle)
{
	repeats_close(&settle->repeats);
	arena_close(settle->firsts.arena);
	arena_release(settle->arena, settle->mark);
	settle->firsts.arena = NULL;
}

static void settle_read(struct settle *settle, struct csv_record *record, uint32_t place)
{
	const struct check *check = settle->check;
	struct csv_reader reader =
		csv_open((struct text){check->text.data + place, check->text.length - place}, ',',
			settle->arena);

	if (!csv_next(&reader, record))
		record->count = 0;
}

static bool settle_same_sheet_rows(const struct sheet *sheet, uint32_t place, uint32_t other)
{
	size_t one = sheet->first_field[place], one_end = sheet->first_field[place + 1];
	size_t two = sheet->first_field[other], two_end = sheet->first_field[other + 1];

	while (one < one_end || two < two_end) {
		struct text a = one < one_end ? sheet->fields[one++] : TEXT("");
		struct text b = two < two_end ? sheet->fields[two++] : TEXT("");

		if (!text_equal(a, b))
			return false;
	}
	return true;
}

static bool settle_same(void *context, uint32_t place, uint32_t other)
{
	struct settle *settle = context;
	struct arena_mark mark = arena_mark(settle->arena);
	const struct csv_record *one = settle->compared[0], *two = settle->compared[1];
	bool same;

	if (settle->check->sheet)
		return settle_same_sheet_rows(settle->check->sheet, place, other);
	settle_read(settle, settle->compared[0], place);
	settle_read(settle, settle->compared[1], other);
	same = one->count == two->count && one->count <= CSV_FIELDS_MOST;
	for (size_t i = 0; same && i < one->count; i++)
		same = text_equal(one->fields[i], two->fields[i]);
	arena_release(settle->arena, mark);
	return same;
}

static uint64_t *settle_first_slot(const struct settle_firsts *firsts, uint64_t key)
{
	size_t slot = hash_fold(key, UINT64_C(0xe7037ed1a0b428db)) & firsts->slot_mask;

	while (firsts->slots[slot] && firsts->slots[slot] != key)
		slot = (slot + 1) & firsts->slot_mask;
	return &firsts->slots[slot];
}

static bool settle_grow_firsts(struct settle_firsts *firsts)
{
	struct settle_firsts more = {.arena = arena_open(),
		.count = firsts->count,
		.slot_mask = firsts->slot_mask * 2 + 1};

	if (more.arena)
		more.slots = arena_take(more.arena, more.slot_mask + 1, sizeof *more.slots);
	if (!more.slots) {
		arena_close(more.arena);
		return false;
	}
	for (size_t i = 0; i <= firsts->slot_mask; i++) {
		if (firsts->slots[i])
			*settle_first_slot(&more, firsts->slots[i]) = firsts->slots[i];
	}
	arena_close(firsts->arena);
	*firsts = more;
	return true;
}

/* Whether it is the first row of this child and year; *out_done is false when memory ran out. */
static bool settle_is_first(
	struct settle_firsts *firsts, uint32_t child, uint16_t year, bool *out_done)
{
	uint64_t key = ((uint64_t)child + 1) << 16 | year, *slot;

	*out_done = true;
	if (firsts->count * 2 > firsts->slot_mask && !settle_grow_firsts(firsts)) {
		*out_done = false;
		return true;
	}
	slot = settle_first_slot(firsts, key);
	if (*slot)
		return false;
	*slot = key;
	firsts->count++;
	return true;
}

/* A finding about the row as a whole or about its child. */
static void settle_tell(
	struct settle *settle, uint32_t line, enum problem_kind kind, struct text child)
{
	const struct intake *intake = settle->check->intake;
	struct finding finding = {.kind = kind, .line = line, .column = TEXT(""), .value = child};

	if (child.length)
		finding.column = intake->fields[intake->field_of[intake->table->child_column]].name;
	problem_log_add(settle->log, settle->check->intake->file, &finding);
}

static bool settle_is_named(struct settle *settle, uint32_t number, struct text id)
{
	struct child *child = &settle->children->list[number];

	if (child->state == CHILD_UNASKED)
		child->state = settle->sink->knows_child &&
					       settle->sink->knows_child(settle->sink->context, id)
				       ? CHILD_NAMED
				       : CHILD_UNNAMED;
	return child->state == CHILD_NAMED;
}

/* The row's child: whether a row of it stands already, or whether nobody names it. */
static bool settle_child(
	struct settle *settle, struct check_piece *piece, size_t row, struct error *error)
{
	const struct source_table *table = settle->check->intake->table;
	uint32_t line = settle->line + piece->lines[row] + 1;
	uint32_t *number = &piece->children[row];
	bool done = true;
	struct text id;

	if (table->child_column < 0)
		return true;
	id = piece->columns[table->child_column].texts[row];
	if (!id.length || (table->names_children && piece->fates[row] != ROW_GOOD))
		return true;
	if (*number == CHILD_NONE)
		*number = named_add(settle->children, id);
	if (*number == CHILD_NONE)
		return error_no_memory(error);
	if (table->names_children) {
		if (!settle_is_first(&settle->firsts, *number, piece->years[row], &done)) {
			settle_tell(settle, line, PROBLEM_EARLIER_ROW, id);
			piece->fates[row] = ROW_REFUSED;
		}
	} else if (!settle_is_named(settle, *number, id)) {
		settle_tell(settle, line, PROBLEM_UNNAMED_CHILD, id);
		piece->fates[row] = ROW_REFUSED;
	}
	return done || error_no_memory(error);
}

static void settle_findings(struct settle *settle, struct check_piece *piece)
{
	for (size_t i = 0; i < piece->finding_count; i++) {
		piece->findings[i].line += settle->line + 1;
		problem_log_add(settle->log, settle->check->intake->file, &piece->findings[i]);
	}
	piece->rest.first_line += settle->line + 1;
	problem_log_rest(settle->log, settle->check->intake->file, &piece->rest);
}

static bool settle_piece(struct settle *settle, struct check_piece *piece, struct error *error)
{
	settle->changed |= piece->changed;
	settle_findings(settle, piece);
	if (!repeats_reserve(&settle->repeats, piece->rows, error))
		return false;
	for (size_t row = 0; row < piece->rows; row++) {
		if (row + SETTLE_AHEAD < piece->rows)
			repeats_prefetch(&settle->repeats, piece->hashes[row + SETTLE_AHEAD]);
		if (repeats_add(&settle->repeats, piece->hashes[row], piece->places[row],
			    settle_same, settle)) {
			settle_tell(settle, settle->line + piece->lines[row] + 1, PROBLEM_REPEATED,
				TEXT(""));
			piece->fates[row] = ROW_REPEATED;
		}
		if (!settle_child(settle, piece, row, error))
			return false;
	}
	return true;
}

static void settle_count(struct settle *settle, const struct check_piece *piece, size_t *out_good)
{
	uint64_t fates[3] = {0};

	for (size_t row = 0; row < piece->rows; row++)
		fates[piece->fates[row]]++;
	settle->file->rows_read += piece->read;
	settle->file->rows_refused += piece->refused + fates[ROW_REFUSED];
	settle->file->rows_repeated += fates[ROW_REPEATED];
	settle->file->rows_accepted += fates[ROW_GOOD];
	*out_good = fates[ROW_GOOD];
}

/* Where the good rows of each piece go. */
struct settle_copy {
	struct settle *settle;
	struct check_piece *wave;
	size_t at[PIECES_WAVE];
	uint32_t line[PIECES_WAVE];
};

/* Copies the items of the good rows, run by run, to where they belong. */
static void settle_copy_items(
	const struct check_piece *piece, void *out, size_t at, const void *items, size_t width)
{
	size_t row = 0;

	while (row < piece->rows) {
		size_t first = row;

		while (row < piece->rows && piece->fates[row] == ROW_GOOD)
			row++;
		memcpy((char *)out + at * width, (const char *)items + first * width,
			(row - first) * width);
		at += row - first;
		while (row < piece->rows && piece->fates[row] != ROW_GOOD)
			row++;
	}
}

static void settle_copy_piece(void *context, size_t chunk, size_t first, size_t count)
{
	struct settle_copy *copy = context;
	struct settle *settle = copy->settle;
	struct check_piece *piece = &copy->wave[first];
	const struct source_table *table = settle->check->intake->table;
	size_t at = copy->at[first];

	(void)chunk;
	(void)count;
	for (size_t row = 0; row < piece->rows; row++)
		piece->lines[row] += copy->line[first] + 1;
	settle_copy_items(piece, settle->lines, at, piece->lines, sizeof *piece->lines);
	settle_copy_items(piece, settle->years, at, piece->years, sizeof *piece->years);
	settle_copy_items(piece, settle->children_of, at, piece->children, sizeof *piece->children);
	for (size_t i = 0; i < table->column_count; i++) {
		if (piece->columns[i].any)
			settle_copy_items(piece, settle->columns[i].any, at, piece->columns[i].any,
				check_width(table->columns[i].kind));
	}
}

/* Reading is counted as half of a file's work; taking its rows is the other half. */
static bool settle_progress(struct settle *settle, size_t pieces, struct error *error)
{
	const struct import_sink *sink = settle->sink;
	size_t half = settle->file->bytes / 2;

	settle->pieces_done += pieces;
	if (!sink->progress ||
		sink->progress(sink->context,
			settle->bytes_before + (size_t)((double)half * (double)settle->pieces_done /
							(double)settle->check->piece_count),
			settle->bytes_total))
		return true;
	return error_set(error, ERROR_CONFLICT, "the import was stopped; nothing went in");
}

bool settle_wave(void *context, struct check_piece *wave, size_t count, struct error *error)
{
	struct settle *settle = context;
	struct settle_copy copy = {.settle = settle, .wave = wave};

	for (size_t i = 0; i < count; i++) {
		size_t good;

		if (!settle_piece(settle, &wave[i], error))
			return false;
		settle_count(settle, &wave[i], &good);
		copy.at[i] = settle->count;
		copy.line[i] = settle->line;
		settle->changed |= good > settle->capacity - settle->count;
		if (settle->changed)
			return true;
		settle->count += good;
		settle->line += wave[i].line_ends;
	}
	parallel_for(count, 1, settle_copy_piece, &copy);
	return settle_progress(settle, count, error);
}
