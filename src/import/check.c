/* SPDX-License-Identifier: MIT */
#include "import/check.h"

#include "base/date.h"
#include "import/check_row.h"

size_t check_width(enum value_kind kind)
{
	switch (kind) {
	case VALUE_ID:
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
	case VALUE_FRAMEWORK:
		return sizeof(struct text);
	case VALUE_DATE:
	case VALUE_BIRTH:
		return sizeof(int32_t);
	case VALUE_AMOUNT:
		return sizeof(int64_t);
	case VALUE_SCORE:
	case VALUE_SDQ:
		return sizeof(uint8_t);
	case VALUE_CODE:
	case VALUE_YEAR:
		return sizeof(int16_t);
	case VALUE_DISTANCE:
		return sizeof(double);
	}
	return 0;
}

static bool check_room(struct check_piece *piece)
{
	size_t capacity = piece->finding_capacity ? piece->finding_capacity * 4 : 64;
	struct finding *findings;

	if (piece->finding_count < piece->finding_capacity)
		return true;
	if (piece->finding_count >= CHECK_FINDINGS_MOST)
		return false;
	findings = arena_grow(piece->scratch, piece->findings, piece->finding_capacity, capacity,
		sizeof *findings);
	if (!findings) {
		piece->no_memory = true;
		return false;
	}
	piece->findings = findings;
	piece->finding_capacity = capacity;
	return true;
}

void check_find(struct check_piece *piece, struct finding finding)
{
	if (check_room(piece)) {
		piece->findings[piece->finding_count++] = finding;
		return;
	}
	if (!piece->rest.count++)
		piece->rest.first_line = finding.line;
	piece->rest.errors |= problem_severity(finding.kind) == SEVERITY_ERROR;
}

/* The fields as if they were written plainly, a separator between two; NULL when memory ran out. */
static const char *check_join(struct check_piece *piece, size_t *out_length)
{
	const struct csv_record *record = piece->record;
	size_t length = record->count, used = 0;

	for (size_t i = 0; i < record->count; i++)
		length += record->fields[i].length;
	if (length > piece->joined_capacity) {
		piece->joined = arena_take_raw(piece->scratch, length * 2, 1);
		piece->joined_capacity = piece->joined ? length * 2 : 0;
	}
	if (!piece->joined) {
		piece->no_memory = true;
		return NULL;
	}
	for (size_t i = 0; i < record->count; i++) {
		if (i)
			piece->joined[used++] = ',';
		if (record->fields[i].length)
			memcpy(piece->joined + used, record->fields[i].data,
				record->fields[i].length);
		used += record->fields[i].length;
	}
	*out_length = used;
	return piece->joined;
}

static uint64_t check_hash(const struct check *check, struct check_piece *piece)
{
	const struct csv_record *record = piece->record;
	size_t length = (size_t)(record->end - record->start);
	const char *bytes = record->plain ? record->start : check_join(piece, &length);

	return bytes ? hash_bytes(bytes, length, check->seed) : 0;
}

/* The number of the row's child; rows of one child tend to follow one another, and children to come
 * in the order of the file that names them. */
static uint32_t check_child(const struct check *check, struct check_piece *piece, size_t row)
{
	int column = check->intake->table->child_column;
	struct text id;

	if (column < 0 || check->intake->table->names_children)
		return CHILD_NONE;
	id = piece->columns[column].texts[row];
	if (!id.length)
		return CHILD_NONE;
	if (row && text_equal(piece->columns[column].texts[row - 1], id))
		return piece->children[row - 1];
	if (row && named_is(check->children, piece->children[row - 1] + 1, id))
		return piece->children[row - 1] + 1;
	return named_find(check->children, id);
}

/* Why a record is no row of the table: PROBLEM_KINDS when it is one. */
static enum problem_kind check_shape(const struct intake *intake, const struct csv_record *record)
{
	if (record->open)
		return PROBLEM_QUOTE_OPEN;
	if (record->too_long)
		return PROBLEM_FIELD_LONG;
	return record->count != intake->field_count ? PROBLEM_FIELD_COUNT : PROBLEM_KINDS;
}

static void check_record(const struct check *check, struct check_piece *piece, uint32_t place)
{
	const struct intake *intake = check->intake;
	const struct csv_record *record = piece->record;
	size_t row = piece->rows;
	enum problem_kind shape = check_shape(intake, record);

	piece->read++;
	if (shape != PROBLEM_KINDS) {
		check_find(
			piece, (struct finding){shape, record->line, TEXT(""), TEXT(""), NULL,
				       {(uint32_t)record->count, (uint32_t)intake->field_count}});
		piece->refused++;
		return;
	}
	if (piece->rows == piece->capacity) { /* more than its bytes can hold */
		piece->changed = true;
		return;
	}
	piece->fates[row] =
		check_row(check, piece, record->line, record->fields) ? ROW_GOOD : ROW_REFUSED;
	piece->lines[row] = record->line;
	piece->places[row] = place;
	piece->hashes[row] = check_hash(check, piece);
	piece->children[row] = check_child(check, piece, row);
	piece->rows++;
}

/* A record of a sheet as one of CSV. Cells that a row lacks at its end are blank; blank ones past
 * the header are none. False for an empty row. */
static bool check_sheet_record(const struct check *check, struct csv_record *record, size_t number)
{
	const struct sheet *sheet = check->sheet;
	const struct text *fields = sheet->fields + sheet->first_field[number];
	size_t count = sheet->first_field[number + 1] - sheet->first_field[number];

	while (count && !fields[count - 1].length)
		count--;
	if (!count)
		return false;
	record->count = count;
	record->line = sheet->lines[number] - 1;
	record->plain = record->open = record->too_long = false;
	for (size_t i = 0; i < count && i < CSV_FIELDS_MOST; i++) {
		record->too_long |= fields[i].length > CSV_FIELD_LONGEST;
		record->fields[i] = fields[i];
	}
	while (record->count < check->intake->field_count)
		record->fields[record->count++] = TEXT("");
	return true;
}

/* Arrays for so many rows. They are kept from piece to piece: fresh memory costs more than checks.
 */
static bool check_take_arrays(const struct check *check, struct check_piece *piece, size_t capacity)
{
	struct arena *arena = piece->scratch;
	bool taken;

	if (capacity <= piece->capacity)
		return true;
	capacity += capacity / 4;
	piece->lines = arena_take_raw(arena, capacity, sizeof *piece->lines);
	piece->places = arena_take_raw(arena, capacity, sizeof *piece->places);
	piece->children = arena_take_raw(arena, capacity, sizeof *piece->children);
	piece->hashes = arena_take_raw(arena, capacity, sizeof *piece->hashes);
	piece->years = arena_take_raw(arena, capacity, sizeof *piece->years);
	piece->fates = arena_take_raw(arena, capacity, sizeof *piece->fates);
	taken = piece->lines && piece->places && piece->children && piece->hashes && piece->years &&
		piece->fates;
	for (size_t i = 0; i < check->intake->table->column_count; i++) {
		size_t width = check_width(check->intake->table->columns[i].kind);

		if (check->intake->field_of[i] < 0)
			continue;
		piece->columns[i].any = arena_take_raw(arena, capacity, width);
		taken = taken && piece->columns[i].any;
	}
	piece->capacity = capacity;
	return taken;
}

/* Clears a piece for another use. */
static bool check_begin(struct check_piece *piece)
{
	if (!piece->record)
		piece->record = arena_take_raw(piece->scratch, 1, sizeof *piece->record);
	piece->no_memory = !piece->record;
	piece->changed = false;
	piece->rows = piece->finding_count = 0;
	piece->read = piece->refused = 0;
	piece->line_ends = 0;
	piece->rest = (struct finding_rest){0};
	piece->greatest[0] = piece->greatest[1] = DATE_MISSING;
	return !piece->no_memory;
}

static struct csv_reader check_reader(
	const struct check *check, struct check_piece *piece, size_t number)
{
	struct text text = {check->text.data + check->cuts[number],
		check->cuts[number + 1] - check->cuts[number]};

	return csv_open(text, ',', piece->kept);
}

void check_piece(const struct check *check, struct check_piece *piece, size_t number)
{
	size_t first = check->cuts[number], end = check->cuts[number + 1];
	size_t capacity =
		check->sheet ? end - first : (end - first) / check->intake->field_count + 1;
	struct csv_reader reader;

	if (!check_begin(piece))
		return;
	if (!check_take_arrays(check, piece, capacity)) {
		piece->no_memory = true;
		return;
	}
	for (size_t i = first; check->sheet && i < end; i++) {
		if (check_sheet_record(check, piece->record, i))
			check_record(check, piece, (uint32_t)i);
	}
	if (check->sheet)
		return;
	reader = check_reader(check, piece, number);
	while (csv_next(&reader, piece->record))
		check_record(check, piece, (uint32_t)(piece->record->start - check->text.data));
	piece->line_ends = reader.line;
	piece->no_memory |= reader.failed;
}

static void check_greater(int32_t *greatest, struct text text)
{
	int32_t days;

	if (text.length && value_date(text, &days) && days > *greatest)
		*greatest = days;
}

static bool check_is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

static void check_greatest_of(const struct check *check, struct check_piece *piece)
{
	static const char *const others[] = {
		"REVIEW", "MIS_START", "SW_DECOM", "DATE_INT", "DATE_PLACED", "DOLO_START"};
	const struct intake *intake = check->intake;

	if (check_shape(intake, piece->record) != PROBLEM_KINDS)
		return;
	for (size_t i = 0; i < intake->field_count; i++) {
		const struct source_column *source = intake->fields[i].source;

		if (!source || source->kind != VALUE_DATE)
			continue;
		if (strcmp(source->name, "DECOM") == 0)
			check_greater(&piece->greatest[0], piece->record->fields[i]);
		else if (check_is_among(source->name, others, sizeof others / sizeof *others))
			check_greater(&piece->greatest[1], piece->record->fields[i]);
	}
}

void check_greatest(const struct check *check, struct check_piece *piece, size_t number)
{
	struct csv_reader reader;

	if (!check_begin(piece))
		return;
	for (size_t i = check->cuts[number]; check->sheet && i < check->cuts[number + 1]; i++) {
		if (check_sheet_record(check, piece->record, i))
			check_greatest_of(check, piece);
	}
	if (check->sheet)
		return;
	reader = check_reader(check, piece, number);
	while (csv_next(&reader, piece->record))
		check_greatest_of(check, piece);
	piece->no_memory |= reader.failed;
}
