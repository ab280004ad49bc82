/* SPDX-License-Identifier: MIT */
/* Texts of the one-page profile: without names, and no longer than their place on the paper. */
#ifndef HEARTH_WEB_PAGES_PROFILE_TEXT_H
#define HEARTH_WEB_PAGES_PROFILE_TEXT_H

#include "base/arena.h"
#include "base/text.h"

/* How texts are shown, and whether any had to be shortened. */
struct profile_text {
	struct arena *arena;
	const struct text *names; /* to be hidden; none when the profile says who the child is */
	size_t name_count;
	bool cut;
};

/* The text as it is printed: as one paragraph, its names hidden, at most `most` characters (not
 * bytes), cut after a word with "…" at its end. */
struct text profile_text(struct profile_text *how, struct text text, size_t most);

#endif
