/* SPDX-License-Identifier: MIT */
#include "view/formats.h"
#include "view/grid.h"
#include "view/words.h"

enum {
	WIDTH_DEFAULT = 80,
	WIDTH_LEAST = 40,
	INDENT = 4,
	ROWS_MOST = 40,
	ROWS_SHOWN = 10,
	KEYS_MOST = 3
};

#define BOLD  "\x1b[1m"
#define DIM   "\x1b[2m"
#define PLAIN "\x1b[0m"

struct screen {
	struct buffer *out;
	struct arena *arena;
	const struct view_report *report;
	bool colour;
	size_t width;
};

static struct screen screen_of(struct buffer *out, struct arena *arena,
	const struct view_report *report, const struct view_options *options)
{
	int width = options && options->width > 0 ? options->width : WIDTH_DEFAULT;

	return (struct screen){out, arena, report, options && options->colour,
		(size_t)(width < WIDTH_LEAST ? WIDTH_LEAST : width)};
}

static void styled(const struct screen *screen, const char *style, const char *words, size_t indent)
{
	if (screen->colour)
		buffer_string(screen->out, style);
	grid_add_wrapped(screen->out, words, screen->width, indent, indent);
	if (screen->colour)
		buffer_string(screen->out, PLAIN);
}

static void formatted(const struct screen *screen, const char *style, const char *words)
{
	styled(screen, style, words ? words : "", 0);
}

static void add_cohort(const struct screen *screen)
{
	const struct cohort *cohort = screen->report->cohort;
	struct arena *arena = screen->arena;

	formatted(screen, "", arena_format(arena, "Children: %s.", words_filter(arena, cohort)));
	formatted(screen, "",
		arena_format(arena, "%s looked after, %s with an assessment, %s with a known cost.",
			words_number(arena, FORMAT_COUNT, (double)cohort->count),
			words_number(arena, FORMAT_COUNT, (double)cohort->assessed),
			words_number(arena, FORMAT_COUNT, (double)cohort->costed)));
}

static void add_heading(const struct screen *screen)
{
	const struct view_report *report = screen->report;
	const struct cohort *cohort = report->cohort;
	struct arena *arena = screen->arena;
	char day[32];

	date_words(cohort->as_at, day);
	if (report->child.length)
		formatted(screen, BOLD,
			arena_format(arena, "Child %.*s, up to %s", (int)report->child.length,
				report->child.data, day));
	else
		formatted(screen, BOLD,
			arena_format(arena, "Needs and costs of children looked after, %s", day));
	formatted(screen, "",
		arena_format(
			arena, "Record: %.*s.", (int)report->place.length, report->place.data));
	if (report->synthetic)
		formatted(screen, BOLD, "Made-up children: this is the demonstration population.");
	if (!report->child.length)
		add_cohort(screen);
	formatted(screen, DIM,
		arena_format(arena, "Framework %s: %s.", cohort->framework->id,
			words_bands(arena, cohort->framework)));
	formatted(screen, DIM, WORDS_NOT_FOR_PUBLICATION);
}

static void add_findings(const struct screen *screen)
{
	const struct view_report *report = screen->report;

	buffer_char(screen->out, '\n');
	formatted(screen, BOLD, "Key findings");
	for (size_t i = 0; i < report->result_count; i++) {
		const struct result *result = report->results[i];
		const char *finding = words_title(screen->arena, report->schema, result);

		grid_add_wrapped(screen->out,
			arena_format(screen->arena, "\xE2\x80\xA2 %s [%s]", finding, result->id),
			screen->width, 2, 4);
	}
}

/* ---- figures ---- */

/* The cell, with a star where the mean rests on few children. */
static const char *cell_words(const struct screen *screen, const struct table *table, size_t column,
	size_t row, bool *few)
{
	const struct view_report *report = screen->report;
	const char *words = words_cell(
		screen->arena, report->schema, report->cohort->framework, table, column, row);

	if (table->columns[column].type != COLUMN_TEXT &&
		column_missing(&table->columns[column], row))
		return "-";
	if (!words_rests_on_few(table, column, row))
		return words;
	*few = true;
	words = arena_format(screen->arena, "%s*", words);
	return words ? words : "";
}

static struct grid grid_of(
	const struct screen *screen, const struct table *table, size_t rows, bool *few)
{
	size_t columns = table->column_count;
	const char **cells = arena_take(screen->arena, (rows + 1) * columns, sizeof *cells);
	bool *right = arena_take(screen->arena, columns, sizeof *right);
	struct grid grid = {rows + 1, columns, cells, right, 0};

	if (!cells || !right)
		return (struct grid){0};
	for (size_t i = 0; i < columns; i++) {
		right[i] = table->columns[i].type == COLUMN_INTEGER ||
			   table->columns[i].type == COLUMN_NUMBER;
		if (!right[i] && grid.keys == i && i < KEYS_MOST)
			grid.keys++;
		cells[i] = words_column(
			screen->arena, screen->report->cohort->framework, &table->columns[i]);
		for (size_t row = 0; row < rows; row++)
			cells[(row + 1) * columns + i] = cell_words(screen, table, i, row, few);
	}
	return grid;
}

static void add_table(const struct screen *screen, const struct table *table)
{
	size_t rows = table->rows > ROWS_MOST ? ROWS_SHOWN : table->rows;
	bool few = false;
	struct grid grid = grid_of(screen, table, rows, &few);

	buffer_char(screen->out, '\n');
	styled(screen, BOLD, words_table(screen->arena, table), INDENT);
	if (!grid.cells)
		screen->out->failed = true;
	else
		grid_add(screen->out, screen->arena, &grid, screen->width, INDENT);
	if (few)
		styled(screen, DIM, "* rests on few: fewer than 6 children", INDENT);
	if (rows < table->rows)
		styled(screen, DIM,
			arena_format(screen->arena,
				"... and %s more rows: --format csv, json or xlsx has them all",
				words_number(
					screen->arena, FORMAT_COUNT, (double)(table->rows - rows))),
			INDENT);
}

static void add_figure(const struct screen *screen, const struct result *result)
{
	const struct schema *schema = screen->report->schema;
	struct arena *arena = screen->arena;
	const char *question = view_figure_text(arena, result->name, "question");

	buffer_char(screen->out, '\n');
	formatted(screen, BOLD,
		arena_format(arena, "%s  %s", result->id, words_title(arena, schema, result)));
	if (question)
		styled(screen, "", question, INDENT);
	styled(screen, DIM, words_used(arena, result), INDENT);
	for (size_t i = 0; i < result->table_count; i++)
		add_table(screen, result->tables[i]);
	for (size_t i = 0; i < result->note_count; i++) {
		if (!words_note_said(&result->notes[i]))
			styled(screen, DIM,
				arena_format(arena, "Note: %s",
					view_sentence(arena, schema, &result->notes[i])),
				INDENT);
	}
}

FORMAT_WRITER(terminal_report_write)
{
	struct screen screen = screen_of(out, arena, report, options);

	(void)path;
	add_heading(&screen);
	add_findings(&screen);
	for (size_t i = 0; i < report->result_count; i++)
		add_figure(&screen, report->results[i]);
	return out->failed ? error_no_memory(error) : true;
}

FORMAT_WRITER(findings_report_write)
{
	struct screen screen = screen_of(out, arena, report, options);

	(void)path;
	add_heading(&screen);
	add_findings(&screen);
	return out->failed ? error_no_memory(error) : true;
}
