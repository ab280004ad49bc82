/* SPDX-License-Identifier: MIT */
#include "store/state.h"

#include <poll.h>

#include "store/cursor.h"
#include "store/record.h"

bool store_state(struct store *store, struct record_state *out_state, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "record_state", &cursor, error) || !store_next(cursor, &row, error))
		return false;
	*out_state = (struct record_state){store_integer(cursor, 0), store_integer(cursor, 1),
		store_integer(cursor, 2), store_integer(cursor, 3)};
	store_rewind(cursor);
	return true;
}

bool record_state_equal(const struct record_state *a, const struct record_state *b)
{
	return a->imports == b->imports && a->last == b->last && a->undone == b->undone &&
	       a->undone_at == b->undone_at;
}

bool store_wait(struct store *store, int wake, int milliseconds, struct error *error)
{
	struct pollfd descriptor = {.fd = wake, .events = POLLIN};

	if (store->driver->wait)
		return store->driver->wait(store->database, wake, milliseconds, error);
	poll(&descriptor, 1, milliseconds);
	return true;
}
