/* SPDX-License-Identifier: MIT */
/*
 * The parts of the HTML report: each fills the model that templates/report/ is filled from.
 *
 * The one rule: no HTML here. What goes in as markup is JSON, CSS and JavaScript made by this
 * program.
 */
#ifndef HEARTH_VIEW_HTML_H
#define HEARTH_VIEW_HTML_H

#include "view/model.h"
#include "view/view.h"

enum {
	HTML_ROWS_OPEN = 60,   /* longer tables are behind a summary */
	HTML_ROWS_MOST = 250,  /* of longer ones the first rows are shown */
	HTML_ROWS_FIRST = 10,  /* so many */
	HTML_ROWS_DATA = 5000, /* longer tables are not in the file but binned, for its size */
	HTML_CSV_MOST = 48000, /* bytes of CSV that a link may hold */
};

/* The chart of a figure: name of a file of charts/ by charts/charts.csv, whose compiled form is
 * embedded; NULL when there is none. */
const char *html_chart(struct arena *arena, const struct result *result);

/* Adds everything about one figure to `figure`. */
void html_figure(struct model *figure, struct arena *arena, const struct view_report *report,
	const struct result *result);

/* Adds one table to `table`; *few is set where a mean rests on few children. */
void html_table(struct model *table, struct arena *arena, const struct view_report *report,
	const struct result *result, const struct table *of, bool *few);

/* The data of a figure and the labels of its codes and columns, as JSON for the chart. */
struct text html_data(
	struct arena *arena, const struct view_report *report, const struct result *result);

/* Points of two columns counted in cells of a grid, by the code of `group` where there is one:
 * x_from, x_to, y_from, y_to, count, group. With `logarithmic` cells are as wide as they look on a
 * scale of logarithms, and points that are not above 0 are left out. NULL when a column is not
 * there or memory ran out. */
struct table *html_bins(struct arena *arena, const struct table *points, const char *x,
	const char *y, const char *group, bool logarithmic);

/* Every so many rows of a table of numbers, the first and the last among them: a curve to draw.
 * NULL when it has other columns or memory ran out. */
struct table *html_thinned(struct arena *arena, const struct table *curve);

#endif
