/* SPDX-License-Identifier: MIT */
#include "import/check.h"

#include <math.h>

#include "base/date.h"
#include "base/money.h"

/* The row that is being checked. */
struct check_row {
	const struct check *check;
	struct check_piece *piece;
	size_t row;
	uint32_t line;
	int year;	  /* 0 when not known */
	size_t framework; /* index into the rows of intake.most */
	bool refused;
};

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

static void check_tell(struct check_row *row, const struct intake_field *field, struct text value,
	enum problem_kind kind, uint32_t first, uint32_t second)
{
	check_find(row->piece, (struct finding){kind, row->line, field->name, value, field->source,
				       {first, second}});
}

/* A fault that refuses the row. */
static void check_refuse(struct check_row *row, const struct intake_field *field, struct text value,
	enum problem_kind kind)
{
	check_tell(row, field, value, kind, 0, 0);
	row->refused = true;
}

static void check_store_blank(struct check_row *row, const struct source_column *source, int column)
{
	struct import_column *out = &row->piece->columns[column];

	switch (source->kind) {
	case VALUE_ID:
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
	case VALUE_FRAMEWORK:
		out->texts[row->row] = TEXT("");
		return;
	case VALUE_DATE:
	case VALUE_BIRTH:
		out->dates[row->row] = DATE_MISSING;
		return;
	case VALUE_AMOUNT:
		out->pence[row->row] = MONEY_MISSING;
		return;
	case VALUE_SCORE:
	case VALUE_SDQ:
		out->scores[row->row] = SCORE_BLANK;
		return;
	case VALUE_CODE:
		out->codes[row->row] = -1;
		return;
	case VALUE_YEAR:
		out->codes[row->row] = 0;
		return;
	case VALUE_DISTANCE:
		out->numbers[row->row] = (double)NAN;
		return;
	}
}

static void check_blank(struct check_row *row, const struct intake_field *field)
{
	enum value_kind kind = field->source->kind;
	enum problem_kind problem = kind == VALUE_ID	   ? PROBLEM_BLANK_ID
				    : kind == VALUE_DATE   ? PROBLEM_BLANK_DATE
				    : kind == VALUE_AMOUNT ? PROBLEM_BLANK_AMOUNT
							   : PROBLEM_BLANK;

	check_store_blank(row, field->source, field->column);
	if (field->source->required || kind == VALUE_ID)
		check_refuse(row, field, TEXT(""), problem);
}

static void check_code(struct check_row *row, const struct intake_field *field, struct text text)
{
	int index = code_lookup_find(&field->codes, text);

	row->piece->columns[field->column].codes[row->row] = (int16_t)index;
	if (index < 0)
		check_tell(row, field, text, PROBLEM_CODE, 0, 0);
	else if (!code_valid_in(&field->codes.set->codes[index], row->year))
		check_tell(
			row, field, text, PROBLEM_CODE_YEAR, (uint32_t)index, (uint32_t)row->year);
}

static void check_score(struct check_row *row, const struct intake_field *field, struct text text)
{
	const struct intake *intake = row->check->intake;
	int most = intake->most[row->framework * intake->field_count +
				(size_t)(field - intake->fields)];

	if (most < 0) {
		check_refuse(row, field, text, PROBLEM_DOMAIN);
	} else if (!value_score(text, (unsigned)most,
			   &row->piece->columns[field->column].scores[row->row])) {
		check_tell(row, field, text, PROBLEM_SCORE, (uint32_t)most, 0);
		row->refused = true;
	}
}

/* The reader of a kind said no: reported, read as blank, and the row refused where it must be. */
static void check_wrong(struct check_row *row, const struct intake_field *field, struct text text)
{
	static const struct {
		enum problem_kind problem;
		bool refuses;
	} wrong[] = {
		[VALUE_DATE] = {PROBLEM_DATE, true},
		[VALUE_BIRTH] = {PROBLEM_BIRTH, false},
		[VALUE_PARTIAL_DATE] = {PROBLEM_PARTIAL_DATE, true},
		[VALUE_AMOUNT] = {PROBLEM_AMOUNT, true},
		[VALUE_SDQ] = {PROBLEM_SDQ, true},
		[VALUE_FRAMEWORK] = {PROBLEM_FRAMEWORK, true},
		[VALUE_DISTANCE] = {PROBLEM_DISTANCE, false},
		[VALUE_YEAR] = {PROBLEM_YEAR, false},
	};

	check_store_blank(row, field->source, field->column);
	check_tell(row, field, text, wrong[field->source->kind].problem, 0, 0);
	row->refused |= wrong[field->source->kind].refuses;
}

static void check_value(struct check_row *row, const struct intake_field *field, struct text text)
{
	struct import_column *out = &row->piece->columns[field->column];
	bool right = true;

	switch (field->source->kind) {
	case VALUE_CODE:
		check_code(row, field, text);
		return;
	case VALUE_SCORE:
		check_score(row, field, text);
		return;
	case VALUE_ID:
	case VALUE_TEXT:
		out->texts[row->row] = text;
		return;
	case VALUE_DATE:
	case VALUE_BIRTH:
		right = value_date(text, &out->dates[row->row]);
		break;
	case VALUE_PARTIAL_DATE:
		right = value_partial_date(text);
		out->texts[row->row] = text;
		break;
	case VALUE_AMOUNT:
		right = money_parse(text, &out->pence[row->row]);
		break;
	case VALUE_SDQ:
		right = value_score(text, 40, &out->scores[row->row]);
		break;
	case VALUE_FRAMEWORK:
		right = schema_framework(row->check->schema, text) != NULL;
		out->texts[row->row] = text;
		break;
	case VALUE_DISTANCE:
		right = value_distance(text, &out->numbers[row->row]);
		break;
	case VALUE_YEAR:
		right = value_year(text, &out->codes[row->row]);
		break;
	}
	if (!right)
		check_wrong(row, field, text);
}

/* An end before its start. */
static void check_span(struct check_row *row, const struct text *values)
{
	const struct intake *intake = row->check->intake;
	const struct source_table *table = intake->table;
	int start = table->start_column, end = table->end_column;
	int32_t from, to;

	if (start < 0 || end < 0 || intake->field_of[start] < 0 || intake->field_of[end] < 0)
		return;
	from = row->piece->columns[start].dates[row->row];
	to = row->piece->columns[end].dates[row->row];
	if (from != DATE_MISSING && to != DATE_MISSING && to < from)
		check_refuse(row, &intake->fields[intake->field_of[end]],
			values[intake->field_of[end]], PROBLEM_SPAN);
}

static int check_year(const struct intake *intake, const struct text *values)
{
	int16_t year;

	if (intake->year_field >= 0 && value_year(values[intake->year_field], &year))
		return year;
	return intake->year;
}

static size_t check_framework(const struct check *check, const struct text *values)
{
	const struct intake *intake = check->intake;
	const struct framework *framework;

	if (intake->framework_field < 0 || !values[intake->framework_field].length)
		return intake->default_framework;
	framework = schema_framework(check->schema, values[intake->framework_field]);
	return framework ? (size_t)(framework - check->schema->frameworks)
			 : intake->default_framework;
}

static void check_values(struct check_row *row, const struct text *values)
{
	const struct intake *intake = row->check->intake;
	bool nul = intake->survey.nul;

	for (size_t i = 0; i < intake->field_count; i++) {
		const struct intake_field *field = &intake->fields[i];

		if (field->column < 0)
			continue;
		if (!values[i].length) {
			check_blank(row, field);
		} else if (nul && memchr(values[i].data, '\0', values[i].length)) {
			check_store_blank(row, field->source, field->column);
			check_refuse(row, field, values[i], PROBLEM_NUL);
		} else {
			check_value(row, field, values[i]);
		}
	}
	check_span(row, values);
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
	struct check_row row = {.check = check, .piece = piece, .row = piece->rows};
	enum problem_kind shape = check_shape(intake, record);

	piece->read++;
	row.line = record->line;
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
	row.year = intake->table->is_return ? check_year(intake, record->fields) : 0;
	row.framework = check_framework(check, record->fields);
	check_values(&row, record->fields);
	piece->lines[row.row] = record->line;
	piece->places[row.row] = place;
	piece->years[row.row] = (uint16_t)row.year;
	piece->fates[row.row] = row.refused ? ROW_REFUSED : ROW_GOOD;
	piece->hashes[row.row] = check_hash(check, piece);
	piece->children[row.row] = check_child(check, piece, row.row);
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
