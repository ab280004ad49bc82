/* SPDX-License-Identifier: MIT */
#include "base/sha256.h"

#include <sodium.h>

char *sha256_text(struct text bytes, char out[SHA256_TEXT_SIZE])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)bytes.data, bytes.length);
	sodium_bin2hex(out, SHA256_TEXT_SIZE, digest, sizeof digest);
	return out;
}

char *sha256_base64(struct text bytes, char out[SHA256_BASE64_SIZE])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)bytes.data, bytes.length);
	sodium_bin2base64(out, SHA256_BASE64_SIZE, digest, sizeof digest,
		sodium_base64_VARIANT_ORIGINAL);
	return out;
}
