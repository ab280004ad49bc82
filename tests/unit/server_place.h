/* SPDX-License-Identifier: MIT */
/* With $HEARTH_TEST_SERVER (postgresql://...?host=...) a test's record is in a schema of its own
 * there, not in a file (tests/postgres/suite.py). */
#ifndef HEARTH_TESTS_SERVER_PLACE_H
#define HEARTH_TESTS_SERVER_PLACE_H

#include <stdio.h>
#include <stdlib.h>

#include "store/database.h"

enum { TEST_PLACE_SIZE = 256 };

static inline bool on_a_server(void)
{
	return getenv("HEARTH_TEST_SERVER") != NULL;
}

static inline void server_run(const char *place, const char *sql)
{
	struct database *database = NULL;
	struct error error = {0};

	if (!database_postgres.open(&database, place, DATABASE_WRITE, &error) ||
		!database_postgres.script(database, text_of(sql), &error))
		fail_msg("%s", error.message);
	database_postgres.close(database);
}

static inline const char *server_schema(const char *folder)
{
	return strrchr(folder, '/') + 1;
}

/* Makes the schema of a test whose folder that is; its address takes the place of the file's. */
static inline void server_take(const char *folder, char out_place[TEST_PLACE_SIZE])
{
	char sql[128];

	if (!on_a_server())
		return;
	snprintf(sql, sizeof sql, "create schema \"%s\"", server_schema(folder));
	server_run(getenv("HEARTH_TEST_SERVER"), sql);
	setenv("XDG_DATA_HOME", folder, 1);
	snprintf(out_place, TEST_PLACE_SIZE, "%s&options=-csearch_path%%3D%%22%s%%22",
		getenv("HEARTH_TEST_SERVER"), server_schema(folder));
}

static inline void server_leave(const char *folder)
{
	char sql[512];

	if (!on_a_server())
		return;
	snprintf(sql, sizeof sql, "drop schema \"%s\" cascade", server_schema(folder));
	server_run(getenv("HEARTH_TEST_SERVER"), sql);
	snprintf(sql, sizeof sql, "rm -rf '%s/hearth'", folder);
	if (system(sql) != 0)
		fail_msg("%s is left", folder);
}

#endif
