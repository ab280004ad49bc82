/* SPDX-License-Identifier: MIT */
/* The roles of data/roles/roles.csv. */
#ifndef HEARTH_PEOPLE_ROLES_H
#define HEARTH_PEOPLE_ROLES_H

#include "people/audit.h"

/* For how many authorities an account of the role works. */
enum role_authorities { ROLE_NO_AUTHORITY, ROLE_ONE_AUTHORITY, ROLE_SOME_AUTHORITIES };

struct role {
	const char *id, *label, *what;
	enum role_authorities authorities;
	bool sees_children;
};

struct roles {
	const struct role *roles;
	size_t count;
};

bool roles_read(struct roles *out_roles, struct arena *arena, struct error *error) MUST_CHECK;
const struct role *roles_find(const struct roles *roles, struct text id); /* NULL: none */

/* Whether an account of the role can work for whom `scope` says; ERROR_INPUT says why not. */
bool role_fits(
	const struct role *role, const struct account_scope *scope, struct error *error) MUST_CHECK;

#endif
