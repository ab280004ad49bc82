/* SPDX-License-Identifier: MIT */
#include "people/audit_waiting.h"

#include "people/audit_post.h"
#include "store/vault.h"

bool audit_post_waiting(const char *place, const char *key_file, struct error *error)
{
	struct daybook_mark taken;
	struct store *store = NULL;
	int64_t waiting = 0;
	bool done = store_open_with(&store, place, key_file, DATABASE_READ, error) &&
		    audit_waiting(store, place, &waiting, error);

	store_close(store);
	if (!done || !waiting)
		return done;
	store = NULL;
	done = store_open_with(&store, place, key_file, DATABASE_WRITE, error) &&
	       audit_post_all(store, place, &taken, error);
	store_close(store);
	return done;
}
