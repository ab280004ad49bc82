/* SPDX-License-Identifier: MIT */
/* Children of a list by name, and the rows of the log that say so. */
#include "store/change.h"
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

bool listed_log(const struct visit *visit, const struct actor *actor, const struct audit_row *list,
	const uint32_t *named, size_t count, struct error *error)
{
	const struct actor quiet = {.account = actor->account,
		.name = actor->name,
		.route = actor->route,
		.now = actor->now};
	bool done;

	if (count == 0)
		return visit_logged(visit, actor, list, error);
	if (!store_begin_aside(visit->store, error))
		return false;
	done = audit_append(visit->store, actor, list, error);
	for (size_t i = 0; done && i < count; i++) {
		const struct audit_row row = {.act = list->act,
			.child = visit->snapshot->history.numbers[named[i]],
			.authority = snapshot_authority(visit->snapshot, named[i]),
			.fields = list->fields};

		done = audit_append(visit->store, &quiet, &row, error);
	}
	return store_end(visit->store, done, error);
}

/* What was searched for is sealed with the list's own row. */
bool children_list_log(
	const struct children_list *list, size_t first, size_t shown, struct error *error)
{
	const struct visit *visit = list->visit;
	const struct account_scope *scope = &visit->session->account.scope;
	struct actor actor = visit->actor;
	struct text search = list->search;
	struct audit_row row = {.act = TEXT("child.list"),
		.fields = TEXT("identity age homes needs"),
		.about = text_of(arena_format(
			list->arena, "%zu of %zu children shown", shown, list->count))};
	uint32_t *named = arena_take(list->arena, shown + 1, sizeof *named);
	size_t count = 0;

	if (!named)
		return error_no_memory(error);
	for (size_t i = first; i < first + shown; i++)
		if (list->rows[i].named)
			named[count++] = list->rows[i].index;
	if (search.length)
		actor.why = text_of(arena_format(list->arena, "Searched for: %.*s",
			search.length > SEARCH_SHOWN ? SEARCH_SHOWN : (int)search.length,
			search.data));
	if (scope->authority_count == 1)
		row.authority = scope->authorities[0];
	return listed_log(visit, &actor, &row, named, count, error);
}
