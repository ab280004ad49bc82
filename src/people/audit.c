/* SPDX-License-Identifier: MIT */
/*
 * The chain. The hash of an entry is BLAKE2b over the hash before it (zeroes before the first), its
 * numbers as eight bytes each (least first) and the BLAKE2b of each of its texts, in the order of
 * `struct entry`; `why` as it is sealed, so that the log is verified without a key.
 */
#include "people/audit.h"

#include "base/crypto.h"
#include "people/audit_chain.h"

static unsigned char *add_number(unsigned char *to, int64_t number)
{
	for (int i = 0; i < 8; i++)
		*to++ = (unsigned char)((uint64_t)number >> (8 * i));
	return to;
}

void audit_chain_hash(const struct chain_entry *entry, const unsigned char *before,
	unsigned char out_hash[AUDIT_HASH_BYTES])
{
	unsigned char bytes[AUDIT_HASH_BYTES + CHAIN_NUMBERS * 8 + CHAIN_TEXTS * CRYPTO_MAC_BYTES];
	unsigned char *to = bytes;

	memcpy(to, before, AUDIT_HASH_BYTES);
	to += AUDIT_HASH_BYTES;
	for (int i = 0; i < CHAIN_NUMBERS; i++)
		to = add_number(to, entry->numbers[i]);
	for (int i = 0; i < CHAIN_TEXTS; i++, to += CRYPTO_MAC_BYTES)
		crypto_digest(entry->texts[i], to);
	crypto_digest((struct text){(const char *)bytes, sizeof bytes}, out_hash);
}

bool audit_head(struct store *store, struct audit_head *out_head, struct error *error)
{
	struct store_cursor *cursor;
	struct text hash;
	bool row;

	*out_head = (struct audit_head){0};
	if (!store_query(store, "audit_last", &cursor, error) || !store_next(cursor, &row, error))
		return false;
	if (!row)
		return true;
	out_head->sequence = store_integer(cursor, 0);
	out_head->at = store_integer(cursor, 1);
	hash = store_text(cursor, 2);
	if (hash.length == AUDIT_HASH_BYTES)
		memcpy(out_head->hash, hash.data, hash.length);
	store_rewind(cursor);
	return true;
}

static bool write_entry(struct store *store, const struct chain_entry *entry,
	const unsigned char *hash, struct error *error)
{
	const struct text *texts = entry->texts;
	struct store_cursor *cursor;

	if (!store_query(store, "audit_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, entry->numbers[CHAIN_SEQUENCE]);
	store_bind_integer(cursor, 2, entry->numbers[CHAIN_AT]);
	store_bind_integer(cursor, 3, entry->numbers[CHAIN_ACCOUNT]);
	store_bind_text(cursor, 4, texts[CHAIN_NAME]);
	store_bind_text(cursor, 5, texts[CHAIN_ROUTE]);
	store_bind_text(cursor, 6, texts[CHAIN_ACT]);
	store_bind_integer(cursor, 7, entry->numbers[CHAIN_CHILD]);
	store_bind_text(cursor, 8, texts[CHAIN_AUTHORITY]);
	store_bind_text(cursor, 9, texts[CHAIN_FIELDS]);
	store_bind_text(cursor, 10, texts[CHAIN_ABOUT]);
	if (texts[CHAIN_WHY].length)
		store_bind_bytes(cursor, 11, texts[CHAIN_WHY]);
	store_bind_bytes(cursor, 12, (struct text){(const char *)hash, AUDIT_HASH_BYTES});
	return store_run(cursor, error);
}

bool audit_chain_append(struct store *store, struct audit_head *head, struct chain_entry *entry,
	struct error *error)
{
	entry->numbers[CHAIN_SEQUENCE] = head->sequence + 1;
	audit_chain_hash(entry, head->hash, head->hash);
	head->sequence++;
	head->at = entry->numbers[CHAIN_AT];
	return write_entry(store, entry, head->hash, error);
}

/* Nobody else adds to the chain while this transaction is open. */
static bool hold_chain(struct store *store, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "audit_hold", &cursor, error) || !store_run(cursor, error))
		return false;
	store_rewind(cursor);
	return true;
}

bool audit_append(struct store *store, const struct actor *actor, const struct audit_row *row,
	struct error *error)
{
	char sealed[AUDIT_WHY_LONGEST + VAULT_EXTRA];
	struct audit_head head;
	struct chain_entry entry = {.numbers = {[CHAIN_AT] = actor->now,
					    [CHAIN_ACCOUNT] = actor->account,
					    [CHAIN_CHILD] = row->child},
		.texts = {actor->name, actor->route, row->act, row->authority, row->fields,
			row->about}};

	if (actor->why.length > AUDIT_WHY_LONGEST)
		return error_set(error, ERROR_INPUT, "the reason is longer than %d letters",
			AUDIT_WHY_LONGEST);
	if (!hold_chain(store, error) || !audit_head(store, &head, error))
		return false;
	if (actor->why.length)
		entry.texts[CHAIN_WHY] = vault_seal(store_vault(store),
			(struct vault_place){"audit", "why", head.sequence + 1}, actor->why,
			sealed);
	return audit_chain_append(store, &head, &entry, error);
}

struct verifying {
	const struct audit_heads *heads;
	struct audit_verdict verdict;
	unsigned char before[AUDIT_HASH_BYTES];
	int64_t vouched; /* the last sequence at which a head agreed */
};

static void find_bad(struct verifying *verifying, int64_t sequence, const char *reason)
{
	verifying->verdict.whole = false;
	verifying->verdict.first_bad = sequence;
	verifying->verdict.reason = reason;
}

static void read_entry(const struct store_cursor *cursor, struct chain_entry *out_entry)
{
	*out_entry =
		(struct chain_entry){.numbers = {store_integer(cursor, 0), store_integer(cursor, 1),
					     store_integer(cursor, 2), store_integer(cursor, 6)},
			.texts = {store_text(cursor, 3), store_text(cursor, 4),
				store_text(cursor, 5), store_text(cursor, 7), store_text(cursor, 8),
				store_text(cursor, 9), store_text(cursor, 10)}};
}

/* Heads of this very entry that say something else. */
static bool heads_agree(struct verifying *verifying, const struct chain_entry *entry)
{
	const struct audit_heads *heads = verifying->heads;
	int64_t sequence = entry->numbers[CHAIN_SEQUENCE];

	for (size_t i = 0; heads && i < heads->count; i++) {
		if (heads->heads[i].sequence != sequence)
			continue;
		if (heads->heads[i].at != entry->numbers[CHAIN_AT] ||
			memcmp(heads->heads[i].hash, verifying->before, AUDIT_HASH_BYTES) != 0)
			return false;
		verifying->vouched = sequence;
	}
	return true;
}

static void verify_entry(struct verifying *verifying, const struct store_cursor *cursor)
{
	struct text hash = store_text(cursor, 11);
	int64_t expected = verifying->verdict.entries + 1;
	struct chain_entry entry;

	read_entry(cursor, &entry);
	if (entry.numbers[CHAIN_SEQUENCE] != expected) {
		find_bad(verifying, expected, "it is missing");
		return;
	}
	audit_chain_hash(&entry, verifying->before, verifying->before);
	if (hash.length != AUDIT_HASH_BYTES ||
		memcmp(hash.data, verifying->before, AUDIT_HASH_BYTES) != 0)
		find_bad(verifying, expected,
			"it was changed, or put in the place of another, after it was written");
	else if (!heads_agree(verifying, &entry))
		find_bad(verifying, verifying->vouched + 1,
			"from here on the log may have been written anew: it is not the one of "
			"which the head was kept");
	verifying->verdict.entries = expected;
}

static void verify_end(struct verifying *verifying)
{
	int64_t entries = verifying->verdict.entries;

	for (size_t i = 0; verifying->heads && i < verifying->heads->count; i++)
		if (verifying->heads->heads[i].sequence > entries)
			find_bad(verifying, entries + 1, "it and what followed were cut off");
}

bool audit_verify(struct store *store, const struct audit_heads *heads,
	struct audit_verdict *out_verdict, struct error *error)
{
	struct verifying verifying = {.heads = heads, .verdict = {.whole = true}};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "audit_all", &cursor, error) || !store_next(cursor, &row, error))
		return false;
	while (row && verifying.verdict.whole) {
		verify_entry(&verifying, cursor);
		if (!store_next(cursor, &row, error))
			return false;
	}
	store_rewind(cursor);
	if (verifying.verdict.whole)
		verify_end(&verifying);
	*out_verdict = verifying.verdict;
	return true;
}
