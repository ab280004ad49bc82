/* SPDX-License-Identifier: MIT */
/*
 * Sessions and relations in memory, shared by all requests, for as long as the record stays as it
 * is (store/watch.h): signing out, disabling an account, taking a right away or another program's
 * change count from the next request on.
 *
 * The one rule: whether a session is over, and what broken glass still opens, is asked anew each
 * time; only what the record says is kept.
 */
#ifndef HEARTH_PEOPLE_KNOWN_H
#define HEARTH_PEOPLE_KNOWN_H

#include <pthread.h>

#include "people/relations.h"
#include "people/session.h"
#include "store/watch.h"

struct known_state; /* what is known of the record at one moment */

struct known {
	pthread_mutex_t lock;
	struct watch watch;
	struct known_state *state; /* the latest; under the lock, as all states' counts are */
	int64_t from, to; /* a commit from one number to the next changes nothing of it; 0: none */
};

void known_open(struct known *known, const char *place);
/* After everybody has left, and all connections of this program to the record are closed. */
void known_close(struct known *known);

/* Sees whether the record changed. What the functions below return lives until known_leave. NULL
 * when memory ran out. */
struct known_state *known_enter(struct known *known);
void known_leave(struct known *known, struct known_state *state); /* accepts NULL */

/* As session_find and relations_read, of one child. */
bool known_session(struct known *known, struct known_state *state, struct store *store,
	struct arena *arena, struct text token, int64_t now, const struct settings *settings,
	struct session *out_session, struct error *error) MUST_CHECK;
bool known_relations(struct known *known, struct known_state *state, struct store *store,
	struct arena *arena, const struct account *account, int64_t child, int64_t now,
	struct relations *out_relations, struct error *error) MUST_CHECK;

/* A commit that changes nothing of what is kept, such as of rows of the log: to be announced
 * between store_begin and store_end, when nobody else can commit, and its end be told. */
void known_expect(struct known *known);
void known_expected(struct known *known, bool committed);

/* What else was read, by a kind and numbers of the caller's; NULL when it is not known. */
struct known_key {
	int64_t kind; /* not 0 */
	int64_t numbers[3];
};
const void *known_find(struct known *known, struct known_state *state, const struct known_key *key);

/* Takes over `arena`, in which `what` was read from `store` in the present store_look; `what` lives
 * as long as the state, and is found by others if it is of the state. False when memory ran out:
 * `arena` is gone. */
bool known_keep(struct known *known, struct known_state *state, const struct store *store,
	const struct known_key *key, struct arena *arena, const void *what,
	struct error *error) MUST_CHECK;

#endif
