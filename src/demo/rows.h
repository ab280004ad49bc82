/* SPDX-License-Identifier: MIT */
/*
 * Rows of CSV files, written field by field; files are made when their first row comes.
 *
 * The one rule: nothing written here needs quotation marks; a fault of the disk is kept in `failed`
 * and told by files_close.
 */
#ifndef HEARTH_DEMO_ROWS_H
#define HEARTH_DEMO_ROWS_H

#include <stdio.h>

#include "base/date.h"
#include "demo/child.h"

enum { ROW_SIZE = 2048, PATH_SIZE = 1024 };

struct row {
	char bytes[ROW_SIZE];
	size_t length;
};

void row_text(struct row *row, struct text text);
void row_string(struct row *row, const char *string);
void row_number(struct row *row, int64_t number);
void row_flag(struct row *row, bool flag);
void row_blank(struct row *row);
void row_day(struct row *row, int32_t day);  /* yyyy-mm-dd, blank when missing */
void row_date(struct row *row, int32_t day); /* dd/mm/yyyy, as in a 903 return */
void row_pounds(struct row *row, int64_t pence);

enum return_table {
	RETURN_HEADER,
	RETURN_EPISODES,
	RETURN_REVIEWS,
	RETURN_UASC,
	RETURN_OC2,
	RETURN_OC3,
	RETURN_AD1,
	RETURN_PLACED_ADOPTION,
	RETURN_PREVIOUS_PERMANENCE,
	RETURN_MISSING,
	RETURN_SW_EPISODES,
	RETURN_TABLES
};

enum native_table {
	NATIVE_CHILDREN,
	NATIVE_ASSESSMENTS,
	NATIVE_COSTS,
	NATIVE_HOMES,
	NATIVE_PROVIDERS,
	NATIVE_ENQUIRIES,
	NATIVE_TABLES
};

/* The files of one demonstration, all of them open until the end. */
struct files {
	const struct cast *cast;
	int last_year;
	FILE *returns[AUTHORITY_COUNT][DEMO_YEARS_MOST][RETURN_TABLES];
	FILE *native[NATIVE_TABLES];
	struct error *error;
	bool failed;
};

/* Ends the row and writes it; `row` is empty again. */
void files_return(
	struct files *files, struct row *row, size_t authority, int year, enum return_table table);
void files_native(struct files *files, struct row *row, enum native_table table);

/* Makes the folder ready: removes the files of an earlier demonstration, refuses any other. */
bool files_open(struct files *out_files, const struct cast *cast, struct error *error) MUST_CHECK;
bool files_close(struct files *files) MUST_CHECK;

#endif
