/* SPDX-License-Identifier: MIT */
/* The head of a sealed file and the key it speaks of. Within store/. */
#ifndef HEARTH_STORE_SEALED_KEYS_H
#define HEARTH_STORE_SEALED_KEYS_H

#include "base/crypto.h"
#include "store/sealed_file.h"

enum { SEALED_BY_RECORD_KEY = 1, SEALED_BY_PASSPHRASE = 2, SEALED_CHECK_BYTES = 16 };

struct sealed_head {
	int form, made_from;
	int64_t key_number;
	uint32_t passes;
	uint64_t memory; /* bytes */
	unsigned char salt[PASSPHRASE_SALT_BYTES];
	unsigned char check[SEALED_CHECK_BYTES];
	unsigned char stream[STREAM_SEAL_HEADER_BYTES];
};

void sealed_head_write(const struct sealed_head *head, unsigned char out_bytes[SEALED_HEAD_BYTES]);
/* ERROR_INPUT when it is none. */
bool sealed_head_read(struct sealed_head *out_head, const unsigned char *bytes, const char *path,
	struct error *error) MUST_CHECK;

/* A head for a new file, without `stream`, and its key. */
bool sealed_head_make(struct sealed_head *out_head, struct arena *arena,
	const struct sealed_keys *keys, int64_t key_number, unsigned char *out_key,
	struct error *error) MUST_CHECK;

/* The key of a file that is there; ERROR_INPUT when what `keys` names is not it. */
bool sealed_head_key(const struct sealed_head *head, struct arena *arena,
	const struct sealed_keys *keys, const char *path, unsigned char *out_key,
	struct error *error) MUST_CHECK;

#endif
