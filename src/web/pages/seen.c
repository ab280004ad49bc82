/* SPDX-License-Identifier: MIT */
/* Who has seen this child: the rows of the audit log about them, on a page that prints. */
#include "people/audit.h"
#include "web/pages/child.h"
#include "web/pages/child_page.h"
#include "web/pages/seen_words.h"

enum { SEEN_PAGE = 100 };

static void add_row(
	const struct child_page *page, struct model *table, const struct audit_entry *entry)
{
	struct model *row = part_row(table);
	struct text name = entry->name;
	const char *why = entry->why.length ? text_words(page->arena, entry->why) : "";

	part_cell(row, &(struct part_cell){.words = text_of(moment_words(page->arena, entry->at))});
	part_cell(
		row, &(struct part_cell){.words = name.length ? name : TEXT("The program itself")});
	part_cell(row, &(struct part_cell){.words = text_of(seen_act(entry->row.act))});
	part_cell(row,
		&(struct part_cell){.words = text_of(seen_fields(page->arena, entry->row.fields))});
	part_cell(row, &(struct part_cell){.words = text_of(why)});
}

static void add_table(
	const struct child_page *page, const struct audit_entry *entries, size_t count)
{
	static const char *const columns[] = {"When", "Who", "What they did", "What of", "Why"};
	struct model *table = part_table(page->page, "Who saw or changed this record");

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		part_column(table, columns[i], false);
	for (size_t i = 0; i < count; i++)
		add_row(page, table, &entries[i]);
}

bool child_seen_page(struct request *request, struct response *response, struct error *error)
{
	struct audit_question question = {.most = SEEN_PAGE + 1};
	struct audit_entry *entries;
	struct child_page page;
	size_t count, shown;

	if (!child_page_open(&page, request, "child.identity", SECTION_NONE,
		    "Who has seen this record", error))
		return false;
	question.child = page.child.number;
	if (!fields_integer(&request->query, "before", &question.before))
		question.before = 0;
	if (!audit_list(page.visit->store, page.arena, &question, &entries, &count, error))
		return false;
	shown = count > SEEN_PAGE ? SEEN_PAGE : count;
	model_flag(page.page, "has_entries", count > 0);
	add_table(&page, entries, shown);
	if (count > SEEN_PAGE || question.before)
		part_pagination(page.page, question.before ? child_path(&page, "/seen") : NULL,
			"Newest",
			count > SEEN_PAGE ? child_path(&page, "/seen?before=%lld",
						    (long long)entries[SEEN_PAGE - 1].sequence)
					  : NULL,
			"Earlier");
	part_back(page.page, page.path, "Back");
	return child_page_write(&page, response, "child_seen", "log", 200, error);
}
