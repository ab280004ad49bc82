/* SPDX-License-Identifier: MIT */
/*
 * Which assessments are overdue and due soon by the council's rhythm: for me, my team, everybody
 * the person may see. Narrowed by links; the number and the day stand beside every list.
 */
#include "web/pages/due.h"

#include <stdlib.h>

#include "care/assessment.h"
#include "view/words.h"
#include "web/pages/child_page.h"
#include "web/pages/children_list.h"
#include "web/pages/query.h"

#define DUE_PATH "/due"

enum { DUE_PAGE = 50 };

enum whose { WHOSE_MINE, WHOSE_TEAM, WHOSE_ALL, WHOSES };
enum when { WHEN_OVERDUE, WHEN_SOON, WHEN_LATER, WHEN_ANY, WHENS };

static const char *const whose_keys[] = {"mine", "team", "all"};
static const char *const when_keys[] = {"overdue", "soon", "later", "any"};

struct due_row {
	uint32_t index; /* into the history */
	struct rhythm_due due;
	struct child_facts facts;
};

struct due_list {
	const struct visit *visit;
	const struct request *request;
	struct arena *arena;
	struct relations relations;
	enum whose widest, whose;
	enum when when;
	size_t counts[WHOSES][WHENS];
	struct due_row *rows;
	size_t count, capacity;
	const struct assessment_head *drafts;
	size_t draft_count;
};

static enum scope scope_of(const struct due_list *list)
{
	return rights_scope(
		list->visit->rights, list->visit->session->account.role, "assessment.view");
}

static bool may(const struct due_list *list, const struct child_facts *facts, const char *right)
{
	return rights_allowed(
		rights_child(list->visit->rights, list->visit->session, facts, right));
}

/* ---- what the address asks for -------------------------------------------------------------- */

static size_t chosen(const struct request *request, const char *name, const char *const *keys,
	size_t count, size_t usual)
{
	struct text value = fields_get(&request->query, name);

	for (size_t i = 0; i < count; i++)
		if (text_is(value, keys[i]))
			return i;
	return usual;
}

/* Somebody who works with children of their own begins with those, a manager with the team's. */
static void read_address(struct due_list *list)
{
	enum scope scope = scope_of(list);
	size_t whose;

	list->widest = scope == SCOPE_OWN_CHILDREN ? WHOSE_MINE
		       : scope == SCOPE_TEAM	   ? WHOSE_TEAM
						   : WHOSE_ALL;
	whose = chosen(list->request, "whose", whose_keys, WHOSES, list->widest);
	list->whose = whose > list->widest ? list->widest : (enum whose)whose;
	list->when = (enum when)chosen(list->request, "when", when_keys, WHENS, WHEN_ANY);
}

/* ---- gathering ------------------------------------------------------------------------------ */

static enum when when_of(const struct rhythm_due *due)
{
	return due->state == RHYTHM_OVERDUE ? WHEN_OVERDUE
	       : due->state == RHYTHM_SOON  ? WHEN_SOON
					    : WHEN_LATER;
}

static bool is_of(const struct child_facts *facts, enum whose whose)
{
	return whose == WHOSE_ALL || facts->allocated || (whose == WHOSE_TEAM && facts->of_team);
}

static void count_row(struct due_list *list, const struct due_row *row)
{
	for (int whose = 0; whose < WHOSES; whose++) {
		if (!is_of(&row->facts, (enum whose)whose))
			continue;
		list->counts[whose][when_of(&row->due)]++;
		list->counts[whose][WHEN_ANY]++;
	}
}

static bool keep_row(struct due_list *list, const struct due_row *row, struct error *error)
{
	if (list->count == list->capacity) {
		size_t more = list->capacity ? list->capacity * 2 : 256;
		struct due_row *rows =
			arena_grow(list->arena, list->rows, list->capacity, more, sizeof *rows);

		if (!rows)
			return error_no_memory(error);
		list->rows = rows;
		list->capacity = more;
	}
	list->rows[list->count++] = *row;
	return true;
}

/* The one way into the list and its counts. */
static bool consider(void *context, uint32_t index, struct error *error)
{
	struct due_list *list = context;
	const struct snapshot *snapshot = list->visit->snapshot;
	struct due_row row = {.index = index,
		.facts = relations_facts(&list->relations, snapshot->history.numbers[index],
			snapshot_authority(snapshot, index))};

	if (!may(list, &row.facts, "assessment.view"))
		return true;
	row.due = child_due(list->visit, index);
	if (row.due.state == RHYTHM_NOT_DUE)
		return true;
	count_row(list, &row);
	if (!is_of(&row.facts, list->whose) ||
		(list->when != WHEN_ANY && list->when != when_of(&row.due)))
		return true;
	return keep_row(list, &row, error);
}

static int longest_first(const void *a, const void *b)
{
	const struct due_row *one = a, *other = b;

	if (one->due.due != other->due.due)
		return one->due.due < other->due.due ? -1 : 1;
	return one->index < other->index ? -1 : one->index > other->index;
}

static bool due_list_read(
	struct due_list *out_list, const struct request *request, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct assessment_head *drafts;

	*out_list = (struct due_list){.visit = visit, .request = request, .arena = request->arena};
	read_address(out_list);
	if (!relations_read(visit->store, request->arena, &visit->session->account, 0, visit->now,
		    &out_list->relations, error) ||
		!assessment_drafts(visit->store, request->arena, visit->schema, 0, &drafts,
			&out_list->draft_count, error) ||
		!each_child(
			visit, &out_list->relations, "assessment.view", consider, out_list, error))
		return false;
	out_list->drafts = drafts;
	if (out_list->count)
		qsort(out_list->rows, out_list->count, sizeof *out_list->rows, longest_first);
	return true;
}

/* ---- the links that narrow it --------------------------------------------------------------- */

static const char *count_words(const struct due_list *list, size_t count)
{
	return words_number(list->arena, FORMAT_COUNT, (double)count);
}

static void add_choice(
	struct model *choices, const char *path, const char *words, const char *count, bool here)
{
	struct model *item = model_object(choices, NULL);

	model_string(item, "path", path);
	model_string(item, "words", words);
	model_string(item, "count", count);
	model_flag(item, "here", here);
}

static void add_whose(struct model *page, const struct due_list *list)
{
	static const char *const words[] = {"My children", "My team’s children", "All children"};
	struct model *choices = model_list(page, "whose");

	model_flag(page, "has_whose", list->widest > WHOSE_MINE);
	for (size_t i = 0; i <= list->widest; i++)
		add_choice(choices, query_with(list->request, DUE_PATH, "whose", whose_keys[i]),
			words[i], count_words(list, list->counts[i][WHEN_ANY]), i == list->whose);
}

static void add_when(struct model *page, const struct due_list *list)
{
	static const enum when order[] = {WHEN_ANY, WHEN_OVERDUE, WHEN_SOON, WHEN_LATER};
	const char *const words[] = {[WHEN_OVERDUE] = "Overdue",
		[WHEN_SOON] = arena_format(
			list->arena, "Due in the next %d days", list->visit->rhythm->soon_days),
		[WHEN_LATER] = "Due later",
		[WHEN_ANY] = "Overdue and due"};
	struct model *choices = model_list(page, "when");

	for (size_t i = 0; i < WHENS; i++)
		add_choice(choices,
			query_with(list->request, DUE_PATH, "when", when_keys[order[i]]),
			words[order[i]], count_words(list, list->counts[list->whose][order[i]]),
			order[i] == list->when);
}

/* "7 assessments are overdue and 12 are due in the next 28 days, on 25 November 2026." */
static void add_sum(struct model *page, const struct due_list *list)
{
	const size_t *counts = list->counts[list->whose];

	model_string(page, "sum",
		arena_format(list->arena,
			"%s overdue, %s due in the next %d days and %s due later, on %s.",
			count_words(list, counts[WHEN_OVERDUE]),
			count_words(list, counts[WHEN_SOON]), list->visit->rhythm->soon_days,
			count_words(list, counts[WHEN_LATER]),
			day_words(list->arena, list->visit->today)));
}

static void add_rhythm(struct model *page, const struct due_list *list)
{
	struct model *steps = model_list(page, "rhythm");
	char words[80];

	for (int cause = RHYTHM_ENTRY; cause <= RHYTHM_MOVE; cause++)
		model_string(model_object(steps, NULL), "words",
			arena_string(list->arena, rhythm_cause_words(list->visit->rhythm,
							  (enum rhythm_cause)cause, words)));
}

/* ---- the table ------------------------------------------------------------------------------ */

/* "Priya Shah, Sam Adeyemi": who works with the child. */
static bool workers_of(const struct due_list *list, const struct due_row *row,
	const char **out_workers, struct error *error)
{
	struct buffer words = buffer_in(list->arena);
	struct allocation *allocations;
	size_t count;

	if (!allocation_list(
		    list->visit->store, list->arena, row->facts.child, &allocations, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_string(&words, ", ");
		buffer_text(&words, allocations[i].shown);
	}
	*out_workers = count ? buffer_cstring(&words) : "Nobody yet";
	return *out_workers ? true : error_no_memory(error);
}

static const struct assessment_head *draft_of(const struct due_list *list, int64_t child)
{
	for (size_t i = 0; i < list->draft_count; i++)
		if (list->drafts[i].child == child)
			return &list->drafts[i];
	return NULL;
}

/* What there is to do: go on with a draft, or begin one. */
static struct part_cell next_cell(
	const struct due_list *list, const struct due_row *row, const char *called)
{
	const struct assessment_head *draft = draft_of(list, row->facts.child);
	long long child = (long long)row->facts.child;
	const char *more = arena_format(list->arena, "about %s", called);

	if (draft)
		return (struct part_cell){.words = TEXT("Draft"),
			.path = arena_format(list->arena, "/children/%lld/assessments/%lld", child,
				(long long)draft->id),
			.more = more};
	if (may(list, &row->facts, "assessment.write"))
		return (struct part_cell){.words = TEXT("Start"),
			.path = arena_format(list->arena, "/children/%lld/assessments/new", child),
			.more = arena_format(list->arena, "an assessment %s", more)};
	return (struct part_cell){.words = TEXT("Not begun")};
}

static bool add_row(struct model *table, const struct due_list *list, const struct due_row *row,
	struct error *error)
{
	static const struct {
		const char *words, *tag;
	} states[] = {{"Overdue", "red"}, {"Due soon", "yellow"}, {"Later", "grey"}};
	enum when when = when_of(&row->due);
	struct model *cells = part_row(table);
	struct part_cell next;
	const char *called, *workers;
	char cause[80];

	if (!listed_called(list->visit, row->index, may(list, &row->facts, "child.identity"),
		    &called, NULL, error) ||
		!workers_of(list, row, &workers, error))
		return false;
	part_cell(cells, &(struct part_cell){.words = text_of(called),
				 .path = arena_format(list->arena, "/children/%lld/assessments",
					 (long long)row->facts.child),
				 .header = true});
	part_cell(cells,
		&(struct part_cell){.words = text_of(states[when].words), .tag = states[when].tag});
	part_cell(
		cells, &(struct part_cell){.words = text_of(day_words(list->arena, row->due.due))});
	part_cell(cells,
		&(struct part_cell){
			.words = text_of(arena_string(list->arena,
				rhythm_cause_words(list->visit->rhythm, row->due.cause, cause)))});
	part_cell(cells, &(struct part_cell){.words = row->due.last == DATE_MISSING
							      ? TEXT("None in this care")
							      : text_of(day_words(list->arena,
									row->due.last))});
	if (list->widest > WHOSE_MINE)
		part_cell(cells, &(struct part_cell){.words = text_of(workers)});
	next = next_cell(list, row, called);
	part_cell(cells, &next);
	return true;
}

static const char *caption_words(const struct due_list *list, size_t first, size_t last)
{
	if (list->count == 1)
		return "1 assessment";
	if (list->count <= DUE_PAGE)
		return arena_format(list->arena, "%s assessments, the longest overdue first",
			count_words(list, list->count));
	return arena_format(list->arena, "%s to %s of %s assessments, the longest overdue first",
		count_words(list, first + 1), count_words(list, last),
		count_words(list, list->count));
}

static bool add_table(
	struct model *page, const struct due_list *list, size_t first, struct error *error)
{
	size_t last = first + DUE_PAGE < list->count ? first + DUE_PAGE : list->count;
	struct model *table;

	model_flag(page, "none", list->count == 0);
	if (list->count == 0)
		return true;
	table = part_table(page, caption_words(list, first, last));
	part_column(table, "Child or young person", false);
	part_column(table, "Status", false);
	part_column(table, "Due by", false);
	part_column(table, "Why", false);
	part_column(table, "Last assessment", false);
	if (list->widest > WHOSE_MINE)
		part_column(table, "Works with them", false);
	part_column(table, "Next step", false);
	for (size_t i = first; i < last; i++)
		if (!add_row(table, list, &list->rows[i], error))
			return false;
	query_pages(page, list->request, DUE_PATH, first, DUE_PAGE, list->count);
	return true;
}

/* A row for the list, and one for each child who was named. */
static bool log_list(const struct due_list *list, size_t first, size_t shown, struct error *error)
{
	uint32_t *named = arena_take(list->arena, shown + 1, sizeof *named);
	size_t count = 0;

	if (!named)
		return error_no_memory(error);
	for (size_t i = first; i < first + shown; i++)
		if (may(list, &list->rows[i].facts, "child.identity"))
			named[count++] = list->rows[i].index;
	return listed_log(list->visit, &list->visit->actor, "identity assessment",
		arena_format(list->arena, "%zu of %zu assessments due shown", shown, list->count),
		named, count, error);
}

bool due_page(struct request *request, struct response *response, struct error *error)
{
	struct model *page = page_open(visit_of(request), request, "Assessments due");
	size_t first = query_first(request, DUE_PAGE);
	struct due_list list;

	if (!page)
		return error_no_memory(error);
	if (!due_list_read(&list, request, error))
		return false;
	if (first >= list.count)
		first = list.count ? (list.count - 1) / DUE_PAGE * DUE_PAGE : 0;
	add_whose(page, &list);
	add_when(page, &list);
	add_sum(page, &list);
	add_rhythm(page, &list);
	if (!add_table(page, &list, first, error) ||
		!log_list(&list, first,
			list.count - first < DUE_PAGE ? list.count - first : DUE_PAGE, error))
		return false;
	return page_write(response, request, "due", page, 200, error);
}
