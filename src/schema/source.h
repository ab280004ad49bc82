/* SPDX-License-Identifier: MIT */
/*
 * The tables that come in: their columns, what each value must be, how a header is recognised.
 *
 * The one rule: adding a field is a line in data/tables/; checks, messages and help follow from it.
 */
#ifndef HEARTH_SCHEMA_SOURCE_H
#define HEARTH_SCHEMA_SOURCE_H

#include "schema/code_set.h"

enum value_kind {
	VALUE_ID,	    /* text, a blank is a fault */
	VALUE_TEXT,	    /* text, unchecked */
	VALUE_DATE,	    /* a wrong one refuses the row */
	VALUE_BIRTH,	    /* a wrong one is reported and read as blank */
	VALUE_PARTIAL_DATE, /* zz/zz/yyyy allowed; kept as text */
	VALUE_AMOUNT,	    /* pounds to pence */
	VALUE_SCORE,	    /* 0 to the framework's score_max; a domain */
	VALUE_SDQ,	    /* 0 to 40 */
	VALUE_FRAMEWORK,    /* the id of a framework version */
	VALUE_CODE,	    /* a wrong one is reported and read as blank */
	VALUE_DISTANCE,	    /* miles; a wrong one is reported and read as blank */
	VALUE_YEAR,	    /* a collection year, 2000 to 2099 */
};

struct source_column {
	const char *name;
	enum value_kind kind;
	bool required;		      /* a blank refuses the row */
	const struct code_set *codes; /* VALUE_CODE */
	const char *xml_name;	      /* element of the 903 XML return: often the name itself */
};

enum { SOURCE_COLUMNS_MOST = 64 };

struct source_table {
	const char *name;  /* "assessments", "episodes_903", ... as in data/tables/ */
	const char *label; /* "needs assessments" */
	const struct source_column *columns;
	size_t column_count;
	const size_t *keys; /* columns without which a header is not this table */
	size_t key_count;
	int child_column; /* whose row it is; -1 for a table about no child */
	int start_column; /* an end before its start refuses the row; -1 for none */
	int end_column;
	bool is_return;	      /* an SSDA903 table: has a collection year */
	bool names_children;  /* its rows say which children there are */
	const char *xml_name; /* element of the 903 XML return, or NULL */
	const char *xml_flag; /* element whose 1 alone says that the child has a row, or NULL */
};

struct schema;

/* The table a header belongs to: the one whose key columns it has and with which it shares most
 * columns, at least two; names are compared without regard to letter case. NULL when there is none.
 * out_columns[i] is the table's column of field i, or -1 (unknown, or named a second time). */
const struct source_table *source_recognise(
	const struct schema *schema, const struct text *names, size_t count, int *out_columns);

#endif
