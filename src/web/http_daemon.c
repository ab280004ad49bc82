/* SPDX-License-Identifier: MIT */
#include "web/http_daemon.h"

#include "web/error_page.h"
#include "web/exchange.h"
#include "web/raw_answer.h"
#include "web/security.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	DAEMON_STACK_BYTES = 512 * 1024,
	DAEMON_POOL_BYTES = 32 * 1024, /* of a connection: more than the guard lets through */
	DAEMON_DRAIN_MS = 250,	       /* a connection idle for that long is closed when stopping */
	DAEMON_PAUSE_MS = 5,
	DAEMON_BACKSTOP_SECONDS = 600, /* connections_sweep is stricter */
};

struct http_daemon {
	struct core *core;
	struct MHD_Daemon *mhd;
	struct connections *connections;
	int socket;
	bool positions; /* headers lie where this version leaves them: see wire_add_header */
};

/* A request on the wire. */
struct wire {
	struct http_daemon *daemon;
	struct exchange *exchange;
	struct connection *connection;
	struct message *message;
	const char *next; /* where the next header must begin */
	const char *uri;
	size_t uri_length;
	char client[INET6_ADDRSTRLEN];
	bool begun;    /* the head was given to the exchange */
	bool ready;    /* the answer is there */
	bool answered; /* by raw_answer, instead of the library */
};

static struct connection *wire_connection(struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

/* The request line was read: `uri` is the target as it came. What is returned is the wire of the
 * other callbacks. */
static void *daemon_begin(void *cls, const char *uri, struct MHD_Connection *mhd)
{
	struct http_daemon *daemon = cls;
	struct wire *wire = calloc(1, sizeof *wire);
	struct text target = text_of(uri ? uri : "");

	if (!wire)
		return NULL;
	wire->daemon = daemon;
	wire->connection = wire_connection(mhd);
	wire->exchange = exchange_open(daemon->core, target);
	if (!wire->exchange || !wire->connection) {
		if (wire->exchange)
			exchange_close(wire->exchange, false);
		free(wire);
		return NULL;
	}
	wire->message = exchange_message(wire->exchange);
	wire->uri = uri;
	wire->uri_length = target.length;
	connections_claim(daemon->connections, wire->connection, wire);
	return wire;
}

/*
 * Takes a header. Version 0.9 of the library joins folded lines and lets a line end in a bare LF;
 * it reads in place, so a header of a well-made message begins where the one before it, its CR and
 * its LF end: what lies elsewhere, or is shorter than its line, was not well made.
 */
static enum MHD_Result wire_add_header(void *cls, enum MHD_ValueKind kind, const char *name,
	size_t name_length, const char *value, size_t value_length)
{
	struct wire *wire = cls;
	struct message *message = wire->message;

	(void)kind;
	if (!value) {
		value = "";
		value_length = 0;
	}
	if (wire->daemon->positions && (name != wire->next || value <= name + name_length))
		message->lines_broken = true;
	wire->next = value + value_length + 2;
	if (message->header_count == GUARD_HEADERS_LIMIT) {
		message->headers_cut = true;
		return MHD_NO;
	}
	message->headers[message->header_count++] =
		(struct message_header){{name, name_length}, {value, value_length}};
	return MHD_YES;
}

/* Behind the last header: its CR LF and those of the empty line, which the library made zeroes. */
static bool wire_ends_well(const struct wire *wire)
{
	static const char zeroes[4];

	return memcmp(wire->next - 2, zeroes, sizeof zeroes) == 0;
}

static void wire_read_head(
	struct wire *wire, struct MHD_Connection *mhd, const char *method, const char *version)
{
	struct message *message = wire->message;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info ? info->client_addr : NULL;
	const void *bytes = NULL;

	message->method = text_of(method);
	message->version = text_of(version);
	if (wire->daemon->positions)
		message->lines_broken = wire->uri != method + message->method.length + 1 ||
					version != wire->uri + wire->uri_length + 1;
	wire->next = version + message->version.length + 2;
	MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, wire_add_header, wire);
	if (wire->daemon->positions && !message->headers_cut && !message->lines_broken)
		message->lines_broken = !wire_ends_well(wire);
	if (address && address->sa_family == AF_INET)
		bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
	if (address && address->sa_family == AF_INET6)
		bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
	if (bytes)
		inet_ntop(address->sa_family, bytes, wire->client, sizeof wire->client);
}

static enum MHD_Result wire_answer(struct wire *wire, struct MHD_Connection *mhd)
{
	const struct response *response = exchange_response(wire->exchange);
	struct text content = exchange_content(wire->exchange);
	struct response_header headers[SECURITY_HEADERS_LIMIT];
	size_t count = security_headers(response, wire->daemon->core->secure, headers);
	char *bytes;
	enum MHD_Result result = MHD_YES;
	struct MHD_Response *answer;

	/* the library only reads them, through a pointer that is not const */
	memcpy(&bytes, &content.data, sizeof bytes);
	answer = MHD_create_response_from_buffer(content.length, bytes, MHD_RESPMEM_PERSISTENT);
	if (!answer)
		return MHD_NO;
	for (size_t i = 0; i < count && result == MHD_YES; i++)
		result = MHD_add_response_header(answer, headers[i].name, headers[i].value);
	for (size_t i = 0; i < response->header_count && result == MHD_YES; i++)
		result = MHD_add_response_header(
			answer, response->headers[i].name, response->headers[i].value);
	connections_set(
		wire->daemon->connections, wire->connection, CONNECTION_SEND, content.length);
	if (result == MHD_YES)
		result = MHD_queue_response(mhd, (unsigned)response->status, answer);
	MHD_destroy_response(answer);
	return result;
}

/* The head is there. Returns whether the connection is to be answered at once and closed. */
static bool wire_begin(
	struct wire *wire, struct MHD_Connection *mhd, const char *method, const char *version)
{
	uint64_t length;

	wire->begun = true;
	wire_read_head(wire, mhd, method, version);
	wire->ready = exchange_head(wire->exchange, text_of(wire->client)) == EXCHANGE_ANSWER;
	length = exchange_length(wire->exchange);
	if (!wire->ready && length > 0)
		connections_set(
			wire->daemon->connections, wire->connection, CONNECTION_BODY, length);
	return wire->ready && exchange_response(wire->exchange)->close;
}

/* Called once with the head, then for every piece of the body, then at its end. The library closes
 * a connection that is answered in the first call. */
static enum MHD_Result daemon_handle(void *cls, struct MHD_Connection *mhd, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **context)
{
	struct wire *wire = *context;

	(void)cls;
	(void)url;
	if (!wire)
		return MHD_NO;
	if (!wire->begun)
		return wire_begin(wire, mhd, method, version) ? wire_answer(wire, mhd) : MHD_YES;
	if (*upload_size > 0) {
		if (!wire->ready)
			exchange_body(wire->exchange, (struct text){upload, *upload_size});
		*upload_size = 0;
		return MHD_YES;
	}
	if (!wire->ready) {
		connections_set(wire->daemon->connections, wire->connection, CONNECTION_WORK, 0);
		exchange_finish(wire->exchange);
	}
	return wire_answer(wire, mhd);
}

static void daemon_completed(
	void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why)
{
	struct wire *wire = *context;
	bool whole;

	(void)cls;
	(void)mhd;
	*context = NULL;
	if (!wire)
		return;
	whole = why == MHD_REQUEST_TERMINATED_COMPLETED_OK || wire->answered;
	if (whole && (wire->answered || exchange_unread(wire->exchange) > 0))
		raw_drain(connection_socket(wire->connection), exchange_unread(wire->exchange),
			atomic_load(&wire->daemon->core->stopping));
	connections_claim(wire->daemon->connections, wire->connection, NULL);
	connections_set(wire->daemon->connections, wire->connection, CONNECTION_IDLE, 0);
	exchange_close(wire->exchange, whole);
	free(wire);
}

static void daemon_connection(void *cls, struct MHD_Connection *mhd, void **socket_context,
	enum MHD_ConnectionNotificationCode what)
{
	struct http_daemon *daemon = cls;
	const union MHD_ConnectionInfo *info;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		connections_remove(daemon->connections, *socket_context);
		return;
	}
	info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	*socket_context = info ? connections_add(daemon->connections, info->connect_fd) : NULL;
	if (info && !*socket_context)
		shutdown(info->connect_fd, SHUT_RDWR);
}

/* Paths and queries are decoded by web/target.h, strictly; the library is to leave them alone. */
static size_t daemon_leave(void *cls, struct MHD_Connection *mhd, char *string)
{
	(void)cls;
	(void)mhd;
	return strlen(string);
}

/*
 * What the library has to say. Before it refuses a message by itself, with an answer that has none
 * of our headers, it says so here, in the connection's thread: then we answer first and close the
 * way out, so that nothing of its own is sent.
 */
__attribute__((format(printf, 2, 0))) static void daemon_said(
	void *cls, const char *format, va_list arguments)
{
	static const char refusal[] = "Error processing request (HTTP response code is %u";
	struct http_daemon *daemon = cls;
	struct connection *mine;
	struct exchange *exchange;
	void *current;
	struct wire *wire;

	if (strncmp(format, refusal, sizeof refusal - 1) != 0)
		return;
	mine = connections_mine(daemon->connections, &current);
	wire = current;
	if (!mine || (wire && wire->answered))
		return;
	exchange = wire ? wire->exchange : exchange_open(daemon->core, TEXT(""));
	if (!exchange)
		return;
	exchange_refuse(exchange, (int)va_arg(arguments, unsigned), NULL);
	raw_answer(connection_socket(mine), exchange_response(exchange), exchange_content(exchange),
		daemon->core->secure);
	if (wire)
		wire->answered = true;
	else /* not even a first line: nobody else knows of this request */
		exchange_close(exchange, true);
}

static bool daemon_start(
	struct http_daemon *daemon, const struct connection_limits *limits, unsigned per_address)
{
	int strict = !daemon->positions; /* version 1 refuses by itself what positions show */

	daemon->mhd = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
					       MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL |
					       MHD_USE_ITC | MHD_USE_ERROR_LOG,
		0, NULL, NULL, daemon_handle, daemon, MHD_OPTION_EXTERNAL_LOGGER, daemon_said,
		daemon, MHD_OPTION_LISTEN_SOCKET, daemon->socket, MHD_OPTION_CONNECTION_LIMIT,
		limits->most, MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)DAEMON_BACKSTOP_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)DAEMON_POOL_BYTES,
		MHD_OPTION_THREAD_STACK_SIZE, (size_t)DAEMON_STACK_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, strict, MHD_OPTION_URI_LOG_CALLBACK, daemon_begin,
		daemon, MHD_OPTION_UNESCAPE_CALLBACK, daemon_leave, daemon,
		MHD_OPTION_NOTIFY_COMPLETED, daemon_completed, daemon, MHD_OPTION_NOTIFY_CONNECTION,
		daemon_connection, daemon, MHD_OPTION_END);
	return daemon->mhd != NULL;
}

bool http_daemon_open(struct core *core, int socket, const struct connection_limits *limits,
	unsigned per_address, struct http_daemon **out_daemon, struct error *error)
{
	struct http_daemon *daemon = calloc(1, sizeof *daemon);

	if (!daemon)
		return error_no_memory(error);
	daemon->core = core;
	daemon->socket = socket;
	daemon->positions = strncmp(MHD_get_version(), "0.", 2) == 0;
	daemon->connections = connections_open(limits);
	if (!daemon->connections || !daemon_start(daemon, limits, per_address)) {
		connections_close(daemon->connections);
		free(daemon);
		return error_set(error, ERROR_SYSTEM, "the web server did not start");
	}
	*out_daemon = daemon;
	return true;
}

void http_daemon_sweep(struct http_daemon *daemon)
{
	connections_sweep(daemon->connections);
}

/* Takes in those that had connected before nothing new was accepted. Returns how many. */
static unsigned daemon_accept_rest(struct http_daemon *daemon, int socket)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof address;
	unsigned count = 0;
	int one;

	while ((one = accept4(socket, (struct sockaddr *)&address, &length,
			SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
		if (MHD_add_connection(daemon->mhd, one, (struct sockaddr *)&address, length) !=
			MHD_YES)
			break;
		length = sizeof address;
		count++;
	}
	return count;
}

void http_daemon_close(struct http_daemon *daemon, unsigned seconds, bool handed_on)
{
	struct timespec pause = {.tv_nsec = DAEMON_PAUSE_MS * 1000000L};
	unsigned left = seconds * (1000 / DAEMON_PAUSE_MS), taken_in = 0;
	int socket;

	if (!daemon)
		return;
	socket = MHD_quiesce_daemon(daemon->mhd);
	if (socket >= 0 && !handed_on) {
		taken_in = daemon_accept_rest(daemon, socket);
		shutdown(socket, SHUT_RD); /* at once, though another thread may still poll it */
	}
	if (socket >= 0)
		close(socket);
	/* only now: who is told to connect again must not reach a socket that nobody accepts from
	 */
	atomic_store(&daemon->core->stopping, true);
	if (taken_in > 0)
		nanosleep(&pause, NULL); /* until the library's own thread has them */
	while (connections_drain(daemon->connections, DAEMON_DRAIN_MS) > 0 && left-- > 0) {
		connections_sweep(daemon->connections);
		nanosleep(&pause, NULL);
	}
	MHD_stop_daemon(daemon->mhd);
	connections_close(daemon->connections);
	free(daemon);
}
