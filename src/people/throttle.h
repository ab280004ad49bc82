/* SPDX-License-Identifier: MIT */
/*
 * Guessing slowed down: at most 10 wrong passwords or codes in 5 minutes for an account, and each
 * address slower the more it fails.
 *
 * The one rule: somebody who guesses cannot lock the real person out. Guesses from a device on
 * which the person signed in before (it holds a cookie that only we can make) are counted apart
 * from all others. Unknown logins are counted as known ones are. Any thread may call.
 */
#ifndef HEARTH_PEOPLE_THROTTLE_H
#define HEARTH_PEOPLE_THROTTLE_H

#include "people/account.h"

enum {
	THROTTLE_GUESSES = 10, /* in THROTTLE_SECONDS, for an account */
	THROTTLE_SECONDS = 300,
	THROTTLE_ADDRESS_FREE = 20, /* failures of an address before it is slowed */
	THROTTLE_ADDRESS_WAIT_MOST = 60,
	DEVICE_COOKIE_SIZE = 88,
};

struct throttle;

bool throttle_open(struct throttle **out_throttle, struct error *error) MUST_CHECK;
void throttle_close(struct throttle *throttle); /* accepts NULL */

struct attempt {
	struct text login;
	struct text address; /* of who asks; an IPv6 address counts by its first 64 bits */
	bool known;	     /* the device cookie is good (device_cookie_good) */
	struct text device;  /* the cookie, where it is */
	int64_t now;
};

/* Whether a guess may be made now; it is counted as wrong until throttle_right takes it back.
 * *out_wait: seconds until it is worth trying, 0 when it may. */
void throttle_try(struct throttle *throttle, const struct attempt *attempt, int64_t *out_wait);
void throttle_right(struct throttle *throttle, const struct attempt *attempt);

/* The cookie of a device on which a login signed in; it names nobody. */
char *device_cookie(
	const struct vault *vault, struct text login, char out_cookie[DEVICE_COOKIE_SIZE]);
bool device_cookie_good(const struct vault *vault, struct text login, struct text cookie);

#endif
