/* SPDX-License-Identifier: MIT */
#include "import/totals.h"

#include <stdlib.h>

#include "base/date.h"

/* The columns of the costs table, by name. */
struct total_columns {
	int from, to, element;
	int total; /* the code */
};

static int totals_column(const struct source_table *table, const char *name)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (strcmp(table->columns[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}

static bool totals_columns(const struct source_table *table, struct total_columns *out_columns)
{
	int element = totals_column(table, "element");

	if (strcmp(table->name, "costs") != 0 || element < 0 || !table->columns[element].codes)
		return false;
	*out_columns =
		(struct total_columns){totals_column(table, "from"), totals_column(table, "to"),
			element, code_set_find(table->columns[element].codes, TEXT("total"))};
	return out_columns->from >= 0 && out_columns->to >= 0;
}

/* Room for so many more; the older list is given back. */
static bool totals_room(struct totals *totals, size_t more)
{
	size_t capacity = totals->capacity * 2;
	struct arena *arena;
	struct total_line *lines;

	if (totals->count + more <= totals->capacity)
		return true;
	if (capacity < totals->count + more)
		capacity = totals->count + more;
	arena = arena_open();
	lines = arena ? arena_take_raw(arena, capacity, sizeof *lines) : NULL;
	if (!lines) {
		arena_close(arena);
		return false;
	}
	if (totals->count)
		memcpy(lines, totals->lines, totals->count * sizeof *lines);
	arena_close(totals->arena);
	totals->arena = arena;
	totals->lines = lines;
	totals->capacity = capacity;
	return true;
}

bool totals_add(struct totals *totals, const struct import_rows *rows, const uint32_t *child_of,
	struct error *error)
{
	struct total_columns of;
	const int32_t *from, *to;
	const int16_t *element;

	if (!totals_columns(rows->table, &of))
		return true;
	if (!totals_room(totals, rows->count))
		return error_no_memory(error);
	from = rows->columns[of.from].dates;
	to = rows->columns[of.to].dates;
	element = rows->columns[of.element].codes;
	for (size_t i = 0; i < rows->count; i++) {
		int32_t end = to && to[i] != DATE_MISSING ? to[i] : INT32_MAX;
		bool total = element && element[i] == of.total;

		if (end <= from[i]) /* of no length: shares a day with nothing */
			continue;
		totals->lines[totals->count++] = (struct total_line){
			child_of[i], from[i], end, rows->file, rows->lines[i], total};
		totals->totals += total;
	}
	return true;
}

static int totals_compare(const void *a, const void *b)
{
	const struct total_line *one = a, *two = b;

	if (one->child != two->child)
		return one->child < two->child ? -1 : 1;
	if (one->from != two->from)
		return one->from < two->from ? -1 : 1;
	if (one->file != two->file)
		return one->file < two->file ? -1 : 1;
	return one->line < two->line ? -1 : one->line > two->line;
}

/* Keeps the lines of children who have a total. */
static void totals_keep(struct totals *totals)
{
	size_t kept = 0;

	for (size_t first = 0, next; first < totals->count; first = next) {
		bool any = false;

		for (next = first; next < totals->count &&
				   totals->lines[next].child == totals->lines[first].child;
			next++)
			any |= totals->lines[next].total;
		if (!any)
			continue;
		memmove(totals->lines + kept, totals->lines + first,
			(next - first) * sizeof *totals->lines);
		kept += next - first;
	}
	totals->count = kept;
}

/* In order of their starts a line shares a day with an earlier one when one of those ends after its
 * start, and with a later one when the next starts before its end: all have a length. */
void totals_tell(
	struct totals *totals, struct problem_log *log, const struct intake *const *intake_of_file)
{
	int32_t latest_end = INT32_MIN;

	if (!totals->totals)
		return;
	qsort(totals->lines, totals->count, sizeof *totals->lines, totals_compare);
	totals_keep(totals);
	for (size_t i = 0; i < totals->count; i++) {
		const struct total_line *line = &totals->lines[i];
		bool first = i == 0 || line[-1].child != line->child;
		bool last = i + 1 == totals->count || line[1].child != line->child;

		if (first)
			latest_end = INT32_MIN;
		if (line->total &&
			(latest_end > line->from || (!last && line[1].from < line->to))) {
			const struct intake *intake = intake_of_file[line->file];
			int element = totals_column(intake->table, "element");
			struct finding finding = {.kind = PROBLEM_TOTAL_BESIDE,
				.line = line->line,
				.column = intake->fields[intake->field_of[element]].name,
				.value = TEXT("total")};

			problem_log_add(log, line->file, &finding);
		}
		if (line->to > latest_end)
			latest_end = line->to;
	}
}

void totals_close(struct totals *totals)
{
	arena_close(totals->arena);
	*totals = (struct totals){0};
}
