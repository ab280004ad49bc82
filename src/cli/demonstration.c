/* SPDX-License-Identifier: MIT */
#include "cli/demonstration.h"

#include "store/change.h"

#define FICTITIOUS "(fictitious)"

static bool is_fictitious(struct text authority)
{
	struct text mark = TEXT(FICTITIOUS);

	return authority.length >= mark.length &&
	       memcmp(authority.data + authority.length - mark.length, mark.data, mark.length) == 0;
}

bool demonstration_only(
	struct store *store, struct arena *arena, struct text *out_first, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	*out_first = (struct text){0};
	if (!store_query(store, "authorities_of_record", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		struct text authority = store_text(cursor, 0);

		if (!is_fictitious(authority)) {
			store_rewind(cursor);
			return error_set(error, ERROR_DENIED,
				"this record is not of the demonstration population: it has an "
				"authority that exists");
		}
		if (!out_first->length) {
			out_first->data = arena_copy(arena, authority.data, authority.length);
			if (!out_first->data)
				return error_no_memory(error);
			out_first->length = authority.length;
		}
		if (!store_next(cursor, &row, error))
			return false;
	}
	return true;
}

bool demonstration_fits(
	struct store *store, struct arena *arena, bool demonstration, struct error *error)
{
	struct text first;
	int64_t accounts;

	if (demonstration)
		return demonstration_only(store, arena, &first, error);
	if (!store_one_integer(store, "account_demonstration_count", 0, 0, &accounts, error))
		return false;
	return accounts == 0 || error_set(error, ERROR_DENIED,
					"this record has users of a demonstration: serve it with "
					"--demonstration, or "
					"disable them with hearth user disable");
}
