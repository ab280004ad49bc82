/* SPDX-License-Identifier: MIT */
/* Rows of the audit log about a child in words. */
#ifndef HEARTH_WEB_PAGES_SEEN_WORDS_H
#define HEARTH_WEB_PAGES_SEEN_WORDS_H

#include "people/account.h"

/* "Looked at the record"; for an act that is not known, "Did something else". */
const char *seen_act(struct text act);

/* The same for a young person: "looked at your record". */
const char *seen_act_plain(struct text act);

/* "about me, needs, homes" for "about needs homes". */
const char *seen_fields(struct arena *arena, struct text fields);

/* What accounts are called by colleagues. */
struct seen_names {
	struct account *accounts;
	size_t count;
};
bool seen_names_read(struct store *store, struct arena *arena, struct seen_names *out_names,
	struct error *error) MUST_CHECK;

/* Who an entry is of: "Sam Lee"; "root, at the server" for the command line. */
struct text seen_who(
	struct arena *arena, const struct seen_names *names, const struct audit_entry *entry);

#endif
