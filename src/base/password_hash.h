/* SPDX-License-Identifier: MIT */
/* Argon2id; made in base/crypto.c, the door of libsodium. Each call takes a tenth of a second and
 * PASSWORD_HASH_MEMORY: who calls it often holds back (people/password.h). */
#ifndef HEARTH_BASE_PASSWORD_HASH_H
#define HEARTH_BASE_PASSWORD_HASH_H

#include "base/text.h"

/* More than OWASP ASVS 5.0 appendix C asks for (46 MiB, 1 pass). */
enum { PASSWORD_HASH_SIZE = 128, PASSWORD_HASH_PASSES = 2, PASSWORD_HASH_MEMORY = 64 << 20 };

/* With a salt of its own, as text. False when memory ran out. */
bool password_hash_make(struct text password, char out_hash[PASSWORD_HASH_SIZE]);

/* False too when memory ran out. */
bool password_hash_matches(const char *hash, struct text password);

#endif
