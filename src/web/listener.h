/* SPDX-License-Identifier: MIT */
/*
 * The socket the site listens at: of an address, a path, or handed over by systemd.
 */
#ifndef HEARTH_WEB_LISTENER_H
#define HEARTH_WEB_LISTENER_H

#include "base/error.h"

enum { LISTENER_ADDRESS_SIZE = 160 };

struct listener {
	int socket;
	bool is_unix;
	bool inherited;			     /* made by who started us: left in the file system */
	char path[108];			     /* of a Unix socket that is ours; "" otherwise */
	char address[LISTENER_ADDRESS_SIZE]; /* "http://127.0.0.1:8080", "unix:/run/hearth.sock" */
};

/* `where` as in web_options. ERROR_INPUT when it is no address, ERROR_CONFLICT when it is taken,
 * ERROR_SYSTEM. The socket is not closed by listener_close but by who serves it. */
bool listener_open(
	const char *where, struct listener *out_listener, struct error *error) MUST_CHECK;

/* Takes the path of a Unix socket away. */
void listener_close(const struct listener *listener);

#endif
