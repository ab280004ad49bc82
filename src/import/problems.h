/* SPDX-License-Identifier: MIT */
/*
 * The problems of an import: their wording from data/texts/problems.csv, and the list of them.
 *
 * The one rule: every problem is counted; the list keeps the first PROBLEMS_MOST, and where more
 * came the file gets one more problem that says how many.
 */
#ifndef HEARTH_IMPORT_PROBLEMS_H
#define HEARTH_IMPORT_PROBLEMS_H

#include "import/problem_kind.h"

enum { PROBLEMS_MOST = 1000000, PROBLEM_VALUE_LONGEST = 200 };

/* A problem as the checks find it, before it is put into words. */
struct finding {
	enum problem_kind kind;
	uint32_t line;
	struct text column; /* as in the file; empty for the whole row */
	struct text value;
	const struct source_column *source; /* for {codes}; NULL where not needed */
	uint32_t number[2]; /* FIELD_COUNT: found, wanted. SCORE: most. CODE_YEAR: code, year */
};

/* Findings that were counted and not kept. */
struct finding_rest {
	uint64_t count;
	uint32_t first_line;
	bool errors; /* one of them at least */
};

struct problem_message {
	struct finding of; /* which finding it says */
	const char *problem, *expected;
};

enum { PROBLEM_MESSAGES = 256 };

struct problem_log {
	struct arena *arena; /* for what is kept */
	const struct schema *schema;
	struct text *keys, *problems_of, *expected_of; /* the rows of problems.csv */
	size_t text_count;
	size_t text_of[PROBLEM_KINDS];
	struct problem_message *messages; /* those made last, by a hash of their finding */
	struct problem *problems;
	size_t count, capacity;
	struct finding_rest *rests; /* by file */
	size_t rest_capacity;
	bool failed; /* memory ran out */
};

bool problem_log_open(struct problem_log *out_log, struct arena *arena, const struct schema *schema,
	struct error *error) MUST_CHECK;

void problem_log_add(struct problem_log *log, uint32_t file, const struct finding *finding);
void problem_log_rest(struct problem_log *log, uint32_t file, const struct finding_rest *rest);

/* A problem of a whole file, worded by its key in problems.csv (sheet_fault.problem). */
void problem_log_fault(
	struct problem_log *log, uint32_t file, const char *key, uint32_t line, struct text value);

/* Forgets the problems added since there were `count`. */
void problem_log_forget(struct problem_log *log, uint32_t file, size_t count);

/* Adds what was not listed and puts all in order: path of the file, line, order of finding. */
bool problem_log_close(struct problem_log *log, const struct import_file *files, size_t file_count,
	struct error *error) MUST_CHECK;

#endif
