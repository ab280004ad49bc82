/* SPDX-License-Identifier: MIT */
/* Short ways of people/ to read rows and to run changes; for people/ only. */
#ifndef HEARTH_PEOPLE_READ_H
#define HEARTH_PEOPLE_READ_H

#include "people/audit.h"

/* A copy of a text of the present row, {NULL, 0} for none; false when memory ran out. */
static inline bool keep_text(
	struct arena *arena, const struct store_cursor *cursor, int column, struct text *out_text)
{
	struct text text = store_text(cursor, column);

	*out_text = (struct text){0};
	if (!text.length)
		return true;
	out_text->data = arena_copy(arena, text.data, text.length);
	out_text->length = text.length;
	return out_text->data != NULL;
}

/* Runs a statement whose first parameters are numbers. */
bool run_numbers(struct store *store, const char *name, const int64_t *numbers, int count,
	struct error *error) MUST_CHECK;

#define RUN_NUMBERS(store, name, error, ...)                                                       \
	run_numbers(store, name, (const int64_t[]){__VA_ARGS__},                                   \
		(int)(sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), error)

/* A row about an account: "account 12", of its authority where it has one only. */
bool audit_account(struct store *store, const struct actor *actor, const char *act, int64_t account,
	const char *fields, struct error *error) MUST_CHECK;

/* A growing list of items of one size. */
struct list {
	struct arena *arena;
	void *items;
	size_t count, capacity, size;
};

/* Room for one more, zeroed; NULL when memory ran out. */
void *list_add(struct list *list);

#endif
