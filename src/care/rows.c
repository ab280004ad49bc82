/* SPDX-License-Identifier: MIT */
#include "care/rows.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/date.h"

bool care_text_copy(const struct store_cursor *cursor, int column, struct arena *arena,
	struct text *out_text, struct error *error)
{
	struct text text = store_text(cursor, column);
	char *copy;

	*out_text = (struct text){0};
	if (!text.length)
		return true;
	copy = arena_copy(arena, text.data, text.length);
	if (!copy)
		return error_no_memory(error);
	*out_text = (struct text){copy, text.length};
	return true;
}

bool care_stamp_read(const struct store_cursor *cursor, int column, struct arena *arena,
	struct care_stamp *out_stamp, struct error *error)
{
	*out_stamp = (struct care_stamp){
		.at = store_integer(cursor, column), .account = store_integer(cursor, column + 1)};
	return care_text_copy(cursor, column + 2, arena, &out_stamp->shown, error);
}

struct care_stamp care_stamp_of(const struct care_writing *writing)
{
	struct text shown = writing->shown.length ? writing->shown : writing->actor->name;

	return (struct care_stamp){writing->actor->account, shown.length ? shown : TEXT("unknown"),
		writing->actor->now};
}

void care_stamp_bind(struct store_cursor *cursor, int parameter, const struct care_stamp *stamp)
{
	store_bind_integer(cursor, parameter, stamp->at);
	store_bind_integer(cursor, parameter + 1, stamp->account);
	store_bind_text(cursor, parameter + 2, stamp->shown);
}

void care_stamp_now(struct store_cursor *cursor, int parameter, const struct care_writing *writing)
{
	struct care_stamp stamp = care_stamp_of(writing);

	care_stamp_bind(cursor, parameter, &stamp);
}

bool care_next(struct store *store, const char *query, int64_t *out_number, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, query, &cursor, error) || !store_next(cursor, &row, error))
		return false;
	*out_number = row ? store_integer(cursor, 0) : 1;
	store_rewind(cursor);
	return true;
}

bool care_audit(const struct care_writing *writing, const char *act, const char *fields,
	struct error *error, const char *about, ...)
{
	char words[160];
	va_list arguments;

	va_start(arguments, about);
	vsnprintf(words, sizeof words, about, arguments);
	va_end(arguments);
	return audit_append(writing->store, writing->actor,
		&(struct audit_row){.act = text_of(act),
			.child = writing->child,
			.authority = writing->authority,
			.fields = text_of(fields),
			.about = text_of(words)},
		error);
}

bool care_child_known(const struct care_writing *writing, struct error *error)
{
	int64_t known;

	if (!store_one_integer(writing->store, "care_child", writing->child, 0, &known, error))
		return false;
	return known || error_set(error, ERROR_MISSING, "there is no such child in the record");
}

bool care_day_check(
	const struct care_writing *writing, const char *what, int32_t day, struct error *error)
{
	char today[32];

	if (day == DATE_MISSING)
		return error_set(error, ERROR_INPUT, "%s is missing: enter it", what);
	return day <= writing->today ||
	       error_set(error, ERROR_INPUT,
		       "%s is in the future: it must be today (%s) or earlier", what,
		       date_words(writing->today, today));
}

bool care_conflicts(struct care_conflict *out_conflict, struct care_stamp saved, int64_t revision,
	int64_t standing, struct error *error)
{
	if (out_conflict)
		*out_conflict = (struct care_conflict){saved, revision, standing};
	return error_set(error, ERROR_CONFLICT,
		"%.*s has changed this since you opened it: nothing of theirs or yours was "
		"overwritten; look at both and save again",
		(int)(saved.shown.length < 80 ? saved.shown.length : 80),
		saved.shown.length ? saved.shown.data : "");
}

int32_t care_day(const struct store_cursor *cursor, int column)
{
	return store_is_null(cursor, column) ? DATE_MISSING
					     : (int32_t)store_integer(cursor, column);
}

void care_day_bind(struct store_cursor *cursor, int parameter, int32_t day)
{
	if (day != DATE_MISSING)
		store_bind_integer(cursor, parameter, day);
}

void *care_list_add(struct care_list *list)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? list->capacity * 2 : 8;
		char *rows = arena_grow(list->arena, list->rows, list->count, capacity, list->size);

		if (!rows)
			return NULL;
		list->rows = rows;
		list->capacity = capacity;
	}
	/* a slot that was used and left again is not empty */
	return memset(list->rows + list->size * list->count++, 0, list->size);
}
