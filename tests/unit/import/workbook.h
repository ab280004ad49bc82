/* SPDX-License-Identifier: MIT */
/* Small workbooks for tests, made in memory: an archive without compression. */
#ifndef HEARTH_TEST_WORKBOOK_H
#define HEARTH_TEST_WORKBOOK_H

#include "base/text.h"

struct workbook_part {
	const char *name;
	const char *content;
};

/* The bytes of an archive of these parts. */
struct text workbook_zip(struct arena *arena, const struct workbook_part *parts, size_t count);

struct workbook {
	const char *properties; /* attributes of workbookPr, or NULL */
	const char *strings;	/* si elements, or NULL */
	const char *formats;	/* numFmts and cellXfs elements, or NULL */
	const char *sheets[4];	/* what stands within sheetData, by sheet */
	const char *after;	/* what follows sheetData in the first sheet, or NULL */
};

/* A workbook as spreadsheets write it, with sheets named Sheet1, Sheet2, ... */
struct text workbook_make(struct arena *arena, const struct workbook *workbook);

#endif
