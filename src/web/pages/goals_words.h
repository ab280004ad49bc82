/* SPDX-License-Identifier: MIT */
/* Goals and reviews of a child, for pages. */
#ifndef HEARTH_WEB_PAGES_GOALS_WORDS_H
#define HEARTH_WEB_PAGES_GOALS_WORDS_H

#include "web/pages/child_page.h"

/* Fills a model with a goal: path, goal, domain, helps, who, by_when, state, state_key, why,
 * progress. */
void fill_goal(const struct child_page *page, struct model *model, const struct goal *goal);

/* Adds the lists `goals` (open) and `ended`, and has_goals, has_ended. */
bool add_goals(const struct child_page *page, struct model *model, struct error *error) MUST_CHECK;

/* Adds the list `reviews`, newest first, at most `most` (0: all): on, on_value, participation,
 * notes, view, from_return, saved_by; and has_reviews. */
bool add_reviews(const struct child_page *page, struct model *model, size_t most,
	struct error *error) MUST_CHECK;

/* The label of a domain's key; "" for none. */
const char *domain_label(const struct framework *framework, struct text key);

#endif
