/* SPDX-License-Identifier: MIT */
/* Texts of the one-page profile: without names, and no longer than their place on the paper. */
#ifndef HEARTH_WEB_PAGES_PROFILE_TEXT_H
#define HEARTH_WEB_PAGES_PROFILE_TEXT_H

#include "base/arena.h"
#include "base/text.h"

/* How many characters each kind of text may have. */
struct profile_room {
	size_t part;   /* of what the child says, each of four */
	size_t wishes; /* goals */
	size_t wish, help;
	size_t need; /* of what a need looks like, and of what helps with it */
};

/* From roomy to dense: the first whose texts fit the paper is printed. */
extern const struct profile_room profile_rooms[];
enum { PROFILE_ROOMS = 7 };

/* How texts are shown, and what that took. */
struct profile_text {
	struct arena *arena;
	const struct profile_room *room;
	const struct text *names; /* to be hidden; none when the profile says who the child is */
	size_t name_count;
	bool cut;     /* a text had to be shortened */
	size_t lines; /* of paper, in halves, about */
};

/* The text as it is printed: as one paragraph, its names hidden, at most `most` characters (not
 * bytes), cut after a word with "…" at its end. */
struct text profile_text(struct profile_text *how, struct text text, size_t most);

/* Counts the lines that so many bytes take, over the sheet or in one of its two columns. */
void profile_takes(struct profile_text *how, size_t bytes, bool column);

/* Whether it fits one sheet of A4 in ordinary type. */
bool profile_fits(const struct profile_text *how);

#endif
