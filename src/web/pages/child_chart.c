/* SPDX-License-Identifier: MIT */
#include "web/pages/child_chart.h"

#include "view/words.h"
#include "web/pages/drawing.h"
#include "web/pages/needs_words.h"

enum {
	HEAD = 22, /* above a panel, for its labels */
	TOTAL_HEIGHT = 84,
	ROW_HEIGHT = 18,
	HOME_HEIGHT = 26,
	COST_HEIGHT = 64,
	LABEL_APART = 30, /* of two totals that are written */
};

struct chart {
	struct drawing drawing;
	const struct child_page *page;
	const struct framework *framework;
	const struct table *assessments, *placements, *costs, *moves;
	int32_t day; /* as at */
};

static int32_t day_of(const struct table *table, const char *column, size_t row)
{
	return table_find(table, column)->dates[row];
}

static void panel_words(struct chart *chart, int y, const char *title, const char *more)
{
	drawing_text(&chart->drawing, "title", 0, y, title);
	if (more)
		drawing_text(&chart->drawing, "start", 0, y + 16, more);
}

/* ---- the total ------------------------------------------------------------------------------ */

static void draw_total_labels(struct chart *chart, const int *x, const int *y, size_t count)
{
	const struct column *totals = table_find(chart->assessments, "total");
	int before = DRAWING_WIDTH + LABEL_APART;

	for (size_t a = count; a-- > 0;) {
		if (before - x[a] < LABEL_APART)
			continue;
		before = x[a];
		drawing_text(&chart->drawing, x[a] > DRAWING_RIGHT - 16 ? "value-end" : "value",
			x[a] > DRAWING_RIGHT - 16 ? DRAWING_RIGHT : x[a], y[a] - 9,
			arena_format(chart->page->arena, "%lld", (long long)totals->integers[a]));
	}
}

static void draw_total(struct chart *chart)
{
	const struct column *totals = table_find(chart->assessments, "total");
	size_t count = chart->assessments->rows;
	struct arena *arena = chart->page->arena;
	struct buffer path = buffer_in(arena);
	int top = chart->drawing.y + HEAD, max = chart->framework->max_total;
	int *x = arena_take(arena, count, sizeof *x), *y = arena_take(arena, count, sizeof *y);

	panel_words(chart, top + 12, "Total of needs", arena_format(arena, "from 0 to %d", max));
	for (size_t a = 0; x && y && a < count; a++) {
		int32_t on = day_of(chart->assessments, "assessed_on", a);
		int total = (int)totals->integers[a];

		x[a] = drawing_x(&chart->drawing, on);
		y[a] = top + TOTAL_HEIGHT - total * TOTAL_HEIGHT / max;
		buffer_format(&path, "%c%d %d", a ? 'L' : 'M', x[a], y[a]);
		drawing_dot(&chart->drawing, x[a], y[a],
			arena_format(arena, "%s: total of needs %d of %d, %s", day_words(arena, on),
				total, max, total_band_words(chart->framework, total)));
	}
	if (count > 1)
		drawing_shape(&chart->drawing, "total", buffer_cstring(&path), NULL);
	if (x && y)
		draw_total_labels(chart, x, y, count);
	chart->drawing.y = top + TOTAL_HEIGHT;
	drawing_line(&chart->drawing, "axis", DRAWING_LEFT, chart->drawing.y, DRAWING_RIGHT,
		chart->drawing.y);
}

/* ---- every area of need --------------------------------------------------------------------- */

/* A score holds until the next assessment. */
static void draw_score(struct chart *chart, struct buffer *paths, size_t domain, size_t row, int y)
{
	const struct table *table = chart->assessments;
	bool last = row + 1 == table->rows;
	int x = drawing_x(&chart->drawing, day_of(table, "assessed_on", row));
	int end = last ? DRAWING_RIGHT
		       : drawing_x(&chart->drawing, day_of(table, "assessed_on", row + 1));
	int score = (int)table->columns[1 + domain].integers[row];
	size_t band = band_of(chart->framework, score);

	if (end - x < 2)
		return;
	buffer_format(
		&paths[band], "M%d %dh%dv%dh-%dz", x, y, end - x - 1, ROW_HEIGHT - 2, end - x - 1);
	if (end - x >= (score > 9 ? 19 : 13))
		drawing_text(&chart->drawing,
			band + 1 == chart->framework->band_count ? "light" : "start", x + 4, y + 12,
			arena_format(chart->page->arena, "%d", score));
}

static void draw_domains(struct chart *chart)
{
	static const char *const kinds[BANDS_MOST] = {"band-0", "band-1", "band-2", "band-3"};
	const struct framework *framework = chart->framework;
	struct buffer paths[BANDS_MOST];
	int y = chart->drawing.y + HEAD;

	for (size_t b = 0; b < BANDS_MOST; b++)
		paths[b] = buffer_in(chart->page->arena);
	for (size_t d = 0; d < framework->domain_count; d++, y += ROW_HEIGHT) {
		drawing_text(
			&chart->drawing, "start", 0, y + 12, framework->domains[d].short_label);
		for (size_t a = 0; a < chart->assessments->rows; a++)
			draw_score(chart, paths, d, a, y);
	}
	for (size_t b = 0; b < framework->band_count; b++)
		if (paths[b].length)
			drawing_shape(&chart->drawing, kinds[b], buffer_cstring(&paths[b]), NULL);
	chart->drawing.y = y;
}

/* ---- homes ---------------------------------------------------------------------------------- */

static const char *kind_label(const struct chart *chart, size_t row)
{
	const struct grouping *kinds =
		&chart->page->visit->schema->groupings[GROUPING_PLACEMENT_KIND];
	int kind =
		grouping_find(kinds, table_find(chart->placements, "placement_kind")->texts[row]);

	return kinds->labels[kind < 0 ? kinds->count : (size_t)kind];
}

static void draw_home(struct chart *chart, size_t row, int y)
{
	struct arena *arena = chart->page->arena;
	int32_t from = day_of(chart->placements, "from", row);
	int32_t to = day_of(chart->placements, "to", row);
	const char *label = kind_label(chart, row);
	int x = drawing_x(&chart->drawing, from);
	int end = to == DATE_MISSING ? DRAWING_RIGHT : drawing_x(&chart->drawing, to);
	int width = end - x > 3 ? end - x - 1 : 2;
	bool fits = width >= (int)strlen(label) * DRAWING_LETTER + 30;

	drawing_shape(&chart->drawing, row % 2 ? "home-odd" : "home",
		arena_format(arena, "M%d %dh%dv%dh-%dz", x, y, width, HOME_HEIGHT, width),
		arena_format(arena, "Home %zu, %s to %s: %s", row + 1, day_words(arena, from),
			to == DATE_MISSING ? "now" : day_words(arena, to), label));
	if (fits || width >= 18)
		drawing_text(&chart->drawing, "light", x + 6, y + 17,
			fits ? arena_format(arena, "%zu %s", row + 1, label)
			     : arena_format(arena, "%zu", row + 1));
}

static void draw_homes(struct chart *chart)
{
	int y = chart->drawing.y + HEAD - 4;

	panel_words(chart, y + 12, "Homes", "in their order");
	for (size_t p = 0; p < chart->placements->rows; p++)
		draw_home(chart, p, y);
	chart->drawing.y = y + HOME_HEIGHT;
}

/* ---- costs ---------------------------------------------------------------------------------- */

static double greatest(const struct column *column, size_t rows)
{
	double most = 0;

	for (size_t row = 0; row < rows; row++)
		if (column->numbers[row] > most)
			most = column->numbers[row];
	return most;
}

/* One cost from its day until the next; an unknown one is a gap. */
static void draw_cost(struct chart *chart, struct buffer *path, size_t row, double most, int base)
{
	const struct table *table = chart->costs;
	const struct column *costs = table_find(table, "weekly_cost");
	struct arena *arena = chart->page->arena;
	bool last = row + 1 == table->rows;
	int32_t from = day_of(table, "from", row);
	int x = drawing_x(&chart->drawing, from);
	int end = last ? DRAWING_RIGHT : drawing_x(&chart->drawing, day_of(table, "from", row + 1));
	const char *words = words_number(arena, FORMAT_POUNDS, costs->numbers[row]);
	int y;

	if (isnan(costs->numbers[row]))
		return;
	y = base - (int)(most > 0 ? costs->numbers[row] / most * COST_HEIGHT : 0);
	buffer_format(path, "%c%d %dH%d",
		path->length && row && !isnan(costs->numbers[row - 1]) ? 'L' : 'M', x, y, end);
	drawing_dot(&chart->drawing, x, y,
		arena_format(arena, "From %s: %s a week", day_words(arena, from), words));
	if (end - x >= (int)strlen(words) * DRAWING_LETTER)
		drawing_text(&chart->drawing, "value-start", x + 2, y - 7, words);
	else if (last) /* today's is always said, below its line where there is no room above */
		drawing_text(&chart->drawing, "value-end", DRAWING_RIGHT, y + 18, words);
}

static void draw_costs(struct chart *chart)
{
	int base = chart->drawing.y + HEAD + COST_HEIGHT;
	double most = greatest(table_find(chart->costs, "weekly_cost"), chart->costs->rows);
	struct buffer path = buffer_in(chart->page->arena);

	panel_words(chart, chart->drawing.y + HEAD + 12, "Cost a week", "of the home");
	for (size_t row = 0; row < chart->costs->rows; row++)
		draw_cost(chart, &path, row, most, base);
	if (path.length)
		drawing_shape(&chart->drawing, "cost", buffer_cstring(&path), NULL);
	chart->drawing.y = base + 18;
}

/* ---- together ------------------------------------------------------------------------------- */

static int32_t first_day(const struct table *table, const char *column, int32_t day)
{
	return table && table->rows && day_of(table, column, 0) < day ? day_of(table, column, 0)
								      : day;
}

static void draw_moves(struct chart *chart)
{
	for (size_t m = 0; chart->moves && m < chart->moves->rows; m++) {
		int x = drawing_x(&chart->drawing, day_of(chart->moves, "on", m));

		drawing_line(&chart->drawing, "move", x, 0, x, chart->drawing.y);
	}
}

static const char *chart_words(const struct chart *chart, const struct child_figures *figures)
{
	const struct schema *schema = chart->page->visit->schema;
	struct arena *arena = chart->page->arena;

	return arena_format(arena, "Chart. %s %s The tables have every number.",
		words_title(arena, schema, figures->over_time),
		words_title(arena, schema, figures->story));
}

void add_child_chart(const struct child_page *page, struct model *model,
	const struct child_figures *figures, bool whole)
{
	struct chart chart = {.page = page,
		.framework = page->visit->framework,
		.assessments = result_find(figures->story, "assessments"),
		.placements = result_find(figures->story, "placements"),
		.costs = result_find(figures->story, "costs"),
		.moves = result_find(figures->story, "moves"),
		.day = figures->cohort->as_at};
	int32_t from = chart.day;

	from = first_day(chart.assessments, "assessed_on", from);
	from = first_day(chart.placements, "from", from);
	from = first_day(chart.costs, "from", from);
	if (from == chart.day) {
		model_flag(model, "chart", false);
		return;
	}
	drawing_open(&chart.drawing, model, "chart", chart_words(&chart, figures), from, chart.day);
	if (chart.assessments && chart.assessments->rows)
		draw_total(&chart);
	if (whole && chart.assessments && chart.assessments->rows)
		draw_domains(&chart);
	if (chart.placements && chart.placements->rows)
		draw_homes(&chart);
	if (chart.costs && chart.costs->rows)
		draw_costs(&chart);
	draw_moves(&chart);
	drawing_close(&chart.drawing);
}
