/* SPDX-License-Identifier: MIT */
/*
 * From files to checked, typed rows and a list of problems.
 *
 * The one rule: bad data are not errors. A file that cannot be read, a row or a value that is wrong
 * becomes a problem; import_run fails only when the machine does (memory, the sink).
 */
#ifndef HEARTH_IMPORT_IMPORT_H
#define HEARTH_IMPORT_IMPORT_H

#include "base/arena.h"
#include "schema/schema.h"

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

/* Where a problem is: file, physical line on which the record begins (header = 1), column by the
 * name it has in the file ("" for the whole row), the value as it was read. */
struct problem {
	uint32_t file; /* index into import.files */
	uint32_t line;
	struct text column;
	struct text value;    /* at most 200 bytes, control characters as U+FFFD */
	const char *problem;  /* what is wrong */
	const char *expected; /* what is expected, or what to do */
	enum severity severity;
};

struct import_file {
	const char *path;  /* as given, or found in the folder */
	const char *shown; /* below, and with the name of, the folder that was given */
	const char *sheet; /* sheet of a workbook, table of an XML return; NULL for CSV */
	char sha256[65];
	size_t bytes;
	const struct source_table *table; /* NULL when it is none we know */
	int collection_year; /* of a 903 table: from its YEAR column, path or dates; 0 when unknown
			      */
	bool already;	     /* left alone: has_file said that the record has it */
	uint64_t rows_read, rows_accepted, rows_refused, rows_repeated;
};

/* One column of accepted rows, by the kind of the source column. NULL array: the file lacks it. */
struct import_column {
	union {
		struct text *texts; /* ID, TEXT, PARTIAL_DATE, FRAMEWORK (as written) */
		int32_t *dates;	    /* DATE, BIRTH: DATE_MISSING for blank */
		int64_t *pence;	    /* AMOUNT: MONEY_MISSING for blank */
		uint8_t *scores;    /* SCORE, SDQ: SCORE_BLANK for blank */
		int16_t *codes;	    /* CODE: -1 for blank; YEAR: the year, 0 for blank */
		double *numbers;    /* DISTANCE: NAN for blank and for 999.9, "not computable" */
		void *any;
	};
};

/* The accepted rows of one file, in the order of their lines. Texts are UTF-8, trimmed; they and
 * the arrays live until the sink returns. */
struct import_rows {
	uint32_t file;
	const struct import_file *source; /* the file itself, as has_file was shown it */
	const struct source_table *table;
	size_t count;
	const uint32_t *lines;
	const uint16_t *years; /* collection year of each row; 0 for native tables and unknown */
	const struct import_column *columns; /* by the table's column number */
};

/* Who receives rows and answers what only the record knows. */
struct import_sink {
	void *context;
	/* Whether a child is named by an import made earlier. May be NULL: no child is. */
	bool (*knows_child)(void *context, struct text id);
	/* Asked once a file before its rows are taken: true to leave the whole file alone because
	 * the record has it already (same SHA-256, nothing refused). May be NULL. */
	bool (*has_file)(void *context, const struct import_file *file);
	/* Takes the rows of one file. Files come with the tables that name children first, then in
	 * the order of import.files. */
	bool (*take)(void *context, const struct import_rows *rows, struct error *error);
	/* Called now and then with the bytes done of all, for a progress bar. May be NULL; false
	 * stops the import (ERROR_CONFLICT). */
	bool (*progress)(void *context, size_t done, size_t total);
};

struct import {
	struct import_file *files;
	size_t file_count;
	struct problem *problems; /* by path of the file, then line, then as they were found */
	size_t problem_count;
	uint64_t refused;	    /* rows and files that did not go in */
	const char *const *ignored; /* files of the folders given that are none we read */
	size_t ignored_count;
};

/* Reads files and folders (their .csv, .xlsx and .xml files in the order of their paths), checks
 * every value by figures.md "Rows that are not clean", hands accepted rows to the sink. `arena`
 * keeps files and problems. */
bool import_run(struct import *out_import, struct arena *arena, const struct schema *schema,
	const char *const *paths, size_t path_count, const struct import_sink *sink,
	struct error *error) MUST_CHECK;

/* The problems as CSV: file,line,column,value,severity,problem,expected. */
void import_problems_csv(const struct import *import, struct buffer *out);

#endif
