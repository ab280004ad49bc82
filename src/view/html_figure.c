/* SPDX-License-Identifier: MIT */
#include "base/embedded.h"
#include "view/formats.h"
#include "view/html.h"
#include "view/texts.h"
#include "view/words.h"

const char *html_chart(struct arena *arena, const struct result *result)
{
	const char *spec = result->chart
				   ? texts_find(arena, "charts/charts.csv", result->chart, "spec")
				   : NULL;
	const char *path;

	if (!spec)
		spec = result->chart;
	path = spec ? arena_format(arena, "built/charts/%s.vg.json", spec) : NULL;
	return path && embedded_find(path) ? spec : NULL;
}

/* [column, code, label], the code after its grouping where the row says which: "ehcp/yes". */
static void write_label(struct json *json, struct arena *arena, const struct view_report *report,
	const struct table *table, size_t column, size_t row)
{
	const struct column *grouping = table_find(table, "grouping");
	struct text code = table->columns[column].texts[row];
	struct buffer key = buffer_in(arena);

	if (grouping && &table->columns[column] != grouping) {
		buffer_text(&key, grouping->texts[row]);
		buffer_char(&key, '/');
	}
	buffer_text(&key, code);
	json_array_open(json);
	json_string(json, table->columns[column].name);
	json_text(json, (struct text){key.data, key.length});
	json_string(json,
		words_cell(arena, report->schema, report->cohort->framework, table, column, row));
	json_array_close(json);
}

static void write_table_labels(struct json *json, struct arena *arena,
	const struct view_report *report, const struct table *table)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const struct column *column = &table->columns[i];
		bool grouped = table_find(table, "grouping") != NULL;

		if (column->type != COLUMN_CODE)
			continue;
		for (size_t row = 0; row < table->rows && row < HTML_ROWS_MOST; row++) {
			bool again = row && !grouped &&
				     text_equal(column->texts[row - 1], column->texts[row]);

			if (!again && !column_missing(column, row))
				write_label(json, arena, report, table, i, row);
		}
	}
}

/* Codes with their labels, in the order the tables state them; a code may be there more than once.
 */
static void write_labels(struct json *json, struct arena *arena, const struct view_report *report,
	const struct result *result)
{
	json_key(json, "labels");
	json_array_open(json);
	for (size_t t = 0; t < result->table_count; t++)
		write_table_labels(json, arena, report, result->tables[t]);
	json_array_close(json);
}

static void write_headings(struct json *json, struct arena *arena, const struct view_report *report,
	const struct result *result)
{
	json_key(json, "headings");
	json_object_open(json);
	for (size_t t = 0; t < result->table_count; t++) {
		const struct table *table = result->tables[t];

		for (size_t i = 0; i < table->column_count; i++) {
			json_key(json, table->columns[i].name);
			json_string(json,
				words_column(arena, report->cohort->framework, &table->columns[i]));
		}
	}
	json_object_close(json);
}

/* Of a table too long for a page: its cells of a grid, or every so many rows of a curve. */
static void write_stand_in(struct json *json, struct arena *arena, const struct table *table)
{
	struct table *bins = NULL;

	if (strcmp(table->name, "points") == 0)
		bins = html_bins(arena, table, "total", "weekly_cost", "placement_kind", false);
	else if (table_find(table, "expected"))
		bins = html_bins(arena, table, "expected", "weekly_cost", NULL, true);
	else
		bins = html_thinned(arena, table);
	if (bins)
		json_table_write(json, bins);
}

struct text html_data(
	struct arena *arena, const struct view_report *report, const struct result *result)
{
	struct buffer out = buffer_in(arena);
	struct json json = json_in(&out);
	char day[DATE_TEXT_SIZE];

	json_object_open(&json);
	json_key(&json, "as_at");
	json_string(&json, date_format(report->cohort->as_at, day));
	json_key(&json, "figure");
	json_figure_write(&json, arena, report->schema, result, HTML_ROWS_DATA);
	json_key(&json, "stand_ins");
	json_array_open(&json);
	for (size_t i = 0; i < result->table_count; i++) {
		if (result->tables[i]->rows > HTML_ROWS_DATA)
			write_stand_in(&json, arena, result->tables[i]);
	}
	json_array_close(&json);
	write_labels(&json, arena, report, result);
	write_headings(&json, arena, report, result);
	json_object_close(&json);
	return (struct text){buffer_cstring(&out), out.length};
}

static void add_notes(struct model *figure, struct arena *arena, const struct view_report *report,
	const struct result *result)
{
	struct model *notes = model_list(figure, "notes");

	for (size_t i = 0; i < result->note_count; i++) {
		if (!words_note_said(&result->notes[i]))
			model_string(notes, NULL,
				view_sentence(arena, report->schema, &result->notes[i]));
	}
	model_flag(figure, "has_notes", model_is_true(notes));
}

static void add_meaning(struct model *figure, struct arena *arena, const struct view_report *report,
	const struct result *result)
{
	char day[32];

	model_string(figure, "definition", view_figure_text(arena, result->name, "definition"));
	model_string(figure, "source", view_figure_text(arena, result->name, "source"));
	model_string(figure, "made_from",
		arena_format(arena, "Made from: %.*s, as at %s%s%s.", (int)report->place.length,
			report->place.data, date_words(report->cohort->as_at, day),
			report->child.length ? "" : "; children: ",
			report->child.length ? "" : words_filter(arena, report->cohort)));
}

void html_figure(struct model *figure, struct arena *arena, const struct view_report *report,
	const struct result *result)
{
	const char *finding = words_title(arena, report->schema, result);
	const char *title = view_figure_text(arena, result->name, "title");
	struct model *tables;
	bool few = false, large = false;

	model_string(figure, "anchor", arena_format(arena, "figure-%s", result->id));
	model_string(figure, "label", arena_format(arena, "Figure %s", result->id));
	model_string(figure, "short", title ? title : result->name);
	model_string(figure, "finding", finding);
	model_string(figure, "question", view_figure_text(arena, result->name, "question"));
	model_string(figure, "used", words_used(arena, result));
	model_string(figure, "chart", html_chart(arena, result));
	tables = model_list(figure, "tables");
	for (size_t i = 0; i < result->table_count; i++) {
		html_table(
			model_object(tables, NULL), arena, report, result, result->tables[i], &few);
		large |= result->tables[i]->rows > HTML_ROWS_DATA;
	}
	model_flag(figure, "few", few);
	model_flag(figure, "large", large && html_chart(arena, result));
	add_notes(figure, arena, report, result);
	add_meaning(figure, arena, report, result);
	model_markup(figure, "data", html_data(arena, report, result));
}
