/* SPDX-License-Identifier: MIT */
/* Open connections to the record, one for each request that runs; kept open for the next. */
#ifndef HEARTH_WEB_SITE_POOL_H
#define HEARTH_WEB_SITE_POOL_H

#include <pthread.h>

#include "store/vault.h"

enum { POOL_STORES = 32 }; /* as many as wait for the audit log at once */

struct site_pool {
	pthread_mutex_t lock;
	pthread_cond_t given;
	const char *place, *key_file;
	struct store *idle[POOL_STORES];
	size_t idle_count, lent_count;
};

void pool_open(struct site_pool *pool, const char *place, const char *key_file);
void pool_close(struct site_pool *pool);

/* Waits for a turn when all are lent. */
bool pool_take(struct site_pool *pool, struct store **out_store, struct error *error) MUST_CHECK;

/* One of those that were opened before, of which there is one at least: it cannot fail. */
struct store *pool_take_open(struct site_pool *pool);
void pool_give(struct site_pool *pool, struct store *store);

#endif
