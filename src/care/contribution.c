/* SPDX-License-Identifier: MIT */
#include "care/contribution.h"

#include "care/assessment_rows.h"

enum contribution_words { WORDS_NAME, WORDS_ROLE, WORDS_COMMENT, WORDS_DOMAINS };
enum { WORDS_MOST = WORDS_DOMAINS + DOMAINS_MOST };

static const struct {
	const char *key, *words;
} kinds[CONTRIBUTORS] = {
	[CONTRIBUTOR_CARER] = {"carer", "Carer"},
	[CONTRIBUTOR_SCHOOL] = {"school", "School"},
	[CONTRIBUTOR_HEALTH] = {"health", "Health"},
	[CONTRIBUTOR_FAMILY] = {"family", "Family"},
	[CONTRIBUTOR_OTHER] = {"other", "Somebody else"},
};

const char *contributor_key(enum contributor kind)
{
	return kinds[kind].key;
}

const char *contributor_words(enum contributor kind)
{
	return kinds[kind].words;
}

enum contributor contributor_of(struct text key)
{
	int kind = 0;

	while (kind < CONTRIBUTORS && !text_is(key, kinds[kind].key))
		kind++;
	return (enum contributor)kind;
}

static struct vault_place place_of(int64_t contribution)
{
	return (struct vault_place){"care_contribution", "sealed_words", contribution};
}

static bool contribution_row(struct store *store, struct arena *arena,
	const struct store_cursor *cursor, const struct assessment_head *head,
	struct contribution *out, struct error *error)
{
	size_t domains = head->framework->domain_count;
	struct text scores = store_text(cursor, 3), words[WORDS_MOST];

	*out = (struct contribution){.id = store_integer(cursor, 0),
		.assessment = head->id,
		.kind = contributor_of(store_text(cursor, 1)),
		.given_on = care_day(cursor, 2),
		.revision = store_integer(cursor, 4)};
	if (!care_words_open(store, arena, place_of(out->id), store_text(cursor, 8), words,
		    WORDS_DOMAINS + domains, error))
		return false;
	out->name = words[WORDS_NAME];
	out->role = words[WORDS_ROLE];
	out->comment = words[WORDS_COMMENT];
	for (size_t i = 0; i < domains; i++) {
		out->scores[i] = i < scores.length ? (unsigned char)scores.data[i] : SCORE_BLANK;
		out->comments[i] = words[WORDS_DOMAINS + i];
	}
	return care_stamp_read(cursor, 5, arena, &out->saved, error);
}

bool contribution_list(struct store *store, struct arena *arena, const struct assessment_head *head,
	struct contribution **out, size_t *out_count, struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(struct contribution)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "care_contributions", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, head->id);
	while (store_next(cursor, &row, error)) {
		struct contribution *contribution;

		if (!row) {
			*out = (struct contribution *)(void *)list.rows;
			*out_count = list.count;
			return true;
		}
		contribution = care_list_add(&list);
		if (!contribution)
			return error_no_memory(error);
		if (!contribution_row(store, arena, cursor, head, contribution, error))
			break;
	}
	store_rewind(cursor);
	return false;
}

static bool comments_clean(struct arena *arena, const struct framework *framework,
	struct contribution *contribution, struct error *error)
{
	for (size_t i = 0; i < framework->domain_count; i++) {
		int score = contribution->scores[i];

		if (score != SCORE_BLANK && (score < 0 || score > framework->score_max))
			return error_set(error, ERROR_INPUT,
				"The score for %s must be from 0 to %d",
				framework->domains[i].short_label, framework->score_max);
		if (!care_text_clean(arena, framework->domains[i].label, contribution->comments[i],
			    CARE_TEXT_MOST, &contribution->comments[i], error))
			return false;
	}
	return true;
}

static bool clean(const struct care_writing *writing, struct arena *arena,
	const struct framework *framework, struct contribution *contribution, struct error *error)
{
	if (contribution->kind < 0 || contribution->kind >= CONTRIBUTORS)
		return error_set(error, ERROR_INPUT,
			"Say who it is from: carer, school, health, "
			"family or somebody else");
	if (!care_day_check(writing, "The day it was said", contribution->given_on, error) ||
		!care_text_clean(arena, "Name", contribution->name, CARE_LINE_MOST,
			&contribution->name, error) ||
		!care_text_clean(arena, "Role", contribution->role, CARE_LINE_MOST,
			&contribution->role, error) ||
		!care_text_clean(arena, "Comment", contribution->comment, CARE_TEXT_MOST,
			&contribution->comment, error))
		return false;
	if (!contribution->name.length && !contribution->role.length)
		return error_set(error, ERROR_INPUT, "Enter the name or the role of who said it");
	return comments_clean(arena, framework, contribution, error);
}

/* Binds what a row says: kind, day, scores and words from parameter 5 on; `scores` is room. */
static bool bind(const struct care_writing *writing, struct arena *arena,
	const struct framework *framework, const struct contribution *contribution,
	struct store_cursor *cursor, uint8_t *scores, struct error *error)
{
	size_t domains = framework->domain_count;
	struct text words[WORDS_MOST] = {
		contribution->name, contribution->role, contribution->comment};
	struct text sealed;

	for (size_t i = 0; i < domains; i++) {
		scores[i] = (uint8_t)contribution->scores[i];
		words[WORDS_DOMAINS + i] = contribution->comments[i];
	}
	if (!care_words_seal(writing->store, arena, place_of(contribution->id), words,
		    WORDS_DOMAINS + domains, &sealed, error))
		return false;
	store_bind_integer(cursor, 1, contribution->id);
	care_stamp_bind(cursor, 2, &contribution->saved);
	store_bind_text(cursor, 5, text_of(kinds[contribution->kind].key));
	store_bind_integer(cursor, 6, contribution->given_on);
	store_bind_bytes(cursor, 7, (struct text){(const char *)scores, domains});
	store_bind_bytes(cursor, 8, sealed);
	return true;
}

static bool add(const struct care_writing *writing, struct arena *arena,
	const struct framework *framework, struct contribution *contribution, struct error *error)
{
	uint8_t scores[DOMAINS_MOST];
	struct store_cursor *cursor;

	if (!care_next(writing->store, "care_contribution_next", &contribution->id, error) ||
		!store_query(writing->store, "care_contribution_add", &cursor, error) ||
		!bind(writing, arena, framework, contribution, cursor, scores, error))
		return false;
	store_bind_integer(cursor, 9, contribution->assessment);
	return store_run(cursor, error);
}

static bool change(const struct care_writing *writing, struct arena *arena,
	const struct framework *framework, const struct contribution *contribution,
	struct error *error)
{
	uint8_t scores[DOMAINS_MOST];
	struct store_cursor *cursor;

	return store_query(writing->store, "care_contribution_change", &cursor, error) &&
	       bind(writing, arena, framework, contribution, cursor, scores, error) &&
	       store_run(cursor, error);
}

bool contributions_copy(const struct care_writing *writing, struct arena *arena,
	const struct assessment_head *from, int64_t draft, struct error *error)
{
	struct contribution *contributions;
	size_t count;

	if (!contribution_list(writing->store, arena, from, &contributions, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		contributions[i].assessment = draft;
		if (!add(writing, arena, from->framework, &contributions[i], error))
			return false;
	}
	return true;
}

/* The one that stands must be the one the writer saw. */
static bool same_revision(const struct care_writing *writing, struct arena *arena,
	const struct assessment_head *head, int64_t id, int64_t revision,
	struct care_conflict *out_conflict, struct error *error)
{
	struct contribution *contributions;
	size_t count;

	if (!contribution_list(writing->store, arena, head, &contributions, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (contributions[i].id == id)
			return contributions[i].revision == revision ||
			       care_conflicts(out_conflict, contributions[i].saved,
				       contributions[i].revision, head->id, error);
	return error_set(
		error, ERROR_MISSING, "this contribution is no longer there: somebody took it out");
}

bool contribution_save(const struct care_writing *writing, struct arena *arena,
	const struct contribution *contribution, int64_t *out_contribution, int64_t *out_revision,
	struct care_conflict *out_conflict, struct error *error)
{
	struct contribution form = *contribution;
	struct head_row row;

	if (!draft_read(writing, arena, form.assessment, &row, out_conflict, error) ||
		!clean(writing, arena, row.head.framework, &form, error))
		return false;
	form.saved = care_stamp_of(writing);
	if (form.id ? !same_revision(writing, arena, &row.head, form.id, form.revision,
			      out_conflict, error) ||
				!change(writing, arena, row.head.framework, &form, error)
		    : !add(writing, arena, row.head.framework, &form, error))
		return false;
	*out_contribution = form.id;
	*out_revision = contribution->id ? form.revision + 1 : 1;
	return draft_touch(writing, form.assessment, error) &&
	       care_audit(writing, "assessment.contribution", kinds[form.kind].key, error,
		       "assessment %lld contribution %lld", (long long)form.assessment,
		       (long long)form.id);
}

bool contribution_remove(const struct care_writing *writing, struct arena *arena,
	int64_t assessment, int64_t contribution, int64_t revision,
	struct care_conflict *out_conflict, struct error *error)
{
	struct store_cursor *cursor;
	struct head_row row;

	if (!draft_read(writing, arena, assessment, &row, out_conflict, error) ||
		!same_revision(
			writing, arena, &row.head, contribution, revision, out_conflict, error) ||
		!store_query(writing->store, "care_contribution_remove", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, contribution);
	care_stamp_now(cursor, 2, writing);
	return store_run(cursor, error) && draft_touch(writing, assessment, error) &&
	       care_audit(writing, "assessment.contribution", "removed", error,
		       "assessment %lld contribution %lld", (long long)assessment,
		       (long long)contribution);
}
