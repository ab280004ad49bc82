/* SPDX-License-Identifier: MIT */
/*
 * The parts that pages are made of: what templates/parts/ is filled from.
 *
 * The one rule: every value a part's template asks for is set here, if only to nothing, since a
 * name that is not there would be looked up further out.
 */
#ifndef HEARTH_WEB_PART_H
#define HEARTH_WEB_PART_H

#include "view/model.h"

/* A field of a form; what is NULL or 0 is left out. */
struct part_field {
	const char *name; /* of the field, its id, and its key in the page */
	const char *label, *hint;
	const char *type;	  /* "email"; NULL: text */
	const char *autocomplete; /* as HTML has it */
	const char *inputmode;	  /* "numeric" */
	const char *width;	  /* 2, 3, 4, 5, 10, 20: characters */
	const char *rows;	  /* of parts/textarea */
	bool plain;		  /* neither checked for spelling nor capitalised */
};

/* Adds page.<name> for {{#name}}{{> parts/input}}{{/name}} (password, textarea, select, radios,
 * checkboxes), with the fault that page_fault gave it before. */
struct model *part_field(struct model *page, const struct part_field *field, struct text value);

/* One choice of a select, of radios or checkboxes. `hint` may be NULL. */
void part_choice(
	struct model *field, struct text value, struct text words, const char *hint, bool chosen);

/* page.table for parts/table; then its columns, then its rows with as many cells. */
struct model *part_table(struct model *page, const char *caption);
void part_column(struct model *table, const char *words, bool numeric);
struct model *part_row(struct model *table);

struct part_cell {
	struct text words;
	const char *path; /* where its link leads */
	const char *more; /* words of the link for those who hear it only */
	const char *tag;  /* shown as a tag of this colour: "grey", "red" */
	bool header, numeric;
};
void part_cell(struct model *row, const struct part_cell *cell);

/* A row of parts/summary; `path` NULL: nothing to change. */
void part_summary(struct model *page, const char *key, struct text value, const char *path,
	const char *action);

/* The banner at the head of a page, once; `words` may be NULL. */
void part_banner(struct model *page, bool success, const char *heading, const char *words);

/* What a list is narrowed to, and the path of the list without it. */
void part_chip(struct model *page, const char *words, const char *path);

/* Paths of the pages before and after, NULL where there is none. */
void part_pagination(struct model *page, const char *previous, const char *previous_words,
	const char *next, const char *next_words);

/* The link back above a page. */
void part_back(struct model *page, const char *path, const char *words);

/* Seconds since 1970 as "25 November 2026, 14:32" by the machine's time zone; "never" for 0. */
const char *moment_words(struct arena *arena, int64_t seconds);

#endif
