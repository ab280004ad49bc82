/* SPDX-License-Identifier: MIT */
/* Compressed answers. The door of zlib. */
#ifndef HEARTH_WEB_GZIP_H
#define HEARTH_WEB_GZIP_H

#include "base/arena.h"
#include "base/text.h"

enum {
	GZIP_AT_LEAST = 1024, /* shorter bodies are sent as they are */
	GZIP_FAST = 2,	      /* for what is made for one answer */
	GZIP_SMALL = 9,	      /* for what is kept */
};

/* The bytes in gzip format at zlib's level 1 to 9; {NULL, 0} when memory ran out or they would not
 * be shorter. */
struct text gzip_pack(struct arena *arena, struct text bytes, int level);

/* Whether the value of an Accept-Encoding header allows gzip (RFC 9110 section 12.5.3). */
bool gzip_is_accepted(struct text accept_encoding);

/* Whether bytes of this media type become shorter. */
bool gzip_is_worth_it(const char *content_type);

#endif
