/* SPDX-License-Identifier: MIT */
/*
 * Accounts: who works with the record, in what role, for whom.
 *
 * The one rule: an account is never deleted, so that the audit log can name who it was; it is
 * disabled. All functions that change something write their row of the audit log, in the caller's
 * transaction.
 */
#ifndef HEARTH_PEOPLE_ACCOUNT_H
#define HEARTH_PEOPLE_ACCOUNT_H

#include "people/audit.h"

enum password_state {
	PASSWORD_NONE,	/* cannot sign in */
	PASSWORD_FIRST, /* made by the program and shown once: to be changed at the first sign-in */
	PASSWORD_OWN,
};

struct account {
	int64_t id;
	struct text login; /* lower case */
	struct text shown; /* as colleagues see it */
	struct text role;  /* id of data/roles/roles.csv */
	struct account_scope scope;
	struct text team_name;
	bool disabled;
	enum password_state password;
	bool second_factor;
	bool demonstration;			    /* of the demonstration population */
	int64_t created, password_at, last_sign_in; /* seconds; 0: never */
};

struct account_form {
	struct text login; /* 2 to 64 of a-z 0-9 . - _ @, letters of either case */
	struct text shown; /* empty: the login */
	struct text role;
	struct account_scope scope;
	bool demonstration;
};

enum { LOGIN_LONGEST = 64 };

/* A login name as it is kept: letters in lower case, of the same length. False when it is none. */
bool login_normal(struct text login, char out_login[LOGIN_LONGEST]) MUST_CHECK;

enum { FIRST_PASSWORD_SIZE = 24 }; /* of passwords that the program makes: 100 random bits */

/* Makes an account with a first password. ERROR_INPUT says what of the form is wrong (an unknown
 * role, an authority that the role needs), ERROR_CONFLICT that the login is taken. */
bool account_create(struct store *store, const struct actor *actor, const struct account_form *form,
	int64_t *out_account, char out_password[FIRST_PASSWORD_SIZE],
	struct error *error) MUST_CHECK;

/* ERROR_MISSING when there is none. */
bool account_read(struct store *store, struct arena *arena, int64_t id, struct account *out_account,
	struct error *error) MUST_CHECK;
bool account_find(struct store *store, struct arena *arena, struct text login,
	struct account *out_account, struct error *error) MUST_CHECK;

/* By login; those disabled too. Who may make, change or see which of them: rights_account
 * (people/rights.h). */
bool account_list(struct store *store, struct arena *arena, struct account **out_accounts,
	size_t *out_count, struct error *error) MUST_CHECK;

bool account_count(struct store *store, int64_t *out_count, struct error *error) MUST_CHECK;

/* Another role, scope and shown name; the login stays. Ends the account's sessions. */
bool account_change(struct store *store, const struct actor *actor, int64_t id,
	const struct account_form *form, struct error *error) MUST_CHECK;

/* Ends the account's sessions. The last administrator stays: ERROR_CONFLICT. */
bool account_disable(
	struct store *store, const struct actor *actor, int64_t id, struct error *error) MUST_CHECK;
bool account_enable(
	struct store *store, const struct actor *actor, int64_t id, struct error *error) MUST_CHECK;

/* A new first password; ends the account's sessions. The second factor stays unless
 * `forget_factor`. */
bool account_reset(struct store *store, const struct actor *actor, int64_t id, bool forget_factor,
	char out_password[FIRST_PASSWORD_SIZE], struct error *error) MUST_CHECK;

/* What is kept of a password, in which state; people/password.h is the way to it. */
bool account_set_password(struct store *store, int64_t id, struct text kept,
	enum password_state state, int64_t now, struct error *error) MUST_CHECK;

#endif
