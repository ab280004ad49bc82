/* SPDX-License-Identifier: MIT */
/* A child's needs over time: figures 1 and 8 with their picture and tables. */
#include "view/html.h"
#include "view/words.h"
#include "web/pages/child.h"
#include "web/pages/child_chart.h"
#include "web/pages/homes_words.h"
#include "web/pages/needs_words.h"

static void drop_table(struct result *result, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < result->table_count; i++)
		if (strcmp(result->tables[i]->name, name) != 0)
			result->tables[kept++] = result->tables[i];
	result->table_count = kept;
}

/* Moves without what they changed in cost: on, from_kind, to_kind stand first. */
static void drop_costs(struct result *result)
{
	drop_table(result, "costs");
	for (size_t i = 0; i < result->table_count; i++)
		if (strcmp(result->tables[i]->name, "moves") == 0)
			result->tables[i]->column_count = 3;
}

bool child_figures_run(
	struct child_figures *out_figures, const struct child_page *page, struct error *error)
{
	const struct analysis *over_time = analysis_find(TEXT("1")),
			      *story = analysis_find(TEXT("8"));
	const struct cohort *today = page->visit->snapshot->today;
	struct analysis_input input = {.cohort = today, .params = analysis_defaults()};

	*out_figures = (struct child_figures){.cohort = today,
		.report = {.schema = page->visit->schema,
			.cohort = today,
			.made_at = page->visit->now,
			.place = page->child.authority,
			.synthetic = page->visit->demonstration,
			.child = text_of(page->called)}};
	input.params.child = page->child.index;
	if (!over_time || !story)
		return error_set(error, ERROR_SYSTEM, "the figures of a child are not there");
	if (!analysis_run(&out_figures->over_time, page->arena, over_time, &input, error) ||
		!analysis_run(&out_figures->story, page->arena, story, &input, error))
		return false;
	if (!page->costs) {
		drop_costs(out_figures->over_time);
		drop_costs(out_figures->story);
	}
	return true;
}

static void add_result_table(const struct child_page *page, struct model *list,
	const struct child_figures *figures, const struct result *result, const char *name)
{
	const struct table *table = result_find(result, name);
	bool few = false;

	if (table && table->rows)
		html_table(model_object(list, NULL), page->arena, &figures->report, result, table,
			&few);
}

/* Figure 1's tables, and what figure 8 has beyond it; placements stand in a table of their own. */
static void add_tables(const struct child_page *page, const struct child_figures *figures)
{
	struct model *list = model_list(page->page, "tables");

	add_result_table(page, list, figures, figures->over_time, "assessments");
	add_result_table(page, list, figures, figures->over_time, "costs");
	add_result_table(page, list, figures, figures->story, "moves");
	model_flag(page->page, "may_export", visit_may(page->visit, "report.export"));
}

bool child_needs_page(struct request *request, struct response *response, struct error *error)
{
	struct child_figures figures;
	struct child_page page;

	if (!child_page_open(
		    &page, request, "child.view", SECTION_NEEDS, "Needs over time", error) ||
		!child_figures_run(&figures, &page, error))
		return false;
	add_needs(&page, page.page);
	add_child_chart(&page, page.page, &figures, true);
	add_tables(&page, &figures);
	add_homes(&page, page.page);
	model_string(page.page, "finding",
		words_title(page.arena, page.visit->schema, figures.over_time));
	model_string(
		page.page, "story", words_title(page.arena, page.visit->schema, figures.story));
	model_string(page.page, "bands", words_bands(page.arena, page.visit->framework));
	model_flag(page.page, "shows_costs", page.costs);
	return child_page_write(&page, response, "child_needs",
		page.costs ? "needs homes costs" : "needs homes", 200, error);
}
