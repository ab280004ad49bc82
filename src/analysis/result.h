/* SPDX-License-Identifier: MIT */
/*
 * What a figure answers: tables, how many children it could use and why not more, and the finding.
 *
 * The one rule: no HTML and no sentences. A finding is a key of data/texts/findings.csv and the
 * values that go into it; views put them into words.
 */
#ifndef HEARTH_ANALYSIS_RESULT_H
#define HEARTH_ANALYSIS_RESULT_H

#include "table/table.h"

enum value_format {
	FORMAT_COUNT,	/* 3,402 */
	FORMAT_DECIMAL, /* 0.19 */
	FORMAT_ONE,	/* 41.3 */
	FORMAT_PERCENT, /* 51% */
	FORMAT_POUNDS,	/* £1,400 */
	FORMAT_MILLION, /* £34.7 million */
	FORMAT_TEXT,
};

/* A named value of a finding or note: "{r}" in the text. */
struct result_value {
	const char *name;
	enum value_format format;
	double number;	  /* NAN when undefined: the text then says "not known" */
	struct text text; /* FORMAT_TEXT: shown as the label of this code where there is one */
	const char *list; /* the grouping or other column whose code it is; NULL for plain words */
};

enum { RESULT_VALUES_MOST = 16, RESULT_TABLES_MOST = 8, RESULT_NOTES_MOST = 8 };

/* A sentence to be: key of data/texts/ and its values. */
struct statement_of {
	const char *key;
	struct result_value values[RESULT_VALUES_MOST];
	size_t value_count;
};

struct result {
	struct arena *arena;
	const char *id;
	const char *name;
	const char *chart; /* NULL for none */
	int64_t n;
	int64_t missing_assessment, missing_cost, missing_group;
	struct statement_of finding; /* the title that states what was found */
	struct statement_of notes[RESULT_NOTES_MOST];
	size_t note_count;
	struct table *tables[RESULT_TABLES_MOST];
	size_t table_count;
	struct table spare; /* takes what is written once memory ran out, and keeps nothing */
	bool failed;	    /* memory ran out while it was built */
};

/* Adds an empty table to the result and returns it; a spare one that keeps nothing (and failed)
 * when memory ran out, so that building reads straight on. */
struct table *result_table(struct result *result, const char *name);

/* Sets the finding to the variant "<name of the figure>.<variant>" of data/texts/findings.csv, or
 * adds the note of that key of notes.csv; values are added to what it returns (never NULL). */
struct statement_of *result_finding(struct result *result, const char *variant);
struct statement_of *result_note(struct result *result, const char *key);
void statement_number(
	struct statement_of *statement, const char *name, enum value_format format, double number);
void statement_text(struct statement_of *statement, const char *name, struct text text);
void statement_code(
	struct statement_of *statement, const char *name, const char *list, const char *code);

/* Whether memory ran out for the result or one of its tables. */
bool result_failed(const struct result *result);

/* The table of that name, or NULL. */
const struct table *result_find(const struct result *result, const char *name);

#endif
