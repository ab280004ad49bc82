/* SPDX-License-Identifier: MIT */
/* %xx escapes and what is text for us. */
#ifndef HEARTH_WEB_PERCENT_H
#define HEARTH_WEB_PERCENT_H

#include "base/arena.h"
#include "base/text.h"

/* Decodes %xx, and + as a space when `plus`. ERROR_INPUT for an escape that is none. What has none
 * is given back as it is. */
bool percent_decode(struct arena *arena, struct text encoded, bool plus, struct text *out_decoded,
	struct error *error) MUST_CHECK;

/* Adds text with everything but letters, digits and -._~ as %XX. */
void percent_encode(struct buffer *out, struct text text);

/* Whether it is UTF-8 without control characters, but for tabs and line ends when `lines`. */
bool text_is_plain(struct text text, bool lines);

#endif
