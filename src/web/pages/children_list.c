/* SPDX-License-Identifier: MIT */
#include "web/pages/children_list.h"

#include <stdlib.h>

#include "care/known_as.h"
#include "web/pages/children.h"

enum { NOT_AT_HOME = 255 };

static struct child_facts facts_of(const struct children_list *list, uint32_t index)
{
	const struct snapshot *snapshot = list->visit->snapshot;

	return relations_facts(&list->relations, snapshot->history.numbers[index],
		snapshot_authority(snapshot, index));
}

static bool may(
	const struct children_list *list, const struct child_facts *facts, const char *permission)
{
	return rights_allowed(
		rights_child(list->visit->rights, list->visit->session, facts, permission));
}

/* ---- searching ------------------------------------------------------------------------------ */

static bool may_search(const void *context, int64_t number)
{
	const struct children_list *list = context;
	uint32_t index = history_numbered(&list->visit->snapshot->history, number);
	struct child_facts facts;

	if (index == HISTORY_NONE)
		return false;
	facts = facts_of(list, index);
	return may(list, &facts, "child.list") && may(list, &facts, "child.identity");
}

static bool search_names(struct children_list *list, struct error *error)
{
	const struct known_as_reader reader = {may_search, list};
	int64_t *numbers;

	if (!list->search.length || !visit_may(list->visit, "child.identity"))
		return true;
	if (!known_as_find(list->visit->store, list->arena, list->search, &reader, &numbers,
		    &list->found_count, error))
		return false;
	list->found_numbers = numbers;
	return true;
}

static int number_compare(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

/* "Child 12" and "12" find by the record's own number, which is no secret. */
static bool is_number(struct text search, int64_t number)
{
	int64_t wanted;

	if (search.length > 6 && text_same_letters((struct text){search.data, 6}, TEXT("child ")))
		search = (struct text){search.data + 6, search.length - 6};
	return text_integer(search, &wanted) && wanted == number;
}

static bool is_found(const struct children_list *list, uint32_t index, bool named)
{
	const struct history *history = &list->visit->snapshot->history;
	int64_t number = history->numbers[index];

	if (!list->search.length || is_number(list->search, number))
		return true;
	if (!named)
		return false;
	return known_as_matches(history->ids[index], list->search) ||
	       (list->found_count && bsearch(&number, list->found_numbers, list->found_count,
					     sizeof number, number_compare));
}

/* ---- narrowing ------------------------------------------------------------------------------ */

static bool fits(const struct children_list *list, enum list_filter filter, const char *code)
{
	int chosen = list->filters[filter].chosen;

	return chosen < 0 ||
	       (code && strcmp(list->filters[filter].choices[chosen].code, code) == 0);
}

static const char *code_of(
	const struct children_list *list, enum grouping_id grouping, uint8_t group)
{
	const struct grouping *all = &list->visit->schema->groupings[grouping];

	return group < all->count ? all->codes[group] : NULL;
}

static const char *need_code(const struct framework *framework, int total)
{
	for (size_t i = 0; total >= 0 && i < framework->total_band_count; i++)
		if (total >= framework->total_bands[i].from &&
			total <= framework->total_bands[i].to)
			return framework->total_bands[i].key;
	return "not-assessed";
}

static const char *due_code(const struct rhythm_due *due)
{
	static const char *const codes[] = {
		[RHYTHM_LATER_ON] = "later", [RHYTHM_SOON] = "soon", [RHYTHM_OVERDUE] = "overdue"};

	return due->state == RHYTHM_NOT_DUE ? NULL : codes[due->state];
}

static const char *whose_code(const struct children_list *list, const struct child_facts *facts)
{
	int chosen = list->filters[FILTER_WHOSE].chosen;
	const char *code = chosen < 0 ? "" : list->filters[FILTER_WHOSE].choices[chosen].code;

	if (strcmp(code, "team") == 0)
		return facts->of_team || facts->allocated ? "team" : NULL;
	if (facts->allocated)
		return "mine";
	return facts->of_team ? NULL : "nobody";
}

static bool is_wanted(
	const struct children_list *list, const struct listed *row, const struct child_facts *facts)
{
	const struct visit *visit = list->visit;
	uint8_t sex = visit->snapshot->history.groups[GROUPING_SEX][row->index];
	uint8_t age = grouping_of_years(&visit->schema->groupings[GROUPING_AGE_BAND], row->age);

	return fits(list, FILTER_CARE, row->kind == NOT_AT_HOME ? "left" : "now") &&
	       fits(list, FILTER_AGE, code_of(list, GROUPING_AGE_BAND, age)) &&
	       fits(list, FILTER_SEX, code_of(list, GROUPING_SEX, sex)) &&
	       fits(list, FILTER_HOME, code_of(list, GROUPING_PLACEMENT_GROUP, row->group)) &&
	       fits(list, FILTER_KIND, code_of(list, GROUPING_PLACEMENT_KIND, row->kind)) &&
	       fits(list, FILTER_NEED, need_code(visit->framework, row->total)) &&
	       fits(list, FILTER_DUE, due_code(&row->due)) &&
	       fits(list, FILTER_WHOSE, whose_code(list, facts));
}

/* ---- gathering ------------------------------------------------------------------------------ */

static struct listed row_of(const struct children_list *list, uint32_t index, bool named)
{
	const struct visit *visit = list->visit;
	const struct history *history = &visit->snapshot->history;
	uint32_t episode = history_episode_on(history, index, visit->today);
	uint32_t assessment = history_assessment_on(history, index, visit->today);

	return (struct listed){
		.index = index,
		.age = child_age(visit, index),
		.group = episode == HISTORY_NONE ? NOT_AT_HOME : history->episodes.group[episode],
		.kind = episode == HISTORY_NONE ? NOT_AT_HOME : history->episodes.kind[episode],
		.total = assessment == HISTORY_NONE ? -1 : history->assessments.total[assessment],
		.assessed_on = assessment == HISTORY_NONE
				       ? DATE_MISSING
				       : history->assessments.assessed_on[assessment],
		.due = child_due(visit, index),
		.named = named,
	};
}

static bool add_row(struct children_list *list, const struct listed *row)
{
	if (list->count == list->capacity) {
		size_t more = list->capacity ? list->capacity * 2 : 256;
		struct listed *rows =
			arena_grow(list->arena, list->rows, list->capacity, more, sizeof *rows);

		if (!rows)
			return false;
		list->rows = rows;
		list->capacity = more;
	}
	list->rows[list->count++] = *row;
	return true;
}

/* The one way into a list. */
static bool consider(void *context, uint32_t index, struct error *error)
{
	struct children_list *list = context;
	struct child_facts facts = facts_of(list, index);
	struct listed row;
	bool named;

	if (!may(list, &facts, "child.list"))
		return true;
	list->may_list++;
	named = may(list, &facts, "child.identity");
	if (!is_found(list, index, named))
		return true;
	row = row_of(list, index, named);
	if (!is_wanted(list, &row, &facts))
		return true;
	return add_row(list, &row) ? true : error_no_memory(error);
}

bool each_child(const struct visit *visit, const struct relations *relations, const char *right,
	each_child_look *look, void *context, struct error *error)
{
	const struct history *history = &visit->snapshot->history;
	enum scope scope = rights_scope(visit->rights, visit->session->account.role, right);

	if (scope == SCOPE_OWN_CHILDREN || scope == SCOPE_TEAM) {
		for (size_t i = 0; i < relations->count; i++) {
			uint32_t index = history_numbered(history, relations->relations[i].child);

			if (index != HISTORY_NONE && !look(context, index, error))
				return false;
		}
		return true;
	}
	for (uint32_t index = 0; index < history->children; index++)
		if (!look(context, index, error))
			return false;
	return true;
}

bool children_list_read(
	struct children_list *out_list, const struct request *request, struct error *error)
{
	*out_list = (struct children_list){
		.visit = visit_of(request), .request = request, .arena = request->arena};
	out_list->search_lost = !children_search_read(request, &out_list->search);
	children_filters(out_list);
	if (!relations_read(out_list->visit->store, request->arena,
		    &out_list->visit->session->account, 0, out_list->visit->now,
		    &out_list->relations, error) ||
		!search_names(out_list, error) ||
		!each_child(out_list->visit, &out_list->relations, "child.list", consider, out_list,
			error))
		return false;
	children_sort(out_list);
	return true;
}
