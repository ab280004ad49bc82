/* SPDX-License-Identifier: MIT */
/* Where a child has lived, what it costs and when they were missing, for pages. */
#ifndef HEARTH_WEB_PAGES_HOMES_WORDS_H
#define HEARTH_WEB_PAGES_HOMES_WORDS_H

#include "web/pages/child_page.h"

/* Adds the list `homes`, the latest first: number, from, to, kind, place, provider, distance.
 * Returns how many. */
size_t add_homes(const struct child_page *page, struct model *model);

/* Adds the list `costs`, the latest first: from, to, element, weekly; weekly_now and
 * known_now. Without `all` only the lines that are running today. */
void add_costs(const struct child_page *page, struct model *model, bool all);

/* Adds `missing`: times the child was missing or away in the year before today, and their list. */
bool add_missing(
	const struct child_page *page, struct model *model, struct error *error) MUST_CHECK;

#endif
