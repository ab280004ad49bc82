/* SPDX-License-Identifier: MIT */
/* The plan by areas of need: what is wanted and what helps in each. */
#ifndef HEARTH_WEB_PAGES_PLAN_AREAS_H
#define HEARTH_WEB_PAGES_PLAN_AREAS_H

#include "web/pages/child_page.h"

/* Adds the lists `areas` (label, band, band_key, add, goals), those with open goals in the order of
 * the framework and goals about no one area first; `open_needs` (label, band, band_key, add): areas
 * of need that no open goal is about, the greatest need first; and `ended`: goals that ended. */
bool add_plan(const struct child_page *page, struct error *error) MUST_CHECK;

#endif
