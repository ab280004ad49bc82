/* SPDX-License-Identifier: MIT */
/*
 * Rows of assessments, for the files of care/ that read and write them.
 *
 * The one rule: for care/ only.
 */
#ifndef HEARTH_CARE_ASSESSMENT_ROWS_H
#define HEARTH_CARE_ASSESSMENT_ROWS_H

#include "care/assessment.h"
#include "care/rows.h"

enum domain_words { DOMAIN_EVIDENCE, DOMAIN_VIEW, DOMAIN_STRENGTHS, DOMAIN_WORDS };

/* A head with what the pages need not know: its entry in the record, 0 for none. */
struct head_row {
	struct assessment_head head;
	int64_t import;
};

/* ERROR_MISSING when the child has none of that number. */
bool head_read(struct store *store, struct arena *arena, const struct schema *schema, int64_t child,
	int64_t assessment, struct head_row *out_head, struct error *error) MUST_CHECK;

/* Every row of a query with the columns of care_head, its one parameter bound. */
bool heads_read(struct store *store, struct arena *arena, const struct schema *schema,
	struct store_cursor *cursor, struct assessment_head **out_heads, size_t *out_count,
	struct error *error) MUST_CHECK;

/* The domains without what was before. */
bool domains_read(struct store *store, struct arena *arena, const struct assessment_head *head,
	struct assessment_domain *out_domains, struct error *error) MUST_CHECK;

/* The number of the row of a domain, 0 when it has none, and what it says. */
bool domain_read(struct store *store, struct arena *arena, const struct assessment_head *head,
	size_t index, int64_t *out_entry, struct assessment_domain *out_domain,
	struct error *error) MUST_CHECK;

/* What was said before of each domain. */
bool before_read(struct store *store, struct arena *arena, const struct head_row *row,
	struct assessment_domain *domains, struct error *error) MUST_CHECK;

/* Adds or changes the row of a domain, with the stamp of `domain->saved`. */
bool domain_add(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	const char *key, const struct assessment_domain *domain, struct error *error) MUST_CHECK;

bool domain_change(const struct care_writing *writing, struct arena *arena, int64_t entry,
	const struct assessment_domain *domain, struct error *error) MUST_CHECK;

/* Copies those of a version to its correction (contribution.c). */
bool contributions_copy(const struct care_writing *writing, struct arena *arena,
	const struct assessment_head *from, int64_t draft, struct error *error) MUST_CHECK;

/* The draft of that number of the child; ERROR_CONFLICT when it is none any more. */
bool draft_read(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	struct head_row *out_row, struct care_conflict *out_conflict,
	struct error *error) MUST_CHECK;

/* Counts a change of a draft. */
bool draft_touch(
	const struct care_writing *writing, int64_t assessment, struct error *error) MUST_CHECK;

/* Where the sealed words of a head are. */
struct vault_place head_place(const char *column, int64_t assessment);

#endif
