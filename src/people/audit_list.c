/* SPDX-License-Identifier: MIT */
/* The log for reading, newest first. */
#include "people/audit.h"
#include "people/read.h"

static bool keep_entry(struct store *store, struct arena *arena, const struct store_cursor *cursor,
	struct audit_entry *out_entry, struct error *error)
{
	struct audit_entry entry = {.sequence = store_integer(cursor, 0),
		.at = store_integer(cursor, 1),
		.account = store_integer(cursor, 2),
		.row = {.child = store_integer(cursor, 6)}};
	struct text *const texts[] = {&entry.name, &entry.route, &entry.row.act, NULL,
		&entry.row.authority, &entry.row.fields, &entry.row.about};

	for (int i = 0; i < 7; i++)
		if (texts[i] && !keep_text(arena, cursor, i + 3, texts[i]))
			return error_no_memory(error);
	*out_entry = entry;
	return vault_open_in(store_vault(store), arena,
		(struct vault_place){"audit", "why", entry.sequence}, store_text(cursor, 10),
		&out_entry->why, error);
}

static bool is_within(const struct account_scope *scope, struct text authority)
{
	if (!scope || scope->every_authority)
		return true;
	for (size_t i = 0; i < scope->authority_count; i++)
		if (authority.length && text_equal(scope->authorities[i], authority))
			return true;
	return false;
}

static const char *query_for(const struct audit_question *question)
{
	return question->child	   ? "audit_list_child"
	       : question->account ? "audit_list_account"
				   : "audit_list";
}

static bool ask(struct store *store, const struct audit_question *question,
	struct store_cursor **out_cursor, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, query_for(question), &cursor, error))
		return false;
	store_bind_integer(cursor, 1, question->child);
	store_bind_integer(cursor, 2, question->account);
	store_bind_text(cursor, 3, question->act);
	store_bind_integer(cursor, 4, question->before ? question->before : INT64_MAX);
	store_bind_integer(cursor, 5, question->from ? question->from : INT64_MIN);
	store_bind_integer(cursor, 6, question->until ? question->until : INT64_MAX);
	*out_cursor = cursor;
	return true;
}

bool audit_list(struct store *store, struct arena *arena, const struct audit_question *question,
	struct audit_entry **out_entries, size_t *out_count, struct error *error)
{
	struct audit_entry *entries = arena_take(arena, question->most, sizeof *entries);
	struct store_cursor *cursor;
	size_t count = 0;
	bool row;

	if (!entries)
		return error_no_memory(error);
	if (!ask(store, question, &cursor, error) || !store_next(cursor, &row, error))
		return false;
	while (row && count < question->most) {
		if (is_within(question->scope, store_text(cursor, 7)) &&
			!keep_entry(store, arena, cursor, &entries[count++], error))
			return false;
		if (!store_next(cursor, &row, error))
			return false;
	}
	store_rewind(cursor);
	*out_entries = entries;
	*out_count = count;
	return true;
}
