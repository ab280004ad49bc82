/* SPDX-License-Identifier: MIT */
/*
 * The named values of a query or a form.
 *
 * The one rule: names and values are valid UTF-8 without control characters but tab and line ends;
 * input that is not is refused as a whole. A getter of one value refuses a name that came twice.
 */
#ifndef HEARTH_WEB_FIELDS_H
#define HEARTH_WEB_FIELDS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

enum { FIELDS_LIMIT = 512 };

struct field {
	struct text name, value;
};

struct fields {
	struct field *field; /* in the order they came */
	size_t count, capacity;
};

/* Decodes name=value&name=value (application/x-www-form-urlencoded: + is a space, %xx a byte) and
 * adds the fields. ERROR_INPUT for a bad escape, bytes that are not text; ERROR_LIMIT for more than
 * FIELDS_LIMIT. */
bool fields_decode(struct arena *arena, struct text encoded, struct fields *fields,
	struct error *error) MUST_CHECK;

/* Adds one field; the same refusals. Copies nothing. */
bool fields_add(struct arena *arena, struct fields *fields, struct text name, struct text value,
	struct error *error) MUST_CHECK;

/* How often the name came. */
size_t fields_count(const struct fields *fields, const char *name);

/* The value of a name that came exactly once, else {NULL, 0}; an empty value has data. */
struct text fields_get(const struct fields *fields, const char *name);

/* The value that came `index`th for the name, {NULL, 0} past the last. */
struct text fields_at(const struct fields *fields, const char *name, size_t index);

/* The same as numbers and days; false when absent, twice, or anything else than that. */
bool fields_integer(const struct fields *fields, const char *name, int64_t *out_number);
bool fields_date(const struct fields *fields, const char *name, int32_t *out_days);

/* Whether there are only fields of these names, each at most once: for forms that change something.
 * `names` ends in NULL. */
bool fields_only(const struct fields *fields, const char *const *names);

#endif
