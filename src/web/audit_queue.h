/* SPDX-License-Identifier: MIT */
/*
 * One writer for the rows that say who saw what: the rows of all requests that wait become lasting
 * by one transaction, since the disk takes as long for one as for many.
 *
 * The one rule: audit_queue_write comes back when the row is on the disk, or with the error and no
 * row. A row that cannot be written does not keep the others from being.
 */
#ifndef HEARTH_WEB_AUDIT_QUEUE_H
#define HEARTH_WEB_AUDIT_QUEUE_H

#include <pthread.h>

#include "people/audit.h"

struct audit_wait; /* a request that waits for its row */

struct audit_queue {
	pthread_mutex_t lock;
	pthread_cond_t arrived, written;
	struct audit_wait *first, *last;
	struct store *store; /* the writer's own */
	pthread_t writer;
	bool running, ending;
};

/* Opens the record for the writer and starts it. */
bool audit_queue_open(struct audit_queue *queue, const char *place, const char *key_file,
	struct error *error) MUST_CHECK;

/* Ends the writer after the rows that wait. Nobody may write any more. */
void audit_queue_close(struct audit_queue *queue);

/* The caller's own store must have no transaction and no cursor open. */
bool audit_queue_write(struct audit_queue *queue, const struct actor *actor,
	const struct audit_row *row, struct error *error) MUST_CHECK;

#endif
