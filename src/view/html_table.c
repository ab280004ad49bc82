/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "view/formats.h"
#include "view/html.h"
#include "view/words.h"

enum { TURN_COLUMNS = 6, TURN_ROWS = 10 };

struct shown {
	const struct view_report *report;
	struct arena *arena;
	const struct table *table;
	size_t rows; /* how many of the table's */
	size_t keys; /* columns at the left that say what a row is about */
	bool few;
};

static bool is_number(const struct column *column)
{
	return column->type == COLUMN_INTEGER || column->type == COLUMN_NUMBER;
}

static size_t key_columns(const struct table *table)
{
	size_t keys = 0;

	while (keys < table->column_count && !is_number(&table->columns[keys]))
		keys++;
	return keys;
}

static const char *heading(const struct shown *shown, size_t column)
{
	return words_column(
		shown->arena, shown->report->cohort->framework, &shown->table->columns[column]);
}

static const char *words_of(const struct shown *shown, size_t column, size_t row)
{
	return words_cell(shown->arena, shown->report->schema, shown->report->cohort->framework,
		shown->table, column, row);
}

static void add_heading(struct model *list, const char *words, bool numeric)
{
	struct model *one = model_object(list, NULL);

	model_string(one, "words", *words ? words : " ");
	model_flag(one, "numeric", numeric);
}

static void add_cell(
	struct model *cells, struct shown *shown, size_t column, size_t row, bool header)
{
	struct model *cell = model_object(cells, NULL);
	bool few = words_rests_on_few(shown->table, column, row);

	model_string(cell, "words", words_of(shown, column, row));
	model_flag(cell, "header", header);
	model_flag(cell, "numeric", is_number(&shown->table->columns[column]));
	model_flag(cell, "few", few);
	shown->few |= few;
}

static void add_rows(struct model *table, struct shown *shown)
{
	struct model *headings = model_list(table, "headings"), *rows = model_list(table, "rows");

	for (size_t i = 0; i < shown->table->column_count; i++)
		add_heading(headings, heading(shown, i), is_number(&shown->table->columns[i]));
	for (size_t row = 0; row < shown->rows; row++) {
		struct model *cells = model_list(model_object(rows, NULL), "cells");

		for (size_t i = 0; i < shown->table->column_count; i++)
			add_cell(cells, shown, i, row, i == 0 && shown->keys > 0);
	}
}

/* "Male, 12 to 16": what the column of a turned table is about. */
static const char *key_words(const struct shown *shown, size_t row)
{
	struct buffer words = buffer_in(shown->arena);

	for (size_t i = 0; i < shown->keys; i++) {
		if (i)
			buffer_string(&words, ", ");
		buffer_string(&words, words_of(shown, i, row));
	}
	return shown->keys ? buffer_cstring(&words) : "Value";
}

/* Few rows of many measures are read better as many rows of a few. */
static void add_rows_turned(struct model *table, struct shown *shown)
{
	struct model *headings = model_list(table, "headings"), *rows = model_list(table, "rows");

	add_heading(headings, "Measure", false);
	for (size_t row = 0; row < shown->rows; row++)
		add_heading(headings, key_words(shown, row), true);
	for (size_t i = shown->keys; i < shown->table->column_count; i++) {
		struct model *cells = model_list(model_object(rows, NULL), "cells");
		struct model *header = model_object(cells, NULL);

		model_string(header, "words", heading(shown, i));
		model_flag(header, "header", true);
		for (size_t row = 0; row < shown->rows; row++)
			add_cell(cells, shown, i, row, false);
	}
}

/* Whether the table is nothing but counts and percentages by two codes. */
static bool is_crossed(const struct table *table)
{
	return table->column_count == 4 && table->rows && table->columns[0].type == COLUMN_CODE &&
	       table->columns[1].type == COLUMN_CODE && strcmp(table->columns[2].name, "n") == 0 &&
	       strcmp(table->columns[3].name, "percent") == 0;
}

/* Rows that follow each other with the same first code. */
static size_t rows_alike(const struct table *table, size_t row)
{
	size_t end = row + 1;

	while (end < table->rows &&
		text_equal(table->columns[0].texts[row], table->columns[0].texts[end]))
		end++;
	return end - row;
}

static size_t find_code(const struct shown *shown, size_t from, size_t count, struct text code)
{
	for (size_t row = from; row < from + count; row++) {
		if (text_equal(shown->table->columns[1].texts[row], code))
			return row;
	}
	return SIZE_MAX;
}

static void add_crossed_cell(struct model *cells, struct shown *shown, size_t row)
{
	struct model *cell = model_object(cells, NULL);

	model_flag(cell, "numeric", true);
	model_string(cell, "words",
		row == SIZE_MAX ? "0"
				: arena_format(shown->arena, "%s (%s)", words_of(shown, 2, row),
					  words_of(shown, 3, row)));
}

/* The codes of the second column, each once. */
static size_t second_codes(const struct shown *shown, size_t *codes, size_t most)
{
	const struct column *second = &shown->table->columns[1];
	size_t count = 0;

	for (size_t row = 0; row < shown->table->rows; row++) {
		size_t at = 0;

		while (at < count && !text_equal(second->texts[codes[at]], second->texts[row]))
			at++;
		if (at == count && count < most)
			codes[count++] = row;
	}
	return count;
}

/* The first code down, the second across, "735 (21%)" in the cells. */
static void add_rows_crossed(struct model *table, struct shown *shown)
{
	struct model *headings = model_list(table, "headings"), *rows = model_list(table, "rows");
	const struct table *of = shown->table;
	size_t codes[GROUPS_MOST + 1], count = second_codes(shown, codes, GROUPS_MOST + 1), alike;

	add_heading(headings, heading(shown, 0), false);
	for (size_t i = 0; i < count; i++)
		add_heading(headings, words_of(shown, 1, codes[i]), true);
	for (size_t row = 0; row < of->rows; row += alike) {
		struct model *cells = model_list(model_object(rows, NULL), "cells");

		alike = rows_alike(of, row);
		add_cell(cells, shown, 0, row, true);
		for (size_t i = 0; i < count; i++)
			add_crossed_cell(cells, shown,
				find_code(shown, row, alike, of->columns[1].texts[codes[i]]));
	}
}

/* Bytes that a link must not hold as they are. */
static void add_escaped_for_link(struct buffer *out, struct text text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
				    ",.-_*()/:;=@";

	for (size_t i = 0; i < text.length; i++) {
		if (memchr(plain, text.data[i], sizeof plain - 1))
			buffer_char(out, text.data[i]);
		else
			buffer_format(out, "%%%02X", (unsigned char)text.data[i]);
	}
}

/* The table as a file within a link where it is small; a script offers the larger ones. */
static void add_download(
	struct model *model, const struct shown *shown, const struct result *result)
{
	struct buffer csv = buffer_in(shown->arena), link = buffer_in(shown->arena);

	model_string(model, "file",
		arena_format(shown->arena, "%s-%s.csv", result->id, shown->table->name));
	model_string(model, "name", shown->table->name);
	if (shown->table->rows > HTML_ROWS_DATA)
		return;
	csv_table_write(&csv, shown->table);
	if (csv.length > HTML_CSV_MOST) {
		model_flag(model, "csv_by_script", true);
		return;
	}
	buffer_string(&link, "data:text/csv;charset=utf-8,");
	add_escaped_for_link(&link, (struct text){csv.data, csv.length});
	model_text(model, "csv", (struct text){buffer_cstring(&link), link.length});
	model_string(
		model, "size", arena_format(shown->arena, "%zu kB", (csv.length + 999) / 1000));
}

static void add_more(struct model *model, const struct shown *shown)
{
	size_t rows = shown->table->rows;
	const char *count = words_number(shown->arena, FORMAT_COUNT, (double)rows);

	if (!rows)
		model_string(model, "more", "There is nobody to count here.");
	else if (rows > HTML_ROWS_DATA)
		model_string(model, "more",
			arena_format(shown->arena,
				"The first %d of %s rows. The whole table is too large for this "
				"page: write the "
				"report with --format csv or --format xlsx.",
				HTML_ROWS_FIRST, count));
	else if (rows > shown->rows)
		model_string(model, "more",
			arena_format(shown->arena,
				"The first %d of %s rows; hearth report writes all of them as CSV, "
				"XLSX or JSON.",
				HTML_ROWS_FIRST, count));
}

void html_table(struct model *model, struct arena *arena, const struct view_report *report,
	const struct result *result, const struct table *of, bool *few)
{
	struct shown shown = {.report = report,
		.arena = arena,
		.table = of,
		.rows = of->rows,
		.keys = key_columns(of)};

	if (of->rows > HTML_ROWS_MOST)
		shown.rows = HTML_ROWS_FIRST;
	model_string(model, "caption", words_table(arena, of));
	model_string(model, "count", words_number(arena, FORMAT_COUNT, (double)of->rows));
	model_flag(model, "long", shown.rows > HTML_ROWS_OPEN);
	if (is_crossed(of) && of->rows <= HTML_ROWS_MOST)
		add_rows_crossed(model, &shown);
	else if (of->column_count > TURN_COLUMNS && of->rows && of->rows <= TURN_ROWS)
		add_rows_turned(model, &shown);
	else
		add_rows(model, &shown);
	add_more(model, &shown);
	add_download(model, &shown, result);
	*few |= shown.few;
}
