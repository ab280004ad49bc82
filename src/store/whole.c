/* SPDX-License-Identifier: MIT */
/* The database's own checks: of its pages and indexes, and of rows that name other rows. */
#include <stdio.h>

#include "store/record.h"

/* The first row of a check, in *out_fault; empty when there is none or it says "ok". */
static bool first_fault(
	struct store *store, const char *query, char *out_fault, size_t size, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct statement *statement;
	struct text said;
	bool row;

	out_fault[0] = '\0';
	/* a server looks after its pages itself */
	if (!queries_find(driver->queries(store->database), text_of(query)))
		return true;
	statement = record_statement(store, query, error);
	if (!statement || !driver->step(statement, &row, error))
		return false;
	if (row) {
		said = driver->text(statement, 0);
		if (!text_is(said, "ok"))
			snprintf(out_fault, size, "%.*s", (int)said.length,
				said.length ? said.data : "a fault");
	}
	driver->reset(statement);
	return true;
}

bool record_is_whole(struct store *store, struct error *error)
{
	char fault[120];

	if (!first_fault(store, "record_check", fault, sizeof fault, error))
		return false;
	if (fault[0])
		return error_set(error, ERROR_INPUT,
			"the record is damaged (%s): keep a copy of it and restore the last backup",
			fault);
	if (!first_fault(store, "record_foreign", fault, sizeof fault, error))
		return false;
	if (fault[0])
		return error_set(error, ERROR_INPUT,
			"rows of %s name rows that are not there: keep a copy of the record and "
			"restore the last backup",
			fault);
	return true;
}
