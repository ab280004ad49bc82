/* SPDX-License-Identifier: MIT */
#include "web/form_token.h"

#include "base/crypto.h"

enum { TOKEN_SALT_BYTES = 8, TOKEN_HEAD_BYTES = 8 + TOKEN_SALT_BYTES, TOKEN_SESSION_LIMIT = 256 };

struct token_bytes {
	unsigned char head[TOKEN_HEAD_BYTES];
	unsigned char mac[CRYPTO_MAC_BYTES];
};

static void token_mac(const unsigned char *secret, struct text session,
	const unsigned char head[TOKEN_HEAD_BYTES], unsigned char *out_mac)
{
	char message[16 + TOKEN_HEAD_BYTES + TOKEN_SESSION_LIMIT] = "form token";

	memcpy(message + 16, head, TOKEN_HEAD_BYTES);
	memcpy(message + 16 + TOKEN_HEAD_BYTES, session.data, session.length);
	crypto_mac(secret, (struct text){message, 16 + TOKEN_HEAD_BYTES + session.length}, out_mac);
	crypto_wipe(message, sizeof message);
}

static bool token_has_session(struct text session)
{
	return session.length > 0 && session.length <= TOKEN_SESSION_LIMIT;
}

char *form_token_make(
	const unsigned char *secret, struct text session, int64_t now, char out[FORM_TOKEN_SIZE])
{
	struct token_bytes token;

	out[0] = '\0';
	if (!token_has_session(session))
		return out;
	for (int i = 0; i < 8; i++)
		token.head[i] = (unsigned char)((uint64_t)now >> (56 - 8 * i));
	crypto_random(token.head + 8, TOKEN_SALT_BYTES);
	token_mac(secret, session, token.head, token.mac);
	return crypto_base64(&token, sizeof token, out, FORM_TOKEN_SIZE);
}

bool form_token_is_good(
	const unsigned char *secret, struct text session, int64_t now, struct text token)
{
	struct token_bytes given;
	unsigned char mac[CRYPTO_MAC_BYTES];
	uint64_t made = 0;

	if (!token_has_session(session) || token.length != FORM_TOKEN_SIZE - 1 ||
		!crypto_base64_read(token, &given, sizeof given))
		return false;
	token_mac(secret, session, given.head, mac);
	if (!crypto_equal((struct text){(const char *)mac, sizeof mac},
		    (struct text){(const char *)given.mac, sizeof given.mac}))
		return false;
	for (int i = 0; i < 8; i++)
		made = made << 8 | given.head[i];
	return (int64_t)made <= now + 60 && now - (int64_t)made <= FORM_TOKEN_SECONDS;
}
