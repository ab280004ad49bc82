/* SPDX-License-Identifier: MIT */
/* Reading data/roles/. */
#include "people/rights_table.h"
#include "schema/data_file.h"

#define PERMISSIONS_FILE "roles/permissions.csv"
#define GRANTS_FILE	 "roles/grants.csv"

enum { PERMISSION_ID, PERMISSION_ABOUT, PERMISSION_GLASS, PERMISSION_COLUMNS };
enum { GRANT_ROLE, GRANT_PERMISSION, GRANT_SCOPE, GRANT_COLUMNS };

static const char *const about_words[] = {
	"everybody", "child", "figures", "accounts", "installation"};
static const char *const words_of_scopes[] = {
	"", "pooled", "own_children", "team", "authority", "authorities", "installation"};

/* The place of a word; -1 when it is none of them. */
static int place_of(const char *word, const char *const *words, int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	return -1;
}

const char *scope_words(enum scope scope)
{
	return words_of_scopes[scope];
}

const struct permission_row *rights_permission(const struct rights *rights, const char *id)
{
	for (size_t i = 0; id && i < rights->permission_count; i++)
		if (strcmp(rights->permissions[i].id, id) == 0)
			return &rights->permissions[i];
	return NULL;
}

static bool read_permission(const struct data_rows *rows, size_t row,
	struct permission_row *out_permission, struct error *error)
{
	int about = place_of(data_cell(rows, row, PERMISSION_ABOUT), about_words, 5);

	if (about < 0)
		return data_wrong(rows, row, error,
			"about is everybody, child, figures, accounts or installation");
	out_permission->id = data_cell(rows, row, PERMISSION_ID);
	out_permission->about = (enum about)about;
	return data_flag(rows, row, PERMISSION_GLASS, &out_permission->through_glass, error);
}

static bool read_permissions(struct rights *rights, struct arena *arena,
	const struct data_files *files, struct error *error)
{
	static const char *const columns[] = {"permission", "about", "through_glass"};
	struct data_rows rows;

	if (!data_file_read(
		    &rows, arena, files, PERMISSIONS_FILE, columns, PERMISSION_COLUMNS, error))
		return false;
	rights->permission_count = rows.count;
	rights->permissions = arena_take(arena, rows.count, sizeof *rights->permissions);
	rights->ids = arena_take(arena, rows.count, sizeof *rights->ids);
	if (!rights->permissions || !rights->ids)
		return error_no_memory(error);
	for (size_t i = 0; i < rows.count; i++) {
		if (!read_permission(&rows, i, &rights->permissions[i], error))
			return false;
		rights->ids[i] = rights->permissions[i].id;
	}
	return true;
}

/* A scope over children for what is not about children, or the other way, is a mistake. */
static bool scope_suits(const struct permission_row *permission, enum scope scope)
{
	bool over_children = scope >= SCOPE_OWN_CHILDREN && scope <= SCOPE_AUTHORITIES;

	switch (permission->about) {
	case ABOUT_EVERYBODY:
		return false; /* needs no grant */
	case ABOUT_CHILD:
		return over_children;
	case ABOUT_FIGURES:
		return over_children || scope == SCOPE_POOLED;
	case ABOUT_ACCOUNTS:
		return scope == SCOPE_AUTHORITY || scope == SCOPE_AUTHORITIES;
	case ABOUT_INSTALLATION:
		return scope == SCOPE_INSTALLATION;
	}
	return false;
}

static bool read_grant(
	struct rights *rights, const struct data_rows *rows, size_t row, struct error *error)
{
	const struct role *role = roles_find(&rights->roles, data_text(rows, row, GRANT_ROLE));
	const struct permission_row *permission =
		rights_permission(rights, data_cell(rows, row, GRANT_PERMISSION));
	int scope = place_of(data_cell(rows, row, GRANT_SCOPE), words_of_scopes, 7);
	enum scope *grant;

	if (!role || !permission)
		return data_wrong(rows, row, error, "there is no such role or permission");
	if (scope <= 0 || !scope_suits(permission, (enum scope)scope))
		return data_wrong(rows, row, error, "%s cannot have that scope", permission->id);
	if (permission->about == ABOUT_CHILD && !role->sees_children)
		return data_wrong(rows, row, error, "the %s sees no children", role->label);
	grant = &rights->grants[(size_t)(role - rights->roles.roles) * rights->permission_count +
				(size_t)(permission - rights->permissions)];
	if (*grant != SCOPE_NONE)
		return data_wrong(rows, row, error, "it is granted twice");
	*grant = (enum scope)scope;
	return true;
}

static bool read_grants(struct rights *rights, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	static const char *const columns[] = {"role", "permission", "scope"};
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, GRANTS_FILE, columns, GRANT_COLUMNS, error))
		return false;
	rights->grants = arena_take(
		arena, rights->roles.count * rights->permission_count, sizeof *rights->grants);
	if (!rights->grants)
		return error_no_memory(error);
	for (size_t i = 0; i < rows.count; i++)
		if (!read_grant(rights, &rows, i, error))
			return false;
	return true;
}

bool rights_load(struct rights **out_rights, struct arena *arena, struct error *error)
{
	struct rights *rights = arena_take(arena, 1, sizeof *rights);
	struct data_files files;

	if (!rights)
		return error_no_memory(error);
	if (!data_files_open(&files, arena, NULL, error) ||
		!roles_read(&rights->roles, arena, error) ||
		!read_permissions(rights, arena, &files, error) ||
		!read_grants(rights, arena, &files, error))
		return false;
	*out_rights = rights;
	return true;
}
