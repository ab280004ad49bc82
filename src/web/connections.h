/* SPDX-License-Identifier: MIT */
/*
 * The connections that are open, and how long each may take for what it is doing.
 *
 * The one rule: whoever keeps us waiting for bytes is the one to go. When all places are taken, a
 * newcomer gets that of the connection that has waited longest to bring its first request, or else
 * of the one that has been idle longest, or else of the one whose body or answer has been passing
 * longest, two seconds at least; one whose handler works is never cut for another.
 *
 * One lock; a socket is only touched under it and only while it is ours.
 */
#ifndef HEARTH_WEB_CONNECTIONS_H
#define HEARTH_WEB_CONNECTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct connections;
struct connection;

enum connection_state {
	CONNECTION_FREE,
	CONNECTION_NEW,	 /* its first request has not come yet */
	CONNECTION_IDLE, /* between requests */
	CONNECTION_BODY, /* sends a body */
	CONNECTION_WORK, /* waits for a handler: takes the time it takes */
	CONNECTION_SEND, /* takes an answer */
	CONNECTION_CUT,	 /* told to go */
};

struct connection_limits {
	unsigned wanted; /* places */
	unsigned most;	 /* slots: places, and those on their way out */
	unsigned head_seconds, idle_seconds, pass_seconds;
};

/* NULL when memory ran out. */
struct connections *connections_open(const struct connection_limits *limits);
void connections_close(struct connections *connections);

/* A new connection; NULL when there is no slot for it (it must be closed). */
struct connection *connections_add(struct connections *connections, int socket);

/* Its socket is about to be closed. Accepts NULL. */
void connections_remove(struct connections *connections, struct connection *connection);

/* What it does from now on; `bytes` are to pass (CONNECTION_BODY, CONNECTION_SEND). */
void connections_set(struct connections *connections, struct connection *connection,
	enum connection_state state, uint64_t bytes);

/* Cuts those that are out of time. */
void connections_sweep(struct connections *connections);

/* When stopping: cuts those that have brought nothing for that long. Returns how many connections
 * are open still. */
unsigned connections_drain(struct connections *connections, int64_t idle_ms);

/* The calling thread serves this connection, and works on `current` (NULL: between requests). */
void connections_claim(
	struct connections *connections, struct connection *connection, void *current);

/* The connection of the calling thread: what it claimed, or else the only one that nobody claimed.
 * NULL when that is not known. */
struct connection *connections_mine(struct connections *connections, void **out_current);

/* The socket of a connection: for its own thread only. */
int connection_socket(const struct connection *connection);

#endif
