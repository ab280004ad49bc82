/* SPDX-License-Identifier: MIT */
/* The database in one file. The door of SQLite. */
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "store/place.h"

#define NOT_WRITTEN                                                                                \
	" or its folder may not be written: ask for write access or name another place with --db"
#define WAIT ": wait until it has finished and do it again"

enum { LONGEST_VALUE = 1 << 26, LONGEST_SQL = 1 << 16 };

struct statement {
	struct database *database;
	sqlite3_stmt *handle;
	int fault;				  /* of a bind since the last step */
	unsigned char place[PARAMETERS_MOST + 1]; /* [n] is SQLite's number of $n */
};

struct database {
	sqlite3 *handle;
	struct arena *arena;
	char *place;
	struct queries queries;
	struct statement *statements; /* [queries.count]; handle NULL until asked for */
	const struct row_feed *feed;  /* what the table `incoming` shows; NULL for no rows */
	bool building;		      /* a script runs: all of SQL is allowed */
};

/* What went wrong, for whoever runs the program; the record's place stands between two words. */
static const struct {
	int code;
	enum error_code kind;
	const char *before, *after;
} faults[] = {
	{SQLITE_FULL, ERROR_STORAGE, "the disk of ",
		" is full: make room and do it again; nothing was changed"},
	{SQLITE_IOERR, ERROR_STORAGE, "the disk of ",
		" failed or is full: look to it and do it again; nothing was changed"},
	{SQLITE_BUSY, ERROR_CONFLICT, "another program is writing to ", WAIT},
	{SQLITE_LOCKED, ERROR_CONFLICT, "another program is writing to ", WAIT},
	{SQLITE_NOTADB, ERROR_INPUT, "", " is not a record of Hearth: name another file with --db"},
	{SQLITE_CORRUPT, ERROR_INPUT, "", " is damaged: keep a copy and restore the last backup"},
	{SQLITE_TOOBIG, ERROR_LIMIT, "a value is too long to be kept in ", ""},
	{SQLITE_READONLY, ERROR_DENIED, "", NOT_WRITTEN},
	{SQLITE_PERM, ERROR_DENIED, "", NOT_WRITTEN},
	{SQLITE_CANTOPEN, ERROR_DENIED, "", NOT_WRITTEN},
};

static bool failed(const struct database *database, int code, struct error *error)
{
	if ((code & 0xff) == SQLITE_NOMEM)
		return error_no_memory(error);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (faults[i].code == (code & 0xff))
			return error_set(error, faults[i].kind, "%s%s%s", faults[i].before,
				database->place, faults[i].after);
	return error_set(error, ERROR_SYSTEM, "the record %s failed: %s", database->place,
		database->handle ? sqlite3_errmsg(database->handle) : sqlite3_errstr(code));
}

/* Functions and pragmas that the statements of sql/queries/ use; nothing else may be called. */
static bool is_among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (name && sqlite3_stricmp(name, *names) == 0)
			return true;
	return false;
}

static int authorize(void *context, int action, const char *one, const char *two,
	const char *schema, const char *trigger)
{
	static const char *const functions[] = {"coalesce", "count", "max", "min", "replace",
		"sqlite_version", "sum", "upper", NULL};
	static const char *const pragmas[] = {
		"application_id", "foreign_key_check", "integrity_check", "user_version", NULL};
	static const char *const of_a_table[] = {"table_info", NULL};
	const struct database *database = context;

	(void)schema;
	(void)trigger;
	if (database->building)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_TRANSACTION:
		return SQLITE_OK;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return sqlite3_strnicmp(one, "sqlite_", 7) == 0 ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_FUNCTION:
		return is_among(two, functions) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_PRAGMA:
		return is_among(one, two ? of_a_table : pragmas) ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

/* Runs the statements of a script; SQLite's code. */
static int run_script(struct database *database, struct text sql)
{
	const char *next = sql.data, *end = sql.data + sql.length;
	int code = SQLITE_OK;

	database->building = true;
	while (code == SQLITE_OK && next < end) {
		sqlite3_stmt *statement;

		code = sqlite3_prepare_v2(
			database->handle, next, (int)(end - next), &statement, &next);
		if (code != SQLITE_OK || !statement)
			break;
		while ((code = sqlite3_step(statement)) == SQLITE_ROW)
			;
		code = code == SQLITE_DONE ? SQLITE_OK : code;
		sqlite3_finalize(statement);
	}
	database->building = false;
	return code;
}

static bool sqlite_script(struct database *database, struct text sql, struct error *error)
{
	int code = run_script(database, sql);

	return code == SQLITE_OK || failed(database, code, error);
}

static bool run_file(struct database *database, const char *path, struct error *error)
{
	struct text sql = embedded_text(path);

	if (sql.data)
		return sqlite_script(database, sql, error);
	return error_set(error, ERROR_SYSTEM, "the program lacks its file %s", path);
}

static const struct queries *sqlite_queries(const struct database *database)
{
	return &database->queries;
}

static bool prepare(struct database *database, struct text sql, struct statement *statement,
	struct error *error)
{
	int code = sqlite3_prepare_v3(database->handle, sql.data, (int)sql.length,
		SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);

	if (code != SQLITE_OK)
		return failed(database, code, error);
	statement->database = database;
	for (int i = sqlite3_bind_parameter_count(statement->handle); i > 0; i--) {
		const char *name = sqlite3_bind_parameter_name(statement->handle, i);
		long number = name ? strtol(name + 1, NULL, 10) : 0;

		if (number < 1 || number > PARAMETERS_MOST)
			return error_set(error, ERROR_SYSTEM,
				"a parameter of %.60s is not numbered", sql.data);
		statement->place[number] = (unsigned char)i;
	}
	return true;
}

static struct statement *sqlite_statement(
	struct database *database, struct text name, struct error *error)
{
	const struct query *query = queries_find(&database->queries, name);
	struct statement *statement;

	if (!query) {
		error_set(error, ERROR_SYSTEM, "there is no query %.60s", name.data);
		return NULL;
	}
	statement = &database->statements[query - database->queries.queries];
	if (!statement->handle && !prepare(database, query->sql, statement, error))
		return NULL;
	sqlite3_reset(statement->handle);
	sqlite3_clear_bindings(statement->handle);
	return statement;
}

static struct statement *sqlite_make(
	struct database *database, struct text sql, struct error *error)
{
	struct statement *statement = arena_take(database->arena, 1, sizeof *statement);

	if (!statement)
		error_no_memory(error);
	return statement && prepare(database, sql, statement, error) ? statement : NULL;
}

static void sqlite_drop(struct statement *statement)
{
	sqlite3_finalize(statement->handle);
	statement->handle = NULL;
}

static void sqlite_bind_null(struct statement *statement, int parameter)
{
	sqlite3_bind_null(statement->handle, statement->place[parameter]);
}

static void sqlite_bind_integer(struct statement *statement, int parameter, int64_t value)
{
	sqlite3_bind_int64(statement->handle, statement->place[parameter], value);
}

static void sqlite_bind_text(struct statement *statement, int parameter, struct text value)
{
	if (!value.length)
		sqlite3_bind_null(statement->handle, statement->place[parameter]);
	else
		statement->fault |=
			sqlite3_bind_text64(statement->handle, statement->place[parameter],
				value.data, value.length, SQLITE_STATIC, SQLITE_UTF8);
}

static void sqlite_bind_bytes(struct statement *statement, int parameter, struct text value)
{
	statement->fault |= sqlite3_bind_blob64(statement->handle, statement->place[parameter],
		value.length ? value.data : "", value.length, SQLITE_STATIC);
}

static bool sqlite_step(struct statement *statement, bool *out_row, struct error *error)
{
	int code = statement->fault ? SQLITE_TOOBIG : sqlite3_step(statement->handle);
	bool done;

	*out_row = code == SQLITE_ROW;
	statement->fault = 0;
	if (code == SQLITE_ROW)
		return true;
	done = code == SQLITE_DONE || failed(statement->database, code, error);
	sqlite3_reset(statement->handle);
	return done;
}

static void sqlite_reset_statement(struct statement *statement)
{
	sqlite3_reset(statement->handle);
}

static enum cell_kind sqlite_kind(const struct statement *statement, int column)
{
	static const enum cell_kind kinds[] = {[SQLITE_INTEGER] = CELL_INTEGER,
		[SQLITE_FLOAT] = CELL_NUMBER,
		[SQLITE_TEXT] = CELL_TEXT,
		[SQLITE_BLOB] = CELL_BYTES,
		[SQLITE_NULL] = CELL_NULL};

	return kinds[sqlite3_column_type(statement->handle, column)];
}

static bool sqlite_is_null(const struct statement *statement, int column)
{
	return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

static int64_t sqlite_integer(const struct statement *statement, int column)
{
	return sqlite3_column_int64(statement->handle, column);
}

static double sqlite_number(const struct statement *statement, int column)
{
	return sqlite_is_null(statement, column) ? (double)NAN
						 : sqlite3_column_double(statement->handle, column);
}

/* As bytes: the text where it lies, without a copy for a closing zero. The value is asked twice,
 * not the statement, which would lock each time: only one thread has this connection (NOMUTEX). */
static struct text sqlite_text(const struct statement *statement, int column)
{
	sqlite3_value *value = sqlite3_column_value(statement->handle, column);
	const char *data = sqlite3_value_blob(value);

	return (struct text){data, (size_t)sqlite3_value_bytes(value)};
}

/* The table `incoming`: the rows of a feed, as if they were stored. One statement then stores them
 * all, at three fifths of the cost of a statement each (docs/decisions/bulk-rows.md). */
struct incoming {
	sqlite3_vtab base;
	const struct database *database;
};

struct incoming_cursor {
	sqlite3_vtab_cursor base;
	const struct row_feed *feed;
	size_t row;
};

static int incoming_connect(sqlite3 *handle, void *context, int count, const char *const *arguments,
	sqlite3_vtab **out_table, char **out_error)
{
	struct incoming *incoming = sqlite3_malloc(sizeof *incoming);

	(void)count;
	(void)arguments;
	(void)out_error;
	if (!incoming)
		return SQLITE_NOMEM;
	*incoming = (struct incoming){.database = context};
	*out_table = &incoming->base;
	return sqlite3_declare_vtab(handle, embedded_text("sql/sqlite/incoming.sql").data);
}

static int incoming_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int incoming_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = 1;
	return SQLITE_OK;
}

static int incoming_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out_cursor)
{
	static const struct row_feed nothing = {0};
	const struct database *database = ((struct incoming *)table)->database;
	struct incoming_cursor *cursor = sqlite3_malloc(sizeof *cursor);

	if (!cursor)
		return SQLITE_NOMEM;
	*cursor = (struct incoming_cursor){.feed = database->feed ? database->feed : &nothing};
	*out_cursor = &cursor->base;
	return SQLITE_OK;
}

static int incoming_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int incoming_filter(sqlite3_vtab_cursor *cursor, int number, const char *plan, int count,
	sqlite3_value **values)
{
	(void)number;
	(void)plan;
	(void)count;
	(void)values;
	((struct incoming_cursor *)cursor)->row = 0;
	return SQLITE_OK;
}

static int incoming_next(sqlite3_vtab_cursor *cursor)
{
	((struct incoming_cursor *)cursor)->row++;
	return SQLITE_OK;
}

static int incoming_end(sqlite3_vtab_cursor *cursor)
{
	const struct incoming_cursor *here = (const struct incoming_cursor *)cursor;

	return here->row >= here->feed->rows;
}

static int incoming_column(sqlite3_vtab_cursor *cursor, sqlite3_context *result, int column)
{
	const struct incoming_cursor *here = (const struct incoming_cursor *)cursor;
	struct cell cell;

	here->feed->cell(here->feed->context, here->row, (size_t)column, &cell);
	switch (cell.kind) {
	case CELL_NULL: /* is what the cell has when nothing is said */
		break;
	case CELL_INTEGER:
		sqlite3_result_int64(result, cell.integer);
		break;
	case CELL_NUMBER:
		sqlite3_result_double(result, cell.number);
		break;
	case CELL_TEXT:
		sqlite3_result_text64(
			result, cell.text.data, cell.text.length, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case CELL_BYTES:
		sqlite3_result_blob64(result, cell.text.data, cell.text.length, SQLITE_STATIC);
		break;
	}
	return SQLITE_OK;
}

static int incoming_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out_row)
{
	*out_row = (sqlite3_int64)((struct incoming_cursor *)cursor)->row;
	return SQLITE_OK;
}

static const sqlite3_module incoming_module = {
	.xConnect = incoming_connect,
	.xBestIndex = incoming_plan,
	.xDisconnect = incoming_disconnect,
	.xOpen = incoming_open,
	.xClose = incoming_close,
	.xFilter = incoming_filter,
	.xNext = incoming_next,
	.xEof = incoming_end,
	.xColumn = incoming_column,
	.xRowid = incoming_rowid,
};

static bool sqlite_pour(
	struct statement *statement, const struct row_feed *feed, struct error *error)
{
	bool row, done;

	statement->database->feed = feed;
	done = sqlite_step(statement, &row, error);
	statement->database->feed = NULL;
	return done;
}

static bool run(struct database *database, struct text name, struct error *error)
{
	struct statement *statement = sqlite_statement(database, name, error);
	bool row;

	return statement && sqlite_step(statement, &row, error);
}

static bool sqlite_begin(struct database *database, struct error *error)
{
	return sqlite3_db_readonly(database->handle, "main")
		       ? failed(database, SQLITE_READONLY, error)
		       : run(database, TEXT("begin"), error);
}

static bool sqlite_look(struct database *database, struct error *error)
{
	return run(database, TEXT("look"), error);
}

static bool sqlite_commit(struct database *database, struct error *error)
{
	return run(database, TEXT("commit"), error) ||
	       ((sqlite3_errcode(database->handle) & 0xff) == SQLITE_IOERR &&
		       place_uncertain(database->place, error));
}

/* A question that was cut short would keep its lock; some failures have rolled back already. */
static void sqlite_rollback(struct database *database)
{
	for (size_t i = 0; i < database->queries.count; i++) {
		sqlite3_stmt *handle = database->statements[i].handle;

		if (handle && sqlite3_stmt_busy(handle))
			sqlite3_reset(handle);
	}
	if (!sqlite3_get_autocommit(database->handle))
		run(database, TEXT("rollback"), NULL);
}

static void sqlite_close_database(struct database *database)
{
	if (!database)
		return;
	for (size_t i = 0; database->statements && i < database->queries.count; i++)
		sqlite3_finalize(database->statements[i].handle);
	sqlite3_close(database->handle);
	arena_close(database->arena);
}

static void set_limits(sqlite3 *handle)
{
	static const int limits[][2] = {{SQLITE_LIMIT_LENGTH, LONGEST_VALUE},
		{SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL}, {SQLITE_LIMIT_ATTACHED, 0},
		{SQLITE_LIMIT_VARIABLE_NUMBER, PARAMETERS_MOST}, {SQLITE_LIMIT_WORKER_THREADS, 0}};

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		sqlite3_limit(handle, limits[i][0], limits[i][1]);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_busy_handler(handle, place_wait, NULL);
	sqlite3_extended_result_codes(handle, 1);
}

/* A writer that died left its journal: a connection that may write takes back what it began. */
static bool recover(struct database *database, struct error *error)
{
	struct database writer = {.place = database->place};
	int code = sqlite3_open_v2(
		writer.place, &writer.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	bool done = code == SQLITE_OK ? run_file(&writer, "sql/sqlite/probe.sql", error)
				      : failed(&writer, code, error);

	sqlite3_close(writer.handle);
	return done;
}

static bool probe(struct database *database, struct error *error)
{
	int code = run_script(database, embedded_text("sql/sqlite/probe.sql"));

	if (code == SQLITE_READONLY_ROLLBACK)
		return recover(database, error) &&
		       run_file(database, "sql/sqlite/probe.sql", error);
	return code == SQLITE_OK || failed(database, code, error);
}

static bool connect(struct database *database, enum database_mode mode, struct error *error)
{
	int flags = mode == DATABASE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	int code = sqlite3_open_v2(database->place, &database->handle,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);

	if (code != SQLITE_OK)
		return failed(database, code, error);
	set_limits(database->handle);
	if (sqlite3_db_readonly(database->handle, "main") == 1 && mode == DATABASE_WRITE)
		return failed(database, SQLITE_READONLY, error);
	if (!probe(database, error) || !run_file(database, "sql/sqlite/open.sql", error))
		return false;
	code = sqlite3_create_module(database->handle, "incoming", &incoming_module, database);
	if (code != SQLITE_OK)
		return failed(database, code, error);
	if (mode == DATABASE_WRITE && !run_file(database, "sql/sqlite/write.sql", error))
		return false;
	sqlite3_set_authorizer(database->handle, authorize, database);
	return true;
}

static bool read_queries(struct database *database, struct error *error)
{
	if (!queries_read(&database->queries, database->arena, "sqlite", error))
		return false;
	database->statements =
		arena_take(database->arena, database->queries.count, sizeof *database->statements);
	return database->statements || error_no_memory(error);
}

static bool sqlite_open_database(struct database **out_database, const char *place,
	enum database_mode mode, struct error *error)
{
	struct arena *arena = arena_open();
	struct database *database = arena ? arena_take(arena, 1, sizeof *database) : NULL;
	char *plain = database ? place_plain(arena, place) : NULL;

	if (!plain) {
		arena_close(arena);
		return error_no_memory(error);
	}
	database->arena = arena;
	database->place = plain;
	if (place_check(plain, mode, error) && read_queries(database, error) &&
		connect(database, mode, error)) {
		*out_database = database;
		return true;
	}
	sqlite_close_database(database);
	return false;
}

const struct database_driver database_sqlite = {
	.name = "sqlite",
	.open = sqlite_open_database,
	.close = sqlite_close_database,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.look = sqlite_look,
	.rollback = sqlite_rollback,
	.script = sqlite_script,
	.queries = sqlite_queries,
	.statement = sqlite_statement,
	.make = sqlite_make,
	.drop = sqlite_drop,
	.bind_integer = sqlite_bind_integer,
	.bind_text = sqlite_bind_text,
	.bind_bytes = sqlite_bind_bytes,
	.bind_null = sqlite_bind_null,
	.step = sqlite_step,
	.pour = sqlite_pour,
	.reset = sqlite_reset_statement,
	.kind = sqlite_kind,
	.is_null = sqlite_is_null,
	.integer = sqlite_integer,
	.number = sqlite_number,
	.text = sqlite_text,
};
