/* SPDX-License-Identifier: MIT */
/*
 * What the bytes of a text file are, and the same text as UTF-8.
 *
 * The one rule: UTF-8 where the whole file is well-formed UTF-8, else Windows-1252; UTF-16 only
 * where a byte order mark says so. The mark is no part of the text.
 */
#ifndef HEARTH_IMPORT_ENCODING_H
#define HEARTH_IMPORT_ENCODING_H

#include "base/text.h"

enum encoding { ENCODING_UTF8, ENCODING_WINDOWS_1252, ENCODING_UTF16_LITTLE, ENCODING_UTF16_BIG };

struct encoding_survey {
	bool surveyed;
	enum encoding encoding;
	size_t mark;  /* bytes of the byte order mark */
	size_t lines; /* line ends (LF and CR) that do not follow another at once */
	bool quotes;  /* there is a quotation mark */
	bool nul;     /* there is a zero byte (in UTF-16: not surveyed, false) */
};

/* Looks at every byte once, on all threads. */
struct encoding_survey encoding_survey(struct text bytes);

/* The text: a view of `bytes` when it is UTF-8 already, else a copy. What Windows-1252 or UTF-16 do
 * not define becomes U+FFFD. After UTF-16 *survey tells about the copy. */
bool encoding_text(struct text *out_text, struct arena *arena, struct text bytes,
	struct encoding_survey *survey, struct error *error) MUST_CHECK;

#endif
