/* SPDX-License-Identifier: MIT */
/*
 * The second factor: codes of an app (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds) and recovery
 * codes for the day the telephone is lost.
 *
 * The one rule: a code counts once. The secret is sealed in the vault, recovery codes are kept as
 * keyed hashes.
 */
#ifndef HEARTH_PEOPLE_SECOND_FACTOR_H
#define HEARTH_PEOPLE_SECOND_FACTOR_H

#include "people/account.h"

enum {
	FACTOR_SECRET_BYTES = 20,
	FACTOR_SECRET_TEXT_SIZE = 33, /* base32, to type where no picture can be taken */
	FACTOR_CODE_SIZE = 7,
	FACTOR_STEP_SECONDS = 30,
	FACTOR_DRIFT_STEPS = 1, /* accepted before and after */
	RECOVERY_CODES = 10,
	RECOVERY_CODE_SIZE = 12, /* "abcde-fghjk" */
};

/* What an app is given. */
struct factor_offer {
	unsigned char secret[FACTOR_SECRET_BYTES];
	char text[FACTOR_SECRET_TEXT_SIZE];
	const char *address; /* otpauth://totp/Hearth:login?... */
	const char *picture; /* the same as a QR code: an <svg>, without script or style */
};

/* A new secret, sealed as an offer to `account`; nothing changes for signing in until
 * factor_confirm. The same offer is given again until then. In the caller's transaction. */
bool factor_offer(struct store *store, struct arena *arena, const struct account *account,
	const struct actor *actor, struct factor_offer *out_offer, struct error *error) MUST_CHECK;

/* Takes the offer when `code` is right (*out_right): recovery codes are made and shown once. In the
 * caller's transaction, to be committed either way. */
bool factor_confirm(struct store *store, const struct actor *actor, int64_t account,
	struct text code, bool *out_right, char out_codes[RECOVERY_CODES][RECOVERY_CODE_SIZE],
	struct error *error) MUST_CHECK;

/* Whether the code of the app or a recovery code is right; either is used up. In the caller's
 * transaction, to be committed either way. */
bool factor_check(struct store *store, const struct actor *actor, int64_t account, struct text code,
	bool *out_right, struct error *error) MUST_CHECK;

/* Takes the second factor and its recovery codes away. */
bool factor_forget(struct store *store, const struct actor *actor, int64_t account,
	struct error *error) MUST_CHECK;

/* Recovery codes that are left. */
bool factor_codes_left(
	struct store *store, int64_t account, int64_t *out_left, struct error *error) MUST_CHECK;

/* The code of a secret at a step of 30 seconds (people/one_time.c, the door of liboath). */
bool one_time_code(const unsigned char *secret, size_t length, int64_t step, int digits,
	char *out_code, struct error *error) MUST_CHECK;
bool one_time_base32(struct arena *arena, const unsigned char *bytes, size_t length,
	const char **out_text, struct error *error) MUST_CHECK;

/* An <svg> with one path (people/qr_code.c, the door of libqrencode). `title` says what it is. */
bool qr_code_svg(struct arena *arena, const char *text, const char *title, const char **out_svg,
	struct error *error) MUST_CHECK;

#endif
