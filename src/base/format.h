/* SPDX-License-Identifier: MIT */
/* printf's formats for what pages are full of, words and whole numbers, at a fifth of its cost. */
#ifndef HEARTH_BASE_FORMAT_H
#define HEARTH_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf, with the same answer. Formats other than %% %c %s %.*s and d, u with or without l,
 * ll, z and a width with a leading zero are left to it. */
int format_words(char *out, size_t room, const char *format, va_list arguments)
	__attribute__((format(printf, 3, 0)));

/* As snprintf, by format_words. */
int format_into(char *out, size_t room, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
