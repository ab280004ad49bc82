/* SPDX-License-Identifier: MIT */
/* Children of a list by name, and the row of the log that says so. */
#include "web/pages/children_list.h"

enum { SEARCH_SHOWN = 200 };

bool listed_called(const struct children_list *list, const struct listed *row,
	const char **out_called, struct text *out_id, struct error *error)
{
	const struct history *history = &list->visit->snapshot->history;
	struct profile profile = {.version = 0};
	struct text name = TEXT("");

	*out_id = TEXT("");
	if (!row->named) {
		*out_called = arena_format(
			list->arena, "Child %lld", (long long)history->numbers[row->index]);
		return *out_called ? true : error_no_memory(error);
	}
	if (!profile_read(
		    list->visit->store, list->arena, history->numbers[row->index], &profile, error))
		return false;
	name = profile.parts[PROFILE_KNOWN_AS];
	if (name.length)
		*out_id = history->ids[row->index];
	*out_called = text_words(list->arena, name.length ? name : history->ids[row->index]);
	return true;
}

/* One row for the list; what was searched for is sealed with it. */
bool children_list_log(const struct children_list *list, size_t shown, struct error *error)
{
	const struct visit *visit = list->visit;
	const struct account_scope *scope = &visit->session->account.scope;
	struct actor actor = visit->actor;
	struct text search = list->search;
	struct audit_row row = {.act = TEXT("child.list"),
		.fields = TEXT("identity age homes needs"),
		.about = text_of(arena_format(
			list->arena, "%zu of %zu children shown", shown, list->count))};

	if (search.length)
		actor.why = text_of(arena_format(list->arena, "Searched for: %.*s",
			search.length > SEARCH_SHOWN ? SEARCH_SHOWN : (int)search.length,
			search.data));
	if (scope->authority_count == 1)
		row.authority = scope->authorities[0];
	return visit_logged(visit, &actor, &row, error);
}
