/* SPDX-License-Identifier: MIT */
/* Where a child has lived, what it costs and when they were missing, for pages. */
#ifndef HEARTH_WEB_PAGES_HOMES_WORDS_H
#define HEARTH_WEB_PAGES_HOMES_WORDS_H

#include "web/pages/child_page.h"

/* Adds the list `homes`, the latest first: number, from, to, kind, place, provider, distance;
 * and has_homes. */
void add_homes(const struct child_page *page, struct model *model);

/* Adds the list `costs`, the latest first: from, to, element, weekly; weekly_now and
 * known_now. Without `all` only the lines that are running today. */
void add_costs(const struct child_page *page, struct model *model, bool all);

/* Fills a list with the times the child was missing or away in the year before today (words), and
 * counts them; without a list it counts. */
bool list_missing(const struct child_page *page, struct model *list, size_t *out_count,
	struct error *error) MUST_CHECK;

/* Adds that list as `missing`, and was_missing. */
bool add_missing(
	const struct child_page *page, struct model *model, struct error *error) MUST_CHECK;

#endif
