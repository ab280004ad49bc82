/* SPDX-License-Identifier: MIT */
#include "web/pages/home_today.h"

#include <stdlib.h>

#include "care/assessment.h"
#include "web/pages/children_list.h"

enum { TODAY_MOST = 6, NAMED_MOST = 40 };

struct today {
	struct children_list list;
	struct model *page;
	uint32_t named[NAMED_MOST]; /* children whose names are shown: indexes into the history */
	size_t named_count;
	size_t overdue, soon;
};

/* What a child is called, and that they were named. */
static bool call(
	struct today *today, const struct listed *row, const char **out_called, struct error *error)
{
	bool again = false;

	for (size_t i = 0; i < today->named_count; i++)
		again |= today->named[i] == row->index;
	if (row->named && !again) {
		if (today->named_count == NAMED_MOST)
			return error_set(error, ERROR_LIMIT, "too many children to be named");
		today->named[today->named_count++] = row->index;
	}
	return listed_called(today->list.visit, row->index, row->named, out_called, NULL, error);
}

static int sooner(const void *a, const void *b)
{
	const struct listed *one = a, *other = b;
	bool last = one->due.state == RHYTHM_NOT_DUE,
	     other_last = other->due.state == RHYTHM_NOT_DUE;

	if (last != other_last)
		return last ? 1 : -1;
	if (one->due.due != other->due.due)
		return one->due.due < other->due.due ? -1 : 1;
	return one->index < other->index ? -1 : one->index > other->index;
}

static void add_count(const struct today *today, struct model *model, const char *key, size_t count,
	const char *what)
{
	struct arena *arena = today->list.arena;
	struct model *one;

	if (!count) {
		model_flag(model, key, false);
		return;
	}
	one = model_object(model, key);
	model_string(one, "words",
		arena_format(arena, "%zu assessment%s %s %s", count, count == 1 ? "" : "s",
			count == 1 ? "is" : "are", what));
	model_string(one, "path", arena_format(arena, "/due?when=%s", key));
}

static bool add_row(
	struct today *today, struct model *rows, const struct listed *row, struct error *error)
{
	struct model *one = model_object(rows, NULL);
	struct arena *arena = today->list.arena;
	const char *called;

	if (!call(today, row, &called, error))
		return false;
	model_string(one, "path",
		arena_format(arena, "/children/%lld",
			(long long)today->list.visit->snapshot->history.numbers[row->index]));
	model_string(one, "called", called);
	model_string(one, "due", due_words(arena, &row->due));
	model_flag(one, "overdue", row->due.state == RHYTHM_OVERDUE);
	return true;
}

/* Whoever looks after a whole authority reads how many; whose they are is a click away. */
static bool add_due(struct today *today, struct error *error)
{
	const struct visit *visit = today->list.visit;
	enum scope scope = rights_scope(visit->rights, visit->session->account.role, "child.list");
	struct model *model = model_object(today->page, "today");
	struct model *rows = model_list(model, "rows");
	size_t first;

	for (size_t i = 0; i < today->list.count; i++) {
		today->overdue += today->list.rows[i].due.state == RHYTHM_OVERDUE;
		today->soon += today->list.rows[i].due.state == RHYTHM_SOON;
	}
	add_count(today, model, "overdue", today->overdue, "overdue");
	add_count(today, model, "soon", today->soon, "due soon");
	model_flag(model, "none", today->overdue + today->soon == 0);
	if (scope != SCOPE_OWN_CHILDREN && scope != SCOPE_TEAM)
		return true;
	if (today->list.count)
		qsort(today->list.rows, today->list.count, sizeof *today->list.rows, sooner);
	first = today->overdue + today->soon;
	for (size_t i = 0; i < first && i < TODAY_MOST; i++)
		if (!add_row(today, rows, &today->list.rows[i], error))
			return false;
	model_flag(model, "has_rows", first > 0);
	return true;
}

/* "Kai", or "child 12"; NULL for a child whom the person may not list any more. */
static bool call_number(
	struct today *today, int64_t number, const char **out_called, struct error *error)
{
	uint32_t index = history_numbered(&today->list.visit->snapshot->history, number);

	for (size_t i = 0; i < today->list.count; i++)
		if (today->list.rows[i].index == index)
			return call(today, &today->list.rows[i], out_called, error);
	*out_called = NULL;
	return true;
}

/* Assessments that the person began or wrote in and that are not signed yet. */
static bool add_drafts(struct today *today, struct error *error)
{
	const struct visit *visit = today->list.visit;
	struct model *list = model_list(today->page, "drafts"), *one;
	struct arena *arena = today->list.arena;
	struct assessment_head *heads;
	const char *called;
	size_t count;

	if (!visit_may(visit, "assessment.write"))
		return true;
	if (!assessment_drafts(visit->store, arena, visit->schema, visit->session->account.id,
		    &heads, &count, error))
		return false;
	for (size_t i = 0; i < count && i < NAMED_MOST - TODAY_MOST; i++) {
		const char *path = arena_format(arena, "/children/%lld/assessments/%lld",
			(long long)heads[i].child, (long long)heads[i].id);

		if (!call_number(today, heads[i].child, &called, error))
			return false;
		if (!called)
			continue;
		one = model_object(list, NULL);
		model_string(one, "path", path);
		model_string(one, "called", called);
		model_string(one, "saved", moment_words(arena, heads[i].saved.at));
	}
	model_flag(today->page, "has_drafts", list && list->first);
	return true;
}

static bool log_named(const struct today *today, struct error *error)
{
	const struct visit *visit = today->list.visit;

	if (!today->named_count)
		return true;
	return listed_log(visit, &visit->actor, "identity needs",
		arena_format(
			visit->arena, "%zu children named on the first page", today->named_count),
		today->named, today->named_count, error);
}

bool add_today(struct model *page, const struct request *request, struct error *error)
{
	struct today today = {.page = page};

	if (!visit_may(visit_of(request), "assessment.view"))
		return true;
	return children_list_read(&today.list, request, error) && add_due(&today, error) &&
	       add_drafts(&today, error) && log_named(&today, error);
}
