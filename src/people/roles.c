/* SPDX-License-Identifier: MIT */
#include "people/roles.h"

#include "schema/data_file.h"

#define FILE_NAME "roles/roles.csv"

enum { ROLE_ID, ROLE_LABEL, ROLE_AUTHORITIES, ROLE_SEES, ROLE_WHAT, ROLE_COLUMNS };

static bool read_role(
	const struct data_rows *rows, size_t row, struct role *out_role, struct error *error)
{
	static const char *const words[] = {"none", "one", "some"};
	int authorities = 0;

	while (authorities < 3 &&
		strcmp(words[authorities], data_cell(rows, row, ROLE_AUTHORITIES)))
		authorities++;
	if (authorities == 3)
		return data_wrong(rows, row, error, "authorities is none, one or some");
	*out_role = (struct role){.id = data_cell(rows, row, ROLE_ID),
		.label = data_cell(rows, row, ROLE_LABEL),
		.what = data_cell(rows, row, ROLE_WHAT),
		.authorities = (enum role_authorities)authorities};
	return data_flag(rows, row, ROLE_SEES, &out_role->sees_children, error);
}

bool roles_read(struct roles *out_roles, struct arena *arena, struct error *error)
{
	static const char *const columns[] = {
		"role", "label", "authorities", "sees_children", "what"};
	struct data_files files;
	struct data_rows rows;
	struct role *roles;

	if (!data_files_open(&files, arena, NULL, error) ||
		!data_file_read(&rows, arena, &files, FILE_NAME, columns, ROLE_COLUMNS, error))
		return false;
	roles = arena_take(arena, rows.count, sizeof *roles);
	if (!roles)
		return error_no_memory(error);
	for (size_t i = 0; i < rows.count; i++)
		if (!read_role(&rows, i, &roles[i], error))
			return false;
	*out_roles = (struct roles){roles, rows.count};
	return true;
}

const struct role *roles_find(const struct roles *roles, struct text id)
{
	for (size_t i = 0; i < roles->count; i++)
		if (text_is(id, roles->roles[i].id))
			return &roles->roles[i];
	return NULL;
}

bool role_fits(const struct role *role, const struct account_scope *scope, struct error *error)
{
	switch (role->authorities) {
	case ROLE_NO_AUTHORITY:
		if (scope->every_authority || scope->authority_count)
			return error_set(error, ERROR_INPUT, "%s works for no authority: name none",
				role->label);
		break;
	case ROLE_ONE_AUTHORITY:
		if (scope->every_authority || scope->authority_count != 1)
			return error_set(error, ERROR_INPUT,
				"%s works for exactly one authority: name it", role->label);
		break;
	case ROLE_SOME_AUTHORITIES:
		if (!scope->every_authority && !scope->authority_count)
			return error_set(error, ERROR_INPUT,
				"name the authorities that the %s works for, or every authority",
				role->label);
		break;
	}
	return true;
}
