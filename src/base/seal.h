/* SPDX-License-Identifier: MIT */
/* XChaCha20-Poly1305 (RFC 8439 with the longer nonce); made in base/crypto.c, the door of
 * libsodium.
 *
 * The one rule: a nonce is never used twice with one key; 24 random bytes are a new one. */
#ifndef HEARTH_BASE_SEAL_H
#define HEARTH_BASE_SEAL_H

#include "base/text.h"

enum { SEAL_KEY_BYTES = 32, SEAL_NONCE_BYTES = 24, SEAL_TAG_BYTES = 16 };

/* Seals `value` for `place` (associated data) into value.length + SEAL_TAG_BYTES bytes. */
void seal_close(const unsigned char *key, const unsigned char *nonce, struct text place,
	struct text value, unsigned char *out_sealed);

/* Opens into sealed.length - SEAL_TAG_BYTES bytes; false when anything was changed. */
bool seal_open(const unsigned char *key, const unsigned char *nonce, struct text place,
	struct text sealed, unsigned char *out_value);

/* What a key becomes under the first SEAL_PART_BYTES of a nonce: of many values whose nonces begin
 * alike it is to be made once only. */
enum { SEAL_PART_BYTES = 16 };
void seal_part(const unsigned char *key, const unsigned char *nonce,
	unsigned char out_part[SEAL_KEY_BYTES]);

/* As seal_close with the key that `part` was made of. */
void seal_close_part(const unsigned char *part, const unsigned char *nonce, struct text place,
	struct text value, unsigned char *out_sealed);
bool seal_open_part(const unsigned char *part, const unsigned char *nonce, struct text place,
	struct text sealed, unsigned char *out_value);

#endif
