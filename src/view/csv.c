/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "view/formats.h"
#include "view/words.h"

#define LINE_END "\r\n"

/* A spreadsheet takes text that begins so for a formula or a command. */
static bool looks_like_formula(struct text text)
{
	return text.length > 0 && memchr("=+-@\t\r\n", text.data[0], 7) != NULL;
}

static void write_quoted(struct buffer *out, struct text text, bool escape)
{
	buffer_char(out, '"');
	if (escape)
		buffer_char(out, '\'');
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '"')
			buffer_char(out, '"');
		buffer_char(out, text.data[i]);
	}
	buffer_char(out, '"');
}

static void write_text(struct buffer *out, struct text text)
{
	bool escape = looks_like_formula(text);

	for (size_t i = 0; i < text.length; i++) {
		if (memchr(",\"\r\n", text.data[i], 4)) {
			write_quoted(out, text, escape);
			return;
		}
	}
	if (escape)
		buffer_char(out, '\'');
	buffer_text(out, text);
}

static void write_cell(struct buffer *out, const struct column *column, size_t row)
{
	char number[JSON_NUMBER_SIZE], day[DATE_TEXT_SIZE];

	if (column_missing(column, row))
		return;
	switch (column->type) {
	case COLUMN_INTEGER:
		buffer_format(out, "%lld", (long long)column->integers[row]);
		break;
	case COLUMN_NUMBER:
		if (isfinite(column->numbers[row]))
			buffer_string(out, json_number_text(column->numbers[row], number));
		break;
	case COLUMN_DATE:
		buffer_string(out, date_format(column->dates[row], day));
		break;
	case COLUMN_CODE:
	case COLUMN_TEXT:
		write_text(out, column->texts[row]);
		break;
	}
}

void csv_table_write(struct buffer *out, const struct table *table)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (i)
			buffer_char(out, ',');
		write_text(out, text_of(table->columns[i].name));
	}
	buffer_string(out, LINE_END);
	for (size_t row = 0; row < table->rows; row++) {
		for (size_t i = 0; i < table->column_count; i++) {
			if (i)
				buffer_char(out, ',');
			write_cell(out, &table->columns[i], row);
		}
		buffer_string(out, LINE_END);
	}
}

static void write_note(struct buffer *out, const char *id, const char *kind, const char *note)
{
	write_text(out, text_of(id));
	buffer_format(out, ",%s,", kind);
	write_text(out, text_of(note ? note : ""));
	buffer_string(out, LINE_END);
}

static void write_notes(struct buffer *out, struct arena *arena, const struct view_report *report)
{
	buffer_string(out, "figure,kind,text" LINE_END);
	for (size_t i = 0; i < report->result_count; i++) {
		const struct result *result = report->results[i];
		const char *id = result->id;

		write_note(out, id, "finding", words_title(arena, report->schema, result));
		write_note(out, id, "question", view_figure_text(arena, result->name, "question"));
		write_note(out, id, "children", words_used(arena, result));
		for (size_t n = 0; n < result->note_count; n++)
			write_note(out, id, "note",
				view_sentence(arena, report->schema, &result->notes[n]));
		write_note(
			out, id, "definition", view_figure_text(arena, result->name, "definition"));
		write_note(out, id, "source", view_figure_text(arena, result->name, "source"));
	}
}

static void write_cohort(struct buffer *out, struct arena *arena, const struct cohort *cohort)
{
	buffer_format(out, "Children: %s\n", words_filter(arena, cohort));
	buffer_format(out, "Looked after: %zu, of whom assessed %zu and with a known cost %zu\n",
		cohort->count, cohort->assessed, cohort->costed);
}

static void write_cover(struct buffer *out, struct arena *arena, const struct view_report *report)
{
	const struct cohort *cohort = report->cohort;
	char day[32];

	buffer_string(out, "Needs and costs of children looked after\n\n");
	buffer_string(out, WORDS_NOT_FOR_PUBLICATION "\n");
	if (report->synthetic)
		buffer_string(
			out, "The children are made up: this is the demonstration population.\n");
	buffer_string(out, "\nRecord: ");
	buffer_text(out, report->place);
	buffer_format(out, "\nAs at: %s\n", date_words(cohort->as_at, day));
	if (report->child.length)
		buffer_format(out, "Child: %.*s\n", (int)report->child.length, report->child.data);
	else
		write_cohort(out, arena, cohort);
	buffer_format(out, "Needs framework: %s (%s)\n", cohort->framework->id,
		words_bands(arena, cohort->framework));
	buffer_format(out, "Made: %s\n", words_moment(arena, report->made_at));
	buffer_string(out,
		"\nOne file a table, <figure>-<table>.csv; notes.csv says what each figure means.\n"
		"Numbers are unrounded, percentages 0 to 100, money in pounds; an empty cell is "
		"not known.\n"
		"Text that a spreadsheet would take for a formula begins with an apostrophe.\n"
		"A mean over fewer than 6 children (see n beside it) rests on few.\n");
}

/* Writes what is in `file` below the folder and empties it. */
static bool save(const char *folder, const char *name, struct buffer *file, struct arena *arena,
	struct error *error)
{
	const char *path = arena_format(arena, "%s/%s", folder, name);

	if (!path || file->failed)
		return error_no_memory(error);
	if (!file_write(path, (struct text){file->data, file->length}, error))
		return false;
	file->length = 0;
	return true;
}

static bool save_tables(
	const char *folder, struct arena *arena, const struct result *result, struct error *error)
{
	struct buffer file = buffer_in(arena);

	for (size_t i = 0; i < result->table_count; i++) {
		const struct table *table = result->tables[i];
		const char *name = arena_format(arena, "%s-%s.csv", result->id, table->name);

		if (!name)
			return error_no_memory(error);
		csv_table_write(&file, table);
		if (!save(folder, name, &file, arena, error))
			return false;
	}
	return true;
}

FORMAT_WRITER(csv_report_write)
{
	struct buffer file = buffer_in(arena);

	(void)out;
	(void)options;
	if (!path || !*path)
		return error_set(error, ERROR_INPUT,
			"csv is one file a table: say which folder to write them to with --output "
			"FOLDER");
	if (!file_make_folder(path, error))
		return false;
	write_cover(&file, arena, report);
	if (!save(path, "README.txt", &file, arena, error))
		return false;
	write_notes(&file, arena, report);
	if (!save(path, "notes.csv", &file, arena, error))
		return false;
	for (size_t i = 0; i < report->result_count; i++) {
		struct arena_mark mark = arena_mark(arena);

		if (!save_tables(path, arena, report->results[i], error))
			return false;
		arena_release(arena, mark);
	}
	return true;
}
