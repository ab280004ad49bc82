/* SPDX-License-Identifier: MIT */
/*
 * Secrets: random bytes and tokens, keyed hashes, comparison in constant time. The door of
 * libsodium (with base/sha256.h).
 *
 * The one rule: what is compared with a secret is compared by crypto_equal, never by text_equal.
 */
#ifndef HEARTH_BASE_CRYPTO_H
#define HEARTH_BASE_CRYPTO_H

#include "base/error.h"
#include "base/text.h"

enum {
	CRYPTO_KEY_BYTES = 32,
	CRYPTO_MAC_BYTES = 32,
	CRYPTO_TOKEN_SIZE = 44, /* 43 characters and a zero: 256 random bits */
};

/* Makes the library ready; to be called once by every program before the others, at any time by any
 * thread again. ERROR_SYSTEM when the machine has no source of randomness. */
bool crypto_start(struct error *error) MUST_CHECK;

/* Fills with unpredictable bytes. */
void crypto_random(void *bytes, size_t length);

/* 256 random bits as base64url without padding. Returns out. */
char *crypto_token(char out[CRYPTO_TOKEN_SIZE]);

/* BLAKE2b of the message under a key of CRYPTO_KEY_BYTES. */
void crypto_mac(const unsigned char *key, struct text message, unsigned char *out_mac);

/* BLAKE2b of the message, CRYPTO_MAC_BYTES, without a key. */
void crypto_digest(struct text message, unsigned char *out_hash);

/* Whether both are the same; the time taken tells the lengths only. */
bool crypto_equal(struct text a, struct text b);

/* Overwrites a secret that is no longer needed. */
void crypto_wipe(void *bytes, size_t length);

/* base64url without padding: `out` takes (length * 4 + 2) / 3 + 1 bytes. Returns out. */
char *crypto_base64(const void *bytes, size_t length, char *out, size_t size);

/* The opposite; false unless it is exactly `length` bytes in their one spelling. */
bool crypto_base64_read(struct text text, void *out_bytes, size_t length);

#endif
