/* SPDX-License-Identifier: MIT */
/*
 * Sessions: the person behind a cookie. Kept in the record, so that they survive a restart.
 *
 * The one rule: the token (256 random bits) is known to the browser only; the record has its hash.
 * A new token at every change of what the session may do.
 */
#ifndef HEARTH_PEOPLE_SESSION_H
#define HEARTH_PEOPLE_SESSION_H

#include "base/crypto.h"
#include "people/account.h"
#include "people/settings.h"

enum session_stage {
	SESSION_CODE, /* the password was right, the code of the second factor is asked for */
	SESSION_FULL,
};

enum { SESSION_DIGEST_BYTES = 32 };

struct session {
	struct account account; /* as it is now, not as it was at sign-in */
	enum session_stage stage;
	char digest[SESSION_DIGEST_BYTES];   /* names the session within the record */
	char form_secret[CRYPTO_TOKEN_SIZE]; /* to which its form tokens are bound */
	int64_t began, seen;
	int64_t proved;	  /* when the password was last given: ask again for weighty acts */
	int64_t idle_end; /* when it ends unless it is used */
	int64_t ends;	  /* when it ends in any case */
};

/* Begins a session; ends the oldest ones beyond `settings->sessions_at_once`. `device` says where
 * ("Firefox on Windows"), for the person's own list. In the caller's transaction. */
bool session_begin(struct store *store, const struct actor *actor, int64_t account,
	enum session_stage stage, struct text device, const struct settings *settings,
	char out_token[CRYPTO_TOKEN_SIZE], struct error *error) MUST_CHECK;

/* The live session of a token; ERROR_MISSING when there is none: unknown, ended, too old, of a
 * disabled account. Reads only. */
bool session_find(struct store *store, struct arena *arena, struct text token, int64_t now,
	const struct settings *settings, struct session *out_session,
	struct error *error) MUST_CHECK;

/* Its two halves, for those who know the session already (people/known.h): what follows from the
 * token alone, and whether it is over by now. */
bool session_of_token(
	struct text token, struct session *out_session, struct error *error) MUST_CHECK;
bool session_is_live(struct session *session, int64_t now, const struct settings *settings,
	struct error *error) MUST_CHECK;

/* Whether session_touch has something to write: at most once a minute. */
bool session_is_stale(const struct session *session, int64_t now);
bool session_touch(struct store *store, const struct session *session, int64_t now,
	struct error *error) MUST_CHECK;

/* A new token for a session that may do more from now on: the code was right, or the password was
 * given again (`proved`). The old token is dead. */
bool session_renew(struct store *store, const struct session *session, enum session_stage stage,
	bool proved, int64_t now, char out_token[CRYPTO_TOKEN_SIZE],
	struct error *error) MUST_CHECK;

/* Ends one session (signing out), all of an account (but `keep`, a digest or empty), or those that
 * are over. */
bool session_end(struct store *store, const struct actor *actor, struct text digest,
	struct error *error) MUST_CHECK;
bool session_end_all(
	struct store *store, int64_t account, struct text keep, struct error *error) MUST_CHECK;
bool session_sweep(struct store *store, int64_t now, const struct settings *settings,
	struct error *error) MUST_CHECK;

struct session_line {
	char digest[SESSION_DIGEST_BYTES];
	struct text device;
	int64_t began, seen;
};

/* The live sessions of an account, for the person to look at and to end. */
bool session_list(struct store *store, struct arena *arena, int64_t account, int64_t now,
	const struct settings *settings, struct session_line **out_lines, size_t *out_count,
	struct error *error) MUST_CHECK;

#endif
