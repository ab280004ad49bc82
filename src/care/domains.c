/* SPDX-License-Identifier: MIT */
/* What is said of each domain, and what was said the time before. */
#include "care/assessment_rows.h"

static const struct assessment_domain untouched = {
	.score = SCORE_BLANK, .before = {.score = SCORE_BLANK, .assessed_on = DATE_MISSING}};

static struct vault_place place_of(int64_t entry)
{
	return (struct vault_place){"care_domain", "sealed_words", entry};
}

static bool domain_row(struct store *store, struct arena *arena, const struct store_cursor *cursor,
	struct assessment_domain *out_domain, struct error *error)
{
	struct text words[DOMAIN_WORDS];

	if (!care_words_open(store, arena, place_of(store_integer(cursor, 0)),
		    store_text(cursor, 7), words, DOMAIN_WORDS, error))
		return false;
	*out_domain = untouched;
	if (!store_is_null(cursor, 2))
		out_domain->score = (int)store_integer(cursor, 2);
	out_domain->revision = store_integer(cursor, 3);
	out_domain->evidence = words[DOMAIN_EVIDENCE];
	out_domain->view = words[DOMAIN_VIEW];
	out_domain->strengths = words[DOMAIN_STRENGTHS];
	return care_stamp_read(cursor, 4, arena, &out_domain->saved, error);
}

bool domains_read(struct store *store, struct arena *arena, const struct assessment_head *head,
	struct assessment_domain *out_domains, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	for (size_t i = 0; i < head->framework->domain_count; i++)
		out_domains[i] = untouched;
	if (!store_query(store, "care_domains", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, head->id);
	while (store_next(cursor, &row, error)) {
		int index;

		if (!row)
			return true;
		index = framework_domain(head->framework, store_text(cursor, 1));
		if (index >= 0 && !domain_row(store, arena, cursor, &out_domains[index], error))
			break;
	}
	store_rewind(cursor);
	return false;
}

bool domain_read(struct store *store, struct arena *arena, const struct assessment_head *head,
	size_t index, int64_t *out_entry, struct assessment_domain *out_domain, struct error *error)
{
	struct store_cursor *cursor;
	bool row, done = true;

	*out_entry = 0;
	*out_domain = untouched;
	if (!store_query(store, "care_domain_of", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, head->id);
	store_bind_text(cursor, 2, text_of(head->framework->domains[index].key));
	if (!store_next(cursor, &row, error))
		return false;
	if (row) {
		*out_entry = store_integer(cursor, 0);
		done = domain_row(store, arena, cursor, out_domain, error);
	}
	store_rewind(cursor);
	return done;
}

/* Fills what is still unknown from one earlier row; returns how many domains it filled. */
static size_t before_fill(const struct store_cursor *cursor, const struct framework *framework,
	struct assessment_domain *domains)
{
	struct text scores = store_text(cursor, 1);
	size_t filled = 0;

	if (scores.length != framework->domain_count)
		return 0;
	for (size_t i = 0; i < framework->domain_count; i++) {
		int score = (unsigned char)scores.data[i];

		if (score == SCORE_BLANK || domains[i].before.score != SCORE_BLANK)
			continue;
		domains[i].before = (struct assessment_before){.score = score,
			.assessed_on = care_day(cursor, 0),
			.assessment = store_integer(cursor, 2)};
		filled++;
	}
	return filled;
}

/* The evidence of the earlier versions; mostly all domains have the same one. */
static bool before_evidence(struct store *store, struct arena *arena,
	const struct assessment_head *head, struct assessment_domain *domains, struct error *error)
{
	struct assessment_domain said[DOMAINS_MOST];
	struct assessment_head earlier = *head;

	earlier.id = 0;
	for (size_t i = 0; i < head->framework->domain_count; i++) {
		struct assessment_before *before = &domains[i].before;

		if (!before->assessment)
			continue;
		if (before->assessment != earlier.id) {
			earlier.id = before->assessment;
			if (!domains_read(store, arena, &earlier, said, error))
				return false;
		}
		before->evidence = said[i].evidence;
	}
	return true;
}

/* A correction is compared with what was there before the version it corrects. */
static bool before_skipped(
	struct store *store, const struct head_row *row, int64_t *out_import, struct error *error)
{
	*out_import = row->import;
	if (row->head.state != ASSESSMENT_DRAFT || !row->head.replaces)
		return true;
	return store_one_integer(store, "care_import_of", row->head.replaces, 0, out_import, error);
}

bool before_read(struct store *store, struct arena *arena, const struct head_row *row,
	struct assessment_domain *domains, struct error *error)
{
	const struct assessment_head *head = &row->head;
	struct store_cursor *cursor;
	size_t known = 0;
	int64_t skipped;
	bool more;

	if (!before_skipped(store, row, &skipped, error) ||
		!store_query(store, "care_before", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, head->child);
	store_bind_text(cursor, 2, text_of(head->framework->id));
	store_bind_integer(cursor, 3, head->assessed_on);
	store_bind_integer(cursor, 4, row->import);
	store_bind_integer(cursor, 5, skipped);
	do {
		if (!store_next(cursor, &more, error))
			return false;
		if (more)
			known += before_fill(cursor, head->framework, domains);
	} while (more && known < head->framework->domain_count);
	store_rewind(cursor);
	return before_evidence(store, arena, head, domains, error);
}

bool domain_add(const struct care_writing *writing, struct arena *arena, int64_t assessment,
	const char *key, const struct assessment_domain *domain, struct error *error)
{
	const struct text words[DOMAIN_WORDS] = {domain->evidence, domain->view, domain->strengths};
	struct store_cursor *cursor;
	struct text sealed;
	int64_t entry;

	if (!care_next(writing->store, "care_domain_next", &entry, error) ||
		!care_words_seal(writing->store, arena, place_of(entry), words, DOMAIN_WORDS,
			&sealed, error) ||
		!store_query(writing->store, "care_domain_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, entry);
	care_stamp_bind(cursor, 2, &domain->saved);
	store_bind_integer(cursor, 5, assessment);
	store_bind_text(cursor, 6, text_of(key));
	if (domain->score != SCORE_BLANK)
		store_bind_integer(cursor, 7, domain->score);
	store_bind_bytes(cursor, 8, sealed);
	return store_run(cursor, error);
}

bool domain_change(const struct care_writing *writing, struct arena *arena, int64_t entry,
	const struct assessment_domain *domain, struct error *error)
{
	const struct text words[DOMAIN_WORDS] = {domain->evidence, domain->view, domain->strengths};
	struct store_cursor *cursor;
	struct text sealed;

	if (!care_words_seal(
		    writing->store, arena, place_of(entry), words, DOMAIN_WORDS, &sealed, error) ||
		!store_query(writing->store, "care_domain_change", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, entry);
	care_stamp_bind(cursor, 2, &domain->saved);
	if (domain->score != SCORE_BLANK)
		store_bind_integer(cursor, 5, domain->score);
	store_bind_bytes(cursor, 6, sealed);
	return store_run(cursor, error);
}
