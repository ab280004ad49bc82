/* SPDX-License-Identifier: MIT */
/* What a cursor is; for store/ only. */
#ifndef HEARTH_STORE_CURSOR_H
#define HEARTH_STORE_CURSOR_H

#include "store/database.h"

struct store_cursor {
	const struct database_driver *driver;
	struct statement *statement;
};

#endif
