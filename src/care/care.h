/* SPDX-License-Identifier: MIT */
/*
 * What everything in care/ shares: who writes about which child, stamps, conflicts, limits of text.
 *
 * The one rule: nothing that was written about a child is lost. Every function that writes works in
 * the caller's transaction (store_begin, store_end), writes its own row of the audit log there, and
 * takes the revision that the writer saw; when somebody else was there first it changes nothing,
 * says who in a struct care_conflict and returns ERROR_CONFLICT.
 *
 * Written words are sealed by the vault; structs hold them open, in the arena of whoever read.
 */
#ifndef HEARTH_CARE_CARE_H
#define HEARTH_CARE_CARE_H

#include "base/date.h"
#include "people/audit.h"
#include "schema/schema.h"

/* A page fills one for each request that writes. */
struct care_writing {
	struct store *store;	   /* opened with DATABASE_WRITE, in a transaction */
	const struct actor *actor; /* its `now` stamps what is written */
	struct text shown;	   /* the writer as colleagues see them; empty: actor->name */
	int32_t today;		   /* the day in this country: nothing is dated after it */
	int64_t child;		   /* of child_identity */
	struct text authority;	   /* the child's, for the audit log; empty: not known */
	const struct schema *schema;
};

/* Who wrote something and when. */
struct care_stamp {
	int64_t account;   /* 0: no account */
	struct text shown; /* as they were called then */
	int64_t at;	   /* seconds since 1970, UTC; 0: never written */
};

/* Whose work stands in the way, filled with ERROR_CONFLICT only. */
struct care_conflict {
	struct care_stamp saved; /* the last to save, in the arena given */
	int64_t revision;	 /* what to say to write over it knowingly */
	int64_t standing;	 /* number of the draft or version that stands; 0: does not apply */
};

enum {
	CARE_TEXT_MOST = 20000, /* characters of a field of running text */
	CARE_LINE_MOST = 200,	/* of a name, a role and the like */
};

/* What was typed as it is kept: without spaces and empty lines at its ends, line ends as \n.
 * ERROR_LIMIT when it is longer than `most` characters; ERROR_INPUT when it is no UTF-8 or has
 * control characters; a field of at most CARE_LINE_MOST is a line and has no line ends either.
 * `field` names it in the message: "What matters to me". A page may call it for each field to show
 * a message beside each; the writers do anyway. */
bool care_text_clean(struct arena *arena, const char *field, struct text typed, size_t most,
	struct text *out_clean, struct error *error) MUST_CHECK;

/* How a child took part: an index into the code set "review_code" (PN0 to PN7), -1 not recorded.
 * ERROR_INPUT when `code` is none of them. */
bool care_participation(const struct schema *schema, struct text code, int *out_participation,
	struct error *error) MUST_CHECK;

/* "Came and spoke for themselves"; empty when not recorded. */
struct text care_participation_words(const struct schema *schema, struct text code);

#endif
