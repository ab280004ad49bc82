/* SPDX-License-Identifier: MIT */
/* Turns to hash: first come first served, people on known devices before others. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "people/password.h"

enum { WAITING_MOST = 64, UNKNOWN = 0, KNOWN = 1 };

/* One line for each kind; `served` is the number of the ticket whose turn is next. */
struct line {
	uint64_t given, served;
};

struct password_queue {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	unsigned running, at_once, waiting, waiting_most;
	struct line lines[2];
};

static unsigned half_the_cores(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN) / 2;

	return cores < 1		      ? 1
	       : cores > PASSWORD_HASHES_MOST ? PASSWORD_HASHES_MOST
					      : (unsigned)cores;
}

bool password_queue_open(
	struct password_queue **out_queue, unsigned at_once, unsigned waiting, struct error *error)
{
	struct password_queue *queue = calloc(1, sizeof *queue);

	if (!queue)
		return error_no_memory(error);
	queue->at_once = at_once ? at_once : half_the_cores();
	if (queue->at_once > PASSWORD_HASHES_MOST)
		queue->at_once = PASSWORD_HASHES_MOST;
	queue->waiting_most = waiting ? waiting : WAITING_MOST;
	if (pthread_mutex_init(&queue->lock, NULL) != 0 ||
		pthread_cond_init(&queue->moved, NULL) != 0) {
		free(queue);
		return error_no_memory(error);
	}
	*out_queue = queue;
	return true;
}

void password_queue_close(struct password_queue *queue)
{
	if (!queue)
		return;
	pthread_cond_destroy(&queue->moved);
	pthread_mutex_destroy(&queue->lock);
	free(queue);
}

static bool is_my_turn(const struct password_queue *queue, int kind, uint64_t ticket)
{
	const struct line *known = &queue->lines[KNOWN];

	return queue->running < queue->at_once && queue->lines[kind].served == ticket &&
	       (kind == KNOWN || known->served == known->given);
}

bool password_queue_enter(struct password_queue *queue, bool known, struct error *error)
{
	int kind = known ? KNOWN : UNKNOWN;
	bool full;

	pthread_mutex_lock(&queue->lock);
	/* those on known devices find room when others have filled it */
	full = queue->waiting >= queue->waiting_most * (known ? 2 : 1);
	if (!full) {
		uint64_t ticket = queue->lines[kind].given++;

		queue->waiting++;
		while (!is_my_turn(queue, kind, ticket))
			pthread_cond_wait(&queue->moved, &queue->lock);
		queue->waiting--;
		queue->lines[kind].served++;
		queue->running++;
		pthread_cond_broadcast(&queue->moved);
	}
	pthread_mutex_unlock(&queue->lock);
	return !full || error_set(error, ERROR_LIMIT,
				"too many people sign in at this moment: try again in a minute");
}

void password_queue_leave(struct password_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->running--;
	pthread_cond_broadcast(&queue->moved);
	pthread_mutex_unlock(&queue->lock);
}
