/* SPDX-License-Identifier: MIT */
#include "view/formats.h"

/* The one table of formats: a new one is a file and a row. */
const struct view_format view_formats[] = {
	{"table", "", false, terminal_report_write},
	{"findings", "", false, findings_report_write},
	{"json", ".json", false, json_report_write},
	{"csv", "", true, csv_report_write},
	{"xlsx", ".xlsx", false, xlsx_report_write},
	{"html", ".html", false, html_report_write},
};

const size_t view_format_count = sizeof view_formats / sizeof *view_formats;

const struct view_format *view_format_find(struct text name)
{
	for (size_t i = 0; i < view_format_count; i++) {
		if (text_is(name, view_formats[i].name))
			return &view_formats[i];
	}
	return NULL;
}
