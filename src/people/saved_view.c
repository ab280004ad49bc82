/* SPDX-License-Identifier: MIT */
#include "people/saved_view.h"

#include <stdio.h>

#include "people/read.h"

static bool read_row(struct list *list, const struct store_cursor *cursor, struct error *error)
{
	struct saved_view *view = list_add(list);

	if (!view)
		return error_no_memory(error);
	view->id = store_integer(cursor, 0);
	view->account = store_integer(cursor, 1);
	view->team = store_integer(cursor, 2);
	if (!keep_text(list->arena, cursor, 3, &view->name) ||
		!keep_text(list->arena, cursor, 4, &view->query) ||
		!keep_text(list->arena, cursor, 5, &view->shown))
		return error_no_memory(error);
	return true;
}

bool saved_view_list(struct store *store, struct arena *arena, const struct account *account,
	struct saved_view **out_views, size_t *out_count, struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct saved_view)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "saved_view_list", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account->id);
	store_bind_integer(cursor, 2, account->scope.team);
	if (!store_next(cursor, &row, error))
		return false;
	while (row)
		if (!read_row(&list, cursor, error) || !store_next(cursor, &row, error))
			return false;
	*out_views = list.items;
	*out_count = list.count;
	return true;
}

static bool audit(struct store *store, const struct actor *actor, const char *act, int64_t view,
	struct error *error)
{
	char about[40];

	snprintf(about, sizeof about, "view %lld", (long long)view);
	return audit_append(store, actor,
		&(struct audit_row){.act = text_of(act), .about = text_of(about)}, error);
}

static bool check(const struct account *account, struct text name, struct text query, bool of_team,
	struct error *error)
{
	if (!name.length)
		return error_set(error, ERROR_INPUT, "Give the view a name");
	if (name.length > SAVED_VIEW_NAME_MOST)
		return error_set(error, ERROR_INPUT, "The name must be %d characters or fewer",
			SAVED_VIEW_NAME_MOST);
	if (query.length > SAVED_VIEW_QUERY_MOST)
		return error_set(error, ERROR_INPUT, "There are too many filters to be saved");
	if (of_team && !account->scope.team)
		return error_set(
			error, ERROR_INPUT, "You are in no team: save the view for yourself");
	return true;
}

bool saved_view_add(struct store *store, const struct actor *actor, const struct account *account,
	struct text name, struct text query, bool of_team, struct error *error)
{
	struct store_cursor *cursor;
	int64_t view;

	if (!check(account, name, query, of_team, error) ||
		!store_one_integer(store, "saved_view_next", 0, 1, &view, error) ||
		!store_query(store, "saved_view_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, view);
	store_bind_integer(cursor, 2, account->id);
	if (of_team)
		store_bind_integer(cursor, 3, account->scope.team);
	store_bind_text(cursor, 4, name);
	store_bind_text(cursor, 5, query);
	store_bind_integer(cursor, 6, actor->now);
	return store_run(cursor, error) && audit(store, actor, "view.save", view, error);
}

bool saved_view_remove(
	struct store *store, const struct actor *actor, int64_t view, struct error *error)
{
	int64_t owner;

	if (!store_one_integer(store, "saved_view_owner", view, 0, &owner, error))
		return false;
	if (!owner || owner != actor->account)
		return error_set(error, ERROR_MISSING, "there is no such view of yours");
	return RUN_NUMBERS(store, "saved_view_remove", error, view, actor->now) &&
	       audit(store, actor, "view.remove", view, error);
}
