/* SPDX-License-Identifier: MIT */
#include "import/intake.h"

static bool intake_plan_scores(struct intake *intake, struct arena *arena,
	const struct schema *schema, struct error *error)
{
	size_t count = schema->framework_count, width = intake->field_count;

	intake->most = arena_take_raw(arena, (count + 1) * width, sizeof *intake->most);
	if (!intake->most)
		return error_no_memory(error);
	memset(intake->most, -1, (count + 1) * width * sizeof *intake->most);
	for (size_t i = 0; i < count * width; i++) {
		const struct framework *framework = &schema->frameworks[i / width];
		const struct intake_field *field = &intake->fields[i % width];
		int16_t *any = &intake->most[count * width + i % width];

		if (field->column < 0 || field->source->kind != VALUE_SCORE ||
			framework_domain(framework, text_of(field->source->name)) < 0)
			continue;
		intake->most[i] = (int16_t)framework->score_max;
		if (*any < framework->score_max)
			*any = (int16_t)framework->score_max;
	}
	return true;
}

static void intake_plan_frameworks(struct intake *intake, const struct schema *schema)
{
	bool named = false;

	for (size_t i = 0; i < intake->table->column_count; i++)
		named |= intake->table->columns[i].kind == VALUE_FRAMEWORK;
	intake->default_framework = schema->framework_count;
	if (!named)
		return;
	intake->default_framework = 0;
	for (size_t i = 0; i < schema->framework_count; i++) {
		if (strcmp(schema->frameworks[i].id, IMPORT_DEFAULT_FRAMEWORK) == 0)
			intake->default_framework = i;
	}
}

static bool intake_plan_fields(struct intake *intake, struct arena *arena, const int *columns,
	const struct text *names, struct error *error)
{
	for (size_t i = 0; i < intake->field_count; i++) {
		struct intake_field *field = &intake->fields[i];
		char *name = arena_copy(arena, names[i].data, names[i].length);

		if (!name)
			return error_no_memory(error);
		field->name = (struct text){name, names[i].length};
		field->column = columns[i];
		if (columns[i] < 0)
			continue;
		field->source = &intake->table->columns[columns[i]];
		intake->field_of[columns[i]] = (int)i;
		if (field->source->kind == VALUE_FRAMEWORK)
			intake->framework_field = (int)i;
		if (field->source->kind == VALUE_YEAR)
			intake->year_field = (int)i;
		if (field->source->kind == VALUE_CODE &&
			!code_lookup_open(&field->codes, arena, field->source->codes, error))
			return false;
	}
	return true;
}

bool intake_plan(struct intake *intake, struct arena *arena, const struct schema *schema,
	const struct text *names, size_t count, enum problem_kind *out_reason, bool *out_known,
	struct error *error)
{
	int columns[CSV_FIELDS_MOST];

	*out_known = false;
	*out_reason = PROBLEM_FILE_COLUMNS;
	if (count > CSV_FIELDS_MOST)
		return true;
	*out_reason = PROBLEM_FILE_UNKNOWN;
	intake->table = source_recognise(schema, names, count, columns);
	if (!intake->table)
		return true;
	intake->field_count = count;
	intake->fields = arena_take(arena, count, sizeof *intake->fields);
	intake->framework_field = intake->year_field = -1;
	for (size_t i = 0; i < SOURCE_COLUMNS_MOST; i++)
		intake->field_of[i] = -1;
	if (!intake->fields)
		return error_no_memory(error);
	intake_plan_frameworks(intake, schema);
	*out_known = true;
	return intake_plan_fields(intake, arena, columns, names, error) &&
	       intake_plan_scores(intake, arena, schema, error);
}

void intake_tell_columns(const struct intake *intake, struct problem_log *log)
{
	for (size_t i = 0; i < intake->field_count; i++) {
		struct finding finding = {.kind = PROBLEM_COLUMN_UNKNOWN,
			.line = 1,
			.column = intake->fields[i].name,
			.value = intake->fields[i].name};

		if (intake->fields[i].column < 0)
			problem_log_add(log, intake->file, &finding);
	}
}

/* Whether the header would be a table if its values were separated in another way. */
static bool intake_is_separated(struct arena *arena, const struct schema *schema, struct text text,
	char separator, struct csv_record *record)
{
	struct csv_reader reader = csv_open(text, separator, arena);
	int columns[CSV_FIELDS_MOST];

	return csv_next(&reader, record) && record->count <= CSV_FIELDS_MOST &&
	       source_recognise(schema, record->fields, record->count, columns);
}

static enum problem_kind intake_reason(struct arena *arena, const struct schema *schema,
	const struct intake_text *opened, struct csv_record *record)
{
	struct text text = opened->text, bytes = opened->map.bytes;

	if (intake_is_separated(arena, schema, text, ';', record))
		return PROBLEM_FILE_SEMICOLONS;
	if (intake_is_separated(arena, schema, text, '\t', record))
		return PROBLEM_FILE_TABS;
	if (bytes.length >= 4 && memcmp(bytes.data, "PK\x03\x04", 4) == 0)
		return PROBLEM_FILE_WORKBOOK;
	if (bytes.length >= 4 && memcmp(bytes.data, "\xD0\xCF\x11\xE0", 4) == 0)
		return PROBLEM_FILE_OLD_WORKBOOK;
	return PROBLEM_FILE_UNKNOWN;
}

bool intake_plan_csv(struct intake *intake, struct arena *arena, const struct schema *schema,
	const struct intake_text *opened, enum problem_kind *out_reason, bool *out_known,
	struct error *error)
{
	struct csv_record *record = arena_take_raw(arena, 1, sizeof *record);
	struct csv_reader reader = csv_open(opened->text, ',', arena);

	*out_known = false;
	*out_reason = PROBLEM_FILE_EMPTY;
	if (!record)
		return error_no_memory(error);
	if (!csv_next(&reader, record))
		return !reader.failed || error_no_memory(error);
	intake->data_start = (size_t)(reader.at - opened->text.data);
	intake->data_line = reader.line;
	if (!intake_plan(intake, arena, schema, record->fields, record->count, out_reason,
		    out_known, error))
		return false;
	if (!*out_known && *out_reason == PROBLEM_FILE_UNKNOWN)
		*out_reason = intake_reason(arena, schema, opened, record);
	return true;
}

bool intake_open(struct intake_text *out_text, struct arena *arena, struct intake *intake,
	enum problem_kind *out_problem, struct error *error)
{
	struct intake_text text = {.sheet = intake->sheet};
	struct error reason = {0};

	*out_problem = PROBLEM_KINDS;
	if (intake->sheet) {
		*out_text = text;
		return true;
	}
	if (!file_map_open(&text.map, intake->path, INTAKE_LARGEST, &reason)) {
		*out_problem = reason.code == ERROR_MISSING ? PROBLEM_FILE_MISSING
			       : reason.code == ERROR_LIMIT ? PROBLEM_FILE_LARGE
							    : PROBLEM_FILE_UNREADABLE;
		return true;
	}
	if (!intake->survey.surveyed)
		intake->survey = encoding_survey(text.map.bytes);
	if (text.map.bytes.length < intake->survey.mark)
		*out_problem = PROBLEM_FILE_CHANGED;
	else if (!encoding_text(&text.text, arena, text.map.bytes, &intake->survey, error)) {
		file_map_close(&text.map);
		return false;
	}
	if (text.text.length > INTAKE_LARGEST)
		*out_problem = PROBLEM_FILE_LARGE;
	if (text.text.length < intake->data_start)
		*out_problem = PROBLEM_FILE_CHANGED;
	*out_text = text;
	return true;
}

void intake_close(struct intake_text *text)
{
	file_map_close(&text->map);
}
