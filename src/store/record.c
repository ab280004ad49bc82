/* SPDX-License-Identifier: MIT */
/* The import's own record: who, when, which files, what was wrong. */
#include "store/record.h"

enum { LONGEST_KEPT = 240 }; /* bytes of a text of a problem */

bool record_numbers(struct store *store, struct numbers *out_numbers, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct statement *statement = record_statement(store, "numbers_given", error);
	bool row;

	if (!statement || !driver->step(statement, &row, error))
		return false;
	*out_numbers =
		(struct numbers){driver->integer(statement, 0), driver->integer(statement, 1),
			driver->integer(statement, 2), driver->integer(statement, 3)};
	driver->reset(statement);
	return true;
}

/* The front of a text, cut between two characters. */
static struct text clip(struct text text)
{
	if (text.length <= LONGEST_KEPT)
		return text;
	text.length = LONGEST_KEPT;
	while (text.length && ((unsigned char)text.data[text.length] & 0xc0) == 0x80)
		text.length--;
	return text;
}

static bool write_import(struct store *store, const struct store_options *options,
	const struct written *written, struct error *error)
{
	const struct numbers *before = &written->before, *after = &written->after;
	const int64_t values[] = {written->rows_unchanged, before->entry + 1, after->entry,
		before->child + 1, after->child, before->problem + 1, after->problem};
	const struct database_driver *driver = store->driver;
	struct statement *statement = record_statement(store, "import_add", error);

	if (!statement)
		return false;
	driver->bind_integer(statement, 1, written->id);
	driver->bind_integer(statement, 2, options->now);
	driver->bind_text(statement, 3, options->by.length ? clip(options->by) : TEXT("unknown"));
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		driver->bind_integer(statement, (int)i + 4, values[i]);
	return record_run(store, statement, error);
}

static bool write_file(struct store *store, struct statement *statement,
	const struct written *written, const struct import_file *file, size_t index,
	struct error *error)
{
	const struct database_driver *driver = store->driver;
	const int64_t values[] = {(int64_t)file->rows_read, (int64_t)file->rows_accepted,
		(int64_t)file->rows_refused, (int64_t)file->rows_repeated,
		written->rows_stored[index], written->first_entry[index]};

	driver->bind_integer(statement, 1, written->id);
	driver->bind_integer(statement, 2, (int64_t)index);
	driver->bind_text(statement, 3, text_of(file->shown));
	driver->bind_text(statement, 4, text_of(file->sheet));
	driver->bind_text(statement, 5, text_of(file->sha256));
	driver->bind_integer(statement, 6, (int64_t)file->bytes);
	driver->bind_text(statement, 7, text_of(file->table ? file->table->name : NULL));
	driver->bind_integer(statement, 8, file->collection_year);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		driver->bind_integer(statement, (int)i + 9, values[i]);
	return record_run(store, statement, error);
}

/* The value is sealed: what was wrong may be an id or a date of birth. */
static bool write_problem(struct store *store, struct statement *statement, int64_t number,
	const struct problem *problem, struct error *error)
{
	const struct database_driver *driver = store->driver;
	struct vault_place place = {PROBLEM_TABLE, PROBLEM_VALUE, number};
	char sealed[LONGEST_KEPT + VAULT_EXTRA];

	driver->bind_integer(statement, 1, number);
	if (problem->value.length)
		driver->bind_bytes(statement, 6,
			vault_seal(store->vault, place, clip(problem->value), sealed));
	else
		driver->bind_null(statement, 6);
	driver->bind_integer(statement, 3, problem->file);
	driver->bind_integer(statement, 4, problem->line);
	driver->bind_text(statement, 5, clip(problem->column));
	driver->bind_text(statement, 7, clip(text_of(problem->problem)));
	driver->bind_text(statement, 8, clip(text_of(problem->expected)));
	driver->bind_text(statement, 9,
		problem->severity == SEVERITY_ERROR ? TEXT("error") : TEXT("warning"));
	return record_run(store, statement, error);
}

bool record_import(struct store *store, const struct import *import,
	const struct store_options *options, const struct written *written, struct error *error)
{
	struct statement *file = record_statement(store, "import_file_add", error);
	struct statement *problem =
		file ? record_statement(store, "import_problem_add", error) : NULL;

	if (!problem || !write_import(store, options, written, error))
		return false;
	for (size_t i = 0; i < import->file_count; i++)
		if (!write_file(store, file, written, &import->files[i], i, error))
			return false;
	store->driver->bind_integer(problem, 2, written->id);
	for (size_t i = 0; i < import->problem_count; i++) {
		if (!write_problem(store, problem, written->before.problem + 1 + (int64_t)i,
			    &import->problems[i], error))
			return false;
	}
	return true;
}
