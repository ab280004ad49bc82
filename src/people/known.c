/* SPDX-License-Identifier: MIT */
#include "people/known.h"

#include <assert.h>

#include "store/change.h"

enum { PLACES = 1024, BYTES_MOST = 48 << 20, KEY_BYTES = SESSION_DIGEST_BYTES };

struct kept {
	char key[KEY_BYTES];
	bool is_session;
	struct session session;	  /* or */
	struct relation relation; /* of a person to a child; or none: */
	bool related;
	const void *what;  /* or something of the caller's */
	struct kept *next; /* of the same place */
};

/* Memory that goes with the state. */
struct owned {
	struct arena *arena;
	struct owned *next;
};

struct known_state {
	struct arena *arena;
	int64_t number;	     /* of the watch */
	size_t users, bytes; /* of what is owned */
	struct owned *owned;
	struct kept *places[PLACES];
};

void known_open(struct known *known, const char *place)
{
	*known = (struct known){.state = NULL};
	pthread_mutex_init(&known->lock, NULL);
	watch_open(&known->watch, place);
}

static void let_go(struct known_state *state)
{
	struct arena *arena = state->arena;

	if (--state->users > 0)
		return;
	for (struct owned *one = state->owned; one; one = one->next)
		arena_close(one->arena);
	arena_close(arena);
}

void known_close(struct known *known)
{
	if (known->state)
		let_go(known->state);
	watch_close(&known->watch);
	pthread_mutex_destroy(&known->lock);
}

static struct known_state *begin(int64_t number)
{
	struct arena *arena = arena_open();
	struct known_state *state = arena ? arena_take(arena, 1, sizeof *state) : NULL;

	if (!state) {
		arena_close(arena);
		return NULL;
	}
	state->arena = arena;
	state->number = number;
	state->users = 1;
	return state;
}

/* The number before an announced commit stands for the one after it. */
static int64_t same_number(const struct known *known, int64_t number)
{
	return known->to && number == known->to ? known->from : number;
}

void known_expect(struct known *known)
{
	int64_t number;

	if (!watch_look(&known->watch, &number))
		return;
	pthread_mutex_lock(&known->lock);
	known->from = number;
	known->to = (number + 1) & UINT32_MAX; /* as SQLite counts */
	pthread_mutex_unlock(&known->lock);
}

void known_expected(struct known *known, bool committed)
{
	pthread_mutex_lock(&known->lock);
	if (committed && known->to && known->state && known->state->number == known->from)
		known->state->number = known->to;
	known->from = known->to = 0;
	pthread_mutex_unlock(&known->lock);
}

struct known_state *known_enter(struct known *known)
{
	struct known_state *state;
	int64_t number;

	if (!watch_look(&known->watch, &number))
		return begin(-1); /* for this one alone: is_of is never true */
	pthread_mutex_lock(&known->lock);
	number = same_number(known, number);
	state = known->state;
	if (!state || state->number != number ||
		state->bytes + arena_bytes(state->arena) >= BYTES_MOST) {
		if (state)
			let_go(state);
		state = known->state = begin(number);
	}
	if (state)
		state->users++;
	pthread_mutex_unlock(&known->lock);
	return state;
}

void known_leave(struct known *known, struct known_state *state)
{
	if (!state)
		return;
	pthread_mutex_lock(&known->lock);
	let_go(state);
	pthread_mutex_unlock(&known->lock);
}

static size_t place_of(const char *key)
{
	return text_hash((struct text){key, KEY_BYTES}) % PLACES;
}

static const struct kept *find_kept(struct known *known, struct known_state *state, const char *key)
{
	const struct kept *kept;

	pthread_mutex_lock(&known->lock);
	kept = state->places[place_of(key)];
	while (kept && memcmp(kept->key, key, KEY_BYTES) != 0)
		kept = kept->next;
	pthread_mutex_unlock(&known->lock);
	return kept;
}

static bool copy_text(struct arena *arena, struct text *text)
{
	const char *copy = text->data ? arena_copy(arena, text->data, text->length) : NULL;

	if (text->data && !copy)
		return false;
	text->data = copy;
	return true;
}

static bool copy_account(struct arena *arena, struct account *account)
{
	struct account_scope *scope = &account->scope;
	struct text *authorities =
		arena_take(arena, scope->authority_count, sizeof *scope->authorities);
	bool copied = authorities && copy_text(arena, &account->login) &&
		      copy_text(arena, &account->shown) && copy_text(arena, &account->role) &&
		      copy_text(arena, &account->team_name);

	for (size_t i = 0; copied && i < scope->authority_count; i++) {
		authorities[i] = scope->authorities[i];
		copied = copy_text(arena, &authorities[i]);
	}
	scope->authorities = authorities;
	return copied;
}

/* Keeps what was read; it does not matter when it cannot. */
static void keep(struct known *known, struct known_state *state, const struct kept *what)
{
	struct kept *kept;

	pthread_mutex_lock(&known->lock);
	kept = arena_take(state->arena, 1, sizeof *kept);
	if (kept) {
		struct kept **place = &state->places[place_of(what->key)];

		*kept = *what;
		if (!kept->is_session || copy_account(state->arena, &kept->session.account)) {
			kept->next = *place;
			*place = kept;
		}
	}
	pthread_mutex_unlock(&known->lock);
}

/* Whether what was just read is of that state: in a store_look, nobody commits; in a transaction
 * that writes it may be what is not committed yet. */
static bool is_of(struct known *known, const struct known_state *state, const struct store *store)
{
	int64_t number;
	bool same;

	if (!state || !store_looks(store) || !watch_look(&known->watch, &number))
		return false;
	pthread_mutex_lock(&known->lock);
	same = same_number(known, number) == state->number;
	pthread_mutex_unlock(&known->lock);
	return same;
}

bool known_session(struct known *known, struct known_state *state, struct store *store,
	struct arena *arena, struct text token, int64_t now, const struct settings *settings,
	struct session *out_session, struct error *error)
{
	struct session session;
	struct kept fresh = {.is_session = true};
	const struct kept *kept;
	bool done, same;

	if (!session_of_token(token, &session, error))
		return false;
	kept = state ? find_kept(known, state, session.digest) : NULL;
	if (kept) {
		*out_session = kept->session;
		return session_is_live(out_session, now, settings, error);
	}
	if (!store_look(store, error))
		return false;
	done = session_find(store, arena, token, now, settings, out_session, error);
	same = done && is_of(known, state, store);
	store_rollback(store);
	if (!same)
		return done;
	memcpy(fresh.key, session.digest, KEY_BYTES);
	fresh.session = *out_session;
	keep(known, state, &fresh);
	return done;
}

bool known_relations(struct known *known, struct known_state *state, struct store *store,
	struct arena *arena, const struct account *account, int64_t child, int64_t now,
	struct relations *out_relations, struct error *error)
{
	int64_t numbers[] = {account->id, account->scope.team, child};
	struct kept fresh = {.is_session = false};
	const struct kept *kept;

	memcpy(fresh.key, numbers, sizeof numbers);
	kept = state ? find_kept(known, state, fresh.key) : NULL;
	if (kept) {
		*out_relations = (struct relations){&kept->relation, kept->related, now};
		return true;
	}
	if (!relations_read(store, arena, account, child, now, out_relations, error))
		return false;
	if (child == 0 || out_relations->count > 1 || !is_of(known, state, store))
		return true;
	fresh.related = out_relations->count == 1;
	if (fresh.related)
		fresh.relation = out_relations->relations[0];
	keep(known, state, &fresh);
	return true;
}

static_assert(sizeof(struct known_key) == KEY_BYTES, "a key is as long as a digest");

const void *known_find(struct known *known, struct known_state *state, const struct known_key *key)
{
	const struct kept *kept = state ? find_kept(known, state, (const char *)key) : NULL;

	return kept ? kept->what : NULL;
}

bool known_keep(struct known *known, struct known_state *state, const struct store *store,
	const struct known_key *key, struct arena *arena, const void *what, struct error *error)
{
	struct kept fresh = {.what = what};
	struct owned *owned = NULL;

	if (state) {
		pthread_mutex_lock(&known->lock);
		owned = arena_take(state->arena, 1, sizeof *owned);
		if (owned) {
			*owned = (struct owned){arena, state->owned};
			state->owned = owned;
			state->bytes += arena_bytes(arena);
		}
		pthread_mutex_unlock(&known->lock);
	}
	if (!owned) {
		arena_close(arena);
		return error_no_memory(error);
	}
	memcpy(fresh.key, key, KEY_BYTES);
	if (is_of(known, state, store))
		keep(known, state, &fresh);
	return true;
}
