/* SPDX-License-Identifier: MIT */
/*
 * The record in a PostgreSQL database: connections, transactions, statements.
 *
 * One transaction writes at a time: begin takes a lock of the whole record, as SQLite does, so that
 * numbers are given and the audit log is chained without two doing it at once, and no transaction
 * ever has to be done again because of another (docs/decisions/postgresql-driver.md).
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/embedded.h"
#include "store/postgres.h"

#define FOLDER "sql/postgres/"

enum { TYPE_TEXT = 25, TRIES_MOST = 5, WAITS_MOST = 40, WAIT_MICROSECONDS = 250000 };

/* ---- connections ---------------------------------------------------------------------------- */

static bool run_file(struct database *database, const char *path, struct wire_fault *fault)
{
	struct text sql = embedded_text(path);

	return !sql.data || wire_script(database->wire, sql.data, fault);
}

/* Nothing of a connection before is known to the new one. */
static bool connect_once(struct database *database, struct wire_fault *fault)
{
	for (size_t i = 0; i < database->queries.count; i++)
		database->statements[i].prepared = false;
	database->streaming = NULL;
	database->listening = false;
	return wire_connect(database->wire, fault) &&
	       run_file(database, FOLDER "open.sql", fault) &&
	       (database->mode == DATABASE_WRITE || run_file(database, FOLDER "read.sql", fault));
}

/* A server that is being restarted is waited for, ten seconds at most. */
static bool connect_again(struct database *database, struct wire_fault *fault)
{
	for (int waits = 0; waits < WAITS_MOST; waits++) {
		if (connect_once(database, fault))
			return true;
		if (strncmp(fault->state, "28", 2) == 0)
			return false;
		usleep(WAIT_MICROSECONDS);
	}
	return false;
}

bool postgres_ready(struct database *database, struct error *error)
{
	struct wire_fault fault = {.lost = false};

	if (!rows_park(database, &fault))
		return postgres_failed(database, &fault, error);
	if (database->within || !wire_is_gone(database->wire))
		return true;
	return connect_again(database, &fault) || postgres_unreached(database, &fault, error);
}

bool postgres_again(
	struct database *database, const struct wire_fault *fault, bool writes, int tries)
{
	struct wire_fault next;

	if (database->within || tries >= TRIES_MOST)
		return false;
	/* whether a change was made before the line broke is not known: that is for a person */
	if (fault->lost)
		return !writes && connect_again(database, &next);
	return strncmp(fault->state, "40", 2) == 0;
}

static bool read_queries(struct database *database, struct error *error)
{
	if (!queries_read(&database->queries, database->arena, "postgres", error))
		return false;
	database->statements =
		arena_take(database->arena, database->queries.count, sizeof *database->statements);
	return database->statements || error_no_memory(error);
}

static void postgres_close(struct database *database)
{
	if (!database)
		return;
	for (size_t i = 0; database->statements && i < database->queries.count; i++)
		if (database->statements[i].sql)
			postgres_reset(&database->statements[i]);
	wire_close(database->wire);
	arena_close(database->arena);
}

static bool postgres_open(struct database **out_database, const char *place,
	enum database_mode mode, struct error *error)
{
	struct arena *arena = arena_open();
	struct database *database = arena ? arena_take(arena, 1, sizeof *database) : NULL;
	struct wire_fault fault = {.lost = false};

	if (!database) {
		arena_close(arena);
		return error_no_memory(error);
	}
	database->arena = arena;
	database->mode = mode;
	if (wire_open(&database->wire, arena, place, error) && read_queries(database, error)) {
		if (connect_once(database, &fault)) {
			*out_database = database;
			return true;
		}
		postgres_unreached(database, &fault, error);
	}
	postgres_close(database);
	return false;
}

static const struct queries *postgres_queries(const struct database *database)
{
	return &database->queries;
}

/* ---- transactions --------------------------------------------------------------------------- */

/* Begins by a script, on a connection that holds. */
static bool begin_by(struct database *database, const char *path, struct error *error)
{
	struct wire_fault fault = {.lost = false};

	if (!postgres_ready(database, error))
		return false;
	for (int tries = 0; !run_file(database, path, &fault); tries++) {
		struct wire_fault ignored;

		if (!fault.lost && wire_is_within(database->wire) &&
			!wire_script(database->wire, "rollback", &ignored))
			fault.lost = true;
		/* nothing was changed yet: a connection that is lost now harms nobody */
		if (!postgres_again(database, &fault, false, tries))
			return postgres_failed(database, &fault, error);
	}
	database->within = true;
	return true;
}

static bool begin_to_write(struct database *database, const char *path, struct error *error)
{
	struct wire_fault fault = {.state = "25006"};

	if (database->mode == DATABASE_READ)
		return postgres_failed(database, &fault, error);
	return begin_by(database, path, error);
}

static bool postgres_begin(struct database *database, struct error *error)
{
	return begin_to_write(database, FOLDER "begin.sql", error);
}

static bool postgres_begin_aside(struct database *database, struct error *error)
{
	return begin_to_write(database, FOLDER "aside.sql", error);
}

static bool postgres_look(struct database *database, struct error *error)
{
	return begin_by(database, FOLDER "look.sql", error);
}

static bool postgres_commit(struct database *database, struct error *error)
{
	struct wire_fault fault = {.lost = false};

	if (!rows_park(database, &fault))
		return postgres_failed(database, &fault, error);
	/* the server would answer a commit of what has failed by a rollback, and say it went well
	 */
	if (wire_has_failed(database->wire)) {
		fault = (struct wire_fault){.words = "an earlier step of the change had failed"};
		return postgres_failed(database, &fault, error);
	}
	if (wire_script(database->wire, "commit", &fault)) {
		database->within = false;
		return true;
	}
	/* its answer was lost: nobody knows */
	database->within = !fault.lost;
	return postgres_failed(database, &fault, error);
}

static void postgres_rollback(struct database *database)
{
	struct wire_fault fault;

	for (size_t i = 0; i < database->queries.count; i++)
		if (database->statements[i].rows || database->statements[i].streaming)
			postgres_reset(&database->statements[i]);
	if (database->within && wire_is_within(database->wire))
		(void)!wire_script(database->wire, "rollback", &fault);
	database->within = false;
}

static bool postgres_wait(
	struct database *database, int wake, int milliseconds, struct error *error)
{
	struct wire_fault fault = {.lost = false};

	if (!postgres_ready(database, error))
		return false;
	if (!database->listening) {
		database->listening = run_file(database, FOLDER "listen.sql", &fault);
		/* what happened before is not told: see for yourself */
		return database->listening || postgres_failed(database, &fault, error);
	}
	return wire_wait(database->wire, wake, milliseconds, &fault) ||
	       postgres_failed(database, &fault, error);
}

/* Every table is made as SQLite has it: texts in the order of their bytes, entries of 64 bits. */
static bool postgres_script(struct database *database, struct text sql, struct error *error)
{
	struct wire_fault fault = {.lost = false};

	if (!postgres_ready(database, error))
		return false;
	return (wire_script(database->wire, sql.data, &fault) &&
		       (!strstr(sql.data, " table ") ||
			       run_file(database, FOLDER "settle.sql", &fault))) ||
	       postgres_failed(database, &fault, error);
}

/* ---- statements ----------------------------------------------------------------------------- */

/* How many parameters there are; one that is left out is a text that nobody reads. */
static int count_parameters(struct statement *statement)
{
	bool named[PARAMETERS_MOST + 1] = {false};
	int most = 0;

	for (const char *at = strchr(statement->sql, '$'); at; at = strchr(at + 1, '$')) {
		long number = strtol(at + 1, NULL, 10);

		if (number < 1 || number > PARAMETERS_MOST)
			return -1;
		named[number] = true;
		most = number > most ? (int)number : most;
	}
	for (int i = 1; i <= most; i++)
		statement->in_types[i - 1] = named[i] ? 0 : TYPE_TEXT;
	return most;
}

static bool begins_with(const char *sql, const char *word)
{
	sql += strspn(sql, " \t\n");
	return strncmp(sql, word, strlen(word)) == 0;
}

/* What a statement is: one that pours, all rows of a table, or any other. */
static bool read_statement(
	struct database *database, struct statement *statement, struct text sql, bool stream)
{
	struct arena *arena = database->arena;

	statement->database = database;
	statement->words = arena_take(arena, COLUMNS_MOST, sizeof *statement->words);
	statement->writes = true;
	if (pour_read(arena, sql, &statement->copy, &statement->sql))
		return statement->copy && statement->sql && statement->words;
	statement->sql = arena_copy(arena, sql.data, sql.length);
	if (!statement->sql || !statement->words)
		return false;
	statement->writes =
		!begins_with(statement->sql, "select") && !begins_with(statement->sql, "with");
	statement->in.count = count_parameters(statement);
	statement->is_stream = stream && !statement->writes && statement->in.count == 0;
	if (statement->is_stream)
		statement->copy = arena_format(
			arena, "copy (%.*s) to stdout (format binary)", (int)sql.length, sql.data);
	return statement->in.count >= 0 && (!statement->is_stream || statement->copy);
}

bool postgres_prepare(struct statement *statement, struct wire_fault *fault)
{
	struct wire *wire = statement->database->wire;

	if (statement->prepared)
		return true;
	statement->prepared = wire_prepare(wire, statement->name, statement->sql,
				      statement->in.count, statement->in_types, fault) &&
			      wire_describe(wire, statement->name, statement->types, COLUMNS_MOST,
				      &statement->columns, fault);
	return statement->prepared;
}

static bool prepare(struct statement *statement, struct error *error)
{
	struct database *database = statement->database;
	struct wire_fault fault = {.lost = false};

	if (!postgres_ready(database, error))
		return false;
	for (int tries = 0; !postgres_prepare(statement, &fault); tries++)
		if (!postgres_again(database, &fault, false, tries))
			return postgres_failed(database, &fault, error);
	return true;
}

static void clear(struct statement *statement)
{
	postgres_reset(statement);
	memset(statement->in.values, 0, sizeof statement->in.values);
}

static struct statement *postgres_statement(
	struct database *database, struct text name, struct error *error)
{
	const struct query *query = queries_find(&database->queries, name);
	struct statement *statement;
	size_t place;

	if (!query) {
		error_set(error, ERROR_SYSTEM, "there is no query %.60s", name.data);
		return NULL;
	}
	place = (size_t)(query - database->queries.queries);
	statement = &database->statements[place];
	if (!statement->sql) {
		snprintf(statement->name, sizeof statement->name, "h%zu", place);
		if (!read_statement(database, statement, query->sql, query->reads_all)) {
			error_set(
				error, ERROR_SYSTEM, "the query %.60s is not in order", name.data);
			return NULL;
		}
	}
	if (!statement->prepared && !prepare(statement, error))
		return NULL;
	clear(statement);
	return statement;
}

static struct statement *postgres_make(
	struct database *database, struct text sql, struct error *error)
{
	struct statement *statement = arena_take(database->arena, 1, sizeof *statement);

	if (!statement) {
		error_no_memory(error);
		return NULL;
	}
	snprintf(statement->name, sizeof statement->name, "m%d", ++database->made);
	if (!read_statement(database, statement, sql, true)) {
		error_no_memory(error);
		return NULL;
	}
	return prepare(statement, error) ? statement : NULL;
}

static void postgres_drop(struct statement *statement)
{
	struct database *database = statement->database;
	struct wire_fault fault;
	char sql[40];

	postgres_reset(statement);
	if (!statement->prepared || wire_has_failed(database->wire))
		return;
	snprintf(sql, sizeof sql, "deallocate %s", statement->name);
	if (rows_park(database, &fault))
		(void)!wire_script(database->wire, sql, &fault);
	statement->prepared = false;
}

/* ---- parameters ----------------------------------------------------------------------------- */

static void bind(
	struct statement *statement, int parameter, const char *value, size_t length, bool binary)
{
	if (parameter > statement->in.count)
		return;
	statement->in.values[parameter - 1] = value;
	statement->in.lengths[parameter - 1] = (int)length;
	statement->in.formats[parameter - 1] = binary;
}

static void postgres_bind_null(struct statement *statement, int parameter)
{
	bind(statement, parameter, NULL, 0, false);
}

/* In digits: the server knows whether it wants 32 or 64 bits. */
static void postgres_bind_integer(struct statement *statement, int parameter, int64_t value)
{
	char *words = statement->numbers[parameter - 1];

	snprintf(words, NUMBER_WORDS, "%lld", (long long)value);
	bind(statement, parameter, words, 0, false);
}

static void postgres_bind_text(struct statement *statement, int parameter, struct text value)
{
	bind(statement, parameter, value.length ? value.data : NULL, value.length, true);
}

static void postgres_bind_bytes(struct statement *statement, int parameter, struct text value)
{
	bind(statement, parameter, value.length ? value.data : "", value.length, true);
}

const struct database_driver database_postgres = {
	.name = "postgres",
	.open = postgres_open,
	.close = postgres_close,
	.begin = postgres_begin,
	.begin_aside = postgres_begin_aside,
	.commit = postgres_commit,
	.look = postgres_look,
	.rollback = postgres_rollback,
	.wait = postgres_wait,
	.script = postgres_script,
	.queries = postgres_queries,
	.statement = postgres_statement,
	.make = postgres_make,
	.drop = postgres_drop,
	.bind_integer = postgres_bind_integer,
	.bind_text = postgres_bind_text,
	.bind_bytes = postgres_bind_bytes,
	.bind_null = postgres_bind_null,
	.step = postgres_step,
	.pour = postgres_pour,
	.reset = postgres_reset,
	.kind = postgres_kind,
	.is_null = postgres_is_null,
	.integer = postgres_integer,
	.number = postgres_number,
	.text = postgres_text,
};
