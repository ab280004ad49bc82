/* SPDX-License-Identifier: MIT */
#include "import/problem_kind.h"

static const char *const problem_keys[PROBLEM_KINDS] = {
	[PROBLEM_FILE_MISSING] = "file_missing",
	[PROBLEM_FILE_UNREADABLE] = "file_unreadable",
	[PROBLEM_FILE_LARGE] = "file_large",
	[PROBLEM_FOLDER_UNREADABLE] = "folder_unreadable",
	[PROBLEM_FILE_EMPTY] = "file_empty",
	[PROBLEM_FILE_UNKNOWN] = "file_unknown",
	[PROBLEM_FILE_SEMICOLONS] = "file_semicolons",
	[PROBLEM_FILE_TABS] = "file_tabs",
	[PROBLEM_FILE_WORKBOOK] = "file_workbook",
	[PROBLEM_FILE_OLD_WORKBOOK] = "file_old_workbook",
	[PROBLEM_FILE_COLUMNS] = "file_columns",
	[PROBLEM_FILE_CHANGED] = "file_changed",
	[PROBLEM_SHEET_UNKNOWN] = "sheet_unknown",
	[PROBLEM_COLUMN_UNKNOWN] = "column_unknown",
	[PROBLEM_FIELD_COUNT] = "field_count",
	[PROBLEM_FIELD_LONG] = "field_long",
	[PROBLEM_QUOTE_OPEN] = "quote_open",
	[PROBLEM_NUL] = "nul",
	[PROBLEM_BLANK] = "blank",
	[PROBLEM_BLANK_ID] = "blank_id",
	[PROBLEM_BLANK_DATE] = "blank_date",
	[PROBLEM_BLANK_AMOUNT] = "blank_amount",
	[PROBLEM_DATE] = "date",
	[PROBLEM_BIRTH] = "birth",
	[PROBLEM_PARTIAL_DATE] = "partial_date",
	[PROBLEM_AMOUNT] = "amount",
	[PROBLEM_SCORE] = "score",
	[PROBLEM_DOMAIN] = "domain",
	[PROBLEM_SDQ] = "sdq",
	[PROBLEM_FRAMEWORK] = "framework",
	[PROBLEM_CODE] = "code",
	[PROBLEM_CODE_YEAR] = "code_year",
	[PROBLEM_DISTANCE] = "distance",
	[PROBLEM_YEAR] = "year",
	[PROBLEM_SPAN] = "span",
	[PROBLEM_REPEATED] = "repeated",
	[PROBLEM_EARLIER_ROW] = "earlier_row",
	[PROBLEM_UNNAMED_CHILD] = "unnamed_child",
	[PROBLEM_TOTAL_BESIDE] = "total_beside",
	[PROBLEM_MORE] = "more",
};

enum severity problem_severity(enum problem_kind kind)
{
	bool warns = kind == PROBLEM_SHEET_UNKNOWN || kind == PROBLEM_COLUMN_UNKNOWN ||
		     kind == PROBLEM_CODE_YEAR || kind == PROBLEM_REPEATED ||
		     kind == PROBLEM_TOTAL_BESIDE;

	return warns ? SEVERITY_WARNING : SEVERITY_ERROR;
}

const char *problem_key(enum problem_kind kind)
{
	return problem_keys[kind];
}
