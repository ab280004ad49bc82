/* SPDX-License-Identifier: MIT */
/*
 * What the team around the child adds to an assessment: carer, school, health and others.
 *
 * The one rule: it stands apart from the social worker's assessment; its scores enter no figure.
 */
#ifndef HEARTH_CARE_CONTRIBUTION_H
#define HEARTH_CARE_CONTRIBUTION_H

#include "care/assessment.h"

enum contributor {
	CONTRIBUTOR_CARER,
	CONTRIBUTOR_SCHOOL,
	CONTRIBUTOR_HEALTH,
	CONTRIBUTOR_FAMILY,
	CONTRIBUTOR_OTHER,
	CONTRIBUTORS,
};
const char *contributor_key(enum contributor kind);   /* "carer" */
const char *contributor_words(enum contributor kind); /* "Carer" */
/* CONTRIBUTORS when it is none. */
enum contributor contributor_of(struct text key);

struct contribution {
	int64_t id, assessment;
	int64_t revision; /* 0: a new one */
	enum contributor kind;
	int32_t given_on;
	struct text name, role;		    /* "Mr Okoro", "Head of year": lines */
	struct text comment;		    /* on the whole */
	int scores[DOMAINS_MOST];	    /* SCORE_BLANK where they gave none */
	struct text comments[DOMAINS_MOST]; /* by domain */
	struct care_stamp saved;
};

/* Those of an assessment, in order of the day; the assessment says the framework. */
bool contribution_list(struct store *store, struct arena *arena, const struct assessment_head *head,
	struct contribution **out, size_t *out_count, struct error *error) MUST_CHECK;

/* Adds one to a draft (id 0) or saves one that was read before. ERROR_CONFLICT when it was changed
 * since, or the assessment is no draft any more. Signing looks at head.revision, which it moves. */
bool contribution_save(const struct care_writing *writing, struct arena *arena,
	const struct contribution *contribution, int64_t *out_contribution, int64_t *out_revision,
	struct care_conflict *out_conflict, struct error *error) MUST_CHECK;

/* Takes one out of a draft; it stays in the record, and is shown nowhere. */
bool contribution_remove(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, int64_t contribution, int64_t revision,
	struct care_conflict *out_conflict, struct error *error) MUST_CHECK;

#endif
