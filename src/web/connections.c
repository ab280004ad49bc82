/* SPDX-License-Identifier: MIT */
#include "web/connections.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum {
	PASS_BYTES_A_MS = 16, /* the slowest that a body or an answer may pass: 16 KiB a second */
	PASS_SAFE_MS = 2000,  /* one that passes is not cut for another before */
};

struct connection {
	enum connection_state state;
	int socket;
	int64_t since_ms;    /* in this state */
	int64_t deadline_ms; /* INT64_MAX: none */
	pthread_t thread;    /* when claimed */
	void *current;
	bool claimed;
};

struct connections {
	pthread_mutex_t lock;
	struct connection_limits limits;
	unsigned in_use; /* without those that are cut */
	struct connection slot[];
};

static int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct connections *connections_open(const struct connection_limits *limits)
{
	struct connections *connections =
		calloc(1, sizeof *connections + limits->most * sizeof(struct connection));

	if (!connections)
		return NULL;
	connections->limits = *limits;
	pthread_mutex_init(&connections->lock, NULL);
	return connections;
}

void connections_close(struct connections *connections)
{
	if (!connections)
		return;
	pthread_mutex_destroy(&connections->lock);
	free(connections);
}

/* The deadline of a state that begins now. */
static int64_t connections_deadline(
	const struct connection_limits *limits, enum connection_state state, uint64_t bytes)
{
	int64_t now = clock_ms();

	switch (state) {
	case CONNECTION_NEW:
		return now + limits->head_seconds * INT64_C(1000);
	case CONNECTION_IDLE:
		return now + limits->idle_seconds * INT64_C(1000);
	case CONNECTION_BODY:
	case CONNECTION_SEND:
		return now + limits->pass_seconds * INT64_C(1000) +
		       (int64_t)(bytes / PASS_BYTES_A_MS);
	case CONNECTION_FREE:
	case CONNECTION_WORK:
	case CONNECTION_CUT:
		break;
	}
	return INT64_MAX;
}

static void connections_enter(struct connections *connections, struct connection *connection,
	enum connection_state state, uint64_t bytes)
{
	connection->state = state;
	connection->since_ms = clock_ms();
	connection->deadline_ms = connections_deadline(&connections->limits, state, bytes);
}

/* `how`: SHUT_RD lets what was received be answered still. */
static void connections_cut(struct connections *connections, struct connection *connection, int how)
{
	shutdown(connection->socket, how);
	connections_enter(connections, connection, CONNECTION_CUT, 0);
	connections->in_use--;
}

/* The longest in that state, since `before` at the latest; NULL when there is none. */
static struct connection *connections_oldest(
	struct connections *connections, enum connection_state state, int64_t before)
{
	struct connection *oldest = NULL;

	for (unsigned i = 0; i < connections->limits.most; i++) {
		struct connection *one = &connections->slot[i];

		if (one->state == state && one->since_ms <= before &&
			(!oldest || one->since_ms < oldest->since_ms))
			oldest = one;
	}
	return oldest;
}

/* Makes room for a newcomer, where somebody keeps us waiting. */
static void connections_make_room(struct connections *connections)
{
	static const enum connection_state order[] = {
		CONNECTION_NEW, CONNECTION_IDLE, CONNECTION_BODY, CONNECTION_SEND};
	struct connection *loser = NULL;
	int64_t now = clock_ms();

	for (size_t i = 0; !loser && i < sizeof order / sizeof *order; i++) {
		bool passes = order[i] == CONNECTION_BODY || order[i] == CONNECTION_SEND;

		loser = connections_oldest(
			connections, order[i], passes ? now - PASS_SAFE_MS : now);
	}
	if (loser)
		connections_cut(connections, loser, SHUT_RDWR);
}

struct connection *connections_add(struct connections *connections, int socket)
{
	struct connection *slot;

	pthread_mutex_lock(&connections->lock);
	if (connections->in_use >= connections->limits.wanted)
		connections_make_room(connections);
	slot = connections_oldest(connections, CONNECTION_FREE, INT64_MAX);
	if (slot) {
		slot->socket = socket;
		slot->claimed = false;
		connections_enter(connections, slot, CONNECTION_NEW, 0);
		connections->in_use++;
	}
	pthread_mutex_unlock(&connections->lock);
	return slot;
}

void connections_remove(struct connections *connections, struct connection *connection)
{
	if (!connection)
		return;
	pthread_mutex_lock(&connections->lock);
	if (connection->state != CONNECTION_CUT)
		connections->in_use--;
	connection->state = CONNECTION_FREE;
	connection->socket = -1;
	connection->claimed = false;
	pthread_mutex_unlock(&connections->lock);
}

void connections_set(struct connections *connections, struct connection *connection,
	enum connection_state state, uint64_t bytes)
{
	pthread_mutex_lock(&connections->lock);
	/* one that was cut may answer what it had received, but stays cut */
	if (connection->state != CONNECTION_CUT)
		connections_enter(connections, connection, state, bytes);
	pthread_mutex_unlock(&connections->lock);
}

void connections_sweep(struct connections *connections)
{
	int64_t now = clock_ms();

	pthread_mutex_lock(&connections->lock);
	for (unsigned i = 0; i < connections->limits.most; i++) {
		struct connection *one = &connections->slot[i];

		if (one->state != CONNECTION_FREE && one->state != CONNECTION_CUT &&
			one->deadline_ms < now)
			connections_cut(connections, one, SHUT_RDWR);
	}
	pthread_mutex_unlock(&connections->lock);
}

unsigned connections_drain(struct connections *connections, int64_t idle_ms)
{
	int64_t now = clock_ms();
	unsigned open = 0;

	pthread_mutex_lock(&connections->lock);
	for (unsigned i = 0; i < connections->limits.most; i++) {
		struct connection *one = &connections->slot[i];

		if (one->state == CONNECTION_FREE)
			continue;
		open++;
		if ((one->state == CONNECTION_NEW || one->state == CONNECTION_IDLE) &&
			now - one->since_ms > idle_ms)
			connections_cut(connections, one, SHUT_RD);
	}
	pthread_mutex_unlock(&connections->lock);
	return open;
}

void connections_claim(
	struct connections *connections, struct connection *connection, void *current)
{
	pthread_mutex_lock(&connections->lock);
	connection->thread = pthread_self();
	connection->claimed = true;
	connection->current = current;
	pthread_mutex_unlock(&connections->lock);
}

struct connection *connections_mine(struct connections *connections, void **out_current)
{
	struct connection *mine = NULL, *unclaimed = NULL;
	unsigned others = 0;

	pthread_mutex_lock(&connections->lock);
	for (unsigned i = 0; i < connections->limits.most && !mine; i++) {
		struct connection *one = &connections->slot[i];

		if (one->state == CONNECTION_FREE)
			continue;
		if (one->claimed && pthread_equal(one->thread, pthread_self()))
			mine = one;
		if (!one->claimed && others++ == 0)
			unclaimed = one;
	}
	if (!mine && others == 1)
		mine = unclaimed;
	*out_current = mine && mine->claimed ? mine->current : NULL;
	pthread_mutex_unlock(&connections->lock);
	return mine;
}

int connection_socket(const struct connection *connection)
{
	return connection->socket;
}
