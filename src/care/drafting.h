/* SPDX-License-Identifier: MIT */
/*
 * Writing an assessment: drafts, signing, correction, withdrawal.
 *
 * The one rule: all in the caller's transaction, with a row of the audit log each (care/care.h).
 */
#ifndef HEARTH_CARE_DRAFTING_H
#define HEARTH_CARE_DRAFTING_H

#include "care/assessment.h"

/* Begins a draft. ERROR_CONFLICT when the child has one already: conflict->standing is its number,
 * `saved` who wrote in it last. */
bool assessment_start(const struct care_writing *writing, struct arena *arena,
	const struct framework *framework, int32_t assessed_on, struct text reason,
	int64_t *out_assessment, struct care_conflict *out_conflict,
	struct error *error) MUST_CHECK;

/* Begins the correction of a signed version: a draft with everything it says. ERROR_INPUT without a
 * reason; ERROR_CONFLICT when the version no longer stands or the child has a draft. */
bool assessment_correct(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	struct text why, int64_t *out_draft, struct care_conflict *out_conflict,
	struct error *error) MUST_CHECK;

/* Another day or reason for a draft; `head_revision` is the one the writer saw. */
bool assessment_save_head(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, int32_t assessed_on, struct text reason, int64_t head_revision,
	struct care_conflict *out_conflict, struct error *error) MUST_CHECK;

/* Saves a domain of a draft: score, texts and the revision the writer saw are those of `domain`.
 * *out_revision: the one that stands now; a form that changes nothing keeps it. */
bool assessment_save_domain(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, size_t index, const struct assessment_domain *domain,
	int64_t *out_revision, struct care_conflict *out_conflict, struct error *error) MUST_CHECK;

/* Signs a complete draft as the writer saw it (`revision` of the head). ERROR_INPUT names the
 * domains that lack a score. */
bool assessment_sign(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	int64_t revision, struct care_conflict *out_conflict, struct error *error) MUST_CHECK;

/* Takes a signed version out of the record, with a reason (actor->why is for the log); what it
 * replaced does not come back. ERROR_CONFLICT when it no longer stands. */
bool assessment_withdraw(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, struct text why, struct care_conflict *out_conflict,
	struct error *error) MUST_CHECK;

/* Throws a draft away as the writer saw it. What was written in either stays to be read. */
bool assessment_discard(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	int64_t revision, struct care_conflict *out_conflict, struct error *error) MUST_CHECK;

#endif
