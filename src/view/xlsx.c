/* SPDX-License-Identifier: MIT */
/*
 * The door of libxlsxwriter: a workbook with a cover, contents, notes and one sheet a table.
 *
 * The one rule: cells are typed. Text is always written as a string, so that nothing a file brought
 * in can become a formula; a number is never rounded, only shown rounded by its format.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "view/formats.h"
#include "view/words.h"

enum { SHEET_NAME_SIZE = 32, SHEET_ROWS_MOST = 1048575, WIDTH_LEAST = 10, WIDTH_MOST = 60 };

struct book {
	lxw_workbook *workbook;
	struct arena *arena;
	const struct view_report *report;
	lxw_format *title, *bold, *wrap, *link, *day;
	lxw_format *numbers[FORMAT_TEXT + 1][2]; /* by format; [1] rests on few children */
	lxw_error failed;			 /* the first error of the library */
};

static void keep(struct book *book, lxw_error error)
{
	if (error != LXW_NO_ERROR && book->failed == LXW_NO_ERROR)
		book->failed = error;
}

/* Text as XML may hold it: U+FFFE and U+FFFF, which it forbids, become U+FFFD. The library writes
 * other control characters in Excel's own way. */
static void clean_for_xml(char *text)
{
	for (char *at = text; (at = strstr(at, "\xEF\xBF")); at += 2) {
		if (at[2] == '\xBE' || at[2] == '\xBF')
			at[2] = '\xBD';
	}
}

/* A C string of text: what is not UTF-8 becomes '?'. */
static const char *cell_string(struct book *book, struct text text)
{
	char *copy = arena_copy(book->arena, text.data, text.length);

	if (!copy) {
		keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return "";
	}
	if (!text_is_utf8(text)) {
		for (char *at = copy; *at; at++) {
			if ((unsigned char)*at >= 0x80)
				*at = '?';
		}
	}
	clean_for_xml(copy);
	return copy;
}

static void put(struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
	const char *words, lxw_format *format)
{
	const char *string = cell_string(book, text_of(words ? words : ""));

	keep(book,
		worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, string, format));
}

static lxw_format *number_format(struct book *book, const char *pattern, bool few)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_num_format(format, pattern);
	if (few)
		format_set_italic(format);
	return format;
}

static void make_formats(struct book *book)
{
	static const char *const patterns[] = {
		[FORMAT_COUNT] = "#,##0",
		[FORMAT_DECIMAL] = "#,##0.00",
		[FORMAT_ONE] = "#,##0.0",
		[FORMAT_PERCENT] = "0.0\"%\"",
		[FORMAT_POUNDS] = "[$\xC2\xA3-809]#,##0.00",
		[FORMAT_MILLION] = "[$\xC2\xA3-809]#,##0.00",
		[FORMAT_TEXT] = "@",
	};

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		book->numbers[i][0] = number_format(book, patterns[i], false);
		book->numbers[i][1] = number_format(book, patterns[i], true);
	}
	book->day = number_format(book, "yyyy-mm-dd", false);
	book->title = workbook_add_format(book->workbook);
	format_set_bold(book->title);
	format_set_font_size(book->title, 16);
	book->bold = workbook_add_format(book->workbook);
	format_set_bold(book->bold);
	format_set_text_wrap(book->bold);
	format_set_align(book->bold, LXW_ALIGN_VERTICAL_TOP);
	book->wrap = workbook_add_format(book->workbook);
	format_set_text_wrap(book->wrap);
	format_set_align(book->wrap, LXW_ALIGN_VERTICAL_TOP);
	book->link = workbook_add_format(book->workbook);
	format_set_hyperlink(book->link);
}

/* ---- the sheet of a table ---- */

static void put_cell(
	struct book *book, lxw_worksheet *sheet, const struct table *table, size_t i, size_t row)
{
	const struct column *column = &table->columns[i];
	lxw_row_t at = (lxw_row_t)(row + 1);
	lxw_col_t place = (lxw_col_t)i;
	lxw_format *format;

	if (column_missing(column, row))
		return;
	if (column->type == COLUMN_CODE || column->type == COLUMN_TEXT) {
		keep(book, worksheet_write_string(
				   sheet, at, place, cell_string(book, column->texts[row]), NULL));
	} else if (column->type == COLUMN_DATE) {
		struct date_parts parts = date_parts(column->dates[row]);
		lxw_datetime day = {.year = parts.year, .month = parts.month, .day = parts.day};

		keep(book, worksheet_write_datetime(sheet, at, place, &day, book->day));
	} else {
		format = book->numbers[words_format(column)][words_rests_on_few(table, i, row)];
		keep(book, worksheet_write_number(
				   sheet, at, place, column_number(column, row), format));
	}
}

static double column_width(const struct column *column, size_t rows)
{
	size_t width = strlen(column->name) + 4;

	for (size_t row = 0; row < rows && row < 200; row++) {
		bool text = column->type == COLUMN_CODE || column->type == COLUMN_TEXT;

		if (text && column->texts[row].length + 2 > width)
			width = column->texts[row].length + 2;
	}
	return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : (double)width;
}

/* The header row and what makes the cells a named table; a table must have a row to be one. */
static void put_table(
	struct book *book, lxw_worksheet *sheet, const struct table *table, const char *name)
{
	size_t count = table->column_count;
	lxw_table_column *columns = arena_take(book->arena, count, sizeof *columns);
	lxw_table_column **list = arena_take(book->arena, count + 1, sizeof *list);
	lxw_table_options options = {
		.style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = 1};

	if (!columns || !list || !count) {
		keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		columns[i].header = arena_string(book->arena, table->columns[i].name);
		columns[i].header_format = book->bold;
		list[i] = &columns[i];
		put(book, sheet, 0, i, table->columns[i].name, book->bold);
		worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
			column_width(&table->columns[i], table->rows), NULL);
	}
	options.name = arena_string(book->arena, name);
	options.columns = list;
	if (table->rows)
		keep(book, worksheet_add_table(sheet, 0, 0, (lxw_row_t)table->rows,
				   (lxw_col_t)(count - 1), &options));
	worksheet_freeze_panes(sheet, 1, 0);
}

/* "22-24 profile": the figure and its table, short enough and unlike any other. */
static void sheet_name(char out[SHEET_NAME_SIZE], const struct result *result, size_t table)
{
	snprintf(out, SHEET_NAME_SIZE, "%.8s %.22s", result->id, result->tables[table]->name);
}

static bool write_table_sheet(
	struct book *book, const struct result *result, size_t index, struct error *error)
{
	const struct table *table = result->tables[index];
	struct arena_mark mark;
	char name[SHEET_NAME_SIZE], table_name[SHEET_NAME_SIZE + 2];
	lxw_worksheet *sheet;

	if (table->rows > SHEET_ROWS_MOST)
		return error_set(error, ERROR_LIMIT,
			"table %s of figure %s has more rows than a sheet can hold; write csv or "
			"json "
			"instead",
			table->name, result->id);
	sheet_name(name, result, index);
	snprintf(table_name, sizeof table_name, "t_%s", name);
	for (char *at = table_name; *at; at++) {
		if (*at == ' ' || *at == '-')
			*at = '_';
	}
	sheet = workbook_add_worksheet(book->workbook, name);
	if (!sheet)
		return error_set(error, ERROR_SYSTEM, "the sheet %s could not be made", name);
	mark = arena_mark(book->arena);
	put_table(book, sheet, table, table_name);
	for (size_t row = 0; row < table->rows; row++) {
		for (size_t i = 0; i < table->column_count; i++)
			put_cell(book, sheet, table, i, row);
	}
	arena_release(book->arena, mark);
	return true;
}

/* ---- cover, contents, notes ---- */

static void cover_line(
	struct book *book, lxw_worksheet *sheet, size_t *row, const char *what, const char *value)
{
	put(book, sheet, *row, 0, what, book->bold);
	put(book, sheet, (*row)++, 1, value, book->wrap);
}

static const char *counted(struct book *book, size_t count)
{
	return words_number(book->arena, FORMAT_COUNT, (double)count);
}

static void cover_cohort(struct book *book, lxw_worksheet *sheet, size_t *row)
{
	const struct cohort *cohort = book->report->cohort;

	cover_line(book, sheet, row, "Children", words_filter(book->arena, cohort));
	cover_line(book, sheet, row, "Looked after", counted(book, cohort->count));
	cover_line(book, sheet, row, "With an assessment", counted(book, cohort->assessed));
	cover_line(book, sheet, row, "With a known cost", counted(book, cohort->costed));
}

static void write_cover(struct book *book)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, "Cover");
	const struct cohort *cohort = book->report->cohort;
	char day[32];
	size_t row = 0;

	worksheet_set_column(sheet, 0, 0, 44, NULL);
	worksheet_set_column(sheet, 1, 1, 90, NULL);
	put(book, sheet, row, 0, "Needs and costs of children looked after", book->title);
	put(book, sheet, row++, 1, WORDS_NOT_FOR_PUBLICATION, book->bold);
	if (book->report->synthetic)
		cover_line(book, sheet, &row, "Demonstration",
			"The children are made up. Nobody in this file lives anywhere.");
	cover_line(book, sheet, &row, "Record", cell_string(book, book->report->place));
	cover_line(book, sheet, &row, "As at", date_words(cohort->as_at, day));
	if (book->report->child.length)
		cover_line(book, sheet, &row, "Child", cell_string(book, book->report->child));
	else
		cover_cohort(book, sheet, &row);
	cover_line(book, sheet, &row, "Needs framework", cohort->framework->id);
	cover_line(
		book, sheet, &row, "Bands of a score", words_bands(book->arena, cohort->framework));
	cover_line(book, sheet, &row, "Made", words_moment(book->arena, book->report->made_at));
	cover_line(book, sheet, &row, "Numbers",
		"Unrounded; percentages 0 to 100; money in pounds. An empty cell is not known.");
	cover_line(book, sheet, &row, "Numbers in italics",
		"Means over fewer than 6 children: they rest on few.");
	cover_line(book, sheet, &row, "Where to go next",
		"The sheet Contents leads to every table; Notes says what each figure means.");
}

static void link_to(
	struct book *book, lxw_worksheet *sheet, size_t row, size_t column, const char *name)
{
	const char *target = arena_format(book->arena, "internal:'%s'!A1", name);

	keep(book, target ? worksheet_write_url_opt(sheet, (lxw_row_t)row, (lxw_col_t)column,
				    target, book->link, name, NULL)
			  : LXW_ERROR_MEMORY_MALLOC_FAILED);
}

/* A sheet of words with a header row, as a named table. */
static lxw_worksheet *words_sheet(struct book *book, const char *name, const char *const *headers,
	const double *widths, size_t columns)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);

	for (size_t i = 0; i < columns; i++) {
		put(book, sheet, 0, i, headers[i], book->bold);
		worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
	}
	worksheet_freeze_panes(sheet, 1, 0);
	return sheet;
}

static void end_words_sheet(struct book *book, lxw_worksheet *sheet, const char *name,
	const char *const *headers, size_t columns, size_t rows)
{
	lxw_table_column list[8] = {0}, *pointers[9] = {0};
	lxw_table_options options = {.style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
		.style_type_number = 1,
		.columns = pointers};

	options.name = arena_string(book->arena, name);
	for (size_t i = 0; i < columns; i++) {
		list[i].header = arena_string(book->arena, headers[i]);
		list[i].header_format = book->bold;
		pointers[i] = &list[i];
	}
	if (rows)
		keep(book, worksheet_add_table(sheet, 0, 0, (lxw_row_t)rows,
				   (lxw_col_t)(columns - 1), &options));
}

static void write_contents(struct book *book)
{
	static const char *const headers[] = {"figure", "sheet", "rows", "finding"};
	static const double widths[] = {10, 32, 10, 90};
	lxw_worksheet *sheet = words_sheet(book, "Contents", headers, widths, 4);
	const struct view_report *report = book->report;
	char name[SHEET_NAME_SIZE];
	size_t row = 1;

	for (size_t i = 0; i < report->result_count; i++) {
		const struct result *result = report->results[i];
		const char *title = words_title(book->arena, report->schema, result);

		for (size_t t = 0; t < result->table_count; t++, row++) {
			sheet_name(name, result, t);
			put(book, sheet, row, 0, result->id, NULL);
			link_to(book, sheet, row, 1, name);
			keep(book, worksheet_write_number(sheet, (lxw_row_t)row, 2,
					   (double)result->tables[t]->rows,
					   book->numbers[FORMAT_COUNT][0]));
			put(book, sheet, row, 3, title, book->wrap);
		}
	}
	end_words_sheet(book, sheet, "contents", headers, 4, row - 1);
}

static void note(struct book *book, lxw_worksheet *sheet, size_t *row, const struct result *result,
	const char *kind, const char *words)
{
	if (!words || !*words)
		return;
	put(book, sheet, *row, 0, result->id, NULL);
	put(book, sheet, *row, 1, kind, NULL);
	put(book, sheet, (*row)++, 2, words, book->wrap);
}

static void write_notes(struct book *book)
{
	static const char *const headers[] = {"figure", "kind", "text"};
	static const double widths[] = {10, 14, 110};
	lxw_worksheet *sheet = words_sheet(book, "Notes", headers, widths, 3);
	const struct view_report *report = book->report;
	struct arena *arena = book->arena;
	size_t row = 1;

	for (size_t i = 0; i < report->result_count; i++) {
		const struct result *one = report->results[i];
		const char *name = one->name;

		note(book, sheet, &row, one, "finding", words_title(arena, report->schema, one));
		note(book, sheet, &row, one, "question", view_figure_text(arena, name, "question"));
		note(book, sheet, &row, one, "children", words_used(arena, one));
		for (size_t n = 0; n < one->note_count; n++)
			note(book, sheet, &row, one, "note",
				view_sentence(arena, report->schema, &one->notes[n]));
		note(book, sheet, &row, one, "definition",
			view_figure_text(arena, name, "definition"));
		note(book, sheet, &row, one, "source", view_figure_text(arena, name, "source"));
	}
	end_words_sheet(book, sheet, "notes", headers, 3, row - 1);
}

static void set_properties(struct book *book)
{
	struct arena *arena = book->arena;
	lxw_doc_properties properties = {
		.title = arena_string(arena, "Needs and costs of children looked after"),
		.subject = arena_string(arena, "Figures of the Valuing Care report"),
		.author = arena_string(arena, "Hearth"),
		.comments = arena_string(arena, WORDS_NOT_FOR_PUBLICATION),
		.created = (time_t)book->report->made_at,
	};

	keep(book, workbook_set_properties(book->workbook, &properties));
}

/* ---- the workbook ---- */

static bool write_book(const char *path, struct arena *arena, const struct view_report *report,
	struct error *error)
{
	struct book book = {.arena = arena, .report = report, .workbook = workbook_new(path)};
	bool written = true;

	if (!book.workbook)
		return error_no_memory(error);
	make_formats(&book);
	set_properties(&book);
	write_cover(&book);
	write_contents(&book);
	write_notes(&book);
	for (size_t i = 0; written && i < report->result_count; i++) {
		for (size_t t = 0; written && t < report->results[i]->table_count; t++)
			written = write_table_sheet(&book, report->results[i], t, error);
	}
	keep(&book, workbook_close(book.workbook));
	if (written && book.failed != LXW_NO_ERROR)
		return error_set(error, ERROR_SYSTEM, "the workbook could not be written: %s",
			lxw_strerror(book.failed));
	return written;
}

/* The library writes to a path only: a file in memory, so that nothing about a child is left in a
 * temporary folder. */
FORMAT_WRITER(xlsx_report_write)
{
	struct file_map map = {0};
	int file = memfd_create("report.xlsx", MFD_CLOEXEC);
	const char *name;
	bool written = false;

	(void)path;
	(void)options;
	if (file < 0)
		return error_system(error, errno, "the workbook could not be made");
	name = arena_format(arena, "/proc/self/fd/%d", file);
	if (!name) {
		error_no_memory(error);
		goto done;
	}
	if (!write_book(name, arena, report, error) ||
		!file_map_open(&map, name, SIZE_MAX / 2, error))
		goto done;
	buffer_text(out, map.bytes);
	file_map_close(&map);
	written = out->failed ? error_no_memory(error) : true;
done:
	close(file);
	return written;
}
