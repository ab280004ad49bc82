/* SPDX-License-Identifier: MIT */
/*
 * Results to what people and programs read: terminal, JSON, CSV, XLSX, HTML.
 *
 * The one rule: one report object, every format a row of one table; numbers are rounded only for
 * people, never in JSON, CSV and XLSX.
 */
#ifndef HEARTH_VIEW_VIEW_H
#define HEARTH_VIEW_VIEW_H

#include "analysis/analysis.h"

struct view_report {
	const struct cohort *cohort;
	const struct schema *schema;
	const struct result *const *results;
	size_t result_count;
	int64_t made_at;   /* seconds since 1970, UTC; a door looked at the clock */
	struct text place; /* whose record, for the cover: the authorities or the file's name */
	bool synthetic;	   /* the demonstration population: every page says so */
	struct text child; /* hearth child: the id; empty in a report */
};

struct view_options {
	bool colour; /* terminal */
	int width;   /* terminal columns; 0 for 80 */
};

struct view_format {
	const char *name;      /* "json" */
	const char *extension; /* ".json"; "" for the terminal */
	bool folder;	       /* csv: one file a table, `out` is a folder */
	/* Writes to `out` (kept in memory), or below the folder `path` for `folder` formats. */
	bool (*write)(struct buffer *out, const char *path, struct arena *arena,
		const struct view_report *report, const struct view_options *options,
		struct error *error);
};

extern const struct view_format view_formats[];
extern const size_t view_format_count;

/* NULL when there is none of that name. */
const struct view_format *view_format_find(struct text name);

/* Texts of figures (data/texts/figures.csv): title, question, definition or source, by name of the
 * analysis; NULL when there is none. */
const char *view_figure_text(struct arena *arena, const char *name, const char *what);

/* The sentence of a statement, values formatted for people. */
const char *view_sentence(
	struct arena *arena, const struct schema *schema, const struct statement_of *statement);

#endif
