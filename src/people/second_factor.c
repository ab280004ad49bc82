/* SPDX-License-Identifier: MIT */
#include "people/second_factor.h"

#include "base/crypto.h"
#include "people/first_password.h"
#include "people/read.h"

enum { RECOVERY_LETTERS = 10 };

struct factor {
	unsigned char secret[FACTOR_SECRET_BYTES], offer[FACTOR_SECRET_BYTES];
	bool has_secret, has_offer;
	int64_t step; /* the last one whose code was used */
};

static struct vault_place place_of(const char *column, int64_t account)
{
	return (struct vault_place){"account_factor", column, account};
}

static bool open_secret(const struct vault *vault, struct vault_place place, struct text sealed,
	unsigned char *out_secret, bool *out_has, struct error *error)
{
	struct text secret;

	*out_has = sealed.length > 0;
	if (!*out_has)
		return true;
	if (sealed.length != FACTOR_SECRET_BYTES + VAULT_EXTRA)
		return error_set(error, ERROR_INPUT, "a secret is damaged");
	return vault_open(vault, place, sealed, (char *)out_secret, &secret, error);
}

static bool read_factor(
	struct store *store, int64_t account, struct factor *out_factor, struct error *error)
{
	const struct vault *vault = store_vault(store);
	struct store_cursor *cursor;
	struct factor factor = {0};
	bool row, done = true;

	if (!store_query(store, "factor_read", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account);
	if (!store_next(cursor, &row, error))
		return false;
	if (row) {
		done = open_secret(vault, place_of("secret", account), store_text(cursor, 0),
			       factor.secret, &factor.has_secret, error) &&
		       open_secret(vault, place_of("offer", account), store_text(cursor, 1),
			       factor.offer, &factor.has_offer, error);
		factor.step = store_integer(cursor, 2);
		store_rewind(cursor);
	}
	*out_factor = factor;
	crypto_wipe(&factor, sizeof factor);
	return done;
}

/* Keeps a secret in a column; the statement takes the account, the secret and, where it is not
 * negative, the step. */
static bool keep_secret(struct store *store, const char *query, const char *column, int64_t account,
	const unsigned char *secret, int64_t step, struct error *error)
{
	char sealed[FACTOR_SECRET_BYTES + VAULT_EXTRA];
	struct store_cursor *cursor;

	if (!store_query(store, query, &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account);
	store_bind_bytes(cursor, 2,
		vault_seal(store_vault(store), place_of(column, account),
			(struct text){(const char *)secret, FACTOR_SECRET_BYTES}, sealed));
	if (step >= 0)
		store_bind_integer(cursor, 3, step);
	return store_run(cursor, error);
}

static bool new_offer(
	struct store *store, int64_t account, struct factor *factor, struct error *error)
{
	crypto_random(factor->offer, sizeof factor->offer);
	factor->has_offer = true;
	return RUN_NUMBERS(store, "factor_add", error, account) &&
	       keep_secret(store, "factor_set_offer", "offer", account, factor->offer, -1, error);
}

bool factor_offer(struct store *store, struct arena *arena, const struct account *account,
	const struct actor *actor, struct factor_offer *out_offer, struct error *error)
{
	struct factor factor;
	const char *text;
	bool fresh;

	if (!read_factor(store, account->id, &factor, error))
		return false;
	fresh = !factor.has_offer;
	if (fresh &&
		(!new_offer(store, account->id, &factor, error) ||
			!audit_account(store, actor, "factor.offer", account->id, "factor", error)))
		return false;
	if (!one_time_base32(arena, factor.offer, sizeof factor.offer, &text, error))
		return false;
	memcpy(out_offer->secret, factor.offer, sizeof factor.offer);
	memcpy(out_offer->text, text, FACTOR_SECRET_TEXT_SIZE);
	crypto_wipe(&factor, sizeof factor);
	/* a login name has no letter that an address would have to escape but @ */
	out_offer->address =
		arena_format(arena, "otpauth://totp/Hearth:%.*s?secret=%s&issuer=Hearth",
			(int)account->login.length, account->login.data, text);
	return out_offer->address ? qr_code_svg(arena, out_offer->address,
					    "QR code to set up the codes of an app",
					    &out_offer->picture, error)
				  : error_no_memory(error);
}

/* The step whose code it is, among those near now and after `last`; -1 for none. All are looked at,
 * so that the time tells nothing. */
static bool find_step(const unsigned char *secret, int64_t last, int64_t now, struct text code,
	int64_t *out_step, struct error *error)
{
	int64_t present = now / FACTOR_STEP_SECONDS;
	char right[FACTOR_CODE_SIZE];

	*out_step = -1;
	for (int64_t step = present - FACTOR_DRIFT_STEPS; step <= present + FACTOR_DRIFT_STEPS;
		step++) {
		if (!one_time_code(
			    secret, FACTOR_SECRET_BYTES, step, FACTOR_CODE_SIZE - 1, right, error))
			return false;
		if (crypto_equal(code, text_of(right)) && step > last)
			*out_step = step;
	}
	return true;
}

/* What a person types: letters of either case, spaces and dashes anywhere. */
static struct text plain_code(struct text code, char out_code[RECOVERY_LETTERS])
{
	size_t length = 0;

	for (size_t i = 0; i < code.length; i++) {
		char letter = code.data[i];

		if (letter == ' ' || letter == '-')
			continue;
		if (length == RECOVERY_LETTERS)
			return (struct text){0};
		out_code[length++] =
			(char)(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
	}
	return (struct text){out_code, length};
}

static bool run_recovery(struct store *store, const char *query, int64_t account, struct text plain,
	bool *out_row, struct error *error)
{
	unsigned char digest[VAULT_INDEX_BYTES];
	struct store_cursor *cursor;

	if (!store_query(store, query, &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account);
	store_bind_bytes(
		cursor, 2, vault_index(store_vault(store), "recovery_code.digest", plain, digest));
	if (!store_next(cursor, out_row, error))
		return false;
	store_rewind(cursor);
	return true;
}

static bool make_recovery(struct store *store, int64_t account,
	char out_codes[RECOVERY_CODES][RECOVERY_CODE_SIZE], struct error *error)
{
	char plain[RECOVERY_LETTERS];
	bool row;

	if (!RUN_NUMBERS(store, "recovery_clear", error, account))
		return false;
	for (int i = 0; i < RECOVERY_CODES; i++) {
		random_groups(out_codes[i], 2);
		if (!run_recovery(store, "recovery_add", account,
			    plain_code(text_of(out_codes[i]), plain), &row, error))
			return false;
	}
	return true;
}

bool factor_confirm(struct store *store, const struct actor *actor, int64_t account,
	struct text code, bool *out_right, char out_codes[RECOVERY_CODES][RECOVERY_CODE_SIZE],
	struct error *error)
{
	char plain[RECOVERY_LETTERS];
	struct factor factor;
	int64_t step = -1;
	bool done;

	*out_right = false;
	if (!read_factor(store, account, &factor, error))
		return false;
	if (!factor.has_offer)
		return error_set(error, ERROR_CONFLICT, "no second factor was offered");
	if (!find_step(factor.offer, 0, actor->now, plain_code(code, plain), &step, error))
		return false;
	*out_right = step >= 0;
	if (!*out_right)
		return audit_account(store, actor, "factor.wrong", account, "factor", error);
	done = keep_secret(
		       store, "factor_set_secret", "secret", account, factor.offer, step, error) &&
	       make_recovery(store, account, out_codes, error) &&
	       audit_account(store, actor, "factor.set", account, "factor", error);
	crypto_wipe(&factor, sizeof factor);
	return done;
}

static bool use_recovery(struct store *store, const struct actor *actor, int64_t account,
	struct text plain, bool *out_right, struct error *error)
{
	bool row;

	*out_right = false;
	if (plain.length != RECOVERY_LETTERS)
		return true;
	if (!run_recovery(store, "recovery_find", account, plain, out_right, error))
		return false;
	return !*out_right ||
	       (run_recovery(store, "recovery_use", account, plain, &row, error) &&
		       audit_account(store, actor, "recovery.use", account, "factor", error));
}

bool factor_check(struct store *store, const struct actor *actor, int64_t account, struct text code,
	bool *out_right, struct error *error)
{
	char letters[RECOVERY_LETTERS];
	struct text plain = plain_code(code, letters);
	struct factor factor;
	int64_t step;

	*out_right = false;
	if (!read_factor(store, account, &factor, error))
		return false;
	if (!factor.has_secret)
		return true;
	if (!find_step(factor.secret, factor.step, actor->now, plain, &step, error))
		return false;
	crypto_wipe(&factor, sizeof factor);
	if (step < 0)
		return use_recovery(store, actor, account, plain, out_right, error);
	*out_right = true;
	return RUN_NUMBERS(store, "factor_set_step", error, account, step);
}

bool factor_forget(
	struct store *store, const struct actor *actor, int64_t account, struct error *error)
{
	return RUN_NUMBERS(store, "factor_clear", error, account) &&
	       RUN_NUMBERS(store, "recovery_clear", error, account) &&
	       audit_account(store, actor, "factor.forget", account, "factor", error);
}

bool factor_codes_left(struct store *store, int64_t account, int64_t *out_left, struct error *error)
{
	return store_one_integer(store, "recovery_left", account, 0, out_left, error);
}
