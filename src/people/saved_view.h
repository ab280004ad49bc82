/* SPDX-License-Identifier: MIT */
/*
 * Named views of the children list, of one person or of their team.
 *
 * The one rule: a view is what the list's address says after the question mark, and nothing about a
 * child: what it shows is decided for whoever opens it.
 */
#ifndef HEARTH_PEOPLE_SAVED_VIEW_H
#define HEARTH_PEOPLE_SAVED_VIEW_H

#include "people/account.h"

enum { SAVED_VIEW_NAME_MOST = 60, SAVED_VIEW_QUERY_MOST = 1000 };

struct saved_view {
	int64_t id, account;
	int64_t team; /* 0: private */
	struct text name, query;
	struct text shown; /* who saved it */
};

/* Those of the account and of its team, by name. */
bool saved_view_list(struct store *store, struct arena *arena, const struct account *account,
	struct saved_view **out_views, size_t *out_count, struct error *error) MUST_CHECK;

/* Saves one; `of_team` for all people of the account's team. ERROR_INPUT without a name, with one
 * that is too long, or for a team by somebody who is in none. In the caller's transaction. */
bool saved_view_add(struct store *store, const struct actor *actor, const struct account *account,
	struct text name, struct text query, bool of_team, struct error *error) MUST_CHECK;

/* Takes one away that the account saved; ERROR_MISSING when there is none of that number or it is
 * somebody else's. In the caller's transaction. */
bool saved_view_remove(struct store *store, const struct actor *actor, int64_t view,
	struct error *error) MUST_CHECK;

#endif
