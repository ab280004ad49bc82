/* SPDX-License-Identifier: MIT */
/*
 * Values that identify a child, on their way into the record: numbered and sealed.
 *
 * The one rule: no such value goes to a table in clear. A row holds the number of the sealed value
 * (sql/migrations/0007_sealed.sql); rows of one import that say the same of the same child share
 * it.
 */
#ifndef HEARTH_STORE_PERSONAL_H
#define HEARTH_STORE_PERSONAL_H

#include "store/record.h"

/* Numbers are part of the record: a new field goes to the end, of at most eight. */
enum personal_field {
	PERSONAL_BIRTH,
	PERSONAL_UPN,
	PERSONAL_MOTHER_BIRTH,
	PERSONAL_HOME,
	PERSONAL_PLACEMENT,
	PERSONAL_STATUS_END,
	PERSONAL_FIELDS,
};
enum { PERSONAL_NUMBERS = 8 };

#define SEALED_DATE "sealed_date"
#define SEALED_TEXT "sealed_text"
#define SEALED	    "sealed"

/* The field of that name ("birth") as `takes:` has it. */
bool personal_find(struct text name, enum personal_field *out_field) MUST_CHECK;

bool personal_is_date(enum personal_field field);

static inline enum personal_field personal_field_of(int64_t value)
{
	return (enum personal_field)(value % PERSONAL_NUMBERS);
}

/* A value that waits to be sealed: a text, or a day where `data` is NULL. */
struct personal_waiting {
	int64_t value;
	const char *data;
	size_t length;
	char day[4];
};

struct personal_queue {
	struct personal_waiting *waiting;
	size_t count, capacity;
};

struct personal_kept;
struct personal {
	struct arena *arena;
	struct personal_kept *kept[PERSONAL_FIELDS]; /* [child]: the last value of each */
	size_t room[PERSONAL_FIELDS];
	struct personal_queue dates, texts;
	int64_t first_entry; /* of the import whose rows come: values before it are not shared */
};

/* The number for a value of a row of `child`: that of the same value before, or a new one made of
 * `entry`. A text stays where it is until personal_write. `scratch` is what personal_write has. */
bool personal_number(struct personal *personal, struct arena *scratch, enum personal_field field,
	int64_t child, int64_t entry, const struct cell *cell, int64_t *out_value) MUST_CHECK;

/* Seals and stores what was numbered since the last call. */
bool personal_write(struct personal *personal, struct arena *scratch, struct store *store,
	struct error *error) MUST_CHECK;

#endif
