/* SPDX-License-Identifier: MIT */
/*
 * The rows that say who saw what, of all requests at once: a writer makes those that came while the
 * disk was at work last in one go, in the daybook beside the record; a poster takes them over into
 * the log, at once when nobody else is at work and within a second otherwise.
 *
 * The one rule: audit_queue_wait comes back true when the row is on the disk; what it tells of is
 * not shown before, nor when it comes back false.
 */
#ifndef HEARTH_WEB_AUDIT_QUEUE_H
#define HEARTH_WEB_AUDIT_QUEUE_H

#include <pthread.h>
#include <stdatomic.h>

#include "people/audit_post.h"

/* A row on its way. */
struct audit_wait {
	const struct actor *actor;
	const struct audit_row *row;
	struct audit_wait *next;
	unsigned batch; /* the number of the batch it goes with */
	struct error error;
	bool good, done; /* `done` under the queue's lock */
};

struct audit_queue {
	pthread_mutex_t lock;
	pthread_cond_t arrived;	   /* for the writer */
	pthread_cond_t written[2]; /* for those of even and of odd batches */
	pthread_cond_t due;	   /* for the poster */
	pthread_cond_t posted;
	struct arena *arena;
	struct audit_wait *first, *last; /* of the batch that is next */
	unsigned batch;			 /* its number */
	struct known *known;		 /* what posting does not change */
	struct store *store;		 /* the poster's own */
	struct daybook *daybook;
	const char *path;
	struct daybook_mark kept, taken; /* in the daybook, in the record */
	struct error damage;		 /* the daybook is not what was written: nothing is shown */
	pthread_t writer, poster;
	int64_t time;		    /* the writer's, in steps of QUIET_MS */
	unsigned rows, rows_before; /* of this step and of the one before */
	atomic_uint at_work;	    /* requests that are being answered: the caller's to count */
	bool writing, posting, hurry, ending;
};

/* Opens the record and its daybook, takes over what was left there, and starts both. `known` is
 * told of their commits. */
bool audit_queue_open(struct audit_queue *queue, const char *place, const char *key_file,
	struct known *known, struct error *error) MUST_CHECK;

/* Ends them after the rows that wait are in the log. Nobody may write any more. */
void audit_queue_close(struct audit_queue *queue);

/* Hands the row in. `wait`, actor and row stay where they are until audit_queue_wait, which must
 * follow. audit_may_wait must be true of them. */
void audit_queue_put(struct audit_queue *queue, struct audit_wait *wait, const struct actor *actor,
	const struct audit_row *row);
bool audit_queue_wait(
	struct audit_queue *queue, struct audit_wait *wait, struct error *error) MUST_CHECK;

#endif
