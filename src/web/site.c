/* SPDX-License-Identifier: MIT */
#include "web/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "people/account.h"
#include "people/known.h"
#include "store/change.h"
#include "web/audit_queue.h"
#include "web/page.h"
#include "web/pages/kept.h"
#include "web/routes.h"
#include "web/site_pool.h"
#include "web/site_watch.h"

enum { DAY_SECONDS = 86400, WAY_BACK_LONGEST = 200 };

/* A snapshot with its arena; freed with the last request that looks at it. */
struct kept_snapshot {
	struct snapshot snapshot;
	struct arena *arena;
	size_t users; /* under the state's lock; the state itself is one */
	int32_t day;  /* on which it was read: today's figures are another day's tomorrow */
	struct record_state record; /* of what it was read */
};

struct site_state {
	struct arena *arena;
	struct site_options options;
	struct schema schema;
	const struct framework *framework;
	struct rights *rights;
	struct mustache_shelf *shelf;
	struct rhythm rhythm;
	struct settings settings;
	struct desk desk;
	struct site_pool pool;
	struct audit_queue log;
	struct known known;
	struct site_watch watch;
	pthread_mutex_t lock;	/* of `kept` and its counts */
	pthread_mutex_t reload; /* one reader of the record at a time */
	struct kept_snapshot *kept;
	uint64_t snapshots; /* read so far; under `reload` */
};

/* A row of the log on its way, with what it is made of. */
struct shown_row {
	struct audit_wait wait; /* first: lent->shown */
	struct audit_row row;
	struct actor actor;
	struct audit_wait *before;
};

/* What is lent to one request. */
struct lent {
	struct visit visit; /* first: request->who */
	struct session session;
	struct kept_snapshot *kept;
	struct known_state *known;
	struct audit_wait *shown;
};

static void snapshot_close(struct kept_snapshot *kept)
{
	if (kept) {
		struct arena *arena = kept->arena;

		kept_parts_close(kept->snapshot.parts);
		arena_close(arena);
	}
}

/* All of it as it is at one moment. */
static bool history_read(struct site_state *state, struct store *store, struct kept_snapshot *kept,
	struct error *error)
{
	bool done;

	if (!store_look(store, error))
		return false;
	done = store_state(store, &kept->record, error) &&
	       history_load(&kept->snapshot.history, kept->arena, &state->schema, state->framework,
		       store, error);
	store_rollback(store);
	return done;
}

static bool snapshot_read(struct site_state *state, struct store *store, int32_t day,
	struct kept_snapshot **out, struct error *error)
{
	struct arena *arena = arena_open();
	struct kept_snapshot *kept = arena ? arena_take(arena, 1, sizeof *kept) : NULL;
	struct cohort_options options = {.as_at = day, .cap_pence = COHORT_CAP_PENCE};

	if (!kept) {
		arena_close(arena);
		return error_no_memory(error);
	}
	kept->arena = arena;
	kept->users = 1;
	kept->day = day;
	kept->snapshot.parts = kept_parts_open();
	kept->snapshot.serial = ++state->snapshots;
	if (!history_read(state, store, kept, error) ||
		!cohort_build(
			&kept->snapshot.today, arena, &kept->snapshot.history, &options, error)) {
		snapshot_close(kept);
		return false;
	}
	*out = kept;
	return true;
}

static void snapshot_leave(struct site_state *state, struct kept_snapshot *kept)
{
	bool last;

	pthread_mutex_lock(&state->lock);
	last = kept && --kept->users == 0;
	pthread_mutex_unlock(&state->lock);
	if (last)
		snapshot_close(kept);
}

static int32_t day_of(int64_t now)
{
	return (int32_t)(now / DAY_SECONDS);
}

/* With `reload` held: everybody else goes on with what there is. */
static bool read_again(struct site_state *state, struct error *error)
{
	struct kept_snapshot *fresh = NULL, *old = NULL;
	struct store *store = NULL;
	bool done = pool_take(&state->pool, &store, error);

	if (done) {
		done = snapshot_read(state, store, day_of(time(NULL)), &fresh, error);
		pool_give(&state->pool, store);
	}
	if (done) {
		pthread_mutex_lock(&state->lock);
		old = state->kept;
		state->kept = fresh;
		pthread_mutex_unlock(&state->lock);
		snapshot_leave(state, old);
	}
	return done;
}

bool site_record_changed(struct site_state *state, struct error *error)
{
	bool done;

	pthread_mutex_lock(&state->reload);
	done = read_again(state, error);
	pthread_mutex_unlock(&state->reload);
	return done;
}

/* Another program changed the record: those who ask from now on see it. */
static bool changed_elsewhere(void *context, const struct record_state *record, struct error *error)
{
	struct site_state *state = context;
	bool same;

	pthread_mutex_lock(&state->lock);
	same = record_state_equal(&state->kept->record, record);
	pthread_mutex_unlock(&state->lock);
	return same || site_record_changed(state, error);
}

static bool state_fill(struct site_state *state, struct error *error)
{
	const char *id = state->options.framework ? state->options.framework : "valuing-care-13";
	struct store *store = NULL;
	bool done;

	if (!schema_open(&state->schema, state->arena, state->options.data, error))
		return false;
	state->framework = schema_framework(&state->schema, text_of(id));
	if (!state->framework)
		return error_set(error, ERROR_INPUT, "there is no needs framework '%.60s'", id);
	if (!rights_load(&state->rights, state->arena, error) ||
		!mustache_shelve(&state->shelf, state->arena, &mustache_embedded, error) ||
		!rhythm_load(&state->rhythm, state->arena, NULL, error) ||
		!pool_take(&state->pool, &store, error))
		return false;
	done = settings_read(store, &state->settings, error);
	pool_give(&state->pool, store);
	return done && desk_open(&state->desk, error) && site_record_changed(state, error) &&
	       site_watch_open(&state->watch, state->options.place, state->options.key_file,
		       changed_elsewhere, state, error);
}

bool site_open(
	struct site_state **out_state, const struct site_options *options, struct error *error)
{
	struct arena *arena = arena_open();
	struct site_state *state = arena ? arena_take(arena, 1, sizeof *state) : NULL;

	if (!state) {
		arena_close(arena);
		return error_no_memory(error);
	}
	state->arena = arena;
	state->options = *options;
	pool_open(&state->pool, options->place, options->key_file);
	known_open(&state->known, options->place);
	pthread_mutex_init(&state->lock, NULL);
	pthread_mutex_init(&state->reload, NULL);
	if (!audit_queue_open(
		    &state->log, options->place, options->key_file, &state->known, error) ||
		!state_fill(state, error)) {
		site_close(state);
		return false;
	}
	*out_state = state;
	return true;
}

void site_close(struct site_state *state)
{
	if (!state)
		return;
	site_watch_close(&state->watch);
	snapshot_leave(state, state->kept);
	desk_close(&state->desk);
	audit_queue_close(&state->log);
	pool_close(&state->pool);
	known_close(&state->known);
	pthread_mutex_destroy(&state->reload);
	pthread_mutex_destroy(&state->lock);
	arena_close(state->arena);
}

bool site_secret(struct site_state *state, unsigned char *out_secret, struct error *error)
{
	struct store *store = NULL;

	if (!pool_take(&state->pool, &store, error))
		return false;
	vault_index(store_vault(store), "form token", TEXT("secret"), out_secret);
	pool_give(&state->pool, store);
	return true;
}

/* ---- who is asking -------------------------------------------------------------------------- */

static bool find_session(
	struct lent *lent, struct request *request, struct site_state *state, struct error *error)
{
	struct text token = request_cookie(request, "session");
	struct visit *visit = &lent->visit;

	/* the form to sign in is bound to a cookie of its own (web/pages/asking.h) */
	request->session = request_cookie(request, "visitor");
	if (!token.data)
		return true;
	if (!known_session(&state->known, lent->known, visit->store, request->arena, token,
		    visit->now, &state->settings, &lent->session, error))
		return error->code == ERROR_MISSING;
	visit->session = &lent->session;
	visit->actor.account = lent->session.account.id;
	visit->actor.name = lent->session.account.login;
	request->session = text_of(lent->session.form_secret);
	if (session_is_stale(&lent->session, visit->now))
		return session_touch(visit->store, &lent->session, visit->now, error);
	return true;
}

static bool is_of_today(struct site_state *state, int32_t day)
{
	bool today;

	pthread_mutex_lock(&state->lock);
	today = state->kept->day == day;
	pthread_mutex_unlock(&state->lock);
	return today;
}

/* The first of a day reads the record as it is on that day; those who come meanwhile see it as it
 * was the day before. */
static bool see_day(struct site_state *state, int32_t day, struct error *error)
{
	bool done;

	if (is_of_today(state, day) || pthread_mutex_trylock(&state->reload) != 0)
		return true;
	done = is_of_today(state, day) || read_again(state, error);
	pthread_mutex_unlock(&state->reload);
	return done;
}

static bool lend(
	struct site_state *state, struct request *request, struct lent **out, struct error *error)
{
	struct lent *lent = arena_take(request->arena, 1, sizeof *lent);
	int64_t now = time(NULL);

	if (!lent)
		return error_no_memory(error);
	if (!see_day(state, day_of(now), error))
		return false;
	lent->visit = (struct visit){
		.state = state,
		.arena = request->arena,
		.schema = &state->schema,
		.framework = state->framework,
		.rights = state->rights,
		.shelf = state->shelf,
		.rhythm = &state->rhythm,
		.desk = &state->desk,
		.settings = &state->settings,
		.now = now,
		.today = day_of(now),
		.demonstration = state->options.demonstration,
		.actor = {.now = now, .route = text_of(request->route->path)},
	};
	if (!page_templates(&lent->visit, state->options.templates, error) ||
		!pool_take(&state->pool, &lent->visit.store, error))
		return false;
	pthread_mutex_lock(&state->lock);
	lent->kept = state->kept;
	lent->kept->users++;
	pthread_mutex_unlock(&state->lock);
	lent->visit.snapshot = &lent->kept->snapshot;
	lent->known = known_enter(&state->known);
	lent->visit.known = state->options.templates ? NULL : lent->known;
	lent->visit.shown = &lent->shown;
	atomic_fetch_add(&state->log.at_work, 1);
	request->who = &lent->visit;
	*out = lent;
	return true;
}

/* Waits for the rows of what was shown. The store goes back first: who writes it waits for us. */
static bool settle_request(void *context, struct request *request, struct error *error)
{
	struct site_state *state = context;
	struct lent *lent = request->who;
	bool good = true;

	if (!lent || !lent->shown)
		return true;
	if (lent->visit.store)
		pool_give(&state->pool, lent->visit.store);
	lent->visit.store = NULL;
	while (lent->shown) {
		struct shown_row *one = (struct shown_row *)lent->shown;

		lent->shown = one->before;
		good = audit_queue_wait(&state->log, &one->wait, good ? error : NULL) && good;
	}
	return good;
}

static void site_take_back(void *context, struct request *request)
{
	struct site_state *state = context;
	struct lent *lent = request->who;
	struct error error;

	/* settled before, unless there was no handler to its end */
	if (!settle_request(context, request, &error))
		lent->shown = NULL;
	if (lent->visit.store)
		pool_give(&state->pool, lent->visit.store);
	snapshot_leave(state, lent->kept);
	known_leave(&state->known, lent->known);
	atomic_fetch_sub(&state->log.at_work, 1);
}

/* Where somebody goes who is not signed in, or who has a step to do first. NULL: nowhere. */
static const char *step_before(const struct visit *visit, const struct request *request)
{
	const struct session *session = visit->session;
	const char *path = request->route->path;

	if (request->route->permission == PERMISSION_PUBLIC)
		return NULL;
	if (!session)
		return "/sign-in";
	if (session->stage == SESSION_CODE)
		return strcmp(path, "/sign-in/code") == 0 || strcmp(path, "/sign-out") == 0
			       ? NULL
			       : "/sign-in/code";
	if (session->account.password == PASSWORD_FIRST && strcmp(path, "/account/password") != 0 &&
		strcmp(path, "/sign-out") != 0)
		return "/account/password";
	return NULL;
}

/* Somebody who asked for a page gets there after signing in, where its address is plain. */
static const char *with_way_back(const struct request *request, const char *before)
{
	struct text path = request->target.path;
	bool plain = path.length > 1 && path.length < WAY_BACK_LONGEST &&
		     request->method == METHOD_GET && request->route->kind == ROUTE_PAGE &&
		     strcmp(before, "/account/password") != 0;

	for (size_t i = 0; plain && i < path.length; i++) {
		char c = path.data[i];

		plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-';
	}
	return plain ? arena_format(
			       request->arena, "%s?to=%.*s", before, (int)path.length, path.data)
		     : before;
}

/* While a body is awaited, which whoever sends it may do slowly, no connection is kept from the
 * others: the handler takes one when it asks for its visit. */
static void lend_later(struct site_state *state, struct lent *lent, const struct request *request)
{
	if (request->route->body_limit == 0)
		return;
	pool_give(&state->pool, lent->visit.store);
	lent->visit.store = NULL;
}

static bool may_enter(struct site_state *state, struct lent *lent, struct request *request,
	struct response *response, struct error *error)
{
	const char *before, *permission;

	if (!find_session(lent, request, state, error))
		return false;
	before = step_before(&lent->visit, request);
	if (!lent->visit.session && kept_form_is(request)) {
		/* no form token is good without a session: the handler is never reached, and what
		 * was typed comes back with the page that says so */
		request->session = TEXT("");
		return true;
	}
	if (before && request->route->kind == ROUTE_API)
		return error_set(error, ERROR_DENIED, "sign in first");
	if (before) {
		response_redirect(response, with_way_back(request, before));
		return false;
	}
	permission = permission_id(request->route->permission);
	if (request->route->permission == PERMISSION_PUBLIC ||
		request->route->permission == PERMISSION_SIGNED_IN)
		return true;
	if (!rights_may(lent->visit.rights, lent->visit.session, permission))
		return error_set(error, ERROR_DENIED, "your role does not include this page");
	return true;
}

static bool site_admit_request(
	void *context, struct request *request, struct response *response, struct error *error)
{
	struct site_state *state = context;
	struct lent *lent = NULL;

	if (!lend(state, request, &lent, error) ||
		!may_enter(state, lent, request, response, error))
		return false;
	lend_later(state, lent, request);
	return true;
}

struct visit *visit_of(const struct request *request)
{
	struct visit *visit = request->who;

	if (!visit->store)
		visit->store = pool_take_open(&visit->state->pool);
	return visit;
}

bool visit_may(const struct visit *visit, const char *permission)
{
	return visit->session && visit->session->stage == SESSION_FULL &&
	       rights_may(visit->rights, visit->session, permission);
}

/* ---- children ------------------------------------------------------------------------------- */

struct text snapshot_authority(const struct snapshot *snapshot, uint32_t index)
{
	const struct history *history = &snapshot->history;
	uint16_t authority = history->authority[index];

	return authority == UINT16_MAX ? TEXT("") : history->authorities[authority];
}

static bool child_missing(struct error *error)
{
	return error_set(error, ERROR_MISSING, "there is no such child, or not one you work with");
}

bool visit_child(const struct visit *visit, const struct request *request, const char *permission,
	struct visit_child *out_child, struct error *error)
{
	struct visit_child child = {.number = 0};
	struct relations relations;

	if (!request_part_integer(request, "child", &child.number))
		return child_missing(error);
	child.index = history_numbered(&visit->snapshot->history, child.number);
	if (child.index == HISTORY_NONE)
		return child_missing(error);
	/* what the page reads of the child it reads under one lock */
	if (!store_look(visit->store, error) ||
		!known_relations(&visit->state->known, visit->known, visit->store, request->arena,
			&visit->session->account, child.number, visit->now, &relations, error))
		return false;
	child.local_id = visit->snapshot->history.ids[child.index];
	child.authority = snapshot_authority(visit->snapshot, child.index);
	child.facts = relations_facts(&relations, child.number, child.authority);
	child.answer = rights_child(visit->rights, visit->session, &child.facts, permission);
	if (!rights_allowed(child.answer))
		return child_missing(error);
	*out_child = child;
	return true;
}

const void *visit_known(
	const struct visit *visit, enum visit_kind kind, int64_t child, int64_t number)
{
	return known_find(
		&visit->state->known, visit->known, &(struct known_key){kind, {child, number}});
}

bool visit_keep(const struct visit *visit, enum visit_kind kind, int64_t child, int64_t number,
	struct arena *arena, const void *what, struct error *error)
{
	return known_keep(&visit->state->known, visit->known, visit->store,
		&(struct known_key){kind, {child, number}}, arena, what, error);
}

bool visit_shown(const struct visit *visit, const struct visit_child *child, const char *fields,
	struct error *error)
{
	struct shown_row *shown = arena_take(visit->arena, 1, sizeof *shown);

	if (!shown)
		return error_no_memory(error);
	shown->actor = visit->actor;
	shown->row = (struct audit_row){
		.act = TEXT("child.view"),
		.child = child->number,
		.authority = child->authority,
		.fields = text_of(fields),
	};
	if (child->answer == RIGHTS_BY_GLASS)
		shown->row.about = TEXT("break-glass");
	if (!audit_may_wait(&shown->actor, &shown->row))
		return visit_logged(visit, &shown->actor, &shown->row, error);
	shown->before = *visit->shown;
	*visit->shown = &shown->wait;
	audit_queue_put(&visit->state->log, &shown->wait, &shown->actor, &shown->row);
	return true;
}

bool visit_logged(const struct visit *visit, const struct actor *actor, const struct audit_row *row,
	struct error *error)
{
	struct audit_wait wait;

	if (!audit_may_wait(actor, row))
		return store_begin_aside(visit->store, error) &&
		       store_end(
			       visit->store, audit_append(visit->store, actor, row, error), error);
	store_rollback(visit->store);
	audit_queue_put(&visit->state->log, &wait, actor, row);
	return audit_queue_wait(&visit->state->log, &wait, error);
}

struct site site_of(struct site_state *state)
{
	const struct embedded_file *assets = NULL;
	size_t count = embedded_under("built/", &assets);

	return (struct site){
		.routes = site_routes,
		.route_count = site_route_count,
		.assets = assets,
		.asset_count = count,
		.asset_prefix = "built/",
		.context = state,
		.admit = site_admit_request,
		.settle = settle_request,
		.error_page = page_error,
		.done = site_take_back,
	};
}
