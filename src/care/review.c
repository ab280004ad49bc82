/* SPDX-License-Identifier: MIT */
#include "care/review.h"

#include <stdlib.h>

#include "care/rows.h"

enum review_words { WORDS_NOTES, WORDS_VIEW, WORDS };

static struct vault_place place_of(int64_t entry)
{
	return (struct vault_place){"care_review", "sealed_words", entry};
}

static bool review_row(struct store *store, struct arena *arena, const struct store_cursor *cursor,
	struct review *out_review, struct error *error)
{
	struct text words[WORDS];

	*out_review = (struct review){.id = store_integer(cursor, 0),
		.on = care_day(cursor, 1),
		.version = store_integer(cursor, 2)};
	if (!care_text_copy(cursor, 3, arena, &out_review->participation, error) ||
		!care_stamp_read(cursor, 4, arena, &out_review->saved, error) ||
		!care_words_open(store, arena, place_of(out_review->id), store_text(cursor, 7),
			words, WORDS, error))
		return false;
	out_review->notes = words[WORDS_NOTES];
	out_review->view = words[WORDS_VIEW];
	return true;
}

/* Every version of every day. */
static bool written_read(
	struct store *store, int64_t child, struct care_list *list, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "care_reviews", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	while (store_next(cursor, &row, error)) {
		struct review *review;

		if (!row)
			return true;
		review = care_list_add(list);
		if (!review)
			return error_no_memory(error);
		if (!review_row(store, list->arena, cursor, review, error))
			break;
	}
	store_rewind(cursor);
	return false;
}

static struct review *rows_of(const struct care_list *list)
{
	return (struct review *)(void *)list->rows;
}

static struct review *find_day(const struct care_list *list, int32_t on)
{
	struct review *reviews = rows_of(list);

	for (size_t i = 0; i < list->count; i++)
		if (reviews[i].on == on)
			return &reviews[i];
	return NULL;
}

/* The return's review of a day, beside or in what is known of that day. Of several rows the first
 * read is the later one, and it counts. */
static bool returned_row(
	struct care_list *list, const struct store_cursor *cursor, struct error *error)
{
	int32_t on = care_day(cursor, 0);
	struct review *review = find_day(list, on);

	if (review && review->in_return)
		return true;
	if (!review) {
		review = care_list_add(list);
		if (!review)
			return error_no_memory(error);
		review->on = on;
	}
	review->in_return = true;
	return review->participation.length ||
	       care_text_copy(cursor, 1, list->arena, &review->participation, error);
}

static bool returned_read(
	struct store *store, int64_t child, struct care_list *list, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "care_reviews_returned", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	while (store_next(cursor, &row, error)) {
		if (!row)
			return true;
		if (!returned_row(list, cursor, error))
			break;
	}
	store_rewind(cursor);
	return false;
}

/* Leaves the newest version of each day; they come first. */
static void keep_newest(struct care_list *list)
{
	struct review *reviews = rows_of(list);
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (!kept || reviews[kept - 1].on != reviews[i].on)
			reviews[kept++] = reviews[i];
	list->count = kept;
}

static int later_first(const void *a, const void *b)
{
	const struct review *one = a, *other = b;

	return one->on > other->on ? -1 : one->on < other->on;
}

bool review_list(struct store *store, struct arena *arena, int64_t child,
	struct review **out_reviews, size_t *out_count, struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(struct review)};

	if (!written_read(store, child, &list, error))
		return false;
	keep_newest(&list);
	if (!returned_read(store, child, &list, error))
		return false;
	if (list.count)
		qsort(list.rows, list.count, list.size, later_first);
	*out_reviews = rows_of(&list);
	*out_count = list.count;
	return true;
}

static bool find_review(struct store *store, struct arena *arena, int64_t child, int32_t on,
	struct review *out_review, struct error *error)
{
	struct care_list list = {.arena = arena};
	struct review *found;

	*out_review = (struct review){.on = on};
	list.size = sizeof(struct review);
	if (!review_list(
		    store, arena, child, (struct review **)(void *)&list.rows, &list.count, error))
		return false;
	found = find_day(&list, on);
	if (found)
		*out_review = *found;
	return true;
}

bool review_read(struct store *store, struct arena *arena, int64_t child, int32_t on,
	struct review *out_review, struct error *error)
{
	char day[32];

	if (!find_review(store, arena, child, on, out_review, error))
		return false;
	return out_review->version || out_review->in_return ||
	       error_set(error, ERROR_MISSING, "there is no review of %s",
		       on == DATE_MISSING ? "that day" : date_words(on, day));
}

bool review_versions(struct store *store, struct arena *arena, int64_t child, int32_t on,
	struct review **out_reviews, size_t *out_count, struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(struct review)};
	struct review *reviews;
	size_t kept = 0;

	if (!written_read(store, child, &list, error))
		return false;
	reviews = rows_of(&list);
	for (size_t i = 0; i < list.count; i++)
		if (reviews[i].on == on)
			reviews[kept++] = reviews[i];
	*out_reviews = reviews;
	*out_count = kept;
	return true;
}

static bool clean(const struct care_writing *writing, struct arena *arena, struct review *review,
	struct error *error)
{
	int participation;

	return care_day_check(writing, "The day of the review", review->on, error) &&
	       care_participation(writing->schema, review->participation, &participation, error) &&
	       care_text_clean(
		       arena, "Notes", review->notes, CARE_TEXT_MOST, &review->notes, error) &&
	       care_text_clean(arena, "What the child said", review->view, CARE_TEXT_MOST,
		       &review->view, error) &&
	       care_child_known(writing, error);
}

static bool add(const struct care_writing *writing, struct arena *arena,
	const struct review *review, struct error *error)
{
	const struct text words[WORDS] = {review->notes, review->view};
	struct store_cursor *cursor;
	struct text sealed;
	int64_t entry;

	if (!care_next(writing->store, "care_review_next", &entry, error) ||
		!care_words_seal(
			writing->store, arena, place_of(entry), words, WORDS, &sealed, error) ||
		!store_query(writing->store, "care_review_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, entry);
	care_stamp_now(cursor, 2, writing);
	store_bind_integer(cursor, 5, writing->child);
	store_bind_integer(cursor, 6, review->on);
	store_bind_integer(cursor, 7, review->version + 1);
	store_bind_text(cursor, 8, review->participation);
	store_bind_bytes(cursor, 9, sealed);
	return store_run(cursor, error);
}

bool review_save(const struct care_writing *writing, struct arena *arena,
	const struct review *review, int64_t *out_version, struct care_conflict *out_conflict,
	struct error *error)
{
	struct review form = *review, last;

	if (!clean(writing, arena, &form, error) ||
		!find_review(writing->store, arena, writing->child, form.on, &last, error))
		return false;
	if (last.version != form.version)
		return care_conflicts(out_conflict, last.saved, last.version, last.id, error);
	*out_version = last.version;
	if (last.version && text_equal(form.notes, last.notes) &&
		text_equal(form.view, last.view) &&
		text_equal(form.participation, last.participation))
		return true;
	*out_version = last.version + 1;
	return add(writing, arena, &form, error) &&
	       care_audit(writing, "review.save", "notes view participation", error, "version %lld",
		       (long long)*out_version);
}
