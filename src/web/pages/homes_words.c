/* SPDX-License-Identifier: MIT */
#include "web/pages/homes_words.h"

#include <math.h>

#include "base/money.h"
#include "view/words.h"

static struct text place_label(const struct visit *visit, int16_t place)
{
	const struct code_set *set = schema_code_set(visit->schema, "place");

	return place < 0 || !set ? TEXT("Not recorded") : set->codes[place].label;
}

/* Where no provider is named, the record has the code of the kind of provider in its place. */
static struct text provider_label(const struct visit *visit, uint32_t provider)
{
	const struct code_set *set = schema_code_set(visit->schema, "place_provider");
	struct text name;

	if (provider == HISTORY_NONE)
		return TEXT("Not recorded");
	name = visit->snapshot->history.providers[provider];
	for (size_t i = 0; set && i < set->count; i++)
		if (text_equal(set->codes[i].code, name))
			return set->codes[i].label;
	return name;
}

static void add_home(const struct child_page *page, struct model *list, uint32_t placement)
{
	const struct visit *visit = page->visit;
	const struct history *history = &visit->snapshot->history;
	const struct history_episodes *episodes = &history->episodes;
	uint32_t last = history->placements.last_episode[placement];
	int32_t end = history->placements.end[placement];
	float miles = episodes->distance_miles[last];
	uint32_t number = placement - history->first_placement[page->child.index] + 1;
	struct model *row = model_object(list, NULL);

	model_string(row, "number", arena_format(page->arena, "%u", number));
	model_string(row, "from", day_words(page->arena, history->placements.start[placement]));
	model_string(row, "to", end == DATE_MISSING ? "" : day_words(page->arena, end));
	model_string(row, "kind",
		visit->schema->groupings[GROUPING_PLACEMENT_KIND].labels[episodes->kind[last]]);
	model_text(row, "place", place_label(visit, episodes->place[last]));
	model_text(row, "provider", provider_label(visit, episodes->provider[last]));
	model_string(row, "distance",
		isnan(miles) ? "Not known"
			     : arena_format(page->arena, "%.0f miles", (double)miles));
}

void add_homes(const struct child_page *page, struct model *model)
{
	const struct history *history = &page->visit->snapshot->history;
	struct model *list = model_list(model, "homes");
	uint32_t first = history->first_placement[page->child.index];
	size_t count = 0;

	for (uint32_t p = history->first_placement[page->child.index + 1]; p-- > first;) {
		if (history->placements.start[p] > page->visit->today)
			continue;
		add_home(page, list, p);
		count++;
	}
	model_flag(model, "has_homes", count > 0);
}

static struct text element_label(const struct visit *visit, uint8_t element)
{
	const struct code_set *set = schema_code_set(visit->schema, "element");

	return element == UINT8_MAX || !set || element >= set->count ? TEXT("Not said")
								     : set->codes[element].label;
}

/* A line that is running on the day. */
static bool runs_on(const struct history_costs *costs, uint32_t line, int32_t day)
{
	return costs->from[line] <= day &&
	       (costs->to[line] == DATE_MISSING || costs->to[line] > day);
}

void add_costs(const struct child_page *page, struct model *model, bool all)
{
	const struct history *history = &page->visit->snapshot->history;
	const struct history_costs *costs = &history->costs;
	struct model *list = model_list(model, "costs");
	uint32_t first = history->first_cost[page->child.index];
	size_t count = 0;

	for (uint32_t c = history->first_cost[page->child.index + 1]; c-- > first;) {
		struct model *row;

		if (!all && !runs_on(costs, c, page->visit->today))
			continue;
		count++;
		row = model_object(list, NULL);
		model_string(row, "from", day_words(page->arena, costs->from[c]));
		model_string(row, "to", day_words(page->arena, costs->to[c]));
		model_text(row, "element", element_label(page->visit, costs->element[c]));
		model_string(row, "weekly", pence_words(page->arena, costs->pence[c]));
	}
	model_flag(model, "has_costs", count > 0);
	model_flag(model, "all_costs", all);
	model_flag(model, "known_now",
		history_cost_on(history, page->child.index, page->visit->today) != MONEY_MISSING);
	model_string(model, "weekly_now",
		pence_words(page->arena,
			history_cost_on(history, page->child.index, page->visit->today)));
}

static void add_missing_row(
	const struct child_page *page, struct model *list, const struct store_cursor *cursor)
{
	int32_t from = (int32_t)store_integer(cursor, 0);
	bool open = store_is_null(cursor, 1);
	struct model *row = model_object(list, NULL);
	const char *what =
		text_is(store_text(cursor, 2), "A") ? "Away without agreement" : "Missing";

	model_string(row, "words",
		open ? arena_format(page->arena, "%s from %s.", what, day_words(page->arena, from))
		     : arena_format(page->arena, "%s from %s to %s.", what,
			       day_words(page->arena, from),
			       day_words(page->arena, (int32_t)store_integer(cursor, 1))));
}

bool list_missing(
	const struct child_page *page, struct model *list, size_t *out_count, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	*out_count = 0;
	if (!store_query(page->visit->store, "child_missing", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, page->child.number);
	store_bind_integer(cursor, 2, date_add_years(page->visit->today, -1));
	while (store_next(cursor, &row, error)) {
		if (!row)
			return true;
		add_missing_row(page, list, cursor);
		++*out_count;
	}
	return false;
}

bool add_missing(const struct child_page *page, struct model *model, struct error *error)
{
	size_t count;

	if (!list_missing(page, model_list(model, "missing"), &count, error))
		return false;
	model_flag(model, "was_missing", count > 0);
	return true;
}
