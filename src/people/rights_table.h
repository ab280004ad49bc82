/* SPDX-License-Identifier: MIT */
/* data/roles/ in memory; for rights.c and rights_read.c. */
#ifndef HEARTH_PEOPLE_RIGHTS_TABLE_H
#define HEARTH_PEOPLE_RIGHTS_TABLE_H

#include "people/rights.h"

enum about { ABOUT_EVERYBODY, ABOUT_CHILD, ABOUT_FIGURES, ABOUT_ACCOUNTS, ABOUT_INSTALLATION };

struct permission_row {
	const char *id;
	enum about about;
	bool through_glass; /* broken glass opens it */
};

struct rights {
	struct roles roles;
	struct permission_row *permissions;
	const char **ids; /* of the permissions */
	size_t permission_count;
	enum scope *grants; /* [role * permission_count + permission] */
};

/* NULL: none. */
const struct permission_row *rights_permission(const struct rights *rights, const char *id);

#endif
