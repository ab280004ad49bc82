/* SPDX-License-Identifier: MIT */
/* Who has seen this child: the rows of the audit log about them, on a page that prints. */
#include "people/audit.h"
#include "web/pages/child.h"
#include "web/pages/child_page.h"
#include "web/pages/seen_words.h"

enum { SEEN_PAGE = 100, SEEN_COUNTED = 1000 };

struct seen {
	const struct child_page *page;
	struct seen_names names;
	struct audit_entry *entries;
	size_t count;
};

static void add_columns(struct model *table, const char *const *columns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		part_column(table, columns[i], false);
}

/* ---- each person once ----------------------------------------------------------------------- */

static size_t times_of(const struct seen *seen, size_t from, bool *out_first)
{
	int64_t account = seen->entries[from].account;
	size_t times = 0;

	*out_first = true;
	for (size_t i = 0; i < seen->count; i++) {
		if (seen->entries[i].account != account)
			continue;
		if (i < from)
			*out_first = false;
		times++;
	}
	return times;
}

static void add_person(const struct seen *seen, struct model *table, size_t at, size_t times)
{
	struct arena *arena = seen->page->arena;
	const struct audit_entry *last = &seen->entries[at];
	struct model *row = part_row(table);

	part_cell(row,
		&(struct part_cell){.words = seen_who(arena, &seen->names, last), .header = true});
	part_cell(row, &(struct part_cell){.words = text_of(arena_format(arena, "%zu time%s", times,
						   times == 1 ? "" : "s"))});
	part_cell(row, &(struct part_cell){.words = text_of(moment_words(arena, last->at))});
	part_cell(row, &(struct part_cell){.words = text_of(seen_act(last->row.act))});
}

static void add_people(const struct seen *seen)
{
	static const char *const columns[] = {
		"Who", "How often", "Last time", "What they did then"};
	struct model *box = model_object(seen->page->page, "people");
	struct model *table = part_table(box, "People");
	bool first;

	add_columns(table, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < seen->count; i++) {
		size_t times = times_of(seen, i, &first);

		if (first)
			add_person(seen, table, i, times);
	}
	model_string(box, "most",
		seen->count == SEEN_COUNTED
			? arena_format(seen->page->arena, "Of the latest %d entries.", SEEN_COUNTED)
			: "");
}

/* ---- each time ------------------------------------------------------------------------------ */

static void add_row(const struct seen *seen, struct model *table, const struct audit_entry *entry)
{
	struct arena *arena = seen->page->arena;
	struct model *row = part_row(table);

	part_cell(row, &(struct part_cell){.words = text_of(moment_words(arena, entry->at))});
	part_cell(row, &(struct part_cell){.words = seen_who(arena, &seen->names, entry)});
	part_cell(row, &(struct part_cell){.words = text_of(seen_act(entry->row.act))});
	part_cell(
		row, &(struct part_cell){.words = text_of(seen_fields(arena, entry->row.fields))});
	part_cell(row, &(struct part_cell){.words = entry->why});
}

static void add_times(const struct seen *seen, int64_t before)
{
	static const char *const columns[] = {"When", "Who", "What they did", "What of", "Why"};
	const struct child_page *page = seen->page;
	size_t shown = seen->count > SEEN_PAGE ? SEEN_PAGE : seen->count;
	struct model *table = part_table(page->page, "Each time");
	bool more = seen->count > SEEN_PAGE;

	add_columns(table, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < shown; i++)
		add_row(seen, table, &seen->entries[i]);
	if (!more && !before)
		return;
	part_pagination(page->page, before ? child_path(page, "/seen") : NULL, "Newest",
		more ? child_path(page, "/seen?before=%lld",
			       (long long)seen->entries[SEEN_PAGE - 1].sequence)
		     : NULL,
		"Earlier");
}

bool child_seen_page(struct request *request, struct response *response, struct error *error)
{
	struct audit_question question = {.most = SEEN_COUNTED};
	struct child_page page;
	struct seen seen = {.page = &page};

	if (!child_page_open(&page, request, "child.identity", SECTION_NONE,
		    "Who has seen this record", error))
		return false;
	question.child = page.child.number;
	if (!fields_integer(&request->query, "before", &question.before))
		question.before = 0;
	if (!seen_names_read(page.visit->store, page.arena, &seen.names, error) ||
		!audit_list(page.visit->store, page.arena, &question, &seen.entries, &seen.count,
			error))
		return false;
	model_flag(page.page, "has_entries", seen.count > 0);
	if (seen.count && !question.before)
		add_people(&seen);
	else
		model_flag(page.page, "people", false);
	add_times(&seen, question.before);
	part_back(page.page, page.path, "Back");
	return child_page_write(&page, response, "child_seen", "log", 200, error);
}
