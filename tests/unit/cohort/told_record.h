/* SPDX-License-Identifier: MIT */
/*
 * A record told file by file: what is written since the last import goes in with the next.
 */
#ifndef HEARTH_TESTS_TOLD_RECORD_H
#define HEARTH_TESTS_TOLD_RECORD_H

#include "cohort/history.h"

struct told {
	struct arena *arena;
	struct schema schema;
	struct store *store;
	char folder[64];
	int imports;
	int64_t now; /* when imports are made: 1 June 2023 unless a test says otherwise */
	struct history history;
};

/* As cmocka's setup and teardown; *state is a struct told. */
int told_open(void **state);
int told_close(void **state);

/* Writes a file of the next import; `name` may hold folders ("2022/episodes.csv"). */
void tell(struct told *told, const char *name, const char *contents);

/* Imports what was written; returns the number of the import. */
int64_t told_import(struct told *told);

/* Builds the history afresh. */
const struct history *told_history(struct told *told);

/* The child of that id, which must be there. */
uint32_t told_child(const struct told *told, const char *id);

#endif
