/* SPDX-License-Identifier: MIT */
#include "import/check_row.h"

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

bool check_row(const struct check *check, struct check_piece *piece, uint32_t line,
	const struct text *values)
{
	struct check_row row = {
		.check = check,
		.piece = piece,
		.row = piece->rows,
		.line = line,
		.year = check->intake->table->is_return ? check_year(check->intake, values) : 0,
		.framework = check_framework(check, values),
	};

	check_values(&row, values);
	piece->years[row.row] = (uint16_t)row.year;
	return !row.refused;
}
