/* SPDX-License-Identifier: MIT */
/*
 * Passwords that the program makes: 100 random bits, shown once. Nobody can guess through so many,
 * so that a keyed hash keeps them as safe as Argon2id would, without its tenth of a second.
 */
#ifndef HEARTH_PEOPLE_FIRST_PASSWORD_H
#define HEARTH_PEOPLE_FIRST_PASSWORD_H

#include "people/account.h"

enum { FIRST_PASSWORD_KEPT_SIZE = 64 };

/* Random groups of letters and digits that are not taken for each other: "hk3p9-...". `groups` of
 * five with a dash between: 6 bytes a group. */
void random_groups(char *out_text, int groups);

void first_password_make(char out_password[FIRST_PASSWORD_SIZE]);

/* What the record keeps of it. */
void first_password_keep(const struct vault *vault, int64_t account, struct text password,
	char out_kept[FIRST_PASSWORD_KEPT_SIZE]);

/* Whether `kept` was made from such a password, and from this one. */
bool first_password_is(struct text kept);
bool first_password_matches(
	const struct vault *vault, int64_t account, struct text kept, struct text password);

#endif
