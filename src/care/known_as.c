/* SPDX-License-Identifier: MIT */
#include "care/known_as.h"

#include "care/rows.h"

bool known_as_matches(struct text words, struct text wanted)
{
	for (size_t i = 0; i + wanted.length <= words.length; i++)
		if (text_same_letters((struct text){words.data + i, wanted.length}, wanted))
			return true;
	return false;
}

/* Opens the words of the present row in memory that is given back at once. */
static bool row_matches(struct store *store, struct arena *scratch,
	const struct store_cursor *cursor, struct text wanted, bool *out_matches,
	struct error *error)
{
	struct arena_mark mark = arena_mark(scratch);
	struct text words[PROFILE_PARTS];
	struct vault_place place = {"care_profile", "sealed_words", store_integer(cursor, 0)};
	bool done = care_words_open(
		store, scratch, place, store_text(cursor, 2), words, PROFILE_PARTS, error);

	*out_matches = done && known_as_matches(words[PROFILE_KNOWN_AS], wanted);
	arena_release(scratch, mark);
	return done;
}

static bool gather(struct store *store, struct arena *scratch, struct text wanted,
	const struct known_as_reader *reader, struct care_list *list, struct error *error)
{
	struct store_cursor *cursor;
	bool row, matches;

	if (!store_query(store, "known_as_all", &cursor, error))
		return false;
	while (store_next(cursor, &row, error)) {
		int64_t *number;

		if (!row)
			return true;
		if (!reader->may(reader->context, store_integer(cursor, 1)))
			continue;
		if (!row_matches(store, scratch, cursor, wanted, &matches, error))
			return false;
		number = matches ? care_list_add(list) : NULL;
		if (matches && !number)
			return error_no_memory(error);
		if (number)
			*number = store_integer(cursor, 1);
	}
	return false;
}

bool known_as_find(struct store *store, struct arena *arena, struct text wanted,
	const struct known_as_reader *reader, int64_t **out_children, size_t *out_count,
	struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(int64_t)};
	struct arena *scratch = arena_open();
	bool done;

	if (!scratch)
		return error_no_memory(error);
	done = gather(store, scratch, wanted, reader, &list, error);
	arena_close(scratch);
	*out_children = (int64_t *)(void *)list.rows;
	*out_count = list.count;
	return done;
}
