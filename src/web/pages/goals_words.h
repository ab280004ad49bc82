/* SPDX-License-Identifier: MIT */
/* Goals and reviews of a child, for pages. */
#ifndef HEARTH_WEB_PAGES_GOALS_WORDS_H
#define HEARTH_WEB_PAGES_GOALS_WORDS_H

#include "web/pages/child_page.h"

/* Fills a model with a goal: path, goal, domain, helps, who, by_when, state, why, progress. */
void fill_goal(const struct child_page *page, struct model *model, const struct goal *goal);

/* Adds the list `goals` of those that are open, and has_goals, has_ended. */
bool add_goals(const struct child_page *page, struct model *model, struct error *error) MUST_CHECK;

/* Fills a model with a review: on, on_value, participation, notes, has_notes, view, has_view,
 * from_return, saved_by, saved_on. */
void fill_review(const struct child_page *page, struct model *model, const struct review *review);

/* Adds the list `reviews` of fill_review, newest first, at most `most` (0: all), and has_reviews.
 */
bool add_reviews(const struct child_page *page, struct model *model, size_t most,
	struct error *error) MUST_CHECK;

#endif
