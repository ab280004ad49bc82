/* SPDX-License-Identifier: MIT */
/*
 * A report over children made by chance, without a record behind it: for tests of the views.
 *
 * The one rule: the same number of children gives the same report. Names hold what would be
 * dangerous in HTML, in a spreadsheet or on a terminal, and a few facts are missing.
 */
#ifndef HEARTH_TESTS_SAMPLE_H
#define HEARTH_TESTS_SAMPLE_H

#include "view/view.h"

#define SAMPLE_PROVIDER "<script>alert(1)</script> & \"Sons\" \x1b[31m"
#define SAMPLE_CHILD	"=HYPERLINK(\"x\")"

/* Every figure over `children` children, or figures 1 and 8 of the first when `of_child`. The arena
 * keeps it. False: the reason is in `error`. */
bool sample_report(struct view_report *out_report, struct arena *arena, size_t children,
	bool of_child, struct error *error);

#endif
