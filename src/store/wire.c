/* SPDX-License-Identifier: MIT */
/* The door of libpq. */
#include "store/wire.h"

#include <libpq-fe.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SETTINGS_MOST = 16 };

struct wire {
	PGconn *connection;
	char *place, *shown;
	/* laid over what the place, the service file and the environment say */
	const char *names[SETTINGS_MOST], *values[SETTINGS_MOST];
	size_t settings;
};

/* ---- what went wrong ------------------------------------------------------------------------ */

/* The first line, without the severity that libpq puts before it. */
static void keep_words(const char *words, struct wire_fault *fault)
{
	const char *mark = strstr(words, "FATAL:");
	size_t length;

	words = mark ? mark + strlen("FATAL:") : words;
	words += strspn(words, " ");
	length = strcspn(words, "\n");
	snprintf(fault->words, sizeof fault->words, "%.*s", (int)length, words);
}

static bool connection_failed(const struct wire *wire, struct wire_fault *fault)
{
	*fault = (struct wire_fault){.lost = PQstatus(wire->connection) != CONNECTION_OK};
	keep_words(PQerrorMessage(wire->connection), fault);
	return false;
}

static bool result_failed(const struct wire *wire, const PGresult *result, struct wire_fault *fault)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	connection_failed(wire, fault);
	if (state)
		snprintf(fault->state, sizeof fault->state, "%s", state);
	if (words)
		keep_words(words, fault);
	return false;
}

/* The server's remarks are nobody's; what fails says so itself. */
static void hear_nothing(void *context, const char *words)
{
	(void)context;
	(void)words;
}

/* ---- where and how -------------------------------------------------------------------------- */

static const char *setting_of(const PQconninfoOption *options, const char *name)
{
	for (; options && options->keyword; options++)
		if (strcmp(options->keyword, name) == 0 && options->val && options->val[0])
			return options->val;
	return NULL;
}

static void lay_over(struct wire *wire, const char *name, const char *value)
{
	wire->names[wire->settings] = name;
	wire->values[wire->settings++] = value;
}

static bool is_local(const char *host)
{
	return !host ||
	       (!strchr(host, ',') &&
		       (host[0] == '/' || host[0] == '@' || strcmp(host, "localhost") == 0 ||
			       strcmp(host, "::1") == 0 || strncmp(host, "127.", 4) == 0));
}

/* A password file that systemd handed over. */
static bool take_credential(struct wire *wire, struct arena *arena)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char *path =
		folder && folder[0] == '/' ? arena_format(arena, "%s/hearth.pgpass", folder) : NULL;

	if (path && access(path, R_OK) == 0)
		lay_over(wire, "passfile", path);
	return path || !folder || folder[0] != '/';
}

static bool read_place(
	struct wire *wire, struct arena *arena, const PQconninfoOption *given, struct error *error)
{
	const char *host = setting_of(given, "host"), *name = setting_of(given, "dbname");

	if (setting_of(given, "password") || setting_of(given, "sslpassword"))
		return error_set(error, ERROR_INPUT,
			"a password in --db is seen by everybody on this machine: put it in a "
			"password file (~/.pgpass, PGPASSFILE) or a service file");
	wire->shown = arena_format(arena, "the database %s%s%s", name ? name : "of the service",
		host ? " at " : "", host ? host : "");
	lay_over(wire, "dbname", wire->place);
	if (!setting_of(given, "connect_timeout"))
		lay_over(wire, "connect_timeout", "10");
	if (!setting_of(given, "application_name"))
		lay_over(wire, "fallback_application_name", "hearth");
	lay_over(wire, "client_encoding", "UTF8");
	if (!setting_of(given, "passfile") && !take_credential(wire, arena))
		return error_no_memory(error);
	return wire->shown || error_no_memory(error);
}

bool wire_open(struct wire **out_wire, struct arena *arena, const char *place, struct error *error)
{
	struct wire *wire = arena_take(arena, 1, sizeof *wire);
	PQconninfoOption *given;
	bool done;

	if (!wire)
		return error_no_memory(error);
	wire->place = arena_string(arena, place);
	if (!wire->place)
		return error_no_memory(error);
	given = PQconninfoParse(place, NULL);
	if (!given)
		return error_set(error, ERROR_INPUT,
			"--db is no address of a database: postgresql://HOST/DATABASE is one");
	done = read_place(wire, arena, given, error);
	PQconninfoFree(given);
	if (done)
		*out_wire = wire;
	return done;
}

void wire_close(struct wire *wire)
{
	if (!wire)
		return;
	PQfinish(wire->connection);
	wire->connection = NULL;
}

/* Nobody may stand between us and a server elsewhere. libpq's own default asks for no certificate;
 * what the place, a service file or PGSSLMODE say in so many words stands. */
static void ask_for_certificate(struct wire *wire, const PQconninfoOption *effective)
{
	static const char authorities[] = "/etc/ssl/certs/ca-certificates.crt";
	const char *mode = setting_of(effective, "sslmode"), *home = getenv("HOME");
	const char *host = setting_of(effective, "host");
	char own[PATH_MAX];

	if (is_local(host ? host : setting_of(effective, "hostaddr")) ||
		(mode && strcmp(mode, "prefer") != 0))
		return;
	lay_over(wire, "sslmode", "verify-full");
	snprintf(own, sizeof own, "%s/.postgresql/root.crt", home ? home : "");
	if (!setting_of(effective, "sslrootcert") && access(own, R_OK) != 0)
		lay_over(wire, "sslrootcert", authorities);
}

bool wire_connect(struct wire *wire, struct wire_fault *fault)
{
	size_t settings = wire->settings;
	PQconninfoOption *effective;

	PQfinish(wire->connection);
	/* begun only to learn where it leads with services and the environment taken in */
	wire->names[settings] = wire->values[settings] = NULL;
	wire->connection = PQconnectStartParams(wire->names, wire->values, 1);
	effective = PQconninfo(wire->connection);
	ask_for_certificate(wire, effective);
	PQfinish(wire->connection);
	wire->names[wire->settings] = wire->values[wire->settings] = NULL;
	wire->connection = PQconnectdbParams(wire->names, wire->values, 1);
	PQconninfoFree(effective);
	wire->settings = settings;
	if (PQstatus(wire->connection) == CONNECTION_OK) {
		PQsetNoticeProcessor(wire->connection, hear_nothing, NULL);
		return true;
	}
	connection_failed(wire, fault);
	if (PQconnectionNeedsPassword(wire->connection))
		snprintf(fault->state, sizeof fault->state, "28P01");
	return false;
}

const char *wire_shown(const struct wire *wire)
{
	return wire->shown;
}

bool wire_is_gone(struct wire *wire)
{
	struct pollfd descriptor = {.fd = PQsocket(wire->connection), .events = POLLIN};

	if (PQstatus(wire->connection) != CONNECTION_OK)
		return true;
	if (poll(&descriptor, 1, 0) == 1)
		PQconsumeInput(wire->connection);
	return PQstatus(wire->connection) != CONNECTION_OK;
}

bool wire_is_within(const struct wire *wire)
{
	PGTransactionStatusType status = PQtransactionStatus(wire->connection);

	return status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

bool wire_has_failed(const struct wire *wire)
{
	return PQtransactionStatus(wire->connection) == PQTRANS_INERROR;
}

/* ---- statements ----------------------------------------------------------------------------- */

/* Takes a result that carries no rows. */
static bool take_result(struct wire *wire, PGresult *result, struct wire_fault *fault)
{
	ExecStatusType status = PQresultStatus(result);
	bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
		    status == PGRES_EMPTY_QUERY;

	if (!done)
		result_failed(wire, result, fault);
	PQclear(result);
	return done;
}

bool wire_script(struct wire *wire, const char *sql, struct wire_fault *fault)
{
	return take_result(wire, PQexec(wire->connection, sql), fault);
}

bool wire_prepare(struct wire *wire, const char *name, const char *sql, int count,
	const unsigned *types, struct wire_fault *fault)
{
	return take_result(wire, PQprepare(wire->connection, name, sql, count, types), fault);
}

bool wire_describe(struct wire *wire, const char *name, unsigned *out_types, int most,
	int *out_count, struct wire_fault *fault)
{
	PGresult *result = PQdescribePrepared(wire->connection, name);
	int count = PQnfields(result);

	if (PQresultStatus(result) == PGRES_COMMAND_OK && count <= most) {
		for (int i = 0; i < count; i++)
			out_types[i] = PQftype(result, i);
		*out_count = count;
	}
	return take_result(wire, result, fault);
}

bool wire_run(struct wire *wire, const char *name, const struct wire_values *values,
	struct pg_result **out_rows, struct wire_fault *fault)
{
	PGresult *result = PQexecPrepared(wire->connection, name, values->count, values->values,
		values->lengths, values->formats, 1);

	*out_rows = NULL;
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		return take_result(wire, result, fault);
	*out_rows = result;
	return true;
}

int wire_row_count(const struct pg_result *rows)
{
	return PQntuples(rows);
}

bool wire_cell(const struct pg_result *rows, int row, int column, struct text *out_cell)
{
	bool null = PQgetisnull(rows, row, column);

	*out_cell = null ? (struct text){NULL, 0}
			 : (struct text){PQgetvalue(rows, row, column),
				   (size_t)PQgetlength(rows, row, column)};
	return !null;
}

void wire_free(struct pg_result *rows)
{
	PQclear(rows);
}

/* ---- COPY ----------------------------------------------------------------------------------- */

static bool begin_copy(
	struct wire *wire, const char *sql, ExecStatusType expected, struct wire_fault *fault)
{
	PGresult *result = PQexec(wire->connection, sql);
	bool done = PQresultStatus(result) == expected || result_failed(wire, result, fault);

	PQclear(result);
	return done;
}

/* What the server says of a COPY that ended; the connection is free again. */
static bool end_copy(struct wire *wire, struct wire_fault *fault)
{
	PGresult *result;
	bool done = true;

	while ((result = PQgetResult(wire->connection)) != NULL) {
		if (PQresultStatus(result) != PGRES_COMMAND_OK && done)
			done = result_failed(wire, result, fault);
		PQclear(result);
	}
	return done;
}

bool wire_copy_out(struct wire *wire, const char *sql, struct wire_fault *fault)
{
	return begin_copy(wire, sql, PGRES_COPY_OUT, fault);
}

bool wire_copy_next(
	struct wire *wire, char **out_bytes, size_t *out_length, struct wire_fault *fault)
{
	int length = PQgetCopyData(wire->connection, out_bytes, 0);

	if (length > 0) {
		*out_length = (size_t)length;
		return true;
	}
	*out_bytes = NULL;
	*out_length = 0;
	if (length == -2) {
		connection_failed(wire, fault);
		return false;
	}
	return end_copy(wire, fault);
}

void wire_copy_free(char *bytes)
{
	PQfreemem(bytes);
}

bool wire_copy_in(struct wire *wire, const char *sql, struct wire_fault *fault)
{
	return begin_copy(wire, sql, PGRES_COPY_IN, fault);
}

bool wire_copy_put(struct wire *wire, struct text bytes, struct wire_fault *fault)
{
	return PQputCopyData(wire->connection, bytes.data, (int)bytes.length) == 1 ||
	       connection_failed(wire, fault);
}

bool wire_copy_end(struct wire *wire, const char *reason, struct wire_fault *fault)
{
	if (PQputCopyEnd(wire->connection, reason) != 1)
		return connection_failed(wire, fault);
	return end_copy(wire, fault);
}

/* ---- notifications -------------------------------------------------------------------------- */

bool wire_wait(struct wire *wire, int wake, int milliseconds, struct wire_fault *fault)
{
	struct pollfd descriptors[] = {{.fd = PQsocket(wire->connection), .events = POLLIN},
		{.fd = wake, .events = POLLIN}};
	PGnotify *notification;

	/* one may have come with an answer before */
	if (!PQconsumeInput(wire->connection))
		return connection_failed(wire, fault);
	notification = PQnotifies(wire->connection);
	if (!notification && poll(descriptors, 2, milliseconds) > 0 &&
		!PQconsumeInput(wire->connection))
		return connection_failed(wire, fault);
	while (notification || (notification = PQnotifies(wire->connection)) != NULL) {
		PQfreemem(notification);
		notification = NULL;
	}
	return true;
}
