/* SPDX-License-Identifier: MIT */
#include "people/settings.h"

#include <limits.h>
#include <stddef.h>

#include "people/read.h"
#include "schema/data_file.h"

#define FILE_NAME "people/settings.csv"

static const struct {
	const char *name;
	size_t offset;
} members[] = {
	{"session_idle_minutes", offsetof(struct settings, session_idle_minutes)},
	{"session_hours", offsetof(struct settings, session_hours)},
	{"sessions_at_once", offsetof(struct settings, sessions_at_once)},
	{"break_glass_minutes", offsetof(struct settings, break_glass_minutes)},
	{"first_password_days", offsetof(struct settings, first_password_days)},
};

enum { MEMBERS = sizeof members / sizeof *members };

struct limits {
	int usual[MEMBERS], least[MEMBERS], most[MEMBERS];
};

/* Which one a name is; MEMBERS for none. */
static size_t member_named(struct text name)
{
	size_t i = 0;

	while (i < MEMBERS && !text_is(name, members[i].name))
		i++;
	return i;
}

static void put(struct settings *settings, size_t member, int64_t value)
{
	memcpy((char *)settings + members[member].offset, &value, sizeof value);
}

static bool read_rows(struct limits *limits, const struct data_rows *rows, struct error *error)
{
	for (size_t i = 0; i < rows->count; i++) {
		size_t member = member_named(data_text(rows, i, 0));

		if (member == MEMBERS)
			return data_wrong(rows, i, error, "there is no such setting");
		if (!data_integer(rows, i, 2, 0, INT_MAX, INT_MIN, &limits->least[member], error) ||
			!data_integer(
				rows, i, 3, 0, INT_MAX, INT_MIN, &limits->most[member], error) ||
			!data_integer(rows, i, 1, limits->least[member], limits->most[member],
				INT_MIN, &limits->usual[member], error))
			return false;
	}
	return true;
}

static bool read_limits(struct limits *limits, struct error *error)
{
	static const char *const columns[] = {"setting", "usual", "least", "most"};
	struct arena *arena = arena_open();
	struct data_files files;
	struct data_rows rows;
	bool done;

	if (!arena)
		return error_no_memory(error);
	done = data_files_open(&files, arena, NULL, error) &&
	       data_file_read(&rows, arena, &files, FILE_NAME, columns, 4, error) &&
	       read_rows(limits, &rows, error);
	arena_close(arena);
	return done;
}

bool settings_read(struct store *store, struct settings *out_settings, struct error *error)
{
	struct limits limits = {0};
	struct store_cursor *cursor;
	bool row;

	if (!read_limits(&limits, error) || !store_query(store, "setting_list", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	for (size_t i = 0; i < MEMBERS; i++)
		put(out_settings, i, limits.usual[i]);
	while (row) {
		size_t member = member_named(store_text(cursor, 0));
		int64_t value = store_integer(cursor, 1);

		/* one out of its limits was not written by this program */
		if (member < MEMBERS && value >= limits.least[member] &&
			value <= limits.most[member])
			put(out_settings, member, value);
		if (!store_next(cursor, &row, error))
			return false;
	}
	return true;
}

bool settings_change(struct store *store, const struct actor *actor, struct text name,
	int64_t value, struct error *error)
{
	struct audit_row row = {.act = TEXT("setting.change"), .about = name};
	struct limits limits = {0};
	struct store_cursor *cursor;
	size_t member = member_named(name);

	if (member == MEMBERS)
		return error_set(error, ERROR_INPUT, "there is no such setting");
	if (!read_limits(&limits, error))
		return false;
	if (value < limits.least[member] || value > limits.most[member])
		return error_set(error, ERROR_INPUT, "%s is a number from %d to %d",
			members[member].name, limits.least[member], limits.most[member]);
	if (!store_query(store, "setting_set", &cursor, error))
		return false;
	store_bind_text(cursor, 1, name);
	store_bind_integer(cursor, 2, value);
	return store_run(cursor, error) && audit_append(store, actor, &row, error);
}
