/* SPDX-License-Identifier: MIT */
#include "import/gather.h"

#include "import/years.h"

static bool gather_room(struct gathered *gathered, struct error *error)
{
	size_t old = gathered->capacity, capacity = old ? old * 2 : 32;
	struct import_file *files;
	struct intake *intakes;
	size_t *listed;

	if (gathered->count < old)
		return true;
	files = arena_grow(gathered->arena, gathered->files, old, capacity, sizeof *files);
	intakes = arena_grow(gathered->arena, gathered->intakes, old, capacity, sizeof *intakes);
	listed = arena_grow(gathered->arena, gathered->listed, old, capacity, sizeof *listed);
	if (!files || !intakes || !listed)
		return error_no_memory(error);
	gathered->files = files;
	gathered->intakes = intakes;
	gathered->listed = listed;
	gathered->capacity = capacity;
	return true;
}

/* A new file of the import: gathered->count - 1. */
static bool gather_add(
	struct gathered *gathered, size_t listed, const struct sheet *sheet, struct error *error)
{
	const struct listing_file *file = &gathered->listing.files[listed];
	const char *name = NULL;

	if (!gather_room(gathered, error))
		return false;
	if (sheet) {
		name = arena_string(gathered->arena, sheet->name ? sheet->name : "");
		if (!name)
			return error_no_memory(error);
	}
	gathered->files[gathered->count] =
		(struct import_file){.path = file->path, .shown = file->shown, .sheet = name};
	gathered->intakes[gathered->count] = (struct intake){
		.file = (uint32_t)gathered->count, .path = file->path, .sheet = sheet};
	gathered->listed[gathered->count] = listed;
	gathered->count++;
	return true;
}

void gather_refuse(
	struct gathered *gathered, size_t file, struct problem_log *log, enum problem_kind kind)
{
	struct finding finding = {.kind = kind, .line = 1, .column = TEXT(""), .value = TEXT("")};

	gathered->intakes[file].table = NULL;
	gathered->files[file].table = NULL;
	gathered->refused++;
	problem_log_add(log, (uint32_t)file, &finding);
}

/* The table and the year of its path, once the header is known. */
static void gather_known(struct gathered *gathered, size_t file)
{
	struct intake *intake = &gathered->intakes[file];

	gathered->files[file].table = intake->table;
	if (intake->table->is_return)
		intake->year = year_in_path(gathered->files[file].shown);
}

static bool gather_csv(struct gathered *gathered, size_t file, struct problem_log *log,
	struct arena *scratch, struct error *error)
{
	struct intake *intake = &gathered->intakes[file];
	struct intake_text text = {0};
	enum problem_kind problem;
	bool known = false;

	if (!intake_open(&text, scratch, intake, &problem, error))
		return false;
	gathered->files[file].bytes = text.map.bytes.length;
	if (problem == PROBLEM_KINDS && !intake_plan_csv(intake, gathered->arena, gathered->schema,
						&text, &problem, &known, error)) {
		intake_close(&text);
		return false;
	}
	intake_close(&text);
	if (known)
		gather_known(gathered, file);
	else
		gather_refuse(gathered, file, log, problem);
	return true;
}

/* One sheet of a workbook or table of an XML return; *known counts those that are tables. */
static bool gather_sheet(struct gathered *gathered, size_t file, size_t *known, struct error *error)
{
	struct intake *intake = &gathered->intakes[file];
	const struct sheet *sheet = intake->sheet;
	enum problem_kind problem;
	bool is_known = false;

	if (sheet->records &&
		!intake_plan(intake, gathered->arena, gathered->schema,
			sheet->fields + sheet->first_field[0],
			sheet->first_field[1] - sheet->first_field[0], &problem, &is_known, error))
		return false;
	if (!is_known)
		intake->table = NULL;
	else
		gather_known(gathered, file);
	*known += is_known;
	return true;
}

/* Sheets that are no table: left out with a warning beside others, refused when there is no other.
 */
static void gather_unknown_sheets(
	struct gathered *gathered, size_t first, size_t known, struct problem_log *log)
{
	for (size_t file = first; file < gathered->count; file++) {
		struct finding finding = {.kind = PROBLEM_SHEET_UNKNOWN,
			.line = 1,
			.column = TEXT(""),
			.value = text_of(gathered->files[file].sheet)};

		if (gathered->intakes[file].table)
			continue;
		if (known)
			problem_log_add(log, (uint32_t)file, &finding);
		else
			gather_refuse(gathered, file, log, PROBLEM_FILE_UNKNOWN);
	}
}

/* A file as a whole that could not be read as a workbook or an XML return. */
static bool gather_fault(struct gathered *gathered, size_t listed, const struct sheet_fault *fault,
	size_t bytes, struct problem_log *log, struct error *error)
{
	const char *value;

	if (!gather_add(gathered, listed, NULL, error))
		return false;
	value = arena_string(gathered->arena, fault->value);
	if (!value)
		return error_no_memory(error);
	gathered->files[gathered->count - 1].bytes = bytes;
	gathered->refused++;
	problem_log_fault(log, (uint32_t)gathered->count - 1, fault->problem,
		fault->line ? fault->line : 1, text_of(value));
	return true;
}

static bool gather_sheets(struct gathered *gathered, size_t listed, struct text bytes,
	struct problem_log *log, struct error *error)
{
	bool workbook = gathered->listing.files[listed].form == LISTING_XLSX;
	size_t first = gathered->count, known = 0, count = 0;
	struct sheet_fault fault = {.line = 1};
	struct sheet *sheets = NULL;

	if (workbook ? !xlsx_read(gathered->sheets, bytes, &sheets, &count, &fault, error)
		     : !xml_read(gathered->sheets, bytes, gathered->schema, &sheets, &count, &fault,
			       error))
		return false;
	if (fault.problem)
		return gather_fault(gathered, listed, &fault, bytes.length, log, error);
	for (size_t i = 0; i < count; i++) {
		if (!gather_add(gathered, listed, &sheets[i], error))
			return false;
		gathered->files[gathered->count - 1].bytes = bytes.length;
		if (!gather_sheet(gathered, gathered->count - 1, &known, error))
			return false;
	}
	if (!count) {
		if (!gather_add(gathered, listed, NULL, error))
			return false;
		gather_refuse(gathered, gathered->count - 1, log, PROBLEM_FILE_EMPTY);
	}
	gather_unknown_sheets(gathered, first, known, log);
	return true;
}

static bool gather_workbook(
	struct gathered *gathered, size_t listed, struct problem_log *log, struct error *error)
{
	struct error reason = {0};
	struct file_map map;
	bool done;

	if (!file_map_open(&map, gathered->listing.files[listed].path, INTAKE_LARGEST, &reason)) {
		if (!gather_add(gathered, listed, NULL, error))
			return false;
		gather_refuse(gathered, gathered->count - 1, log,
			reason.code == ERROR_MISSING ? PROBLEM_FILE_MISSING
			: reason.code == ERROR_LIMIT ? PROBLEM_FILE_LARGE
						     : PROBLEM_FILE_UNREADABLE);
		return true;
	}
	done = gather_sheets(gathered, listed, map.bytes, log, error);
	file_map_close(&map);
	return done;
}

static bool gather_file(struct gathered *gathered, size_t listed, struct problem_log *log,
	struct arena *scratch, struct error *error)
{
	struct arena_mark mark = arena_mark(scratch);
	bool done;

	switch (gathered->listing.files[listed].form) {
	case LISTING_XLSX:
	case LISTING_XML:
		return gather_workbook(gathered, listed, log, error);
	case LISTING_UNREADABLE:
		if (!gather_add(gathered, listed, NULL, error))
			return false;
		gather_refuse(gathered, gathered->count - 1, log, PROBLEM_FOLDER_UNREADABLE);
		return true;
	case LISTING_CSV:
		break;
	}
	if (!gather_add(gathered, listed, NULL, error))
		return false;
	done = gather_csv(gathered, gathered->count - 1, log, scratch, error);
	arena_release(scratch, mark);
	return done;
}

bool gather(struct gathered *gathered, const char *const *paths, size_t path_count,
	struct problem_log *log, struct error *error)
{
	struct arena *scratch = arena_open();
	bool done = scratch || error_no_memory(error);

	done = done && listing_make(&gathered->listing, gathered->arena, paths, path_count, error);
	for (size_t i = 0; done && i < gathered->listing.count; i++)
		done = gather_file(gathered, i, log, scratch, error);
	arena_close(scratch);
	return done && years_infer(gathered->intakes, gathered->count, gathered->schema, error);
}
