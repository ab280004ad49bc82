/* SPDX-License-Identifier: MIT */
/* Flat columns of the benchmark's files, rows grouped by child: what a bare loop reads. */
#ifndef HEARTH_TESTS_BENCH_BARE_H
#define HEARTH_TESTS_BENCH_BARE_H

#include "base/arena.h"
#include "base/date.h"
#include "workload.h"

enum { BARE_WIDTH = 16 }; /* bytes of a row of scores */

struct bare {
	size_t children;
	uint8_t *sex, *ethnic_group, *disability, *ehcp,
		*excluded; /* 0 yes or male; 1 no or female */
	int32_t *born, *care_start;
	uint32_t *first_assessment, *first_placement; /* [children + 1] */
	int32_t *assessed_on;
	uint8_t (*scores)[BARE_WIDTH];
	int32_t *start, *end; /* end INT32_MAX while open */
	uint8_t *kind;
	uint32_t *cost; /* pounds */
};

/* Reads FOLDER/children.csv, assessments.csv and placements.csv, rows in the order of children. */
bool bare_load(struct bare *out_bare, struct arena *arena, const char *folder,
	struct error *error) MUST_CHECK;

#endif
