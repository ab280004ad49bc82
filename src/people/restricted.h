/* SPDX-License-Identifier: MIT */
/*
 * Restricted and sealed records, and breaking the glass.
 *
 * The one rule: a restricted record is for named people, and others of the authority may break the
 * glass with a reason, for at most three hours; it raises an alert that somebody else reviews. A
 * sealed one is for named people only, and no glass is there to break. All in the caller's
 * transaction, with a row of the audit log.
 */
#ifndef HEARTH_PEOPLE_RESTRICTED_H
#define HEARTH_PEOPLE_RESTRICTED_H

#include "people/rights.h"

struct guarding {
	int64_t child;
	enum guard guard;
	bool address; /* the address is for named people, whatever the guard */
	struct text reason;
	int64_t at, by;
	const int64_t *named; /* accounts */
	size_t named_count;
};

/* Sets who may see a child's record; GUARD_NONE without `address` opens it. ERROR_INPUT without a
 * reason or, for a guarded record, without a named person. */
bool guarding_set(struct store *store, const struct actor *actor, const struct guarding *guarding,
	struct text authority, struct error *error) MUST_CHECK;
bool guarding_read(struct store *store, struct arena *arena, int64_t child,
	struct guarding *out_guarding, struct error *error) MUST_CHECK;

/* Breaks the glass of a child for the session's person: access until the returned time.
 * `actor->why` is the reason, at least 10 characters. ERROR_DENIED when the rights do not allow it
 * (a sealed record, another authority, no permission breakglass.use), whatever the page offered. */
bool glass_break(struct store *store, const struct rights *rights, const struct session *session,
	const struct child_facts *child, const struct settings *settings, const struct actor *actor,
	int64_t *out_until, struct error *error) MUST_CHECK;

/* The person gives the access back before its time. */
bool glass_end(struct store *store, const struct actor *actor, int64_t child, struct text authority,
	struct error *error) MUST_CHECK;

struct glass {
	int64_t id, child, account, from, until;
	struct text shown, authority, reason;
	int64_t reviewed_at; /* 0: in the queue */
	struct text reviewed_by, finding;
};

/* The queue of alerts, oldest first, of those authorities; with `all`, the reviewed ones too. */
bool glass_list(struct store *store, struct arena *arena, const struct account_scope *scope,
	bool all, struct glass **out_glasses, size_t *out_count, struct error *error) MUST_CHECK;

/* What the reviewer found; nobody reviews their own. ERROR_CONFLICT when somebody else has. */
bool glass_review(struct store *store, const struct rights *rights, const struct session *session,
	const struct actor *actor, int64_t glass, struct text finding,
	struct error *error) MUST_CHECK;

#endif
