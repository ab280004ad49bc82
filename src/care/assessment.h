/* SPDX-License-Identifier: MIT */
/*
 * Assessments of needs as they are written: a draft, saved domain by domain, then signed.
 *
 * The one rule: a signed version is never changed. It is a row of the record's assessments (history
 * and figures see it); a correction is a new version that names the one it replaces and why, and
 * from then on only the new one is such a row. Withdrawn ones are no rows either.
 *
 *	draft -> signed -> replaced (by a later version) or withdrawn
 *	      -> discarded
 *
 * A child has at most one draft at a time, whoever began it.
 */
#ifndef HEARTH_CARE_ASSESSMENT_H
#define HEARTH_CARE_ASSESSMENT_H

#include "care/care.h"

enum assessment_state {
	ASSESSMENT_DRAFT,
	ASSESSMENT_SIGNED,
	ASSESSMENT_REPLACED,
	ASSESSMENT_WITHDRAWN,
	ASSESSMENT_DISCARDED,
};
const char *assessment_state_words(enum assessment_state state); /* "signed" */

struct assessment_head {
	int64_t id, child;
	const struct framework *framework;
	enum assessment_state state;
	int64_t version;  /* 1; corrections count on */
	int64_t replaces; /* the version it corrects, 0 for none */
	struct text why;  /* of a correction: what was wrong */
	int32_t assessed_on;
	struct text reason;    /* code of "assessment_reason": entry, review, ... */
	size_t domains_scored; /* complete when it is framework->domain_count */
	int64_t revision;      /* counts every change of a draft, whoever made it */
	int64_t head_revision; /* counts those of day and reason */
	struct care_stamp started, saved, signed_by;
	struct care_stamp ended; /* replaced, withdrawn or discarded */
	struct text ended_why;
	int64_t replaced_by; /* the version in its place, 0 for none */
};

static inline bool assessment_complete(const struct assessment_head *head)
{
	return head->domains_scored == head->framework->domain_count;
}

/* What was said of a domain the time before. */
struct assessment_before {
	int score; /* SCORE_BLANK: never scored */
	int32_t assessed_on;
	struct text evidence; /* empty when it came by import */
	int64_t assessment;   /* 0 when it came by import */
};

struct assessment_domain {
	int score;			       /* 0 to score_max, or SCORE_BLANK */
	struct text evidence, view, strengths; /* view: the child's own */
	int64_t revision;		       /* 0: not touched yet */
	struct care_stamp saved;
	struct assessment_before before;
};

struct assessment {
	struct assessment_head head;
	struct assessment_domain domains[DOMAINS_MOST]; /* in the framework's order */
};

/* ERROR_MISSING when the child has none of that number. `child` is asked for so that a number
 * typed into an address never opens another child's. */
bool assessment_read(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t child, int64_t assessment, struct assessment *out_assessment,
	struct error *error) MUST_CHECK;

/* Every draft and version of a child without those discarded, newest day and version first. */
bool assessment_list(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t child, struct assessment_head **out_heads, size_t *out_count,
	struct error *error) MUST_CHECK;

/* Drafts that the account began or wrote in, the last touched first; 0: everybody's. */
bool assessment_drafts(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t account, struct assessment_head **out_heads, size_t *out_count,
	struct error *error) MUST_CHECK;

#endif
