/* SPDX-License-Identifier: MIT */
/* A child's needs over time: figures 1 and 8 with their chart and tables. */
#include <stdio.h>

#include "base/embedded.h"
#include "view/html.h"
#include "web/page.h"
#include "web/pages/child.h"
#include "web/pages/needs_words.h"

/* What a figure looks at: the record as the reader may see it. */
struct scene {
	struct history history;
	struct cohort cohort;
};

/* Without costs for those who may not see them: the child then has no line. */
static bool scene_open(struct scene *scene, const struct child_page *page, struct error *error)
{
	const struct snapshot *snapshot = page->visit->snapshot;

	scene->history = snapshot->history;
	scene->cohort = *snapshot->today;
	scene->cohort.history = &scene->history;
	if (page->costs)
		return true;
	scene->history.first_cost = arena_take(
		page->arena, snapshot->history.children + 1, sizeof *scene->history.first_cost);
	return scene->history.first_cost ? true : error_no_memory(error);
}

static void drop_table(struct result *result, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < result->table_count; i++)
		if (strcmp(result->tables[i]->name, name) != 0)
			result->tables[kept++] = result->tables[i];
	result->table_count = kept;
}

static void add_chart(struct model *page, const char *name)
{
	struct model *charts = model_list(page, "charts"), *chart = model_object(charts, NULL);
	char path[120];

	snprintf(path, sizeof path, "built/charts/%s.vg.json", name);
	model_string(chart, "name", name);
	model_markup(chart, "spec", embedded_text(path));
}

static bool add_figures(const struct child_page *page, struct error *error)
{
	const struct analysis *list[2] = {analysis_find(TEXT("1")), analysis_find(TEXT("8"))};
	struct model *figures = model_list(page->page, "figures");
	struct analysis_input input = {.params = analysis_defaults()};
	struct view_report report = {.schema = page->visit->schema,
		.made_at = page->visit->now,
		.place = page->child.authority,
		.synthetic = page->visit->demonstration,
		.child = text_of(page->called)};
	struct scene scene;
	const char *chart = NULL;

	if (!scene_open(&scene, page, error))
		return false;
	input.cohort = report.cohort = &scene.cohort;
	input.params.child = page->child.index;
	for (size_t i = 0; i < 2; i++) {
		struct result *result;

		if (!list[i] || !analysis_run(&result, page->arena, list[i], &input, error))
			return list[i] == NULL ? error_set(error, ERROR_SYSTEM,
							 "the figures of a child are not there")
					       : false;
		if (!page->costs)
			drop_table(result, "costs");
		html_figure(model_object(figures, NULL), page->arena, &report, result);
		if (i == 0)
			chart = html_chart(page->arena, result);
	}
	if (chart)
		add_chart(page->page, chart);
	return true;
}

bool child_needs_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	if (!child_page_open(&page, request, "child.view", SECTION_NEEDS, "Needs over time", error))
		return false;
	add_needs(&page, page.page);
	if (needs_pair(page.visit, page.child.index).now != HISTORY_NONE) {
		if (!add_figures(&page, error))
			return false;
		page_charts(page.page, request);
	}
	return child_page_write(&page, response, "child_needs",
		page.costs ? "needs homes costs" : "needs homes", 200, error);
}
