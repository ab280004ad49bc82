/* SPDX-License-Identifier: MIT */
#include "people/read.h"

#include <inttypes.h>
#include <stdio.h>

bool run_numbers(struct store *store, const char *name, const int64_t *numbers, int count,
	struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, name, &cursor, error))
		return false;
	for (int i = 0; i < count; i++)
		store_bind_integer(cursor, i + 1, numbers[i]);
	return store_run(cursor, error);
}

/* The one authority of an account; cut short only if no authority is so named. */
static bool one_authority(struct store *store, int64_t account, char out[256], size_t *out_length,
	struct error *error)
{
	struct store_cursor *cursor;
	int count = 0;
	bool row;

	*out_length = 0;
	if (!store_query(store, "account_authorities", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		struct text authority = store_text(cursor, 0);

		*out_length = !count++ && authority.length <= 256 ? authority.length : 0;
		if (*out_length)
			memcpy(out, authority.data, authority.length);
		if (!store_next(cursor, &row, error))
			return false;
	}
	return true;
}

bool audit_account(struct store *store, const struct actor *actor, const char *act, int64_t account,
	const char *fields, struct error *error)
{
	char about[40], authority[256];
	size_t length;
	struct audit_row row = {.act = text_of(act), .fields = text_of(fields)};

	if (!one_authority(store, account, authority, &length, error))
		return false;
	row.authority = (struct text){authority, length};
	snprintf(about, sizeof about, "account %" PRId64, account);
	row.about = text_of(about);
	return audit_append(store, actor, &row, error);
}

void *list_add(struct list *list)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? list->capacity * 2 : 16;
		void *items =
			arena_grow(list->arena, list->items, list->count, capacity, list->size);

		if (!items)
			return NULL;
		list->items = items;
		list->capacity = capacity;
	}
	return (char *)list->items + list->count++ * list->size;
}
