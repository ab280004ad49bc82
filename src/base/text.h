/* SPDX-License-Identifier: MIT */
/*
 * Pieces of text that belong to somebody else, and a buffer that grows in an arena.
 *
 * The one rule: a `struct text` is a view (start and length, no closing zero); whoever made the
 * bytes keeps them alive.
 */
#ifndef HEARTH_BASE_TEXT_H
#define HEARTH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct text {
	const char *data;
	size_t length;
};

/* For string literals only. */
#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})

static inline struct text text_of(const char *string)
{
	return (struct text){string, string ? strlen(string) : 0};
}

static inline bool text_equal(struct text a, struct text b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool text_is(struct text text, const char *string)
{
	return text_equal(text, text_of(string));
}

/* The same without regard to ASCII letter case. */
bool text_same_letters(struct text a, struct text b);

/* Byte order, as memcmp: for sorting. */
int text_compare(struct text a, struct text b);

/* Without spaces, tabs, line ends and no-break spaces (UTF-8) at either end. */
struct text text_trim(struct text text);

/* Cuts the next piece up to `separator` off the front of *rest; false when nothing is left. */
bool text_split(struct text *rest, char separator, struct text *out_piece);

/* A whole number in decimal digits with an optional minus; false when it is anything else or does
 * not fit. */
bool text_integer(struct text text, int64_t *out_number);

/* A decimal number (digits, optional minus, optional point and digits); no exponent, inf or nan. */
bool text_number(struct text text, double *out_number);

/* 64-bit hash of the bytes (FNV-1a with a final mix): for tables in memory, not for secrets. */
uint64_t text_hash(struct text text);

/* Whether the bytes are well-formed UTF-8. */
bool text_is_utf8(struct text text);

/* A growing buffer. After memory ran out it stays `failed`, drops what is added, and buffer_text
 * gives what it had: check `failed` once, at the end. */
struct buffer {
	struct arena *arena;
	char *data;
	size_t length;
	size_t capacity;
	bool failed;
};

static inline struct buffer buffer_in(struct arena *arena)
{
	return (struct buffer){.arena = arena};
}

/* Makes room for so many bytes more, which saves moving what is there; false when there is none. */
bool buffer_room(struct buffer *buffer, size_t bytes);

void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_text(struct buffer *buffer, struct text text);
void buffer_string(struct buffer *buffer, const char *string);
void buffer_char(struct buffer *buffer, char character);
void buffer_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* What is in it, with a closing zero byte after it; valid until the next addition. */
const char *buffer_cstring(struct buffer *buffer);

#endif
