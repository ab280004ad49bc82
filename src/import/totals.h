/* SPDX-License-Identifier: MIT */
/*
 * Cost lines of one import: a total that shares a day with another line of its child is a warning.
 */
#ifndef HEARTH_IMPORT_TOTALS_H
#define HEARTH_IMPORT_TOTALS_H

#include "import/intake.h"

struct total_line {
	uint32_t child;
	int32_t from, to; /* half-open; to is INT32_MAX where it is still paid */
	uint32_t file, line;
	bool total;
};

struct totals {
	struct arena *arena; /* of its own: grows by making the list anew */
	struct total_line *lines;
	size_t count, capacity;
	size_t totals; /* lines that are totals */
};

/* The accepted rows of a costs table; others are left alone. `child_of` gives each row's child. */
bool totals_add(struct totals *totals, const struct import_rows *rows, const uint32_t *child_of,
	struct error *error) MUST_CHECK;

/* Tells of every total beside another line; `intakes` by file give the column's name. */
void totals_tell(
	struct totals *totals, struct problem_log *log, const struct intake *const *intake_of_file);

void totals_close(struct totals *totals);

#endif
