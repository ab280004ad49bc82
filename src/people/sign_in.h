/* SPDX-License-Identifier: MIT */
/*
 * Signing in: throttle, password, second factor, session, in this order.
 *
 * The one rule: an unknown login, a wrong password and a disabled account look alike and take the
 * same time.
 */
#ifndef HEARTH_PEOPLE_SIGN_IN_H
#define HEARTH_PEOPLE_SIGN_IN_H

#include "people/password.h"
#include "people/session.h"
#include "people/throttle.h"

/* What a program that people sign in to has one of. */
struct desk {
	struct throttle *throttle;
	struct password_queue *queue;
};

bool desk_open(struct desk *out_desk, struct error *error) MUST_CHECK;
void desk_close(struct desk *desk);

enum sign_in_answer {
	SIGN_IN_WRONG, /* login or password: which is not said */
	SIGN_IN_WAIT,  /* too many guesses: try again after `wait` seconds */
	SIGN_IN_CODE,  /* a session that asks for the code of the second factor (SESSION_CODE) */
	SIGN_IN_DONE,  /* a full session */
};

struct sign_in_form {
	struct text login, password;
	struct text cookie;  /* of the device, empty where it has none */
	struct text address; /* of who asks; not kept */
	struct text device;  /* for the person's list of sessions */
	struct text route;
	int64_t now;
};

struct signed_in {
	enum sign_in_answer answer;
	int64_t wait;
	int64_t account;		 /* SIGN_IN_CODE, SIGN_IN_DONE */
	bool change_password;		 /* a first password: to be changed now */
	char token[CRYPTO_TOKEN_SIZE];	 /* for the session cookie */
	char cookie[DEVICE_COOKIE_SIZE]; /* for the device cookie; empty unless SIGN_IN_DONE */
};

/* Tries login and password; the transaction is its own. ERROR_LIMIT when too many wait. */
bool sign_in(const struct desk *desk, struct store *store, const struct sign_in_form *form,
	struct signed_in *out, struct error *error) MUST_CHECK;

/* The second step, for a session in SESSION_CODE: the code of the app or a recovery code. Gives
 * SIGN_IN_DONE with a new token, SIGN_IN_WRONG or SIGN_IN_WAIT; the transaction is its own. */
bool sign_in_code(const struct desk *desk, struct store *store, const struct session *session,
	const struct sign_in_form *form, struct text code, struct signed_in *out,
	struct error *error) MUST_CHECK;

/* Whether it is the account's password, for weighty acts of somebody signed in; guesses count. */
bool sign_in_again(const struct desk *desk, struct store *store, const struct session *session,
	const struct sign_in_form *form, struct signed_in *out, struct error *error) MUST_CHECK;

#endif
