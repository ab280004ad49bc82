/* SPDX-License-Identifier: MIT */
/* The list of children: search, filters as chips in the address, pages, never an endless list. */
#include "web/pages/children.h"

#include "view/words.h"
#include "web/pages/children_list.h"
#include "web/pages/needs_words.h"
#include "web/pages/query.h"

enum { LIST_PAGE = 50 };

#define LIST_PATH "/children"

static const struct {
	const char *sort, *words;
	bool numeric;
} columns[] = {
	{"child", "Child or young person", false},
	{"age", "Age", true},
	{"home", "Home", false},
	{"total", "Total of needs", true},
	{"assessed", "Assessed on", false},
	{"due", "Next assessment", false},
};

/* ---- the form and the chips ----------------------------------------------------------------- */

static void add_filter(struct model *list, const struct list_filter_words *filter)
{
	struct model *field = model_object(list, NULL), *items;

	model_string(field, "name", filter->name);
	model_string(field, "label", filter->label);
	model_string(field, "any", filter->any);
	items = model_list(field, "items");
	for (size_t i = 0; i < filter->count; i++) {
		struct model *item = model_object(items, NULL);

		model_string(item, "value", filter->choices[i].code);
		model_string(item, "words", filter->choices[i].label);
		model_flag(item, "chosen", filter->chosen == (int)i);
	}
}

static void add_form(struct model *page, const struct children_list *list)
{
	struct model *filters = model_list(page, "filters");
	const struct request *request = list->request;
	struct text sort = fields_get(&request->query, "sort");
	struct text way = fields_get(&request->query, "way");
	bool narrowed = list->search.length > 0, filtered = false;

	for (size_t f = 0; f < LIST_FILTERS; f++) {
		const struct list_filter_words *filter = &list->filters[f];

		add_filter(filters, filter);
		if (filter->chosen < 0)
			continue;
		narrowed = filtered = true;
		part_chip(page,
			arena_format(list->arena, "%s: %s", filter->label,
				filter->choices[filter->chosen].label),
			query_without(request, LIST_PATH, filter->name));
	}
	if (list->search.length)
		part_chip(page,
			arena_format(list->arena, "Search: %.*s", (int)list->search.length,
				list->search.data),
			query_without(request, LIST_PATH, "q"));
	if (narrowed)
		model_string(page, "clear", LIST_PATH);
	model_text(page, "search", list->search);
	model_text(page, "sort", sort.data ? sort : TEXT(""));
	model_text(page, "way", way.data ? way : TEXT(""));
	model_flag(page, "narrowed", narrowed);
	model_flag(page, "filtered", filtered);
}

/* ---- the table ------------------------------------------------------------------------------ */

/* The request as if the address did not say which way the list is sorted. */
static struct request without_way(const struct request *request)
{
	struct request bare = *request;

	bare.query.count = 0;
	bare.query.field =
		arena_take(request->arena, request->query.count + 1, sizeof *bare.query.field);
	for (size_t f = 0; bare.query.field && f < request->query.count; f++)
		if (!text_is(request->query.field[f].name, "way"))
			bare.query.field[bare.query.count++] = request->query.field[f];
	return bare;
}

/* A click on a heading sorts by it, on the heading it is sorted by the other way round. */
static void add_columns(struct model *table, const struct request *request)
{
	struct text sort = fields_get(&request->query, "sort");
	bool down = text_is(fields_get(&request->query, "way"), "down");
	struct request bare = without_way(request);
	struct model *list = model_list(table, "columns");

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		struct model *column = model_object(list, NULL);
		bool here = text_is(sort.length ? sort : TEXT("child"), columns[i].sort);

		model_string(column, "words", columns[i].words);
		model_flag(column, "numeric", columns[i].numeric);
		model_string(column, "path",
			arena_format(request->arena, "%s&way=%s",
				query_with(&bare, LIST_PATH, "sort", columns[i].sort),
				here && !down ? "down" : "up"));
		model_flag(column, "up", here && !down);
		model_flag(column, "down", here && down);
	}
}

static bool add_row(struct model *rows, const struct children_list *list, const struct listed *row,
	struct error *error)
{
	const struct visit *visit = list->visit;
	struct model *model = model_object(rows, NULL);
	const char *due = due_words(list->arena, &row->due), *called;
	struct text id;

	if (!listed_called(visit, row->index, row->named, &called, &id, error))
		return false;
	model_string(model, "path",
		arena_format(list->arena, "/children/%lld",
			(long long)visit->snapshot->history.numbers[row->index]));
	model_string(model, "called", called);
	model_text(model, "id", id);
	model_string(
		model, "age", row->age < 0 ? "Not recorded" : age_words(list->arena, row->age));
	model_string(model, "home",
		row->kind == UINT8_MAX
			? "Not looked after today"
			: visit->schema->groupings[GROUPING_PLACEMENT_KIND].labels[row->kind]);
	model_string(model, "total",
		row->total < 0 ? "Not assessed" : arena_format(list->arena, "%d", row->total));
	model_string(model, "band",
		row->total < 0 ? "" : total_band_words(visit->framework, row->total));
	model_string(model, "assessed", day_words(list->arena, row->assessed_on));
	model_string(model, "due", due[0] ? due : "None is asked for");
	model_flag(model, "overdue", row->due.state == RHYTHM_OVERDUE);
	return true;
}

static const char *count_words(const struct children_list *list, size_t first, size_t last)
{
	const char *total = words_number(list->arena, FORMAT_COUNT, (double)list->count);
	const char *all = words_number(list->arena, FORMAT_COUNT, (double)list->may_list);
	const char *noun =
		list->may_list == 1 ? "child or young person" : "children and young people";

	if (list->count == 0)
		return arena_format(list->arena, "None of %s %s.", all, noun);
	if (list->count <= LIST_PAGE)
		return arena_format(list->arena, "%s of %s %s.", total, all, noun);
	return arena_format(list->arena, "%s to %s of %s, out of %s %s.",
		words_number(list->arena, FORMAT_COUNT, (double)first + 1),
		words_number(list->arena, FORMAT_COUNT, (double)last), total, all, noun);
}

static bool add_table(
	struct model *page, const struct children_list *list, size_t first, struct error *error)
{
	struct model *table, *rows;
	size_t last = first + LIST_PAGE < list->count ? first + LIST_PAGE : list->count;

	model_string(page, "count", count_words(list, first, last));
	model_flag(page, "has_rows", list->count > 0);
	model_flag(page, "may_any", list->may_list > 0);
	if (list->count == 0)
		return true;
	table = model_object(page, "table");
	add_columns(table, list->request);
	rows = model_list(table, "rows");
	for (size_t i = first; i < last; i++)
		if (!add_row(rows, list, &list->rows[i], error))
			return false;
	query_pages(page, list->request, LIST_PATH, first, LIST_PAGE, list->count);
	return true;
}

/* ---- the page ------------------------------------------------------------------------------- */

static void add_view_form(struct model *page, const struct request *request, const char *fault)
{
	if (fault)
		page_fault(page, "name", fault);
	part_field(page,
		&(struct part_field){.name = "name",
			.label = "Name of the view",
			.width = "20",
			.autocomplete = "off"},
		form_text(request, "name"));
	model_flag(page, "saving", fault != NULL);
}

static void add_facts(struct model *page, const struct children_list *list)
{
	static const char lost[] = "Search again: this address holds the search of somebody else";

	model_flag(page, "by_name", visit_may(list->visit, "child.identity"));
	model_flag(page, "glass", visit_may(list->visit, "breakglass.use"));
	model_string(page, "search_lost", list->search_lost ? lost : "");
	if (list->search_lost)
		page_fault(page, "q", lost);
}

bool children_show(struct request *request, struct response *response, const char *view_fault,
	struct error *error)
{
	struct children_list list;
	struct model *page = page_open(visit_of(request), request, "Children and young people");
	size_t first = query_first(request, LIST_PAGE), shown;

	if (!page)
		return error_no_memory(error);
	if (!children_list_read(&list, request, error))
		return false;
	if (first >= list.count)
		first = list.count ? (list.count - 1) / LIST_PAGE * LIST_PAGE : 0;
	shown = list.count - first < LIST_PAGE ? list.count - first : LIST_PAGE;
	add_facts(page, &list);
	add_form(page, &list);
	add_view_form(page, request, view_fault);
	if (!add_table(page, &list, first, error) || !add_views(page, request, error) ||
		!children_list_log(&list, first, shown, error))
		return false;
	return page_write(response, request, "children", page, view_fault ? 422 : 200, error);
}

bool children_page(struct request *request, struct response *response, struct error *error)
{
	return children_show(request, response, NULL, error);
}
