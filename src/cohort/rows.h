/* SPDX-License-Identifier: MIT */
/*
 * Rows of the record on their way into a history: which is later, whose they are, which are
 * repeated. Private to this folder.
 *
 * The one rule: rows are read in the order of import, file and line; every step after that keeps
 * the order of rows that it does not order itself.
 */
#ifndef HEARTH_COHORT_ROWS_H
#define HEARTH_COHORT_ROWS_H

#include "base/arena.h"
#include "cohort/history.h"

/* What every row begins with. */
struct row {
	uint32_t child; /* into history; HISTORY_NONE when nobody names the child */
	uint32_t unit;	/* of a struct units; or the import's place among them */
	int64_t key;	/* what a child's rows are sorted by */
};

/* Rows of one size that begin with a struct row. */
struct row_list {
	struct arena *arena;
	char *rows;
	size_t size;
	size_t count;
	size_t capacity;
};

static inline void *row_at(const struct row_list *list, size_t row)
{
	return list->rows + row * list->size;
}

/* A new last row, all zero; NULL when memory ran out. */
void *row_add(struct row_list *list) MUST_CHECK;

/* A file of an import (of a pooled 903 file, one collection year of it): where one unit's rows
 * replace another's. */
struct unit {
	int64_t import;
	uint32_t file;
	int year;      /* collection year; 0 unknown; UNIT_NATIVE for native tables */
	int32_t day;   /* of the import, DATE_MISSING when not known */
	uint32_t rank; /* later units have greater ranks; see units_rank */
};

enum { UNIT_NATIVE = 9999 };

struct units {
	struct arena *arena;
	struct unit *all;
	size_t count;
	size_t capacity;
	int64_t latest; /* import of them */
};

/* The number of the unit, a new one if need be; UINT32_MAX when memory ran out. */
uint32_t unit_number(struct units *units, const struct unit *wanted);

/* Ranks all units: by import, then 903 returns by year and native files last, then file. */
bool units_rank(struct units *units, struct error *error) MUST_CHECK;

/* Rows by child and key: those of child c are order[first[c]] to order[first[c + 1] - 1]. */
struct row_order {
	uint32_t *first; /* [children + 1] */
	uint32_t *order;
};

/* Counting sort by child, then a stable sort of each child's rows by key. Rows of HISTORY_NONE are
 * left out. Lives in `arena`. */
bool rows_order(struct row_order *out_order, struct arena *arena, const struct row_list *list,
	size_t children, struct error *error) MUST_CHECK;

/* Which of the rows that are equal beyond their struct row (and in child and key) stand. */
enum repeats { REPEATS_FIRST_STANDS, REPEATS_LAST_STANDS };

/* Takes out (child = HISTORY_NONE) what other imports repeat: a row that is equal to one of an
 * earlier (FIRST) or a later (LAST) import. Rows of one import all stand. */
bool rows_drop_repeats(struct row_list *list, const struct units *units, enum repeats repeats,
	struct error *error) MUST_CHECK;

#endif
