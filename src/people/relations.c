/* SPDX-License-Identifier: MIT */
#include "people/relations.h"

#include <stdlib.h>

#include "people/read.h"

/* What relations_read of sql/queries/people.sql says in its second column. */
enum {
	IS_ALLOCATED = 1,
	IS_OF_TEAM,
	IS_RESTRICTED,
	IS_SEALED,
	IS_ADDRESS,
	IS_NAMED,
	IS_GLASS,
};

static void add_fact(struct relation *relation, int64_t what, int64_t until)
{
	switch (what) {
	case IS_ALLOCATED:
		relation->allocated = true;
		break;
	case IS_OF_TEAM:
		relation->of_team = true;
		break;
	case IS_RESTRICTED:
		relation->guard = GUARD_RESTRICTED;
		break;
	case IS_SEALED:
		relation->guard = GUARD_SEALED;
		break;
	case IS_ADDRESS:
		relation->address_guarded = true;
		break;
	case IS_NAMED:
		relation->named = true;
		break;
	case IS_GLASS:
		relation->glass_until =
			until > relation->glass_until ? until : relation->glass_until;
		break;
	}
}

/* Rows come in the order of children. */
static bool add_row(struct list *list, const struct store_cursor *cursor)
{
	struct relation *relations = list->items, *last;
	int64_t child = store_integer(cursor, 0);

	last = list->count ? &relations[list->count - 1] : NULL;
	if (!last || last->child != child) {
		last = list_add(list);
		if (!last)
			return false;
		last->child = child;
	}
	add_fact(last, store_integer(cursor, 1), store_integer(cursor, 2));
	return true;
}

bool relations_read(struct store *store, struct arena *arena, const struct account *account,
	int64_t child, int64_t now, struct relations *out_relations, struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct relation)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "relations_read", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account->id);
	store_bind_integer(cursor, 2, account->scope.team);
	store_bind_integer(cursor, 3, child);
	store_bind_integer(cursor, 4, now);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		if (!add_row(&list, cursor))
			return error_no_memory(error);
		if (!store_next(cursor, &row, error))
			return false;
	}
	*out_relations = (struct relations){list.items, list.count, now};
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct relation *one = a, *other = b;

	return (one->child > other->child) - (one->child < other->child);
}

struct child_facts relations_facts(
	const struct relations *relations, int64_t child, struct text authority)
{
	struct child_facts facts = {.child = child, .authority = authority, .now = relations->now};
	struct relation wanted = {.child = child};
	const struct relation *found = NULL;

	if (relations->count)
		found = bsearch(&wanted, relations->relations, relations->count,
			sizeof *relations->relations, compare);
	if (!found)
		return facts;
	facts.allocated = found->allocated;
	facts.of_team = found->of_team;
	facts.guard = found->guard;
	facts.address_guarded = found->address_guarded;
	facts.named = found->named;
	facts.glass_until = found->glass_until;
	return facts;
}
