/* SPDX-License-Identifier: MIT */
/* SHA-256 of files and bytes, as lower-case hexadecimal. The door of libsodium. */
#ifndef HEARTH_BASE_SHA256_H
#define HEARTH_BASE_SHA256_H

#include "base/text.h"

enum { SHA256_TEXT_SIZE = 65 };

/* Returns out. */
char *sha256_text(struct text bytes, char out[SHA256_TEXT_SIZE]);

#endif
