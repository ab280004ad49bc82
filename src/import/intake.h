/* SPDX-License-Identifier: MIT */
/*
 * One table that comes in: a CSV file, a sheet of a workbook or a table of an XML return, with what
 * its header says about each field.
 *
 * The one rule: the text of a CSV file is held only while the intake is open for reading; its plan
 * stays for the whole import.
 */
#ifndef HEARTH_IMPORT_INTAKE_H
#define HEARTH_IMPORT_INTAKE_H

#include "base/file.h"
#include "import/csv.h"
#include "import/encoding.h"
#include "import/problems.h"
#include "import/sheet.h"
#include "import/values.h"

/* A field of each record. */
struct intake_field {
	struct text name; /* as in the file */
	int column;	  /* of the table; -1 for one that is not known */
	const struct source_column *source;
	struct code_lookup codes;
};

struct intake {
	uint32_t file; /* number in the import */
	const char *path;
	const struct source_table *table;
	const struct sheet *sheet; /* NULL for CSV */
	struct encoding_survey survey;
	size_t data_start;  /* CSV: offset of the first record after the header */
	uint32_t data_line; /* CSV: lines ended before it */
	size_t field_count;
	struct intake_field *fields;
	int field_of[SOURCE_COLUMNS_MOST]; /* by column of the table; -1 where the file lacks it */
	int framework_field, year_field;   /* -1 where the file lacks it */
	/* most[framework * field_count + field]: the greatest score; -1 for a domain it has not.
	 * The last framework stands for tables that name none: any framework's domain. */
	int16_t *most;
	size_t default_framework;
	int year; /* collection year of the file; 0 when not known */
};

/* The text of an intake that is open for reading. */
struct intake_text {
	struct file_map map;
	struct text text; /* UTF-8, the header too; empty for a sheet */
	const struct sheet *sheet;
};

#define INTAKE_LARGEST ((size_t)0xFFFFFF00) /* bytes of a file, so that offsets fit 32 bits */

/* The framework of a row that names none (data.md). */
#define IMPORT_DEFAULT_FRAMEWORK "valuing-care-13"

/* What a header row says: false with the reason when it is no table that is known. */
bool intake_plan(struct intake *intake, struct arena *arena, const struct schema *schema,
	const struct text *names, size_t count, enum problem_kind *out_reason, bool *out_known,
	struct error *error) MUST_CHECK;

/* Tells the columns that are not known. */
void intake_tell_columns(const struct intake *intake, struct problem_log *log);

/* Opens for reading; *out_problem is PROBLEM_KINDS or why the file cannot be read. `arena` holds a
 * text that had to be converted. */
bool intake_open(struct intake_text *out_text, struct arena *arena, struct intake *intake,
	enum problem_kind *out_problem, struct error *error) MUST_CHECK;
void intake_close(struct intake_text *text);

/* Reads the header of a CSV text that is open: sets data_start and data_line too. */
bool intake_plan_csv(struct intake *intake, struct arena *arena, const struct schema *schema,
	const struct intake_text *opened, enum problem_kind *out_reason, bool *out_known,
	struct error *error) MUST_CHECK;

#endif
