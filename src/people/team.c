/* SPDX-License-Identifier: MIT */
/* Teams and allocations. */
#include <inttypes.h>
#include <stdio.h>

#include "people/read.h"
#include "people/relations.h"

enum { TEAM_LONGEST = 120 };

bool team_list(struct store *store, struct arena *arena, struct team **out_teams, size_t *out_count,
	struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct team)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "team_list", &cursor, error) || !store_next(cursor, &row, error))
		return false;
	while (row) {
		struct team *team = list_add(&list);

		if (!team || !keep_text(arena, cursor, 1, &team->name) ||
			!keep_text(arena, cursor, 2, &team->authority))
			return error_no_memory(error);
		team->id = store_integer(cursor, 0);
		if (!store_next(cursor, &row, error))
			return false;
	}
	*out_teams = list.items;
	*out_count = list.count;
	return true;
}

static bool find_team(struct store *store, struct text name, struct text authority,
	int64_t *out_team, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "team_find", &cursor, error))
		return false;
	store_bind_text(cursor, 1, authority);
	store_bind_text(cursor, 2, name);
	if (!store_next(cursor, &row, error))
		return false;
	*out_team = row ? store_integer(cursor, 0) : 0;
	store_rewind(cursor);
	return true;
}

static bool add_team(struct store *store, const struct actor *actor, struct text name,
	struct text authority, int64_t *out_team, struct error *error)
{
	struct store_cursor *cursor;
	char about[40];
	struct audit_row row = {.act = TEXT("team.create"), .authority = authority};

	if (!store_one_integer(store, "team_next", 0, 1, out_team, error) ||
		!store_query(store, "team_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, *out_team);
	store_bind_text(cursor, 2, name);
	store_bind_text(cursor, 3, authority);
	snprintf(about, sizeof about, "team %" PRId64, *out_team);
	row.about = text_of(about);
	return store_run(cursor, error) && audit_append(store, actor, &row, error);
}

bool team_named(struct store *store, const struct actor *actor, struct text name,
	struct text authority, int64_t *out_team, struct error *error)
{
	if (!name.length || name.length > TEAM_LONGEST || !authority.length)
		return error_set(error, ERROR_INPUT,
			"a team has a name of at most %d letters and an authority", TEAM_LONGEST);
	return find_team(store, name, authority, out_team, error) &&
	       (*out_team || add_team(store, actor, name, authority, out_team, error));
}

static bool audit_allocation(struct store *store, const struct actor *actor, const char *act,
	int64_t child, struct text authority, int64_t account, struct error *error)
{
	char about[40];
	struct audit_row row = {.act = text_of(act),
		.child = child,
		.authority = authority,
		.fields = TEXT("allocation")};

	snprintf(about, sizeof about, "account %" PRId64, account);
	row.about = text_of(about);
	return audit_append(store, actor, &row, error);
}

static bool is_allocated(
	struct store *store, int64_t child, int64_t account, bool *out_is, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "allocation_standing", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	store_bind_integer(cursor, 2, account);
	if (!store_next(cursor, out_is, error))
		return false;
	store_rewind(cursor);
	return true;
}

bool allocation_set(struct store *store, const struct actor *actor, int64_t child,
	struct text authority, int64_t account, struct error *error)
{
	int64_t id;
	bool is;

	if (!is_allocated(store, child, account, &is, error))
		return false;
	if (is)
		return true;
	return store_one_integer(store, "allocation_next", 0, 1, &id, error) &&
	       RUN_NUMBERS(store, "allocation_add", error, id, child, account, actor->now) &&
	       audit_allocation(store, actor, "allocation.set", child, authority, account, error);
}

bool allocation_end(struct store *store, const struct actor *actor, int64_t child,
	struct text authority, int64_t account, struct error *error)
{
	return RUN_NUMBERS(store, "allocation_end", error, child, account, actor->now) &&
	       audit_allocation(store, actor, "allocation.end", child, authority, account, error);
}

bool allocation_list(struct store *store, struct arena *arena, int64_t child,
	struct allocation **out, size_t *out_count, struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct allocation)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "allocation_list", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		struct allocation *allocation = list_add(&list);

		if (!allocation || !keep_text(arena, cursor, 3, &allocation->shown))
			return error_no_memory(error);
		allocation->child = store_integer(cursor, 0);
		allocation->account = store_integer(cursor, 1);
		allocation->from = store_integer(cursor, 2);
		if (!store_next(cursor, &row, error))
			return false;
	}
	*out = list.items;
	*out_count = list.count;
	return true;
}
