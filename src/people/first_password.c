/* SPDX-License-Identifier: MIT */
#include "people/first_password.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/crypto.h"

#define KEPT_MARK "first:"

enum { GROUP = 5 };

/* 32 letters: five bits each, none preferred. */
static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";

void random_groups(char *out_text, int groups)
{
	unsigned char bytes[64];
	int length = groups * (GROUP + 1) - 1;

	crypto_random(bytes, sizeof bytes);
	for (int i = 0; i < length; i++)
		out_text[i] = i % (GROUP + 1) == GROUP ? '-' : letters[bytes[i % 64] & 31];
	out_text[length] = 0;
	crypto_wipe(bytes, sizeof bytes);
}

void first_password_make(char out_password[FIRST_PASSWORD_SIZE])
{
	random_groups(out_password, FIRST_PASSWORD_SIZE / (GROUP + 1));
}

void first_password_keep(const struct vault *vault, int64_t account, struct text password,
	char out_kept[FIRST_PASSWORD_KEPT_SIZE])
{
	unsigned char index[VAULT_INDEX_BYTES];
	char purpose[64];
	size_t mark = strlen(KEPT_MARK);

	snprintf(purpose, sizeof purpose, "account.first_password %" PRId64, account);
	vault_index(vault, purpose, password, index);
	memcpy(out_kept, KEPT_MARK, mark);
	crypto_base64(index, sizeof index, out_kept + mark, FIRST_PASSWORD_KEPT_SIZE - mark);
}

bool first_password_is(struct text kept)
{
	return kept.length > strlen(KEPT_MARK) &&
	       memcmp(kept.data, KEPT_MARK, strlen(KEPT_MARK)) == 0;
}

bool first_password_matches(
	const struct vault *vault, int64_t account, struct text kept, struct text password)
{
	char should[FIRST_PASSWORD_KEPT_SIZE];

	first_password_keep(vault, account, password, should);
	return first_password_is(kept) && crypto_equal(kept, text_of(should));
}
