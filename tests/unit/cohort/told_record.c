/* SPDX-License-Identifier: MIT */
#include "told_record.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

int told_open(void **state)
{
	static struct told told;
	struct error error = {ERROR_NONE, ""};
	char place[96];

	told = (struct told){.arena = arena_open(), .now = 1685620800};
	snprintf(told.folder, sizeof told.folder, "%s/hearth-history-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(told.arena);
	assert_non_null(mkdtemp(told.folder));
	snprintf(place, sizeof place, "%s/hearth.db", told.folder);
	if (!schema_open(&told.schema, told.arena, NULL, &error) ||
		!store_open(&told.store, place, DATABASE_WRITE, &error))
		fail_msg("%s", error.message);
	*state = &told;
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

int told_close(void **state)
{
	struct told *told = *state;

	store_close(told->store);
	arena_close(told->arena);
	return nftw(told->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void tell(struct told *told, const char *name, const char *contents)
{
	struct error error = {ERROR_NONE, ""};
	const char *slash = strrchr(name, '/');
	char path[256];

	snprintf(path, sizeof path, "%s/files-%d/%.*s", told->folder, told->imports,
		slash ? (int)(slash - name) : 0, name);
	if (!file_make_folder(path, &error))
		fail_msg("%s", error.message);
	snprintf(path, sizeof path, "%s/files-%d/%s", told->folder, told->imports, name);
	if (!file_write(path, text_of(contents), &error))
		fail_msg("%s", error.message);
}

int64_t told_import(struct told *told)
{
	struct store_options options = {.by = TEXT("a test"), .now = told->now};
	struct error error = {ERROR_NONE, ""};
	struct store_import record;
	struct import import;
	const char *path = arena_format(told->arena, "%s/files-%d", told->folder, told->imports++);

	assert_non_null(path);
	if (!store_import_files(told->store, told->arena, &told->schema, &path, 1, &options,
		    &import, &record, &error))
		fail_msg("%s", error.message);
	assert_int_equal(import.refused, 0);
	return record.id;
}

const struct history *told_history(struct told *told)
{
	struct error error = {ERROR_NONE, ""};

	if (!history_load(&told->history, told->arena, &told->schema,
		    schema_framework(&told->schema, TEXT("valuing-care-13")), told->store, &error))
		fail_msg("%s", error.message);
	return &told->history;
}

uint32_t told_child(const struct told *told, const char *id)
{
	uint32_t child = history_child(&told->history, text_of(id));

	assert_true(child != HISTORY_NONE);
	return child;
}
