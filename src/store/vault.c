/* SPDX-License-Identifier: MIT */
#include "store/vault.h"

#include <assert.h>

#include "base/crypto.h"
#include "base/date.h"
#include "store/record.h"
#include "store/vault_keys.h"

enum { INDEX_LONGEST = 256, HEAD = 1 + SEAL_NONCE_BYTES };

static_assert(VAULT_EXTRA == HEAD + SEAL_TAG_BYTES, "a sealed value is number, nonce, value, tag");
static_assert(VAULT_INDEX_BYTES == (int)CRYPTO_MAC_BYTES, "the index is the keyed hash");

struct vault *store_vault(struct store *store)
{
	return store->vault;
}

struct text vault_place_bytes(struct vault_place place, char out_bytes[VAULT_PLACE_LONGEST])
{
	size_t table = strlen(place.table), column = strlen(place.column);
	size_t length = table + column + 2;

	assert(length + 8 <= VAULT_PLACE_LONGEST);
	memcpy(out_bytes, place.table, table);
	out_bytes[table] = '|';
	memcpy(out_bytes + table + 1, place.column, column);
	out_bytes[length - 1] = '|';
	for (int i = 0; i < 8; i++)
		out_bytes[length++] = (char)((uint64_t)place.row >> (8 * i));
	return (struct text){out_bytes, length};
}

static const unsigned char *next_nonce(struct vault *vault)
{
	if (!vault->nonces_left) {
		crypto_random(vault->nonces, sizeof vault->nonces);
		vault->nonces_left = VAULT_NONCES;
	}
	return vault->nonces + --vault->nonces_left * SEAL_NONCE_BYTES;
}

struct text vault_seal(
	struct vault *vault, struct vault_place place, struct text value, char *out_sealed)
{
	char bytes[VAULT_PLACE_LONGEST];
	const unsigned char *nonce = next_nonce(vault);

	out_sealed[0] = (char)vault->used->number;
	memcpy(out_sealed + 1, nonce, SEAL_NONCE_BYTES);
	seal_close(vault->used->seal, nonce, vault_place_bytes(place, bytes), value,
		(unsigned char *)out_sealed + HEAD);
	return (struct text){out_sealed, value.length + VAULT_EXTRA};
}

const struct vault_key *vault_find_key(const struct vault *vault, int64_t number)
{
	for (size_t i = 0; i < vault->count; i++)
		if (vault->keys[i].number == number)
			return &vault->keys[i];
	return NULL;
}

bool vault_open(const struct vault *vault, struct vault_place place, struct text sealed,
	char *out_value, struct text *out_text, struct error *error)
{
	char bytes[VAULT_PLACE_LONGEST];
	const struct vault_key *key =
		sealed.length < VAULT_EXTRA ? NULL
					    : vault_find_key(vault, (unsigned char)sealed.data[0]);
	struct text inner;

	if (sealed.length >= VAULT_EXTRA && !key)
		return error_set(error, ERROR_INPUT,
			"%s.%s of row %lld was sealed with key %d, which is not in the key file",
			place.table, place.column, (long long)place.row,
			(unsigned char)sealed.data[0]);
	inner = key ? (struct text){sealed.data + HEAD, sealed.length - HEAD} : (struct text){0};
	if (!key || !seal_open(key->seal, (const unsigned char *)sealed.data + 1,
			    vault_place_bytes(place, bytes), inner, (unsigned char *)out_value))
		return error_set(error, ERROR_INPUT,
			"%s.%s of row %lld was changed outside of this program: restore the last "
			"backup",
			place.table, place.column, (long long)place.row);
	*out_text = (struct text){out_value, sealed.length - VAULT_EXTRA};
	return true;
}

bool vault_seal_in(struct vault *vault, struct arena *arena, struct vault_place place,
	struct text value, struct text *out_sealed, struct error *error)
{
	char *bytes = value.data ? arena_take_raw(arena, value.length + VAULT_EXTRA, 1) : NULL;

	if (value.data && !bytes)
		return error_no_memory(error);
	*out_sealed = bytes ? vault_seal(vault, place, value, bytes) : (struct text){0};
	return true;
}

bool vault_open_in(const struct vault *vault, struct arena *arena, struct vault_place place,
	struct text sealed, struct text *out_value, struct error *error)
{
	char *bytes;

	*out_value = (struct text){0};
	if (!sealed.data || !sealed.length)
		return true;
	bytes = arena_take_raw(arena, sealed.length, 1);
	return bytes ? vault_open(vault, place, sealed, bytes, out_value, error)
		     : error_no_memory(error);
}

void vault_day_write(int32_t days, char out_bytes[VAULT_DAY_BYTES])
{
	for (int i = 0; i < VAULT_DAY_BYTES; i++)
		out_bytes[i] = (char)((uint32_t)days >> (8 * i));
}

int32_t vault_day_read(struct text bytes)
{
	uint32_t days = 0;

	if (bytes.length != VAULT_DAY_BYTES)
		return DATE_MISSING;
	for (int i = 0; i < VAULT_DAY_BYTES; i++)
		days |= (uint32_t)(unsigned char)bytes.data[i] << (8 * i);
	return (int32_t)days;
}

struct text vault_seal_date(
	struct vault *vault, struct vault_place place, int32_t days, char *out_sealed)
{
	char bytes[VAULT_DAY_BYTES];

	vault_day_write(days, bytes);
	return vault_seal(vault, place, (struct text){bytes, sizeof bytes}, out_sealed);
}

bool vault_open_date(const struct vault *vault, struct vault_place place, struct text sealed,
	int32_t *out_days, struct error *error)
{
	char bytes[VAULT_DAY_BYTES];
	struct text value;

	*out_days = DATE_MISSING;
	if (!sealed.length)
		return true;
	if (sealed.length != VAULT_DATE_BYTES)
		return error_set(error, ERROR_INPUT, "%s.%s of row %lld is no sealed date",
			place.table, place.column, (long long)place.row);
	if (!vault_open(vault, place, sealed, bytes, &value, error))
		return false;
	*out_days = vault_day_read(value);
	return true;
}

/* "purpose|value", or "purpose#hash of the value" for a long one. */
struct text vault_index(const struct vault *vault, const char *purpose, struct text value,
	unsigned char out_index[VAULT_INDEX_BYTES])
{
	char bytes[INDEX_LONGEST];
	size_t head = strlen(purpose) + 1;
	bool fits = value.length <= INDEX_LONGEST - head;

	assert(head + CRYPTO_MAC_BYTES <= INDEX_LONGEST);
	memcpy(bytes, purpose, head - 1);
	bytes[head - 1] = fits ? '|' : '#';
	if (fits && value.length)
		memcpy(bytes + head, value.data, value.length);
	else if (!fits)
		crypto_digest(value, (unsigned char *)bytes + head);
	crypto_mac(vault->used->index,
		(struct text){bytes, head + (fits ? value.length : CRYPTO_MAC_BYTES)}, out_index);
	crypto_wipe(bytes, sizeof bytes);
	return (struct text){(const char *)out_index, VAULT_INDEX_BYTES};
}
