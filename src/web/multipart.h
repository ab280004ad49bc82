/* SPDX-License-Identifier: MIT */
/*
 * multipart/form-data (RFC 7578) read as it comes, in memory that does not grow with the body.
 *
 * The one rule: pieces may be cut anywhere; parts are given on in order, each as a head and any
 * number of pieces. The closing delimiter must come: multipart_end says whether it did.
 */
#ifndef HEARTH_WEB_MULTIPART_H
#define HEARTH_WEB_MULTIPART_H

#include "base/text.h"

enum {
	MULTIPART_BOUNDARY_LIMIT = 70, /* RFC 2046 */
	MULTIPART_HEAD_LIMIT = 4096,   /* bytes of the header lines of a part */
	MULTIPART_PARTS_LIMIT = 256,
};

/* A part's head; the texts live until the next part begins. */
struct multipart_part {
	struct text name;
	struct text file_name; /* {NULL, 0} when it is no file; the last part of a path only */
	struct text type;      /* Content-Type, "" when not given */
};

struct multipart;

/* Called for the head of a part (piece.data NULL), then for its bytes. False with the error stops.
 */
typedef bool multipart_take(
	void *context, const struct multipart_part *part, struct text piece, struct error *error);

/* `content_type` is the value of the request's Content-Type. ERROR_INPUT when it is not
 * multipart/form-data with a boundary. */
bool multipart_open(struct arena *arena, struct text content_type, multipart_take *take,
	void *context, struct multipart **out_multipart, struct error *error) MUST_CHECK;

/* Reads the next bytes of the body. ERROR_INPUT, ERROR_LIMIT, or what `take` said. */
bool multipart_read(struct multipart *multipart, struct text bytes, struct error *error) MUST_CHECK;

/* To be called at the end of the body: ERROR_INPUT when the closing delimiter was missing. */
bool multipart_end(struct multipart *multipart, struct error *error) MUST_CHECK;

#endif
