/* SPDX-License-Identifier: MIT */
/* What a vault is; for store/ only. */
#ifndef HEARTH_STORE_VAULT_KEYS_H
#define HEARTH_STORE_VAULT_KEYS_H

#include "base/seal.h"
#include "store/vault.h"

enum { VAULT_NONCES = 64 }; /* random bytes are asked of the system so many at a time */

/* All are made from the key of the file: nothing but them is kept in memory. */
struct vault_key {
	int64_t number; /* 1 to 255 */
	unsigned char seal[SEAL_KEY_BYTES], index[SEAL_KEY_BYTES], backup[SEAL_KEY_BYTES];
};

struct vault {
	struct vault_key keys[VAULT_KEYS_MOST];
	size_t count;
	const struct vault_key *used; /* NULL: nothing is sealed in the record yet */
	unsigned char nonces[VAULT_NONCES * SEAL_NONCE_BYTES];
	size_t nonces_left;
};

/* A place as associated data: "table|column|" and the row's number, least byte first. */
enum { VAULT_PLACE_LONGEST = 128 };
struct text vault_place_bytes(struct vault_place place, char out_bytes[VAULT_PLACE_LONGEST]);

/* NULL when it is not among those of the file. */
const struct vault_key *vault_find_key(const struct vault *vault, int64_t number);

#endif
