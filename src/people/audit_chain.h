/* SPDX-License-Identifier: MIT */
/* The form in which an entry of the log is hashed; for people/ and its tests. */
#ifndef HEARTH_PEOPLE_AUDIT_CHAIN_H
#define HEARTH_PEOPLE_AUDIT_CHAIN_H

#include "people/audit.h"

enum { CHAIN_SEQUENCE, CHAIN_AT, CHAIN_ACCOUNT, CHAIN_CHILD, CHAIN_NUMBERS };
enum {
	CHAIN_NAME,
	CHAIN_ROUTE,
	CHAIN_ACT,
	CHAIN_AUTHORITY,
	CHAIN_FIELDS,
	CHAIN_ABOUT,
	CHAIN_WHY, /* sealed */
	CHAIN_TEXTS,
};

struct chain_entry {
	int64_t numbers[CHAIN_NUMBERS];
	struct text texts[CHAIN_TEXTS];
};

/* `before` is the hash of the entry before; it may be the same memory as out_hash. */
void audit_chain_hash(const struct chain_entry *entry, const unsigned char *before,
	unsigned char out_hash[AUDIT_HASH_BYTES]);

/* Puts the entry behind `head`, which is the end of the log, gives it its number and writes it.
 * `head` is the entry afterwards. In the caller's transaction. */
bool audit_chain_append(struct store *store, struct audit_head *head, struct chain_entry *entry,
	struct error *error) MUST_CHECK;

#endif
