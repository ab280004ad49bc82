/* SPDX-License-Identifier: MIT */
#include "base/crypto.h"

#include "base/password_hash.h"
#include "base/seal.h"
#include "base/sha256.h"
#include "base/stream_seal.h"

#include <assert.h>
#include <sodium.h>

static_assert(CRYPTO_KEY_BYTES == crypto_generichash_KEYBYTES, "the key's length is the library's");
static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "as the library's");
static_assert(SEAL_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "as the library's");
static_assert(SEAL_PART_BYTES == crypto_core_hchacha20_INPUTBYTES, "as the library's");
static_assert(SEAL_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES, "as the library's");
static_assert(STREAM_SEAL_HEADER_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	"as the library's");
static_assert(
	STREAM_SEAL_EXTRA == crypto_secretstream_xchacha20poly1305_ABYTES, "as the library's");
static_assert(sizeof(struct stream_seal) >= sizeof(crypto_secretstream_xchacha20poly1305_state),
	"the library's state fits");
static_assert(PASSPHRASE_SALT_BYTES == crypto_pwhash_SALTBYTES, "as the library's");
static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_argon2id_STRBYTES, "as the library's");
static_assert(CRYPTO_MAC_BYTES == crypto_generichash_BYTES, "the hash's length is the library's");

bool crypto_start(struct error *error)
{
	if (sodium_init() < 0)
		return error_set(error, ERROR_SYSTEM,
			"this machine gives no random numbers: secrets cannot be made");
	return true;
}

void crypto_random(void *bytes, size_t length)
{
	randombytes_buf(bytes, length);
}

char *crypto_token(char out[CRYPTO_TOKEN_SIZE])
{
	unsigned char bytes[32];

	randombytes_buf(bytes, sizeof bytes);
	crypto_base64(bytes, sizeof bytes, out, CRYPTO_TOKEN_SIZE);
	sodium_memzero(bytes, sizeof bytes);
	return out;
}

void crypto_mac(const unsigned char *key, struct text message, unsigned char *out_mac)
{
	crypto_generichash(out_mac, CRYPTO_MAC_BYTES, (const unsigned char *)message.data,
		message.length, key, CRYPTO_KEY_BYTES);
}

void crypto_digest(struct text message, unsigned char *out_hash)
{
	crypto_generichash(out_hash, CRYPTO_MAC_BYTES, (const unsigned char *)message.data,
		message.length, NULL, 0);
}

bool crypto_equal(struct text a, struct text b)
{
	return a.length == b.length &&
	       (a.length == 0 || sodium_memcmp(a.data, b.data, a.length) == 0);
}

void crypto_wipe(void *bytes, size_t length)
{
	sodium_memzero(bytes, length);
}

char *crypto_base64(const void *bytes, size_t length, char *out, size_t size)
{
	return sodium_bin2base64(
		out, size, bytes, length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool crypto_base64_read(struct text text, void *out_bytes, size_t length)
{
	size_t got;

	return sodium_base642bin(out_bytes, length, text.data, text.length, NULL, &got, NULL,
		       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       got == length;
}

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
	sodium_bin2base64(
		out, SHA256_BASE64_SIZE, digest, sizeof digest, sodium_base64_VARIANT_ORIGINAL);
	return out;
}

void seal_close(const unsigned char *key, const unsigned char *nonce, struct text place,
	struct text value, unsigned char *out_sealed)
{
	crypto_aead_xchacha20poly1305_ietf_encrypt(out_sealed, NULL,
		(const unsigned char *)value.data, value.length, (const unsigned char *)place.data,
		place.length, NULL, nonce, key);
}

bool seal_open(const unsigned char *key, const unsigned char *nonce, struct text place,
	struct text sealed, unsigned char *out_value)
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt(out_value, NULL, NULL,
		       (const unsigned char *)sealed.data, sealed.length,
		       (const unsigned char *)place.data, place.length, nonce, key) == 0;
}

/* XChaCha20-Poly1305 is ChaCha20-Poly1305 of RFC 8439 with a key made of the key and the first 16
 * bytes of the nonce, and four zeros before its other 8 (draft-irtf-cfrg-xchacha, 2.3). */
void seal_part(const unsigned char *key, const unsigned char *nonce,
	unsigned char out_part[SEAL_KEY_BYTES])
{
	crypto_core_hchacha20(out_part, nonce, key, NULL);
}

static void rest_of_nonce(const unsigned char *nonce,
	unsigned char out_rest[crypto_aead_chacha20poly1305_ietf_NPUBBYTES])
{
	memset(out_rest, 0, 4);
	memcpy(out_rest + 4, nonce + SEAL_PART_BYTES, 8);
}

void seal_close_part(const unsigned char *part, const unsigned char *nonce, struct text place,
	struct text value, unsigned char *out_sealed)
{
	unsigned char rest[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

	rest_of_nonce(nonce, rest);
	crypto_aead_chacha20poly1305_ietf_encrypt(out_sealed, NULL,
		(const unsigned char *)value.data, value.length, (const unsigned char *)place.data,
		place.length, NULL, rest, part);
}

bool seal_open_part(const unsigned char *part, const unsigned char *nonce, struct text place,
	struct text sealed, unsigned char *out_value)
{
	unsigned char rest[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

	rest_of_nonce(nonce, rest);
	return crypto_aead_chacha20poly1305_ietf_decrypt(out_value, NULL, NULL,
		       (const unsigned char *)sealed.data, sealed.length,
		       (const unsigned char *)place.data, place.length, rest, part) == 0;
}

bool password_hash_make(struct text password, char out_hash[PASSWORD_HASH_SIZE])
{
	return crypto_pwhash_argon2id_str(out_hash, password.data, password.length,
		       PASSWORD_HASH_PASSES, PASSWORD_HASH_MEMORY) == 0;
}

bool password_hash_matches(const char *hash, struct text password)
{
	return crypto_pwhash_argon2id_str_verify(hash, password.data, password.length) == 0;
}

static crypto_secretstream_xchacha20poly1305_state *state_of(struct stream_seal *stream)
{
	return (crypto_secretstream_xchacha20poly1305_state *)(void *)stream->state;
}

void stream_seal_begin(
	struct stream_seal *stream, const unsigned char *key, unsigned char *out_header)
{
	crypto_secretstream_xchacha20poly1305_init_push(state_of(stream), out_header, key);
}

void stream_seal_piece(struct stream_seal *stream, struct text place, struct text value, bool last,
	unsigned char *out_sealed)
{
	crypto_secretstream_xchacha20poly1305_push(state_of(stream), out_sealed, NULL,
		(const unsigned char *)value.data, value.length, (const unsigned char *)place.data,
		place.length, last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
}

bool stream_open_begin(
	struct stream_seal *stream, const unsigned char *key, const unsigned char *header)
{
	return crypto_secretstream_xchacha20poly1305_init_pull(state_of(stream), header, key) == 0;
}

bool stream_open_piece(struct stream_seal *stream, struct text place, struct text sealed,
	unsigned char *out_value, bool *out_last)
{
	unsigned char tag = 0;

	if (sealed.length < STREAM_SEAL_EXTRA ||
		crypto_secretstream_xchacha20poly1305_pull(state_of(stream), out_value, NULL, &tag,
			(const unsigned char *)sealed.data, sealed.length,
			(const unsigned char *)place.data, place.length) != 0)
		return false;
	*out_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	return true;
}

bool passphrase_key(struct text passphrase, const unsigned char *salt, unsigned passes,
	size_t memory, unsigned char *out_key)
{
	return crypto_pwhash(out_key, CRYPTO_KEY_BYTES, passphrase.data, passphrase.length, salt,
		       passes, memory, crypto_pwhash_ALG_ARGON2ID13) == 0;
}
