/* SPDX-License-Identifier: MIT */
/*
 * A long secret in pieces: XChaCha20-Poly1305 in libsodium's stream construction, which notices a
 * piece that was changed, moved, repeated or left out, and an end that was cut off. Made in
 * base/crypto.c, the door of libsodium.
 *
 * The one rule: a stream is whole only when its last piece was opened with *out_last true.
 */
#ifndef HEARTH_BASE_STREAM_SEAL_H
#define HEARTH_BASE_STREAM_SEAL_H

#include "base/text.h"

enum { STREAM_SEAL_HEADER_BYTES = 24, STREAM_SEAL_EXTRA = 17, PASSPHRASE_SALT_BYTES = 16 };

/* The library's state, so that its header stays behind its door. */
struct stream_seal {
	_Alignas(16) unsigned char state[64];
};

/* Begins a stream under a key of CRYPTO_KEY_BYTES; the header belongs before the first piece. */
void stream_seal_begin(
	struct stream_seal *stream, const unsigned char *key, unsigned char *out_header);

/* Seals the next piece into value.length + STREAM_SEAL_EXTRA bytes; `place` is vouched for too. */
void stream_seal_piece(struct stream_seal *stream, struct text place, struct text value, bool last,
	unsigned char *out_sealed);

bool stream_open_begin(
	struct stream_seal *stream, const unsigned char *key, const unsigned char *header);

/* Opens the next piece into sealed.length - STREAM_SEAL_EXTRA bytes; false when it is not what was
 * sealed as that piece. */
bool stream_open_piece(struct stream_seal *stream, struct text place, struct text sealed,
	unsigned char *out_value, bool *out_last);

/* A key of CRYPTO_KEY_BYTES from a passphrase by Argon2id (RFC 9106): so many passes over so many
 * bytes. False when there is not so much memory. */
bool passphrase_key(struct text passphrase, const unsigned char *salt, unsigned passes,
	size_t memory, unsigned char *out_key);

#endif
