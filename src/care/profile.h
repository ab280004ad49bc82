/* SPDX-License-Identifier: MIT */
/*
 * About me: a child or young person in their own words.
 *
 * The one rule: versions are never overwritten; the newest is the one that counts.
 */
#ifndef HEARTH_CARE_PROFILE_H
#define HEARTH_CARE_PROFILE_H

#include "care/care.h"

enum profile_part {
	PROFILE_KNOWN_AS,     /* the name I like to be called by: a line */
	PROFILE_MATTERS,      /* what matters to me */
	PROFILE_GOOD_AT,      /* what I am good at */
	PROFILE_HOPES,	      /* what I hope for */
	PROFILE_LIKED,	      /* what people like about me */
	PROFILE_WRITTEN_WITH, /* who helped to write it */
	PROFILE_PARTS,
};

struct profile {
	int64_t id;	 /* 0: nothing is written yet */
	int64_t version; /* 1, 2, ...; 0: nothing is written yet */
	struct text parts[PROFILE_PARTS];
	struct text participation; /* PN0 to PN7; empty: not recorded */
	int32_t written_on;	   /* the day of the conversation */
	struct care_stamp saved;
};

/* "what matters to me": the name of a part, for headings and messages. */
const char *profile_part_name(enum profile_part part);

/* The newest version; version 0 when there is none, which is no error. */
bool profile_read(struct store *store, struct arena *arena, int64_t child,
	struct profile *out_profile, struct error *error) MUST_CHECK;

/* Every version, newest first. */
bool profile_versions(struct store *store, struct arena *arena, int64_t child,
	struct profile **out_profiles, size_t *out_count, struct error *error) MUST_CHECK;

/* Adds a version after `profile->version`, the one the writer saw (0: none); parts, participation
 * and written_on are the form's. ERROR_INPUT without a single part but KNOWN_AS and WRITTEN_WITH.
 * A form that says what the last version says adds none. *out_version: the one that stands. */
bool profile_save(const struct care_writing *writing, struct arena *arena,
	const struct profile *profile, int64_t *out_version, struct care_conflict *out_conflict,
	struct error *error) MUST_CHECK;

#endif
