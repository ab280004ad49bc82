/* SPDX-License-Identifier: MIT */
/* A record with people in it, for the tests of src/people/. */
#ifndef HEARTH_TEST_OFFICE_H
#define HEARTH_TEST_OFFICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/rights.h"
#include "people/settings.h"

struct office {
	struct arena *arena;
	struct store *store;
	struct rights *rights;
	struct settings settings;
	struct actor actor; /* nobody's account; `now` is the time of the test */
	char folder[64], place[256], key[264];
};

int office_open(void **state);
int office_close(void **state);
void office_reopen(struct office *office);

/* Fails the test with the error's words unless `done`. */
void must(bool done, const struct error *error);

/* Runs `work` in a transaction that is kept. */
#define KEEP(office, error, work)                                                                  \
	do {                                                                                       \
		must(store_begin((office)->store, error), error);                                  \
		must(store_end((office)->store, work, error), error);                              \
	} while (0)

/* Runs `work` in a transaction and expects it to be refused; `error` says how. */
#define REFUSE(office, error, work)                                                                \
	do {                                                                                       \
		must(store_begin((office)->store, error), error);                                  \
		assert_false(store_end((office)->store, work, error));                             \
	} while (0)

/* An account for "North (fictitious)" or the authority named; its own password state is
 * PASSWORD_OWN with a hash that fits nothing. */
struct account office_account(
	struct office *office, const char *login, const char *role, const char *authority);

/* A full session of an account, as session_find would give it. */
struct session office_session(struct office *office, const struct account *account);

/* The last row of the log about this act; fails when there is none. */
struct audit_entry office_last(struct office *office, const char *act);

#endif
