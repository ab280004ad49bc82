/* SPDX-License-Identifier: MIT */
/* A thread that reads the record again when another program changed it. */
#ifndef HEARTH_WEB_SITE_WATCH_H
#define HEARTH_WEB_SITE_WATCH_H

#include <pthread.h>

#include "store/state.h"
#include "store/vault.h"

struct site_watch {
	pthread_t thread;
	struct store *store;
	int wake[2]; /* closed at the other end: the thread ends */
	bool running;
	void *context;
	/* Reads the record again unless what is in memory is of that state. */
	bool (*changed)(void *context, const struct record_state *state, struct error *error);
};

bool site_watch_open(struct site_watch *watch, const char *place, const char *key_file,
	bool (*changed)(void *context, const struct record_state *state, struct error *error),
	void *context, struct error *error) MUST_CHECK;
void site_watch_close(struct site_watch *watch); /* of one that was never opened, too */

#endif
