/* SPDX-License-Identifier: MIT */
#include "view/html.h"

enum { CELLS_ACROSS = 60, CELLS_UP = 40, GROUPS_SHOWN = 16, CURVE_POINTS = 1000 };

struct axis {
	const struct column *column;
	bool logarithmic;
	double from, step; /* of logarithms, where it is so */
	size_t cells;
};

static double place_of(const struct axis *axis, size_t row)
{
	double value = column_number(axis->column, row);

	if (!axis->logarithmic)
		return value;
	return value > 0 ? log10(value) : (double)NAN;
}

/* The lower edge of a cell in the units of the column. */
static double edge_of(const struct axis *axis, size_t cell)
{
	double place = axis->from + (double)cell * axis->step;

	return axis->logarithmic ? pow(10, place) : place;
}

static struct axis axis_of(
	const struct table *table, const char *name, size_t cells, bool logarithmic)
{
	struct axis axis = {
		.column = table_find(table, name), .cells = cells, .logarithmic = logarithmic};
	double least = (double)INFINITY, most = -(double)INFINITY;

	for (size_t row = 0; axis.column && row < table->rows; row++) {
		double value = place_of(&axis, row);

		least = value < least ? value : least;
		most = value > most ? value : most;
	}
	axis.from = isfinite(least) ? least : 0;
	axis.step = most > least ? (most - least) / (double)cells : 1;
	return axis;
}

static size_t cell_of(const struct axis *axis, double value)
{
	double cell = floor((value - axis->from) / axis->step);

	return cell >= (double)axis->cells ? axis->cells - 1 : (size_t)cell;
}

/* The number of the group, taking up a new one; the last for what does not fit. */
static size_t group_of(struct text *groups, size_t *count, struct text group)
{
	for (size_t i = 0; i < *count; i++) {
		if (text_equal(groups[i], group))
			return i;
	}
	if (*count < GROUPS_SHOWN)
		groups[(*count)++] = group;
	return *count - 1;
}

static void add_bin(struct table *bins, const struct axis *x, const struct axis *y, size_t cell,
	int64_t count, struct text group)
{
	size_t across = cell % x->cells, up = cell / x->cells;

	table_row(bins);
	table_set_number(bins, 0, edge_of(x, across));
	table_set_number(bins, 1, edge_of(x, across + 1));
	table_set_number(bins, 2, edge_of(y, up));
	table_set_number(bins, 3, edge_of(y, up + 1));
	table_set_integer(bins, 4, count);
	table_set_text(bins, 5, group);
}

static struct table *bins_table(struct arena *arena, const char *group)
{
	struct table *bins = table_make(arena, "bins");

	if (!bins)
		return NULL;
	table_column(bins, "x_from", COLUMN_NUMBER, NULL);
	table_column(bins, "x_to", COLUMN_NUMBER, NULL);
	table_column(bins, "y_from", COLUMN_NUMBER, NULL);
	table_column(bins, "y_to", COLUMN_NUMBER, NULL);
	table_column(bins, "count", COLUMN_INTEGER, "children");
	table_column(bins, group ? group : "group", COLUMN_CODE, NULL);
	return bins;
}

struct table *html_bins(struct arena *arena, const struct table *points, const char *x,
	const char *y, const char *group, bool logarithmic)
{
	struct axis across = axis_of(points, x, CELLS_ACROSS, logarithmic);
	struct axis up = axis_of(points, y, CELLS_UP, logarithmic);
	const struct column *code = group ? table_find(points, group) : NULL;
	struct text groups[GROUPS_SHOWN] = {0};
	size_t count = 0, cells = CELLS_ACROSS * CELLS_UP;
	int64_t *found = arena_take(arena, cells * GROUPS_SHOWN, sizeof *found);
	struct table *bins = bins_table(arena, group);

	if (!across.column || !up.column || !found || !bins)
		return NULL;
	for (size_t row = 0; row < points->rows; row++) {
		double right = column_number(across.column, row),
		       high = column_number(up.column, row);
		size_t which = group_of(groups, &count, code ? code->texts[row] : (struct text){0});

		if (isfinite(right) && isfinite(high))
			found[which * cells + cell_of(&up, high) * CELLS_ACROSS +
				cell_of(&across, right)]++;
	}
	for (size_t i = 0; i < count * cells; i++) {
		if (found[i])
			add_bin(bins, &across, &up, i % cells, found[i], groups[i / cells]);
	}
	return bins->failed ? NULL : bins;
}

struct table *html_thinned(struct arena *arena, const struct table *curve)
{
	struct table *thin = table_make(arena, curve->name);
	size_t step = curve->rows / CURVE_POINTS + 1;

	for (size_t i = 0; thin && i < curve->column_count; i++) {
		if (curve->columns[i].type != COLUMN_NUMBER)
			return NULL;
		table_column(thin, curve->columns[i].name, COLUMN_NUMBER, curve->columns[i].unit);
	}
	for (size_t row = 0; thin && row < curve->rows; row++) {
		if (row % step != 0 && row + 1 != curve->rows)
			continue;
		table_row(thin);
		for (size_t i = 0; i < curve->column_count; i++)
			table_set_number(thin, i, curve->columns[i].numbers[row]);
	}
	return thin && !thin->failed ? thin : NULL;
}
