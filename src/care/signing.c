/* SPDX-License-Identifier: MIT */
/* A draft becomes a version; a version is replaced or withdrawn. */
#include "care/assessment_rows.h"
#include "care/drafting.h"
#include "store/entered.h"

/* ERROR_INPUT names the first domain that lacks a score, and says how many more do. */
static bool scores_check(const struct assessment_head *head,
	const struct assessment_domain *domains, uint8_t *out_scores, struct error *error)
{
	size_t blank = 0, first = 0;

	for (size_t i = head->framework->domain_count; i-- > 0;) {
		out_scores[i] = (uint8_t)domains[i].score;
		if (domains[i].score != SCORE_BLANK)
			continue;
		blank++;
		first = i;
	}
	if (!blank)
		return true;
	if (blank == 1)
		return error_set(error, ERROR_INPUT, "Add a score for %s before you sign",
			head->framework->domains[first].label);
	return error_set(error, ERROR_INPUT, "Add a score for %s and %zu other%s before you sign",
		head->framework->domains[first].label, blank - 1, blank == 2 ? "" : "s");
}

static bool head_end(const struct care_writing *writing, int64_t assessment,
	enum assessment_state state, int64_t replaced_by, struct text sealed_why,
	struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(writing->store, "care_head_end", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, assessment);
	care_stamp_now(cursor, 2, writing);
	store_bind_text(cursor, 5, text_of(assessment_state_words(state)));
	if (replaced_by)
		store_bind_integer(cursor, 6, replaced_by);
	if (sealed_why.length)
		store_bind_bytes(cursor, 7, sealed_why);
	return store_run(cursor, error);
}

/* Takes the row of a version out of the record. */
static bool take_back(const struct care_writing *writing, int64_t import, struct error *error)
{
	return store_take_back(
		writing->store, import, care_stamp_of(writing).shown, writing->actor->now, error);
}

/* The version that is corrected leaves the record with the same stroke of the pen. */
static bool replace(const struct care_writing *writing, struct arena *arena,
	const struct assessment_head *draft, struct care_conflict *out_conflict,
	struct error *error)
{
	struct head_row old;

	if (!draft->replaces)
		return true;
	if (!head_read(writing->store, arena, writing->schema, writing->child, draft->replaces,
		    &old, error))
		return false;
	if (old.head.state != ASSESSMENT_SIGNED)
		return care_conflicts(out_conflict, old.head.ended, old.head.revision,
			old.head.replaced_by, error);
	return take_back(writing, old.import, error) &&
	       head_end(writing, old.head.id, ASSESSMENT_REPLACED, draft->id, (struct text){0},
		       error);
}

static bool enter(const struct care_writing *writing, struct arena *arena,
	const struct assessment_head *head, const uint8_t *scores, struct error *error)
{
	const struct entered_assessment entered = {.child = writing->child,
		.framework = head->framework,
		.assessed_on = head->assessed_on,
		.reason = head->reason,
		.assessor = care_stamp_of(writing).shown,
		.scores = scores,
		.now = writing->actor->now};
	struct store_cursor *cursor;
	int64_t import;

	if (!store_enter_assessment(writing->store, arena, &entered, &import, error) ||
		!store_query(writing->store, "care_head_sign", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, head->id);
	care_stamp_now(cursor, 2, writing);
	store_bind_integer(cursor, 5, import);
	return store_run(cursor, error);
}

bool assessment_sign(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	int64_t revision, struct care_conflict *out_conflict, struct error *error)
{
	struct assessment_domain domains[DOMAINS_MOST];
	uint8_t scores[DOMAINS_MOST];
	struct head_row row;

	if (!draft_read(writing, arena, assessment, &row, out_conflict, error))
		return false;
	if (row.head.revision != revision)
		return care_conflicts(
			out_conflict, row.head.saved, row.head.revision, assessment, error);
	return care_day_check(writing, "The day of the assessment", row.head.assessed_on, error) &&
	       domains_read(writing->store, arena, &row.head, domains, error) &&
	       scores_check(&row.head, domains, scores, error) &&
	       replace(writing, arena, &row.head, out_conflict, error) &&
	       enter(writing, arena, &row.head, scores, error) &&
	       care_audit(writing, "assessment.sign", "scores", error,
		       "assessment %lld version %lld", (long long)assessment,
		       (long long)row.head.version);
}

bool assessment_withdraw(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, struct text why, struct care_conflict *out_conflict,
	struct error *error)
{
	struct text reason, sealed;
	struct head_row row;

	if (!care_text_clean(arena, "Why it is withdrawn", why, CARE_TEXT_MOST, &reason, error))
		return false;
	if (!reason.length)
		return error_set(error, ERROR_INPUT, "Say why the assessment is withdrawn");
	if (!head_read(writing->store, arena, writing->schema, writing->child, assessment, &row,
		    error))
		return false;
	if (row.head.state == ASSESSMENT_DRAFT)
		return error_set(error, ERROR_INPUT, "A draft is not withdrawn but thrown away");
	if (row.head.state != ASSESSMENT_SIGNED)
		return care_conflicts(out_conflict, row.head.ended, row.head.revision,
			row.head.replaced_by, error);
	return care_words_seal(writing->store, arena, head_place("sealed_ended_why", assessment),
		       &reason, 1, &sealed, error) &&
	       take_back(writing, row.import, error) &&
	       head_end(writing, assessment, ASSESSMENT_WITHDRAWN, 0, sealed, error) &&
	       care_audit(writing, "assessment.withdraw", "scores", error, "assessment %lld",
		       (long long)assessment);
}

bool assessment_discard(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	int64_t revision, struct care_conflict *out_conflict, struct error *error)
{
	struct head_row row;

	if (!draft_read(writing, arena, assessment, &row, out_conflict, error))
		return false;
	if (row.head.revision != revision)
		return care_conflicts(
			out_conflict, row.head.saved, row.head.revision, assessment, error);
	return head_end(writing, assessment, ASSESSMENT_DISCARDED, 0, (struct text){0}, error) &&
	       care_audit(writing, "assessment.discard", "", error, "assessment %lld",
		       (long long)assessment);
}
