/* SPDX-License-Identifier: MIT */
/*
 * Many values sealed or opened at once; for store/ only.
 *
 * The one rule: what comes out is what vault_seal makes and vault_open takes.
 */
#ifndef HEARTH_STORE_VAULT_BATCH_H
#define HEARTH_STORE_VAULT_BATCH_H

#include "store/vault_keys.h"

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
