/* SPDX-License-Identifier: MIT */
/* Imports made by hand: files of short rows, checked only for children whom nobody names. */
#ifndef HEARTH_TESTS_STORE_MADE_IMPORT_H
#define HEARTH_TESTS_STORE_MADE_IMPORT_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "store/record.h"

struct made_file {
	const char *shown;
	const char *table;
	int year;	    /* collection year */
	const char *header; /* names of columns, a comma between */
	const char *rows;   /* lines of cells, a comma between; codes as they are spelled */
	const char *sheet;
	uint32_t
		line_step; /* 0: every row is on line 2, as in XML without line ends; 1 as in CSV */
};

/* A place for a record in a folder of the test's own, a dictionary, and an open record. */
struct bench {
	struct arena *arena;
	struct schema schema;
	char folder[64];
	char place[256];
	struct store *store;
	int64_t now;
};

void bench_open(struct bench *bench);
void bench_close(struct bench *bench);
/* Open and close a bench as the state of a test. */
int bench_setup(void **state);
int bench_teardown(void **state);
/* Whether the record is on the server that $HEARTH_TEST_SERVER names, not in a file. */
bool bench_is_on_server(const struct bench *bench);
void bench_reopen(struct bench *bench, enum database_mode mode);

/* Imports; the test fails when that fails. */
struct store_import bench_import(
	struct bench *bench, const struct made_file *files, size_t count, bool dry_run);
bool bench_try_import(struct bench *bench, const struct made_file *files, size_t count,
	bool dry_run, struct import *out_import, struct store_import *out_record,
	struct error *error);
void bench_undo(struct bench *bench, int64_t id);

/* SHA-256 over every row in effect with its place (import, file, line) and the child's own id. */
const char *bench_hash(struct bench *bench);
/* Whether the bytes of that text are anywhere in a file. */
bool file_holds(const char *path, const char *bytes);
/* Rows of a load query. */
size_t bench_count(struct bench *bench, const char *query);

#endif
