/* SPDX-License-Identifier: MIT */
/* Children of a list by name, and the rows of the log that say so. */
#include "store/change.h"
#include "web/pages/children_list.h"

enum { SEARCH_SHOWN = 200 };

bool listed_called(const struct visit *visit, uint32_t index, bool named, const char **out_called,
	struct text *out_id, struct error *error)
{
	const struct history *history = &visit->snapshot->history;
	struct profile profile = {.version = 0};
	struct text name = TEXT(""), id = history->ids[index];

	if (!named) {
		*out_called = arena_format(
			visit->arena, "Child %lld", (long long)history->numbers[index]);
	} else {
		if (!profile_read(
			    visit->store, visit->arena, history->numbers[index], &profile, error))
			return false;
		name = profile.parts[PROFILE_KNOWN_AS];
		*out_called = text_words(visit->arena, name.length ? name : id);
	}
	if (out_id)
		*out_id = name.length ? id : TEXT("");
	return *out_called ? true : error_no_memory(error);
}

bool listed_log(const struct visit *visit, const struct actor *actor, const char *fields,
	const char *about, const uint32_t *named, size_t count, struct error *error)
{
	const struct account_scope *scope = &visit->session->account.scope;
	const struct actor quiet = {.account = actor->account,
		.name = actor->name,
		.route = actor->route,
		.now = actor->now};
	const struct audit_row list = {.act = TEXT("child.list"),
		.authority = scope->authority_count == 1 ? scope->authorities[0] : (struct text){0},
		.fields = text_of(fields),
		.about = text_of(about)};
	bool done;

	if (count == 0)
		return visit_logged(visit, actor, &list, error);
	if (!store_begin_aside(visit->store, error))
		return false;
	done = audit_append(visit->store, actor, &list, error);
	for (size_t i = 0; done && i < count; i++) {
		const struct audit_row row = {.act = list.act,
			.child = visit->snapshot->history.numbers[named[i]],
			.authority = snapshot_authority(visit->snapshot, named[i]),
			.fields = list.fields};

		done = audit_append(visit->store, &quiet, &row, error);
	}
	return store_end(visit->store, done, error);
}

/* What was searched for is sealed with the list's own row. */
bool children_list_log(
	const struct children_list *list, size_t first, size_t shown, struct error *error)
{
	const struct visit *visit = list->visit;
	struct actor actor = visit->actor;
	struct text search = list->search;
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
	return listed_log(visit, &actor, "identity age homes needs",
		arena_format(list->arena, "%zu of %zu children shown", shown, list->count), named,
		count, error);
}
