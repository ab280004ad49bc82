/* SPDX-License-Identifier: MIT */
#include "web/site_pool.h"

#include "store/change.h"

void pool_open(struct site_pool *pool, const char *place, const char *key_file)
{
	*pool = (struct site_pool){.place = place, .key_file = key_file};
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->given, NULL);
}

void pool_close(struct site_pool *pool)
{
	for (size_t i = 0; i < pool->idle_count; i++)
		store_close(pool->idle[i]);
	pthread_cond_destroy(&pool->given);
	pthread_mutex_destroy(&pool->lock);
}

static bool open_one(struct site_pool *pool, struct store **out_store, struct error *error)
{
	struct store *store = NULL;

	if (!store_open_with(&store, pool->place, pool->key_file, DATABASE_WRITE, error))
		return false;
	if (!store_modest(store, error)) {
		store_close(store);
		return false;
	}
	*out_store = store;
	return true;
}

bool pool_take(struct site_pool *pool, struct store **out_store, struct error *error)
{
	struct store *store = NULL;

	pthread_mutex_lock(&pool->lock);
	while (!pool->idle_count && pool->lent_count >= POOL_STORES)
		pthread_cond_wait(&pool->given, &pool->lock);
	pool->lent_count++;
	if (pool->idle_count)
		store = pool->idle[--pool->idle_count];
	pthread_mutex_unlock(&pool->lock);
	if (!store && !open_one(pool, &store, error)) {
		pthread_mutex_lock(&pool->lock);
		pool->lent_count--;
		pthread_cond_signal(&pool->given);
		pthread_mutex_unlock(&pool->lock);
		return false;
	}
	*out_store = store;
	return true;
}

struct store *pool_take_open(struct site_pool *pool)
{
	struct store *store;

	pthread_mutex_lock(&pool->lock);
	while (!pool->idle_count)
		pthread_cond_wait(&pool->given, &pool->lock);
	pool->lent_count++;
	store = pool->idle[--pool->idle_count];
	pthread_mutex_unlock(&pool->lock);
	return store;
}

void pool_give(struct site_pool *pool, struct store *store)
{
	store_rollback(store);
	pthread_mutex_lock(&pool->lock);
	pool->lent_count--;
	if (pool->idle_count < POOL_STORES)
		pool->idle[pool->idle_count++] = store;
	pthread_cond_signal(&pool->given);
	pthread_mutex_unlock(&pool->lock);
}
