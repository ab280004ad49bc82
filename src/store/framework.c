/* SPDX-License-Identifier: MIT */
/*
 * Framework versions in the record. Scores are kept in the order of a version's domains, so a
 * version whose domains were changed after it was used is refused: its rows would be read wrongly.
 */
#include "store/ingest.h"

static const char *domain_keys(struct arena *arena, const struct framework *framework)
{
	struct buffer keys = buffer_in(arena);

	for (size_t i = 0; i < framework->domain_count; i++) {
		if (i)
			buffer_char(&keys, ' ');
		buffer_string(&keys, framework->domains[i].key);
	}
	return keys.failed ? NULL : buffer_cstring(&keys);
}

/* *out_number: that of the version, 0 for none; *out_last: the greatest. */
static bool find_number(struct store *store, const struct framework *framework, const char *keys,
	int64_t *out_number, int64_t *out_last, struct error *error)
{
	struct store_cursor *cursor;
	bool row, same = true;

	*out_number = *out_last = 0;
	if (!store_query(store, "load_frameworks", &cursor, error) ||
		!store_next(cursor, &row, error))
		return false;
	while (row) {
		*out_last = store_integer(cursor, 0);
		if (text_is(store_text(cursor, 1), framework->id)) {
			*out_number = *out_last;
			same = text_is(store_text(cursor, 2), keys);
		}
		if (!store_next(cursor, &row, error))
			return false;
	}
	return same || error_set(error, ERROR_CONFLICT,
			       "the domains of the framework %s are not those it was used with: "
			       "put them back "
			       "and give the changed framework an id of its own",
			       framework->id);
}

bool store_framework(struct store *store, const struct framework *framework, int64_t *out_number,
	struct error *error)
{
	struct arena *arena = arena_open();
	const char *keys = arena ? domain_keys(arena, framework) : NULL;
	int64_t number = 0, last;
	bool done = keys ? find_number(store, framework, keys, &number, &last, error)
			 : error_no_memory(error);

	arena_close(arena);
	if (done)
		*out_number = number;
	return done;
}

static bool add_framework(struct store *store, const struct framework *framework, const char *keys,
	int64_t number, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct statement *statement = record_statement(store, "framework_add", error);

	if (!statement)
		return false;
	driver->bind_integer(statement, 1, number);
	driver->bind_text(statement, 2, text_of(framework->id));
	driver->bind_text(statement, 3, text_of(keys));
	return record_run(store, statement, error);
}

bool record_framework(struct store *store, struct arena *arena, const struct framework *framework,
	int64_t *out_number, struct error *error)
{
	const char *keys = domain_keys(arena, framework);
	int64_t number, last;

	if (!keys)
		return error_no_memory(error);
	if (!find_number(store, framework, keys, &number, &last, error))
		return false;
	if (!number && !add_framework(store, framework, keys, last + 1, error))
		return false;
	*out_number = number ? number : last + 1;
	return true;
}

bool ingest_framework(struct ingest *ingest, const struct framework *framework, int64_t *out_number,
	struct error *error)
{
	int64_t *number = &ingest->frameworks[framework - ingest->schema->frameworks];

	if (!*number && !record_framework(ingest->store, ingest->arena, framework, number, error))
		return false;
	*out_number = *number;
	return true;
}
