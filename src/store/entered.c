/* SPDX-License-Identifier: MIT */
#include "store/entered.h"

#include "store/record.h"

/* The entry among the imports: one row, no child, no problem, no file. */
static bool add_import(struct store *store, const struct entered_assessment *assessment,
	const struct numbers *before, struct error *error)
{
	const int64_t values[] = {0, before->entry + 1, before->entry + 1, before->child + 1,
		before->child, before->problem + 1, before->problem};
	struct store_cursor *cursor;

	if (!store_query(store, "import_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, before->import + 1);
	store_bind_integer(cursor, 2, assessment->now);
	store_bind_text(
		cursor, 3, assessment->assessor.length ? assessment->assessor : TEXT("unknown"));
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		store_bind_integer(cursor, (int)i + 4, values[i]);
	if (!store_run(cursor, error) || !store_query(store, "entered_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, before->import + 1);
	return store_run(cursor, error);
}

bool store_enter_assessment(struct store *store, struct arena *arena,
	const struct entered_assessment *assessment, int64_t *out_import, struct error *error)
{
	struct numbers before;
	struct store_cursor *cursor;
	int64_t framework;

	if (!record_numbers(store, &before, error) ||
		!record_framework(store, arena, assessment->framework, &framework, error) ||
		!add_import(store, assessment, &before, error) ||
		!store_query(store, "entered_assessment_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, before.entry + 1);
	store_bind_integer(cursor, 2, before.import + 1);
	store_bind_integer(cursor, 3, assessment->child);
	store_bind_integer(cursor, 4, assessment->assessed_on);
	store_bind_text(cursor, 5, assessment->reason);
	store_bind_text(cursor, 6, assessment->assessor);
	store_bind_integer(cursor, 7, framework);
	store_bind_bytes(cursor, 8,
		(struct text){
			(const char *)assessment->scores, assessment->framework->domain_count});
	*out_import = before.import + 1;
	return store_run(cursor, error);
}

bool store_take_back(
	struct store *store, int64_t import, struct text by, int64_t now, struct error *error)
{
	struct store_cursor *cursor;
	int64_t first, last;
	bool row, undone;

	if (!store_query(store, "entered_ranges", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, import);
	if (!store_next(cursor, &row, error))
		return false;
	if (!row)
		return error_set(
			error, ERROR_MISSING, "entry %lld was not signed here", (long long)import);
	undone = !store_is_null(cursor, 0);
	first = store_integer(cursor, 1);
	last = store_integer(cursor, 2);
	store_rewind(cursor);
	if (undone)
		return error_set(error, ERROR_CONFLICT, "entry %lld is taken back already",
			(long long)import);
	return record_take_away(store, first, last, error) &&
	       record_mark_undone(store, import, by, now, error);
}
