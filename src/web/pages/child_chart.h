/* SPDX-License-Identifier: MIT */
/* A child's needs beside their homes and what those cost, on one axis of time. */
#ifndef HEARTH_WEB_PAGES_CHILD_CHART_H
#define HEARTH_WEB_PAGES_CHILD_CHART_H

#include "analysis/analysis.h"
#include "cohort/cohort.h"
#include "view/view.h"
#include "web/pages/child_page.h"

/* Figures 1 and 8 about one child as the reader may see them: without costs for those who may not.
 */
struct child_figures {
	const struct cohort *cohort;
	struct view_report report;
	struct result *over_time, *story;
};

bool child_figures_run(struct child_figures *out_figures, const struct child_page *page,
	struct error *error) MUST_CHECK;

/* Adds `chart`: the total, with `whole` every area of need, the homes, and the cost. False flag
 * where there is nothing to draw. */
void add_child_chart(const struct child_page *page, struct model *model,
	const struct child_figures *figures, bool whole);

#endif
