/* SPDX-License-Identifier: MIT */
#include "import/hashing.h"

#include <pthread.h>

#include "base/file.h"
#include "base/parallel.h"

struct hashing {
	const char *const *paths;
	size_t count;
	size_t limit;
	char (*hashes)[SHA256_TEXT_SIZE];
	pthread_t thread;
	bool beside; /* the thread was started */
	pthread_mutex_t lock;
	pthread_cond_t progress;
	size_t done; /* hashes that are there, from the first */
	bool stop;
};

static void hashing_take(struct hashing *hashing, size_t number)
{
	struct file_map map;

	hashing->hashes[number][0] = '\0';
	if (!file_map_open(&map, hashing->paths[number], hashing->limit, NULL))
		return;
	sha256_text(map.bytes, hashing->hashes[number]);
	file_map_close(&map);
}

static void *hashing_run(void *context)
{
	struct hashing *hashing = context;
	bool stop = false;

	for (size_t i = 0; i < hashing->count && !stop; i++) {
		hashing_take(hashing, i);
		pthread_mutex_lock(&hashing->lock);
		hashing->done = i + 1;
		stop = hashing->stop;
		pthread_cond_broadcast(&hashing->progress);
		pthread_mutex_unlock(&hashing->lock);
	}
	return NULL;
}

bool hashing_open(struct hashing **out_hashing, struct arena *arena, const char *const *paths,
	size_t count, size_t limit, struct error *error)
{
	struct hashing *hashing = arena_take(arena, 1, sizeof *hashing);

	if (hashing)
		hashing->hashes = arena_take(arena, count, sizeof *hashing->hashes);
	if (!hashing || !hashing->hashes)
		return error_no_memory(error);
	hashing->paths = paths;
	hashing->count = count;
	hashing->limit = limit;
	pthread_mutex_init(&hashing->lock, NULL);
	pthread_cond_init(&hashing->progress, NULL);
	hashing->beside = count && parallel_threads() > 1 &&
			  pthread_create(&hashing->thread, NULL, hashing_run, hashing) == 0;
	*out_hashing = hashing;
	return true;
}

bool hashing_is_ready(struct hashing *hashing, size_t number)
{
	bool ready;

	if (!hashing->beside)
		return true;
	pthread_mutex_lock(&hashing->lock);
	ready = hashing->done > number;
	pthread_mutex_unlock(&hashing->lock);
	return ready;
}

void hashing_wait(struct hashing *hashing, size_t number, char out[SHA256_TEXT_SIZE])
{
	if (!hashing->beside && !hashing->hashes[number][0])
		hashing_take(hashing, number);
	pthread_mutex_lock(&hashing->lock);
	while (hashing->beside && hashing->done <= number)
		pthread_cond_wait(&hashing->progress, &hashing->lock);
	pthread_mutex_unlock(&hashing->lock);
	memcpy(out, hashing->hashes[number], SHA256_TEXT_SIZE);
}

void hashing_close(struct hashing *hashing)
{
	if (!hashing)
		return;
	pthread_mutex_lock(&hashing->lock);
	hashing->stop = true;
	pthread_mutex_unlock(&hashing->lock);
	if (hashing->beside)
		pthread_join(hashing->thread, NULL);
	pthread_cond_destroy(&hashing->progress);
	pthread_mutex_destroy(&hashing->lock);
}
