/* SPDX-License-Identifier: MIT */
/* What a child says about themselves, for pages. */
#ifndef HEARTH_WEB_PAGES_ABOUT_WORDS_H
#define HEARTH_WEB_PAGES_ABOUT_WORDS_H

#include "web/pages/child_page.h"

/* Adds `about`: version, written_on, with, participation, saved_by, saved_on and `parts` (heading,
 * paragraphs) of those that say something; false when nothing was written yet. */
void add_about(const struct child_page *page, struct model *model, const struct profile *profile);

/* How the child took part, after the code: "Came and spoke for themselves". */
struct text participation_words(const struct child_page *page, struct text code);

/* The field `participation` of a form: every SSDA903 code in words. */
void add_participation_field(const struct child_page *page, const char *label, struct text chosen);

#endif
