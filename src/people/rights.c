/* SPDX-License-Identifier: MIT */
/* The decisions. Each check stands alone: tests/unit/people/test_rights.c fails without any of
 * them. */
#include "people/rights.h"

#include "people/rights_table.h"

const struct role *rights_role(const struct rights *rights, struct text id)
{
	return roles_find(&rights->roles, id);
}

const struct role *rights_roles(const struct rights *rights, size_t *out_count)
{
	*out_count = rights->roles.count;
	return rights->roles.roles;
}

const char *const *rights_permissions(const struct rights *rights, size_t *out_count)
{
	*out_count = rights->permission_count;
	return rights->ids;
}

bool rights_is_about_child(const struct rights *rights, const char *permission)
{
	const struct permission_row *row = rights_permission(rights, permission);

	return row && row->about == ABOUT_CHILD;
}

enum scope rights_scope(const struct rights *rights, struct text role, const char *permission)
{
	const struct role *of = roles_find(&rights->roles, role);
	const struct permission_row *row = rights_permission(rights, permission);

	if (!of || !row)
		return SCOPE_NONE;
	return rights->grants[(size_t)(of - rights->roles.roles) * rights->permission_count +
			      (size_t)(row - rights->permissions)];
}

bool rights_may(const struct rights *rights, const struct session *session, const char *permission)
{
	if (!rights_permission(rights, permission))
		return false;
	if (strcmp(permission, "public") == 0)
		return true;
	if (!session || session->stage != SESSION_FULL || session->account.disabled)
		return false;
	if (strcmp(permission, "signed-in") == 0)
		return true;
	if (session->account.password != PASSWORD_OWN)
		return false;
	return rights_scope(rights, session->account.role, permission) != SCOPE_NONE;
}

bool rights_authority(const struct account_scope *scope, struct text authority)
{
	if (scope->every_authority)
		return true;
	for (size_t i = 0; authority.length && i < scope->authority_count; i++)
		if (text_equal(scope->authorities[i], authority))
			return true;
	return false;
}

static bool glass_is_broken(const struct child_facts *child)
{
	return child->glass_until > child->now;
}

/* What reaches a guarded record without being named for it: those who say who is named, and those
 * who are about to break the glass. */
static bool passes_restriction(const char *permission)
{
	return strcmp(permission, "restricted.manage") == 0 ||
	       strcmp(permission, "breakglass.use") == 0;
}

static enum rights_answer check_guard(
	const struct child_facts *child, const char *permission, bool glass)
{
	if (child->named)
		return RIGHTS_ALLOWED;
	if (child->guard == GUARD_SEALED && strcmp(permission, "restricted.manage") != 0)
		return RIGHTS_SEALED;
	if (child->address_guarded && strcmp(permission, "child.address") == 0)
		return RIGHTS_ADDRESS;
	if (child->guard == GUARD_RESTRICTED && !passes_restriction(permission))
		return glass ? RIGHTS_BY_GLASS : RIGHTS_RESTRICTED;
	return RIGHTS_ALLOWED;
}

/* Whether the child is one of those whom the scope is about; named people have a relation. */
static bool is_within(enum scope scope, const struct child_facts *child)
{
	switch (scope) {
	case SCOPE_OWN_CHILDREN:
		return child->allocated || child->named;
	case SCOPE_TEAM:
		return child->allocated || child->of_team || child->named;
	case SCOPE_AUTHORITY:
	case SCOPE_AUTHORITIES:
		return true;
	case SCOPE_NONE:
	case SCOPE_POOLED:
	case SCOPE_INSTALLATION:
		break;
	}
	return false;
}

enum rights_answer rights_child(const struct rights *rights, const struct session *session,
	const struct child_facts *child, const char *permission)
{
	const struct permission_row *row = rights_permission(rights, permission);
	enum rights_answer answer;
	bool glass;

	if (!rights_may(rights, session, permission) || row->about != ABOUT_CHILD)
		return RIGHTS_NOT_GRANTED;
	if (!rights_authority(&session->account.scope, child->authority))
		return RIGHTS_OTHER_AUTHORITY;
	glass = row->through_glass && glass_is_broken(child) &&
		rights_may(rights, session, "breakglass.use");
	answer = check_guard(child, permission, glass);
	if (answer != RIGHTS_ALLOWED)
		return answer;
	if (is_within(rights_scope(rights, session->account.role, permission), child))
		return RIGHTS_ALLOWED;
	return glass ? RIGHTS_BY_GLASS : RIGHTS_NOT_THEIRS;
}

bool rights_glass_would_help(const struct rights *rights, const struct session *session,
	const struct child_facts *child, const char *permission)
{
	struct child_facts broken = *child;

	if (!rights_allowed(rights_child(rights, session, child, "breakglass.use")) ||
		rights_allowed(rights_child(rights, session, child, permission)))
		return false;
	broken.glass_until = INT64_MAX;
	return rights_child(rights, session, &broken, permission) == RIGHTS_BY_GLASS;
}

bool rights_account(const struct rights *rights, const struct session *session,
	const struct account_scope *other, const char *permission)
{
	const struct account_scope *own;

	if (!rights_may(rights, session, permission))
		return false;
	own = &session->account.scope;
	if (own->every_authority)
		return true;
	if (other->every_authority || !other->authority_count)
		return false;
	for (size_t i = 0; i < other->authority_count; i++)
		if (!rights_authority(own, other->authorities[i]))
			return false;
	return true;
}
