/* SPDX-License-Identifier: MIT */
#include "web/listener.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { LISTENER_INHERITED = 3, LISTENER_BACKLOG = 512 };

union listener_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un path;
};

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080" */
static bool listener_parse(const char *where, union listener_address *out, socklen_t *out_length)
{
	const char *colon = strrchr(where, ':');
	char host[64];
	size_t length = colon ? (size_t)(colon - where) : 0;
	int64_t port;

	if (!colon || length >= sizeof host || !text_integer(text_of(colon + 1), &port) ||
		port < 0 || port > 65535)
		return false;
	memcpy(host, where, length);
	host[length] = '\0';
	memset(out, 0, sizeof *out);
	if (host[0] == '[' && length > 2 && host[length - 1] == ']') {
		host[length - 1] = '\0';
		out->v6.sin6_family = AF_INET6;
		out->v6.sin6_port = htons((uint16_t)port);
		*out_length = sizeof out->v6;
		return inet_pton(AF_INET6, host + 1, &out->v6.sin6_addr) == 1;
	}
	out->v4.sin_family = AF_INET;
	out->v4.sin_port = htons((uint16_t)port);
	*out_length = sizeof out->v4;
	return inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host,
		       &out->v4.sin_addr) == 1;
}

/* What it listens at, in words. */
static void listener_name(struct listener *listener)
{
	union listener_address at = {0};
	socklen_t length = sizeof at;
	char host[INET6_ADDRSTRLEN] = "";

	if (getsockname(listener->socket, &at.any, &length) != 0)
		return;
	if (at.any.sa_family == AF_UNIX) {
		listener->is_unix = true;
		snprintf(listener->address, sizeof listener->address, "unix:%s", at.path.sun_path);
	} else if (at.any.sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &at.v6.sin6_addr, host, sizeof host);
		snprintf(listener->address, sizeof listener->address, "http://[%s]:%u", host,
			ntohs(at.v6.sin6_port));
	} else {
		inet_ntop(AF_INET, &at.v4.sin_addr, host, sizeof host);
		snprintf(listener->address, sizeof listener->address, "http://%s:%u", host,
			ntohs(at.v4.sin_port));
	}
}

static bool listener_bind(struct listener *listener, const union listener_address *at,
	socklen_t length, const char *where, struct error *error)
{
	int on = 1, number;

	listener->socket = socket(at->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (listener->socket < 0)
		return error_system(error, errno, "no socket for %s", where);
	setsockopt(listener->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(listener->socket, &at->any, length) == 0 &&
		listen(listener->socket, LISTENER_BACKLOG) == 0) {
		listener_name(listener);
		return true;
	}
	number = errno;
	close(listener->socket);
	listener->socket = -1;
	if (number == EADDRINUSE)
		return error_set(error, ERROR_CONFLICT,
			"something else listens at %s already: stop it or choose another address",
			where);
	return error_system(error, number, "cannot listen at %s", where);
}

/* Takes away a socket that nobody listens at any more, and nothing else. */
static void listener_remove_stale(const struct sockaddr_un *at)
{
	struct stat status;
	int probe;

	if (lstat(at->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
		return;
	probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (probe < 0)
		return;
	if (connect(probe, (const struct sockaddr *)at, sizeof *at) != 0 && errno == ECONNREFUSED)
		unlink(at->sun_path);
	close(probe);
}

static bool listener_open_path(struct listener *listener, const char *path, struct error *error)
{
	union listener_address at = {.path = {.sun_family = AF_UNIX}};
	mode_t mask;
	bool good;

	if (path[0] != '/' || strlen(path) >= sizeof at.path.sun_path)
		return error_set(error, ERROR_INPUT,
			"the path of a socket begins with / and has at most %zu characters",
			sizeof at.path.sun_path - 1);
	strcpy(at.path.sun_path, path);
	listener_remove_stale(&at.path);
	mask = umask(0117); /* its owner and group may connect, nobody else */
	good = listener_bind(listener, &at, sizeof at.path, path, error);
	umask(mask);
	if (good)
		strcpy(listener->path, path);
	return good;
}

/* sd_listen_fds(3): the first socket that systemd hands over. */
static bool listener_inherit(struct listener *listener)
{
	const char *process = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	int64_t number;

	if (!process || !count || !text_integer(text_of(process), &number) || number != getpid() ||
		!text_integer(text_of(count), &number) || number < 1)
		return false;
	listener->socket = LISTENER_INHERITED;
	listener->inherited = true;
	fcntl(listener->socket, F_SETFD, FD_CLOEXEC);
	fcntl(listener->socket, F_SETFL, fcntl(listener->socket, F_GETFL) | O_NONBLOCK);
	listener_name(listener);
	return listener->address[0] != '\0';
}

bool listener_open(const char *where, struct listener *out_listener, struct error *error)
{
	struct listener listener = {.socket = -1};
	union listener_address at;
	socklen_t length;

	if (!where && listener_inherit(&listener)) {
		*out_listener = listener;
		return true;
	}
	if (!where)
		where = "127.0.0.1:8080";
	if (strncmp(where, "unix:", 5) == 0) {
		if (!listener_open_path(&listener, where + 5, error))
			return false;
	} else if (!listener_parse(where, &at, &length)) {
		return error_set(error, ERROR_INPUT,
			"%s is no address to listen at: write 127.0.0.1:8080, [::1]:8080 or "
			"unix:/run/hearth.sock",
			where);
	} else if (!listener_bind(&listener, &at, length, where, error)) {
		return false;
	}
	*out_listener = listener;
	return true;
}

void listener_close(const struct listener *listener)
{
	if (listener->path[0])
		unlink(listener->path);
}
