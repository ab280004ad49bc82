/* SPDX-License-Identifier: MIT */
#include "analysis/notes.h"
#include "analysis/measures.h"

static void note_count(struct result *result, const char *key, int64_t count)
{
	if (count > 0)
		statement_number(result_note(result, key), "count", FORMAT_COUNT, (double)count);
}

/* The columns that count the children a mean of the same table rests on, and those means. */
static const struct {
	const char *count, *mean;
} rests_on[] = {
	{"n", "mean_total"},
	{"n_costed", "mean_weekly_cost"},
	{"n", "mean_where_present"},
	{"n", "change_per_year"},
	{"n", "mean_residual"},
};

enum { RESTS_MOST = sizeof rests_on / sizeof *rests_on };

static bool is_few(int64_t count)
{
	return count > 0 && count < ANALYSIS_FEW;
}

/* Rows in which a mean rests on 1 to 5 children; each row once. */
static int64_t rows_on_few(const struct table *table)
{
	const int64_t *counts[RESTS_MOST];
	size_t count = 0;
	int64_t found = 0;

	for (size_t i = 0; i < RESTS_MOST; i++) {
		const struct column *column = table_find(table, rests_on[i].count);

		if (column && column->type == COLUMN_INTEGER && table_find(table, rests_on[i].mean))
			counts[count++] = column->integers;
	}
	for (size_t row = 0; row < table->rows; row++) {
		bool few = false;

		for (size_t i = 0; i < count; i++)
			few = few || is_few(counts[i][row]);
		found += few;
	}
	return found;
}

static void note_few(struct result *result)
{
	int64_t rows = 0;

	for (size_t i = 0; i < result->table_count; i++)
		rows += rows_on_few(result->tables[i]);
	if (rows > 0) {
		struct statement_of *note = result_note(result, "rests_on_few");

		statement_number(note, "rows", FORMAT_COUNT, (double)rows);
		statement_number(note, "few", FORMAT_COUNT, ANALYSIS_FEW);
	}
}

static bool shows_totals(const struct result *result)
{
	for (size_t i = 0; i < result->table_count; i++)
		if (table_find(result->tables[i], "mean_total"))
			return true;
	return false;
}

void notes_common(struct result *result, const struct analysis_input *input)
{
	if (shows_totals(result))
		statement_number(result_note(result, "highest_total"), "highest", FORMAT_COUNT,
			input->cohort->framework->max_total);
	note_count(result, "without_assessment", result->missing_assessment);
	note_count(result, "without_cost", result->missing_cost);
	note_count(result, "without_group", result->missing_group);
	if (!result_failed(result))
		note_few(result);
}

/* "No need 0, Minor need 1–3, …": names and numbers are the framework's own. */
void note_bands(struct result *result, const struct framework *framework)
{
	struct buffer words = buffer_in(result->arena);
	struct text text;

	for (size_t b = 0; b < framework->band_count; b++) {
		const struct band *band = &framework->bands[b];

		buffer_format(&words, "%s%s %d", b ? ", " : "", band->label, band->from);
		if (band->to != band->from)
			buffer_format(&words, "–%d", band->to);
	}
	if (words.failed)
		result->failed = true;
	text = (struct text){buffer_cstring(&words), words.length};
	statement_text(result_note(result, "bands"), "bands", text);
}
