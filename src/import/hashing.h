/* SPDX-License-Identifier: MIT */
/*
 * SHA-256 of the files of an import, taken beside the other work.
 *
 * The one rule: with one thread to use there is no thread beside, and a hash is taken when it is
 * asked for.
 */
#ifndef HEARTH_IMPORT_HASHING_H
#define HEARTH_IMPORT_HASHING_H

#include "base/sha256.h"

#include "base/error.h"

struct hashing;

/* Starts with the first path; every one is taken in this order. */
bool hashing_open(struct hashing **out_hashing, struct arena *arena, const char *const *paths,
	size_t count, size_t limit, struct error *error) MUST_CHECK;

/* Whether the hash is there without waiting. */
bool hashing_is_ready(struct hashing *hashing, size_t number);

/* Waits for the hash of path `number`; empty for a file that cannot be read. */
void hashing_wait(struct hashing *hashing, size_t number, char out[SHA256_TEXT_SIZE]);

/* Stops after the file at hand. Accepts NULL. */
void hashing_close(struct hashing *hashing);

#endif
