/* SPDX-License-Identifier: MIT */
/*
 * How a person and children stand to one another: teams, allocations, restricted and sealed
 * records, glass that was broken.
 *
 * The one rule: these are facts; what follows from them is rights_child's to say.
 */
#ifndef HEARTH_PEOPLE_RELATIONS_H
#define HEARTH_PEOPLE_RELATIONS_H

#include "people/account.h"

enum guard { GUARD_NONE, GUARD_RESTRICTED, GUARD_SEALED };

struct child_facts {
	int64_t child;
	struct text authority; /* empty: not known */
	bool allocated;	       /* to the person */
	bool of_team;	       /* to somebody of the person's team, or to the team */
	enum guard guard;
	bool address_guarded; /* the address is for named people */
	bool named;	      /* the person is named for the guarded record */
	int64_t glass_until;  /* the person broke the glass until then; 0: did not */
	int64_t now;
};

/* Relations of one person to all children, or to one. */
struct relation {
	int64_t child, glass_until;
	bool allocated, of_team, address_guarded, named;
	enum guard guard;
};
struct relations {
	const struct relation *relations; /* by child */
	size_t count;
	int64_t now;
};

/* Those of the account to `child`, or to every child (0), as they are `now`. */
bool relations_read(struct store *store, struct arena *arena, const struct account *account,
	int64_t child, int64_t now, struct relations *out_relations,
	struct error *error) MUST_CHECK;

/* The facts about a child; its authority is the caller's to know (cohort/history.h). */
struct child_facts relations_facts(
	const struct relations *relations, int64_t child, struct text authority);

struct team {
	int64_t id;
	struct text name, authority;
};
bool team_list(struct store *store, struct arena *arena, struct team **out_teams, size_t *out_count,
	struct error *error) MUST_CHECK;
/* The team of that name and authority, made when there is none. */
bool team_named(struct store *store, const struct actor *actor, struct text name,
	struct text authority, int64_t *out_team, struct error *error) MUST_CHECK;

/* Allocates a child to an account from now on, and ends that. In the caller's transaction.
 */
bool allocation_set(struct store *store, const struct actor *actor, int64_t child,
	struct text authority, int64_t account, struct error *error) MUST_CHECK;
bool allocation_end(struct store *store, const struct actor *actor, int64_t child,
	struct text authority, int64_t account, struct error *error) MUST_CHECK;

struct allocation {
	int64_t child, account, from;
	struct text shown; /* who */
};
/* Whom a child is allocated to (0: all allocations of all children). */
bool allocation_list(struct store *store, struct arena *arena, int64_t child,
	struct allocation **out, size_t *out_count, struct error *error) MUST_CHECK;

#endif
