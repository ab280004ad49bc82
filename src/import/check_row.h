/* SPDX-License-Identifier: MIT */
/* Every value of one row: stored by its kind, and each fault found. */
#ifndef HEARTH_IMPORT_CHECK_ROW_H
#define HEARTH_IMPORT_CHECK_ROW_H

#include "import/check.h"

/* Stores the values as row number piece->rows, its year too; `values` are as many as the header
 * has. False when the row is refused. */
bool check_row(const struct check *check, struct check_piece *piece, uint32_t line,
	const struct text *values) MUST_CHECK;

#endif
