/* SPDX-License-Identifier: MIT */
/*
 * Many values sealed or opened at once; for store/ only.
 *
 * The one rule: a batch belongs to one thread; the vault it is of is not changed by it, so that
 * several threads may each have one. What comes out is what vault_seal makes and vault_open takes.
 */
#ifndef HEARTH_STORE_VAULT_BATCH_H
#define HEARTH_STORE_VAULT_BATCH_H

#include "store/vault_keys.h"

/* Values of one batch have nonces that begin alike, with 16 random bytes, and are counted after
 * them: the key for that beginning is made once. */
struct vault_batch {
	const struct vault *vault;
	int64_t number; /* of the key that `part` is made of; 0: none yet */
	unsigned char part[SEAL_KEY_BYTES];
	unsigned char nonce[SEAL_NONCE_BYTES];
	uint64_t count;
};

/* To seal with the key in use. */
void vault_batch_begin(struct vault_batch *out_batch, const struct vault *vault);
struct text vault_batch_seal(
	struct vault_batch *batch, struct vault_place place, struct text value, char *out_sealed);

/* To open, as vault_open. */
void vault_batch_read(struct vault_batch *out_batch, const struct vault *vault);
bool vault_batch_open(struct vault_batch *batch, struct vault_place place, struct text sealed,
	char *out_value, struct text *out_text, struct error *error) MUST_CHECK;

/* Forgets its key. */
void vault_batch_end(struct vault_batch *batch);

/* Values side by side: sealed (or opened) ones of `bytes` lie at places that only their lengths
 * decide, so that threads can fill them. */
struct vault_value {
	int64_t row;
	struct text value; /* [in] clear or sealed; [out] the other */
};
/* Seals all of `values` for `table`.`column` and their rows, on all threads; where they are then is
 * in `arena`. */
bool vault_seal_all(const struct vault *vault, struct arena *arena, const char *table,
	const char *column, struct vault_value *values, size_t count,
	struct error *error) MUST_CHECK;
/* The opposite; what does not open is ERROR_INPUT. Empty ones stay empty. */
bool vault_open_all(const struct vault *vault, struct arena *arena, const char *table,
	const char *column, struct vault_value *values, size_t count,
	struct error *error) MUST_CHECK;

#endif
