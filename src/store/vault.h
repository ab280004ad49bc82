/* SPDX-License-Identifier: MIT */
/*
 * Fields that only the holder of the key can read: ids of the council, names, dates of birth,
 * postcodes, secrets. XChaCha20-Poly1305 with table, column and row as associated data, so that a
 * sealed value means nothing in any other place; a keyed BLAKE2b as blind index finds a value
 * without opening all of them.
 *
 * The one rule: keys are in a file (or a systemd credential), never in the record, in arguments or
 * in the environment. A vault belongs to one store and, like it, to one thread at a time.
 *
 * The file has a line for each key, "hearth-key NUMBER BASE64URL"; the record says which number is
 * in use, and every sealed value which it was sealed with.
 */
#ifndef HEARTH_STORE_VAULT_H
#define HEARTH_STORE_VAULT_H

#include "store/store.h"

enum {
	VAULT_EXTRA = 41, /* bytes of a sealed value beyond the value: key number, nonce, tag */
	VAULT_INDEX_BYTES = 32,
	VAULT_KEYS_MOST = 16,
};

struct vault;

/* Where a value is kept. */
struct vault_place {
	const char *table, *column;
	int64_t row;
};

/* The vault of an open record. */
struct vault *store_vault(struct store *store);

/* Seals `value` into out_sealed (value.length + VAULT_EXTRA bytes). */
struct text vault_seal(
	struct vault *vault, struct vault_place place, struct text value, char *out_sealed);

/* Opens what was sealed for that very place into out_value (sealed.length - VAULT_EXTRA bytes).
 * ERROR_INPUT when it was changed, moved, or sealed with a key that is not at hand. */
bool vault_open(const struct vault *vault, struct vault_place place, struct text sealed,
	char *out_value, struct text *out_text, struct error *error) MUST_CHECK;

/* The same in an arena; {NULL, 0} is sealed and opened as itself: nothing there. */
bool vault_seal_in(struct vault *vault, struct arena *arena, struct vault_place place,
	struct text value, struct text *out_sealed, struct error *error) MUST_CHECK;
bool vault_open_in(const struct vault *vault, struct arena *arena, struct vault_place place,
	struct text sealed, struct text *out_value, struct error *error) MUST_CHECK;

/* A date as it is before it is sealed: days since 1970, least byte first. DATE_MISSING for bytes
 * that are none. */
enum { VAULT_DAY_BYTES = 4, VAULT_DATE_BYTES = VAULT_EXTRA + VAULT_DAY_BYTES };
void vault_day_write(int32_t days, char out_bytes[VAULT_DAY_BYTES]);
int32_t vault_day_read(struct text bytes);

/* DATE_MISSING where `sealed` is empty. */
struct text vault_seal_date(
	struct vault *vault, struct vault_place place, int32_t days, char *out_sealed);
bool vault_open_date(const struct vault *vault, struct vault_place place, struct text sealed,
	int32_t *out_days, struct error *error) MUST_CHECK;

/* What a value is looked up by among others of the same `purpose` ("child_identity.local_id"). The
 * same value gives the same bytes; without the key they tell nothing. */
struct text vault_index(const struct vault *vault, const char *purpose, struct text value,
	unsigned char out_index[VAULT_INDEX_BYTES]);

/* As store_open, with the key in `key_file` (NULL: $CREDENTIALS_DIRECTORY/hearth.key if it is
 * there, else PLACE.key, which is made for its owner only when a record without sealed values is
 * opened to write). ERROR_MISSING when the record's key is not there, ERROR_DENIED when others may
 * read it. */
bool store_open_with(struct store **out_store, const char *place, const char *key_file,
	enum database_mode mode, struct error *error) MUST_CHECK;

/* The key file that was made when this record was opened, NULL when it was there before. */
const char *store_key_made(const struct store *store);

/* Where the key of the record at `place` is (as store_open_with takes both), and whether systemd
 * handed it over. ERROR_SYSTEM when there is no such place. */
bool vault_key_path(struct arena *arena, const char *place, const char *key_file,
	const char **out_path, bool *out_credential, struct error *error) MUST_CHECK;

/* The key under which backups are sealed (CRYPTO_KEY_BYTES), from key `number` of that file.
 * ERROR_MISSING when it has none of that number. */
bool vault_backup_key(struct arena *arena, const char *place, const char *key_file, int64_t number,
	unsigned char *out_key, struct error *error) MUST_CHECK;

#endif
