/* SPDX-License-Identifier: MIT */
/* The child's own page, in plain words: what they said, what adults plan, who looked. */
#include "people/audit.h"
#include "web/pages/about_words.h"
#include "web/pages/child.h"
#include "web/pages/goals_words.h"
#include "web/pages/seen_words.h"

enum { ROWS_READ = 1000, PEOPLE_SHOWN = 10 };

/* Each person once, with what they did last and when. */
static void add_people(const struct child_page *page, const struct seen_names *names,
	const struct audit_entry *entries, size_t count)
{
	struct model *list = model_list(page->page, "people");
	size_t shown = 0, others = 0;

	for (size_t i = 0; i < count; i++) {
		struct model *one;
		bool again = entries[i].account == 0; /* the program at the server */
		int32_t day = (int32_t)(entries[i].at / 86400);

		for (size_t j = 0; j < i && !again; j++)
			again = entries[j].account == entries[i].account;
		if (again)
			continue;
		if (shown == PEOPLE_SHOWN) {
			others++;
			continue;
		}
		one = model_object(list, NULL);
		model_text(one, "name", seen_who(page->arena, names, &entries[i]));
		model_string(one, "act", seen_act_plain(entries[i].row.act));
		model_string(one, "on", day_words(page->arena, day));
		shown++;
	}
	model_flag(page->page, "has_people", shown > 0);
	model_string(page->page, "others",
		others ? arena_format(page->arena, "and %zu other%s", others,
				 others == 1 ? " person" : " people")
		       : "");
}

static bool add_seen(const struct child_page *page, struct error *error)
{
	struct audit_question question = {.child = page->child.number, .most = ROWS_READ};
	struct audit_entry *entries;
	struct seen_names names;
	size_t count;

	if (!seen_names_read(page->visit->store, page->arena, &names, error) ||
		!audit_list(page->visit->store, page->arena, &question, &entries, &count, error))
		return false;
	add_people(page, &names, entries, count);
	return true;
}

static void add_next(const struct child_page *page)
{
	struct rhythm_due due = child_due(page->visit, page->child.index);

	model_string(page->page, "next",
		due.state == RHYTHM_NOT_DUE || due.state == RHYTHM_OVERDUE
			? ""
			: day_words(page->arena, due.due));
	model_flag(page->page, "late", due.state == RHYTHM_OVERDUE);
}

bool child_my_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	if (!child_page_open(&page, request, "child.identity", SECTION_NONE, "My page", error) ||
		!add_goals(&page, page.page, error) || !add_reviews(&page, page.page, 1, error) ||
		!add_workers(&page, error) || !add_seen(&page, error))
		return false;
	add_next(&page);
	add_about(&page, page.page, &page.profile);
	model_string(
		page.page, "mine", text_words(page.arena, page.profile.parts[PROFILE_KNOWN_AS]));
	model_flag(page.page, "may_about", child_page_may(&page, "profile.write"));
	part_back(page.page, page.path, "Back");
	return child_page_write(
		&page, response, "child_my_page", "identity about goals reviews log", 200, error);
}
