/* SPDX-License-Identifier: MIT */
/*
 * Reviews: those of the SSDA903 returns and those written here, as one list.
 *
 * The one rule: a review is known by its day. What is written here stands beside what a return says
 * of the same day, and where both say how the child took part, ours counts; versions are kept.
 */
#ifndef HEARTH_CARE_REVIEW_H
#define HEARTH_CARE_REVIEW_H

#include "care/care.h"

struct review {
	int32_t on;
	struct text participation; /* PN0 to PN7; empty: not recorded */
	bool in_return;		   /* a 903 return has a review of the day */
	int64_t id;		   /* 0: nothing is written here of it */
	int64_t version;	   /* the newest; of a form, the one the writer saw; 0: none */
	struct text notes;	   /* what was talked about and agreed */
	struct text view;	   /* what the child said */
	struct care_stamp saved;
};

/* Newest first. */
bool review_list(struct store *store, struct arena *arena, int64_t child,
	struct review **out_reviews, size_t *out_count, struct error *error) MUST_CHECK;

/* The review of that day; ERROR_MISSING when there is none. */
bool review_read(struct store *store, struct arena *arena, int64_t child, int32_t on,
	struct review *out_review, struct error *error) MUST_CHECK;

/* Every version of what was written here of a day, newest first. */
bool review_versions(struct store *store, struct arena *arena, int64_t child, int32_t on,
	struct review **out_reviews, size_t *out_count, struct error *error) MUST_CHECK;

/* Writes of the review of `review->on`, after its version. */
bool review_save(const struct care_writing *writing, struct arena *arena,
	const struct review *review, int64_t *out_version, struct care_conflict *out_conflict,
	struct error *error) MUST_CHECK;

#endif
