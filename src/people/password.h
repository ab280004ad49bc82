/* SPDX-License-Identifier: MIT */
/*
 * Passwords: what is accepted, and the queue of those that compute.
 *
 * The one rule: Argon2id (64 MiB, 2 passes) runs outside of every transaction and only within
 * password_queue_enter, so that guesses cannot take the machine from everybody else. No rules about
 * kinds of characters, no expiry: long, not common, not the person's own name.
 */
#ifndef HEARTH_PEOPLE_PASSWORD_H
#define HEARTH_PEOPLE_PASSWORD_H

#include "base/password_hash.h"
#include "people/account.h"

enum {
	PASSWORD_FEWEST = 12,		   /* characters */
	PASSWORD_FEWEST_SECOND_FACTOR = 8, /* with a second factor */
	PASSWORD_LONGEST_BYTES = 1024,
	PASSWORD_HASHES_MOST = 4, /* at once */
};

struct password_queue;

/* One a program. At most `at_once` hashes (1 to PASSWORD_HASHES_MOST; 0: half the cores) and
 * `waiting` that wait (0: 64). */
bool password_queue_open(struct password_queue **out_queue, unsigned at_once, unsigned waiting,
	struct error *error) MUST_CHECK;
void password_queue_close(struct password_queue *queue); /* accepts NULL */

/* Waits for a turn; people on a device they used before (`known`) go first. ERROR_LIMIT when too
 * many wait: try again later. Every turn is given back. */
bool password_queue_enter(struct password_queue *queue, bool known, struct error *error) MUST_CHECK;
void password_queue_leave(struct password_queue *queue);

/* Whether the password may be chosen; ERROR_INPUT says why not. `account` is whose it will be. */
bool password_check(
	const struct account *account, struct text password, struct error *error) MUST_CHECK;

/* The text to keep of a password; takes a turn. */
bool password_hash(struct password_queue *queue, struct text password,
	char out_hash[PASSWORD_HASH_SIZE], struct error *error) MUST_CHECK;

/* Whether it is that password; takes a turn. An empty hash costs the same time and is no. */
bool password_matches(struct password_queue *queue, bool known, struct text hash,
	struct text password, bool *out_match, struct error *error) MUST_CHECK;

/* Sets the password that the person chose (checked and hashed before); in the caller's transaction.
 * Ends the account's sessions but `keep` (the digest of a session, or empty). */
bool password_set(struct store *store, const struct actor *actor, int64_t account, struct text hash,
	struct text keep, struct error *error) MUST_CHECK;

#endif
