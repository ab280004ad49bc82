/* SPDX-License-Identifier: MIT */
#include "web/server.h"

#include "web/core.h"
#include "web/http_daemon.h"
#include "web/listener.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
	SERVER_CONNECTIONS = 200,
	SERVER_SPARE = 64, /* on their way out while a newcomer comes in */
	SERVER_HEAD_SECONDS = 10,
	SERVER_IDLE_SECONDS = 60,
	SERVER_PASS_SECONDS = 30,
	SERVER_STOP_SECONDS = 20,
	SERVER_SWEEP_MS = 250,
};

struct web_server {
	struct arena *arena;
	struct core core;
	struct listener listener;
	struct http_daemon *daemon;
	unsigned stop_seconds;
};

static bool server_check(
	const struct web_options *options, const struct site *site, struct error *error)
{
	const char *origin = options->origin;

	if (origin && strncmp(origin, "https://", 8) != 0 && strncmp(origin, "http://", 7) != 0)
		return error_set(error, ERROR_INPUT,
			"%s is not how people reach a site: write https:// and its name", origin);
	if (origin && strchr(strstr(origin, "://") + 3, '/'))
		return error_set(error, ERROR_INPUT,
			"%s: a site is named without a path or a / at its end", origin);
	if (options->trust_proxy && !origin)
		return error_set(error, ERROR_INPUT,
			"behind a proxy the site must be told the address people type");
	return route_check(site->routes, site->route_count, error);
}

/* A setting, or its usual value. */
static unsigned server_or(unsigned given, unsigned usual)
{
	return given ? given : usual;
}

static bool server_fill(struct web_server *server, const struct web_options *options,
	const struct site *site, struct error *error)
{
	struct core *core = &server->core;

	core->site = site;
	core->origin = options->origin;
	core->secure = options->origin && strncmp(options->origin, "https://", 8) == 0;
	core->trust_proxy = options->trust_proxy && server->listener.is_unix;
	core->log = options->log ? options->log : 2;
	if (options->secret)
		memcpy(core->secret, options->secret, sizeof core->secret);
	else
		crypto_random(core->secret, sizeof core->secret);
	server->stop_seconds = server_or(options->stop_seconds, SERVER_STOP_SECONDS);
	return assets_open(server->arena, site, &core->assets, error);
}

/* The threads of the server must not take the signals that web_server_wait waits for. */
static void server_block_signals(sigset_t *out_set)
{
	sigemptyset(out_set);
	sigaddset(out_set, SIGTERM);
	sigaddset(out_set, SIGINT);
	pthread_sigmask(SIG_BLOCK, out_set, NULL);
}

static bool server_start(
	struct web_server *server, const struct web_options *options, struct error *error)
{
	unsigned wanted = server_or(options->connections, SERVER_CONNECTIONS);
	struct connection_limits limits = {
		.wanted = wanted,
		.most = wanted + SERVER_SPARE,
		.head_seconds = server_or(options->head_seconds, SERVER_HEAD_SECONDS),
		.idle_seconds = server_or(options->idle_seconds, SERVER_IDLE_SECONDS),
		.pass_seconds = server_or(options->body_seconds, SERVER_PASS_SECONDS),
	};

	return http_daemon_open(&server->core, server->listener.socket, &limits,
		options->connections_per_address, &server->daemon, error);
}

bool web_server_open(const struct web_options *options, const struct site *site,
	struct web_server **out_server, struct error *error)
{
	struct arena *arena;
	struct web_server *server;
	sigset_t set;

	if (!crypto_start(error) || !server_check(options, site, error))
		return false;
	arena = arena_open();
	server = arena ? arena_take(arena, 1, sizeof *server) : NULL;
	if (!server) {
		arena_close(arena);
		return error_no_memory(error);
	}
	server->arena = arena;
	server_block_signals(&set);
	if (!listener_open(options->listen, &server->listener, error)) {
		arena_close(arena);
		return false;
	}
	if (!server_fill(server, options, site, error) || !server_start(server, options, error)) {
		close(server->listener.socket);
		listener_close(&server->listener);
		arena_close(arena);
		return false;
	}
	*out_server = server;
	return true;
}

const char *web_server_address(const struct web_server *server)
{
	return server->listener.address;
}

void web_server_wait(struct web_server *server)
{
	struct timespec pause = {.tv_nsec = SERVER_SWEEP_MS * 1000000L};
	sigset_t set;

	server_block_signals(&set);
	while (sigtimedwait(&set, NULL, &pause) < 0)
		http_daemon_sweep(server->daemon);
}

void web_server_close(struct web_server *server)
{
	if (!server)
		return;
	http_daemon_close(server->daemon, server->stop_seconds, server->listener.inherited);
	listener_close(&server->listener);
	crypto_wipe(server->core.secret, sizeof server->core.secret);
	arena_close(server->arena);
}

bool web_serve(const struct web_options *options, const struct site *site, struct error *error)
{
	struct web_server *server;

	/* a log that nobody reads any more must not end the program */
	signal(SIGPIPE, SIG_IGN);
	if (!web_server_open(options, site, &server, error))
		return false;
	fprintf(stderr, "Hearth listens at %s\n", web_server_address(server));
	web_server_wait(server);
	web_server_close(server);
	return true;
}
