/* SPDX-License-Identifier: MIT */
/* Reading drafts and versions. */
#include "care/assessment_rows.h"

static const char *const state_keys[] = {
	[ASSESSMENT_DRAFT] = "draft",
	[ASSESSMENT_SIGNED] = "signed",
	[ASSESSMENT_REPLACED] = "replaced",
	[ASSESSMENT_WITHDRAWN] = "withdrawn",
	[ASSESSMENT_DISCARDED] = "discarded",
};

const char *assessment_state_words(enum assessment_state state)
{
	return state_keys[state];
}

struct vault_place head_place(const char *column, int64_t assessment)
{
	return (struct vault_place){"care_assessment", column, assessment};
}

static enum assessment_state state_of(struct text key)
{
	int state = ASSESSMENT_DRAFT;

	while (state < ASSESSMENT_DISCARDED && !text_is(key, state_keys[state]))
		state++;
	return (enum assessment_state)state;
}

static bool head_stamps(const struct store_cursor *cursor, struct arena *arena,
	struct assessment_head *head, struct error *error)
{
	return care_stamp_read(cursor, 10, arena, &head->started, error) &&
	       care_stamp_read(cursor, 13, arena, &head->saved, error) &&
	       care_stamp_read(cursor, 16, arena, &head->signed_by, error) &&
	       care_stamp_read(cursor, 19, arena, &head->ended, error);
}

static bool head_row(struct store *store, struct arena *arena, const struct schema *schema,
	const struct store_cursor *cursor, struct head_row *out_row, struct error *error)
{
	struct text framework = store_text(cursor, 2);
	struct assessment_head head = {.id = store_integer(cursor, 0),
		.child = store_integer(cursor, 1),
		.framework = schema_framework(schema, framework),
		.state = state_of(store_text(cursor, 3)),
		.version = store_integer(cursor, 4),
		.replaces = store_integer(cursor, 5),
		.assessed_on = care_day(cursor, 6),
		.revision = store_integer(cursor, 8),
		.head_revision = store_integer(cursor, 9),
		.replaced_by = store_integer(cursor, 22),
		.domains_scored = (size_t)store_integer(cursor, 26)};

	if (!head.framework)
		return error_set(error, ERROR_MISSING,
			"the framework %.*s that assessments were written with is no longer in "
			"data/frameworks: put it back",
			(int)framework.length, framework.data);
	if (!care_text_copy(cursor, 7, arena, &head.reason, error) ||
		!head_stamps(cursor, arena, &head, error) ||
		!care_words_open(store, arena, head_place("sealed_why", head.id),
			store_text(cursor, 24), &head.why, 1, error) ||
		!care_words_open(store, arena, head_place("sealed_ended_why", head.id),
			store_text(cursor, 25), &head.ended_why, 1, error))
		return false;
	*out_row = (struct head_row){head, store_integer(cursor, 23)};
	return true;
}

bool head_read(struct store *store, struct arena *arena, const struct schema *schema, int64_t child,
	int64_t assessment, struct head_row *out_head, struct error *error)
{
	struct store_cursor *cursor;
	bool row, done;

	if (!store_query(store, "care_head", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, assessment);
	store_bind_integer(cursor, 2, child);
	if (!store_next(cursor, &row, error))
		return false;
	done = row ? head_row(store, arena, schema, cursor, out_head, error)
		   : error_set(error, ERROR_MISSING, "there is no such assessment of this child");
	store_rewind(cursor);
	return done;
}

bool heads_read(struct store *store, struct arena *arena, const struct schema *schema,
	struct store_cursor *cursor, struct assessment_head **out_heads, size_t *out_count,
	struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(struct assessment_head)};
	bool row;

	while (store_next(cursor, &row, error)) {
		struct assessment_head *head;
		struct head_row read;

		if (!row) {
			*out_heads = (struct assessment_head *)(void *)list.rows;
			*out_count = list.count;
			return true;
		}
		if (!head_row(store, arena, schema, cursor, &read, error))
			break;
		head = care_list_add(&list);
		if (!head)
			return error_no_memory(error);
		*head = read.head;
	}
	store_rewind(cursor);
	return false;
}

static bool heads_of(struct store *store, struct arena *arena, const struct schema *schema,
	const char *query, int64_t parameter, struct assessment_head **out_heads, size_t *out_count,
	struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, query, &cursor, error))
		return false;
	store_bind_integer(cursor, 1, parameter);
	return heads_read(store, arena, schema, cursor, out_heads, out_count, error);
}

bool assessment_list(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t child, struct assessment_head **out_heads, size_t *out_count, struct error *error)
{
	return heads_of(store, arena, schema, "care_heads", child, out_heads, out_count, error);
}

bool assessment_drafts(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t account, struct assessment_head **out_heads, size_t *out_count, struct error *error)
{
	return heads_of(store, arena, schema, "care_drafts", account, out_heads, out_count, error);
}

bool assessment_read(struct store *store, struct arena *arena, const struct schema *schema,
	int64_t child, int64_t assessment, struct assessment *out_assessment, struct error *error)
{
	struct head_row row;

	if (!head_read(store, arena, schema, child, assessment, &row, error))
		return false;
	*out_assessment = (struct assessment){.head = row.head};
	return domains_read(store, arena, &row.head, out_assessment->domains, error) &&
	       before_read(store, arena, &row, out_assessment->domains, error);
}
