/* SPDX-License-Identifier: MIT */
/* Beginning and filling a draft. */
#include "care/drafting.h"

#include <stdio.h>

#include "care/assessment_rows.h"

bool draft_read(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	struct head_row *out_row, struct care_conflict *out_conflict, struct error *error)
{
	const struct assessment_head *head = &out_row->head;
	struct care_stamp by;

	if (!head_read(writing->store, arena, writing->schema, writing->child, assessment, out_row,
		    error))
		return false;
	if (head->state == ASSESSMENT_DRAFT)
		return true;
	by = head->ended.at ? head->ended : head->signed_by;
	if (out_conflict)
		*out_conflict = (struct care_conflict){by, head->revision, head->id};
	return error_set(error, ERROR_CONFLICT,
		"%.*s %s this assessment in the meantime, so it can no longer be changed: begin a "
		"new version",
		(int)(by.shown.length < 80 ? by.shown.length : 80),
		by.shown.length ? by.shown.data : "",
		head->state == ASSESSMENT_DISCARDED ? "threw away" : "signed");
}

bool draft_touch(const struct care_writing *writing, int64_t assessment, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(writing->store, "care_head_touch", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, assessment);
	care_stamp_now(cursor, 2, writing);
	return store_run(cursor, error);
}

static bool reason_check(
	const struct care_writing *writing, struct text reason, struct error *error)
{
	const struct code_set *set = schema_code_set(writing->schema, "assessment_reason");

	return !reason.length || (set && code_set_find(set, reason) >= 0) ||
	       error_set(error, ERROR_INPUT,
		       "Why the assessment is made must be one of the reasons listed");
}

/* A child has one draft: who wrote in it last is who to talk to. */
static bool no_draft(const struct care_writing *writing, struct arena *arena,
	struct care_conflict *out_conflict, struct error *error)
{
	struct head_row row;
	int64_t standing;

	if (!store_one_integer(
		    writing->store, "care_draft_of", writing->child, 0, &standing, error))
		return false;
	if (!standing)
		return true;
	if (!head_read(
		    writing->store, arena, writing->schema, writing->child, standing, &row, error))
		return false;
	if (out_conflict)
		*out_conflict = (struct care_conflict){row.head.saved, row.head.revision, standing};
	return error_set(error, ERROR_CONFLICT,
		"%.*s is writing an assessment of this child already: go on with that one",
		(int)(row.head.saved.shown.length < 80 ? row.head.saved.shown.length : 80),
		row.head.saved.shown.data);
}

struct beginning {
	const struct framework *framework;
	int64_t version, replaces;
	int32_t assessed_on;
	struct text reason, why;
};

static bool head_add(const struct care_writing *writing, struct arena *arena,
	const struct beginning *begin, int64_t *out_assessment, struct error *error)
{
	struct store_cursor *cursor;
	struct text sealed = {0};
	int64_t id;

	if (!care_next(writing->store, "care_assessment_next", &id, error))
		return false;
	if (begin->why.length &&
		!care_words_seal(writing->store, arena, head_place("sealed_why", id), &begin->why,
			1, &sealed, error))
		return false;
	if (!store_query(writing->store, "care_assessment_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	store_bind_integer(cursor, 2, writing->child);
	store_bind_text(cursor, 3, text_of(begin->framework->id));
	store_bind_integer(cursor, 4, begin->version);
	if (begin->replaces)
		store_bind_integer(cursor, 5, begin->replaces);
	store_bind_integer(cursor, 6, begin->assessed_on);
	store_bind_text(cursor, 7, begin->reason);
	care_stamp_now(cursor, 8, writing);
	if (sealed.length)
		store_bind_bytes(cursor, 11, sealed);
	*out_assessment = id;
	return store_run(cursor, error);
}

bool assessment_start(const struct care_writing *writing, struct arena *arena,
	const struct framework *framework, int32_t assessed_on, struct text reason,
	int64_t *out_assessment, struct care_conflict *out_conflict, struct error *error)
{
	const struct beginning begin = {
		.framework = framework, .version = 1, .assessed_on = assessed_on, .reason = reason};

	return care_day_check(writing, "The day of the assessment", assessed_on, error) &&
	       reason_check(writing, reason, error) && care_child_known(writing, error) &&
	       no_draft(writing, arena, out_conflict, error) &&
	       head_add(writing, arena, &begin, out_assessment, error) &&
	       care_audit(writing, "assessment.start", "", error, "assessment %lld",
		       (long long)*out_assessment);
}

/* What the version says, with the stamps of those who said it. */
static bool copy_domains(const struct care_writing *writing, struct arena *arena,
	const struct assessment_head *from, int64_t draft, struct error *error)
{
	struct assessment_domain domains[DOMAINS_MOST];

	if (!domains_read(writing->store, arena, from, domains, error))
		return false;
	for (size_t i = 0; i < from->framework->domain_count; i++)
		if (domains[i].revision &&
			!domain_add(writing, arena, draft, from->framework->domains[i].key,
				&domains[i], error))
			return false;
	return true;
}

bool assessment_correct(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	struct text why, int64_t *out_draft, struct care_conflict *out_conflict,
	struct error *error)
{
	struct beginning begin = {.replaces = assessment};
	struct head_row row;

	if (!care_text_clean(
		    arena, "Why there is a new version", why, CARE_TEXT_MOST, &begin.why, error))
		return false;
	if (!begin.why.length)
		return error_set(error, ERROR_INPUT, "Say why there is to be a new version");
	if (!head_read(writing->store, arena, writing->schema, writing->child, assessment, &row,
		    error))
		return false;
	if (row.head.state != ASSESSMENT_SIGNED)
		return care_conflicts(out_conflict, row.head.ended, row.head.revision,
			row.head.replaced_by, error);
	begin.framework = row.head.framework;
	begin.version = row.head.version + 1;
	begin.assessed_on = row.head.assessed_on;
	begin.reason = row.head.reason;
	return no_draft(writing, arena, out_conflict, error) &&
	       head_add(writing, arena, &begin, out_draft, error) &&
	       copy_domains(writing, arena, &row.head, *out_draft, error) &&
	       contributions_copy(writing, arena, &row.head, *out_draft, error) &&
	       care_audit(writing, "assessment.correct", "", error,
		       "assessment %lld in place of %lld", (long long)*out_draft,
		       (long long)assessment);
}

bool assessment_save_head(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, int32_t assessed_on, struct text reason, int64_t head_revision,
	struct care_conflict *out_conflict, struct error *error)
{
	struct store_cursor *cursor;
	struct head_row row;

	if (!care_day_check(writing, "The day of the assessment", assessed_on, error) ||
		!reason_check(writing, reason, error) ||
		!draft_read(writing, arena, assessment, &row, out_conflict, error))
		return false;
	if (row.head.head_revision != head_revision)
		return care_conflicts(
			out_conflict, row.head.saved, row.head.head_revision, assessment, error);
	if (row.head.assessed_on == assessed_on && text_equal(row.head.reason, reason))
		return true;
	if (!store_query(writing->store, "care_head_change", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, assessment);
	care_stamp_now(cursor, 2, writing);
	store_bind_integer(cursor, 5, assessed_on);
	store_bind_text(cursor, 6, reason);
	return store_run(cursor, error) && care_audit(writing, "assessment.draft", "day reason",
						   error, "assessment %lld", (long long)assessment);
}

static bool domain_clean(struct arena *arena, const struct framework *framework,
	const struct assessment_domain *form, struct assessment_domain *out_domain,
	struct error *error)
{
	*out_domain = *form;
	if (form->score != SCORE_BLANK && (form->score < 0 || form->score > framework->score_max))
		return error_set(
			error, ERROR_INPUT, "The score must be from 0 to %d", framework->score_max);
	return care_text_clean(arena, "Evidence", form->evidence, CARE_TEXT_MOST,
		       &out_domain->evidence, error) &&
	       care_text_clean(arena, "The child's view", form->view, CARE_TEXT_MOST,
		       &out_domain->view, error) &&
	       care_text_clean(arena, "Strengths", form->strengths, CARE_TEXT_MOST,
		       &out_domain->strengths, error);
}

/* Names of what differs; empty when nothing does. */
static const char *domain_differences(
	const struct assessment_domain *one, const struct assessment_domain *other, char out[64])
{
	snprintf(out, 64, "%s%s%s%s", one->score != other->score ? "score " : "",
		text_equal(one->evidence, other->evidence) ? "" : "evidence ",
		text_equal(one->view, other->view) ? "" : "view ",
		text_equal(one->strengths, other->strengths) ? "" : "strengths ");
	if (out[0])
		out[strlen(out) - 1] = 0;
	return out;
}

bool assessment_save_domain(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, size_t index, const struct assessment_domain *domain,
	int64_t *out_revision, struct care_conflict *out_conflict, struct error *error)
{
	struct assessment_domain form, last;
	struct head_row row;
	const char *fields;
	char words[64];
	int64_t entry;

	if (!draft_read(writing, arena, assessment, &row, out_conflict, error))
		return false;
	if (index >= row.head.framework->domain_count)
		return error_set(error, ERROR_MISSING, "there is no such domain");
	if (!domain_clean(arena, row.head.framework, domain, &form, error) ||
		!domain_read(writing->store, arena, &row.head, index, &entry, &last, error))
		return false;
	if (last.revision != form.revision)
		return care_conflicts(out_conflict, last.saved, last.revision, assessment, error);
	fields = domain_differences(&form, &last, words);
	*out_revision = last.revision + (fields[0] ? 1 : 0);
	if (!fields[0])
		return true;
	form.saved = care_stamp_of(writing);
	return (entry ? domain_change(writing, arena, entry, &form, error)
		      : domain_add(writing, arena, assessment,
				row.head.framework->domains[index].key, &form, error)) &&
	       draft_touch(writing, assessment, error) &&
	       care_audit(writing, "assessment.draft", fields, error, "assessment %lld %s",
		       (long long)assessment, row.head.framework->domains[index].key);
}
