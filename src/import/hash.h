/* SPDX-License-Identifier: MIT */
/*
 * A fast hash of bytes for the tables an import keeps in memory: rows seen, children named.
 *
 * The one rule: it only narrows the search; equality is always decided by comparing the bytes. The
 * seed differs from run to run, so that no file can be made to collide; nothing that leaves the
 * import depends on it. Construction: 128-bit products folded, after Wang Yi's wyhash (2019).
 */
#ifndef HEARTH_IMPORT_HASH_H
#define HEARTH_IMPORT_HASH_H

#include <stdint.h>
#include <string.h>

#include "base/text.h"

__extension__ typedef unsigned __int128 hash_product;

static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
	hash_product product = (hash_product)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t hash_eight(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
	return word;
}

static inline uint32_t hash_four(const char *at)
{
	uint32_t word;

	memcpy(&word, at, sizeof word);
	return word;
}

/* At most eight bytes as one number, so that equal numbers and lengths mean equal bytes. */
static inline uint64_t hash_word(struct text text)
{
	const char *at = text.data;
	size_t length = text.length;

	if (length == 8)
		return hash_eight(at);
	if (length >= 4)
		return hash_four(at) | (uint64_t)hash_four(at + length - 4) << 8 * (length - 4);
	if (length == 0)
		return 0;
	return (unsigned char)at[0] |
	       (uint64_t)(unsigned char)at[length >> 1] << 8 * (length >> 1) |
	       (uint64_t)(unsigned char)at[length - 1] << 8 * (length - 1);
}

static inline uint64_t hash_bytes(const char *at, size_t length, uint64_t seed)
{
	const uint64_t one = UINT64_C(0xa0761d6478bd642f), two = UINT64_C(0xe7037ed1a0b428db);
	uint64_t hash = seed ^ one, a = 0, b = 0;
	size_t left = length;

	for (; left > 16; left -= 16, at += 16)
		hash = hash_fold(hash_eight(at) ^ one, hash_eight(at + 8) ^ hash);
	if (left >= 8) {
		a = hash_eight(at);
		b = hash_eight(at + left - 8);
	} else if (left) {
		a = hash_word((struct text){at, left});
	}
	return hash_fold(two ^ length, hash_fold(a ^ two, b ^ hash));
}

static inline uint64_t hash_text(struct text text, uint64_t seed)
{
	return hash_bytes(text.data, text.length, seed);
}

#endif
