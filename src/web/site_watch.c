/* SPDX-License-Identifier: MIT */
#include "web/site_watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

enum { LOOK_MS = 1000 }; /* how often a database that tells nobody is asked */

static bool is_ending(const struct site_watch *watch)
{
	struct pollfd descriptor = {.fd = watch->wake[0], .events = POLLIN};

	return poll(&descriptor, 1, 0) > 0;
}

/* A database that is away is waited for: requests say so meanwhile. */
static void rest(const struct site_watch *watch)
{
	struct pollfd descriptor = {.fd = watch->wake[0], .events = POLLIN};

	poll(&descriptor, 1, LOOK_MS);
}

static void *look(void *context)
{
	struct site_watch *watch = context;
	struct record_state state;
	struct error error;

	while (!is_ending(watch)) {
		if (!store_wait(watch->store, watch->wake[0], LOOK_MS, &error)) {
			rest(watch);
			continue;
		}
		if (!is_ending(watch) && store_state(watch->store, &state, &error))
			(void)!watch->changed(watch->context, &state, &error);
	}
	return NULL;
}

bool site_watch_open(struct site_watch *watch, const char *place, const char *key_file,
	bool (*changed)(void *context, const struct record_state *state, struct error *error),
	void *context, struct error *error)
{
	sigset_t all, before;
	int fault;

	*watch = (struct site_watch){.changed = changed, .context = context, .wake = {-1, -1}};
	if (!store_open_with(&watch->store, place, key_file, DATABASE_READ, error))
		return false;
	if (pipe(watch->wake) != 0)
		return error_system(error, errno, "the watch over the record could not be started");
	/* signals are for the thread that waits for them */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	fault = pthread_create(&watch->thread, NULL, look, watch);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	watch->running = fault == 0;
	return watch->running ||
	       error_system(error, fault, "the watch over the record could not be started");
}

void site_watch_close(struct site_watch *watch)
{
	if (watch->running) {
		close(watch->wake[1]);
		pthread_join(watch->thread, NULL);
		close(watch->wake[0]);
	}
	store_close(watch->store);
	*watch = (struct site_watch){.running = false};
}
