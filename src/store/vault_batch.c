/* SPDX-License-Identifier: MIT */
#include "store/vault_batch.h"

#include <assert.h>

#include "base/crypto.h"
#include "base/parallel.h"

enum { BATCH = 2048, HEAD = 1 + SEAL_NONCE_BYTES, COUNT_BYTES = 8 };

static_assert(SEAL_PART_BYTES + COUNT_BYTES == SEAL_NONCE_BYTES, "a nonce is beginning and count");

/* Values of one batch have nonces that begin alike, with 16 random bytes, and are counted after
 * them: the key for that beginning is made once. A batch belongs to one thread; the vault it is of
 * is not changed by it, so that several threads may each have one. */
struct batch {
	const struct vault *vault;
	int64_t number; /* of the key that `part` is made of; 0: none yet */
	unsigned char part[SEAL_KEY_BYTES];
	unsigned char nonce[SEAL_NONCE_BYTES];
	uint64_t count;
};

/* To seal with the key in use. */
static void batch_begin(struct batch *out_batch, const struct vault *vault)
{
	out_batch->vault = vault;
	out_batch->number = vault->used->number;
	out_batch->count = 0;
	crypto_random(out_batch->nonce, SEAL_PART_BYTES);
	seal_part(vault->used->seal, out_batch->nonce, out_batch->part);
}

/* To open, as vault_open. */
static void batch_read(struct batch *out_batch, const struct vault *vault)
{
	*out_batch = (struct batch){.vault = vault};
}

/* Forgets its key. */
static void batch_end(struct batch *batch)
{
	crypto_wipe(batch, sizeof *batch);
}

static struct text batch_seal(
	struct batch *batch, struct vault_place place, struct text value, char *out_sealed)
{
	char bytes[VAULT_PLACE_LONGEST];

	for (int i = 0; i < COUNT_BYTES; i++)
		batch->nonce[SEAL_PART_BYTES + i] = (unsigned char)(batch->count >> (8 * i));
	batch->count++;
	out_sealed[0] = (char)batch->number;
	memcpy(out_sealed + 1, batch->nonce, SEAL_NONCE_BYTES);
	seal_close_part(batch->part, batch->nonce, vault_place_bytes(place, bytes), value,
		(unsigned char *)out_sealed + HEAD);
	return (struct text){out_sealed, value.length + VAULT_EXTRA};
}

/* Makes the part for what begins as `sealed` does, unless it is the one at hand. */
static bool turn_to(struct batch *batch, struct text sealed)
{
	int64_t number = (unsigned char)sealed.data[0];
	const struct vault_key *key;

	if (batch->number == number && memcmp(sealed.data + 1, batch->nonce, SEAL_PART_BYTES) == 0)
		return true;
	key = vault_find_key(batch->vault, number);
	if (!key)
		return false;
	batch->number = number;
	memcpy(batch->nonce, sealed.data + 1, SEAL_PART_BYTES);
	seal_part(key->seal, batch->nonce, batch->part);
	return true;
}

static bool batch_open(struct batch *batch, struct vault_place place, struct text sealed,
	char *out_value, struct text *out_text, struct error *error)
{
	char bytes[VAULT_PLACE_LONGEST];

	if (sealed.length >= VAULT_EXTRA && turn_to(batch, sealed) &&
		seal_open_part(batch->part, (const unsigned char *)sealed.data + 1,
			vault_place_bytes(place, bytes),
			(struct text){sealed.data + HEAD, sealed.length - HEAD},
			(unsigned char *)out_value)) {
		*out_text = (struct text){out_value, sealed.length - VAULT_EXTRA};
		return true;
	}
	return vault_open(batch->vault, place, sealed, out_value, out_text, error); /* says why */
}

/* All of them on all threads. */
struct all {
	const struct vault *vault;
	struct vault_place place;
	struct vault_value *values;
	char **outs;	      /* [chunk]: where its values go */
	struct error *errors; /* [chunk] */
};

static void seal_chunk(void *context, size_t chunk, size_t first, size_t count)
{
	const struct all *all = context;
	struct vault_place place = all->place;
	struct batch batch;
	char *out = all->outs[chunk];

	batch_begin(&batch, all->vault);
	for (size_t i = first; i < first + count; i++) {
		struct vault_value *value = &all->values[i];

		place.row = value->row;
		value->value = batch_seal(&batch, place, value->value, out);
		out += value->value.length;
	}
	batch_end(&batch);
}

static void open_chunk(void *context, size_t chunk, size_t first, size_t count)
{
	const struct all *all = context;
	struct vault_place place = all->place;
	struct batch batch;
	char *out = all->outs[chunk];
	bool good = true;

	batch_read(&batch, all->vault);
	for (size_t i = first; good && i < first + count; i++) {
		struct vault_value *value = &all->values[i];

		place.row = value->row;
		if (!value->value.length)
			continue;
		good = batch_open(
			&batch, place, value->value, out, &value->value, &all->errors[chunk]);
		out += value->value.length;
	}
	batch_end(&batch);
}

/* Room for each chunk's values, which grow or shrink by VAULT_EXTRA. */
static bool take_room(struct all *all, struct arena *arena, size_t count, bool opens)
{
	size_t chunks = parallel_chunks(count, BATCH);

	all->outs = arena_take(arena, chunks, sizeof *all->outs);
	all->errors = arena_take(arena, chunks, sizeof *all->errors);
	if (!all->outs || !all->errors)
		return false;
	for (size_t chunk = 0; chunk < chunks; chunk++) {
		size_t last = chunk + 1 == chunks ? count : (chunk + 1) * BATCH, bytes = 0;

		for (size_t i = chunk * BATCH; i < last; i++)
			bytes += all->values[i].value.length + (opens ? 0 : VAULT_EXTRA);
		all->outs[chunk] = arena_take_raw(arena, bytes, 1);
		if (!all->outs[chunk])
			return false;
	}
	return true;
}

/* Seals or opens all; the first of what does not open is the error. */
static bool do_all(
	struct all *all, struct arena *arena, size_t count, bool opens, struct error *error)
{
	if (!take_room(all, arena, count, opens))
		return error_no_memory(error);
	parallel_for(count, BATCH, opens ? open_chunk : seal_chunk, all);
	for (size_t chunk = 0; chunk < parallel_chunks(count, BATCH); chunk++)
		if (all->errors[chunk].code != ERROR_NONE) {
			*error = all->errors[chunk];
			return false;
		}
	return true;
}

bool vault_seal_all(const struct vault *vault, struct arena *arena, const char *table,
	const char *column, struct vault_value *values, size_t count, struct error *error)
{
	struct all all = {vault, {table, column, 0}, values, NULL, NULL};

	return do_all(&all, arena, count, false, error);
}

bool vault_open_all(const struct vault *vault, struct arena *arena, const char *table,
	const char *column, struct vault_value *values, size_t count, struct error *error)
{
	struct all all = {vault, {table, column, 0}, values, NULL, NULL};

	return do_all(&all, arena, count, true, error);
}
