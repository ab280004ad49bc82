/* SPDX-License-Identifier: MIT */
/*
 * Writes JSON, a value after another; commas and nesting look after themselves.
 *
 * The one rule: inside an object every value is preceded by json_key. Numbers are written so that
 * they read back to the same double; NAN and infinities are null.
 */
#ifndef HEARTH_BASE_JSON_H
#define HEARTH_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct json {
	struct buffer *out;
	bool comma; /* a comma is due before the next value */
};

static inline struct json json_in(struct buffer *out)
{
	return (struct json){.out = out};
}

void json_object_open(struct json *json);
void json_object_close(struct json *json);
void json_array_open(struct json *json);
void json_array_close(struct json *json);
void json_key(struct json *json, const char *key);
void json_text(struct json *json, struct text text); /* bytes that are not UTF-8 become U+FFFD */
void json_string(struct json *json, const char *string); /* NULL is null */
void json_integer(struct json *json, int64_t number);
void json_number(struct json *json, double number);
void json_boolean(struct json *json, bool value);
void json_null(struct json *json);

enum { JSON_NUMBER_SIZE = 32 };

/* The shortest of %.15g, %.16g and %.17g that reads back to `number`. Returns out. */
char *json_number_text(double number, char out[JSON_NUMBER_SIZE]);

#endif
