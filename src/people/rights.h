/* SPDX-License-Identifier: MIT */
/*
 * What a person may do, and with which children.
 *
 * The one rule: everything is denied that data/roles/ does not grant. Authorities never see each
 * other, whatever the role; a child whose authority is not known is for those who work for every
 * authority. Denied and absent look alike to the caller's reader.
 *
 * data/roles/permissions.csv: every permission, whether it is about a child, whether breaking the
 * glass reaches it; roles.csv: the roles; grants.csv: role, permission, scope.
 */
#ifndef HEARTH_PEOPLE_RIGHTS_H
#define HEARTH_PEOPLE_RIGHTS_H

#include "people/relations.h"
#include "people/roles.h"
#include "people/session.h"

enum scope {
	SCOPE_NONE,	    /* not granted */
	SCOPE_POOLED,	    /* figures over all, no child */
	SCOPE_OWN_CHILDREN, /* children allocated to the person */
	SCOPE_TEAM,	    /* and those allocated to people of the same team */
	SCOPE_AUTHORITY,    /* all children of the one authority of the account */
	SCOPE_AUTHORITIES,  /* all children of the authorities of the account */
	SCOPE_INSTALLATION, /* not about children: accounts, settings, the log */
};

struct rights;

/* Reads and checks data/roles/; ERROR_INPUT names file and line. Const afterwards: any thread. */
bool rights_load(struct rights **out_rights, struct arena *arena, struct error *error) MUST_CHECK;

const struct role *rights_role(const struct rights *rights, struct text id); /* NULL: none */
const struct role *rights_roles(const struct rights *rights, size_t *out_count);

/* Every permission there is, for the declared list of rights. */
const char *const *rights_permissions(const struct rights *rights, size_t *out_count);
bool rights_is_about_child(const struct rights *rights, const char *permission);

/* What a role is granted; SCOPE_NONE for what is not there. */
enum scope rights_scope(const struct rights *rights, struct text role, const char *permission);
const char *scope_words(enum scope scope);

/* Whether the person may do this at all; with which children is rights_child's to say. `session` is
 * NULL for somebody who is not signed in. A first password that is not changed yet, or a second
 * factor that is not given yet, leaves "public" and "signed-in" (SESSION_CODE: "public"). */
bool rights_may(const struct rights *rights, const struct session *session, const char *permission);

enum rights_answer {
	RIGHTS_ALLOWED,
	RIGHTS_BY_GLASS, /* allowed because the person broke the glass: say so in the log */
	RIGHTS_NOT_GRANTED,
	RIGHTS_OTHER_AUTHORITY,
	RIGHTS_NOT_THEIRS, /* allocated neither to the person nor to the team */
	RIGHTS_RESTRICTED, /* named people only; the glass can be broken */
	RIGHTS_SEALED,	   /* named people only; it cannot */
	RIGHTS_ADDRESS,	   /* the address is for named people */
};

/* Whether the person may do this with this child; `child` as relations_facts gives it. */
enum rights_answer rights_child(const struct rights *rights, const struct session *session,
	const struct child_facts *child, const char *permission);

static inline bool rights_allowed(enum rights_answer answer)
{
	return answer == RIGHTS_ALLOWED || answer == RIGHTS_BY_GLASS;
}

/* Whether breaking the glass would open `permission` ("child.view") for this person and child. */
bool rights_glass_would_help(const struct rights *rights, const struct session *session,
	const struct child_facts *child, const char *permission);

/* Whether one account may manage, or see the log of, another: all authorities of `other` are among
 * those of the person. */
bool rights_account(const struct rights *rights, const struct session *session,
	const struct account_scope *other, const char *permission);

/* Whether rows of this authority are for the person ("" : not known). */
bool rights_authority(const struct account_scope *scope, struct text authority);

#endif
