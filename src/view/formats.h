/* SPDX-License-Identifier: MIT */
/*
 * The writers of every format, and what they share.
 *
 * The one rule: a format is one file here and one row of formats.c; nobody else knows their names.
 */
#ifndef HEARTH_VIEW_FORMATS_H
#define HEARTH_VIEW_FORMATS_H

#include "base/json.h"
#include "view/view.h"

#define FORMAT_WRITER(name)                                                                        \
	bool name(struct buffer *out, const char *path, struct arena *arena,                       \
		const struct view_report *report, const struct view_options *options,              \
		struct error *error)

FORMAT_WRITER(json_report_write);
FORMAT_WRITER(csv_report_write);
FORMAT_WRITER(xlsx_report_write);
FORMAT_WRITER(html_report_write);
FORMAT_WRITER(terminal_report_write);
FORMAT_WRITER(findings_report_write);

/* One table as the JSON object of figures.md: name, columns, rows. */
void json_table_write(struct json *json, const struct table *table);

/* One figure as the JSON object of figures.md; tables of more than `rows_most` rows are left out.
 */
void json_figure_write(struct json *json, struct arena *arena, const struct schema *schema,
	const struct result *result, size_t rows_most);

/* One table as CSV (RFC 4180, UTF-8); text that a spreadsheet would take for a formula is escaped
 * by an apostrophe, numbers and dates never are. */
void csv_table_write(struct buffer *out, const struct table *table);

#endif
