/* SPDX-License-Identifier: MIT */
/*
 * The token a form carries to show that a page of this site, in this session, made it.
 *
 * The one rule: a token is good for one session only, and differs every time it is written, so that
 * its length in a compressed page tells nothing.
 *
 * It is base64url of: seconds since 1970 (8 bytes), a salt (8), and BLAKE2b of both and the
 * session's secret under the server's secret (32).
 */
#ifndef HEARTH_WEB_FORM_TOKEN_H
#define HEARTH_WEB_FORM_TOKEN_H

#include "base/text.h"

enum {
	FORM_TOKEN_SIZE = 65,
	FORM_TOKEN_SECONDS = 24 * 60 * 60, /* a form may stay open for a day */
};

/* Writes a token made at `now`. Returns out. */
char *form_token_make(
	const unsigned char *secret, struct text session, int64_t now, char out[FORM_TOKEN_SIZE]);

/* Whether it is one of this session and not too old. A session without a secret has none. */
bool form_token_is_good(
	const unsigned char *secret, struct text session, int64_t now, struct text token);

#endif
