/* SPDX-License-Identifier: MIT */
#include "web/audit_queue.h"

#include <signal.h>

#include "store/change.h"

struct audit_wait {
	const struct actor *actor;
	const struct audit_row *row;
	struct audit_wait *next;
	struct error error;
	bool good, done; /* `done` under the lock */
};

/* All rows in one transaction; false when one of them, or the disk, refuses. */
static bool write_all(struct store *store, struct audit_wait *batch, struct error *error)
{
	bool good = store_begin(store, error);

	if (!good)
		return false;
	for (struct audit_wait *one = batch; one && good; one = one->next)
		good = audit_append(store, one->actor, one->row, error);
	return store_end(store, good, error);
}

static void write_one(struct store *store, struct audit_wait *one)
{
	one->good = store_begin(store, &one->error) &&
		    store_end(store, audit_append(store, one->actor, one->row, &one->error),
			    &one->error);
}

static void write_batch(struct store *store, struct audit_wait *batch)
{
	struct error error = {0};
	bool good = write_all(store, batch, &error);

	for (struct audit_wait *one = batch; one; one = one->next) {
		one->good = good;
		one->error = error;
		if (!good && batch->next)
			write_one(store, one);
	}
}

/* The waits live on their requests' stacks: after `done` they are gone. */
static void tell(struct audit_queue *queue, struct audit_wait *batch)
{
	pthread_mutex_lock(&queue->lock);
	while (batch) {
		struct audit_wait *next = batch->next;

		batch->done = true;
		batch = next;
	}
	pthread_cond_broadcast(&queue->written);
	pthread_mutex_unlock(&queue->lock);
}

static void *writer(void *context)
{
	struct audit_queue *queue = context;

	for (;;) {
		struct audit_wait *batch;

		pthread_mutex_lock(&queue->lock);
		while (!queue->first && !queue->ending)
			pthread_cond_wait(&queue->arrived, &queue->lock);
		batch = queue->first;
		queue->first = queue->last = NULL;
		pthread_mutex_unlock(&queue->lock);
		if (!batch)
			return NULL;
		write_batch(queue->store, batch);
		tell(queue, batch);
	}
}

bool audit_queue_open(struct audit_queue *queue, const char *place, const char *key_file,
	struct error *error)
{
	sigset_t all, before;
	int fault;

	*queue = (struct audit_queue){.running = false};
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->arrived, NULL);
	pthread_cond_init(&queue->written, NULL);
	if (!store_open_with(&queue->store, place, key_file, DATABASE_WRITE, error))
		return false;
	/* signals are for the thread that waits for them */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	fault = pthread_create(&queue->writer, NULL, writer, queue);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (fault)
		return error_system(error, fault, "the writer of the log could not be started");
	queue->running = true;
	return true;
}

void audit_queue_close(struct audit_queue *queue)
{
	if (queue->running) {
		pthread_mutex_lock(&queue->lock);
		queue->ending = true;
		pthread_cond_signal(&queue->arrived);
		pthread_mutex_unlock(&queue->lock);
		pthread_join(queue->writer, NULL);
	}
	store_close(queue->store);
	pthread_cond_destroy(&queue->written);
	pthread_cond_destroy(&queue->arrived);
	pthread_mutex_destroy(&queue->lock);
}

bool audit_queue_write(struct audit_queue *queue, const struct actor *actor,
	const struct audit_row *row, struct error *error)
{
	struct audit_wait wait = {.actor = actor, .row = row};

	pthread_mutex_lock(&queue->lock);
	if (queue->last)
		queue->last->next = &wait;
	else
		queue->first = &wait;
	queue->last = &wait;
	pthread_cond_signal(&queue->arrived);
	while (!wait.done)
		pthread_cond_wait(&queue->written, &queue->lock);
	pthread_mutex_unlock(&queue->lock);
	if (!wait.good && error)
		*error = wait.error;
	return wait.good;
}
