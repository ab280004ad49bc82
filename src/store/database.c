/* SPDX-License-Identifier: MIT */
#include "store/database.h"

const struct database_driver *database_of(const char *place)
{
	if (strncmp(place, "postgresql://", 13) == 0 || strncmp(place, "postgres://", 11) == 0)
		return &database_postgres;
	return &database_sqlite;
}
