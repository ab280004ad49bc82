/* SPDX-License-Identifier: MIT */
/* SHA-256 of files and bytes; made in base/crypto.c, the door of libsodium. */
#ifndef HEARTH_BASE_SHA256_H
#define HEARTH_BASE_SHA256_H

#include "base/text.h"

enum { SHA256_TEXT_SIZE = 65, SHA256_BASE64_SIZE = 45 };

/* As lower-case hexadecimal. Returns out. */
char *sha256_text(struct text bytes, char out[SHA256_TEXT_SIZE]);

/* As base64 with padding, as Content-Security-Policy names a script. Returns out. */
char *sha256_base64(struct text bytes, char out[SHA256_BASE64_SIZE]);

#endif
