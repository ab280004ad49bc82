/* SPDX-License-Identifier: MIT */
/*
 * HTTP on the wire: a thread for every connection. The door of libmicrohttpd.
 *
 * The one rule: nothing is decided here; a request becomes an exchange (web/exchange.h), and what
 * that answers is sent.
 */
#ifndef HEARTH_WEB_HTTP_DAEMON_H
#define HEARTH_WEB_HTTP_DAEMON_H

#include "web/connections.h"
#include "web/core.h"

struct http_daemon;

/* Serves what comes to the listening socket, which is the daemon's from now on. */
bool http_daemon_open(struct core *core, int socket, const struct connection_limits *limits,
	unsigned per_address, struct http_daemon **out_daemon, struct error *error) MUST_CHECK;

/* Cuts connections that are out of time: to be called a few times a second. */
void http_daemon_sweep(struct http_daemon *daemon);

/* Accepts nothing new, waits for the requests in flight for at most that long, and gives everything
 * back. `handed_on`: somebody else goes on to listen at the socket, and to those who have connected
 * but are not accepted yet. Accepts NULL. */
void http_daemon_close(struct http_daemon *daemon, unsigned seconds, bool handed_on);

#endif
