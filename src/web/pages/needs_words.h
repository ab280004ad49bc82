/* SPDX-License-Identifier: MIT */
/* A child's scores as pages show them: the latest beside the time before, and what changed. */
#ifndef HEARTH_WEB_PAGES_NEEDS_WORDS_H
#define HEARTH_WEB_PAGES_NEEDS_WORDS_H

#include "web/pages/child_page.h"

/* The latest completed assessment of the record and the one before it; HISTORY_NONE for none. */
struct needs_pair {
	uint32_t now, before;
};

struct needs_pair needs_pair(const struct visit *visit, uint32_t child);

/* Index into framework->bands of a score. */
size_t band_of(const struct framework *framework, int score);

/* Adds `needs`: assessed, total, total_band, max, severe, before and the list `domains` with label,
 * score, band, band_key, before; and `changes`: sentences, falls in need first. */
void add_needs(const struct child_page *page, struct model *model);

/* The band of a total: "Moderate need". */
const char *total_band_words(const struct framework *framework, int total);

#endif
