/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { PARALLEL_MOST_THREADS = 8 };

/* Set once by a door before any work; results never depend on it. */
static atomic_int parallel_wanted;

void parallel_set_threads(int threads)
{
	atomic_store(&parallel_wanted, threads);
}

int parallel_threads(void)
{
	long threads = atomic_load(&parallel_wanted);

	if (threads <= 0)
		threads = sysconf(_SC_NPROCESSORS_ONLN);
	if (threads < 1)
		threads = 1;
	return threads > PARALLEL_MOST_THREADS ? PARALLEL_MOST_THREADS : (int)threads;
}

struct parallel_job {
	size_t items;
	size_t chunk_size;
	parallel_work *work;
	void *context;
	atomic_size_t next;
};

static void *parallel_run(void *argument)
{
	struct parallel_job *job = argument;
	size_t chunks = parallel_chunks(job->items, job->chunk_size);
	size_t chunk;

	while ((chunk = atomic_fetch_add(&job->next, 1)) < chunks) {
		size_t first = chunk * job->chunk_size;
		size_t left = job->items - first;

		job->work(job->context, chunk, first,
			left < job->chunk_size ? left : job->chunk_size);
	}
	return NULL;
}

void parallel_for(size_t items, size_t chunk_size, parallel_work *work, void *context)
{
	struct parallel_job job = {items, chunk_size, work, context, 0};
	pthread_t threads[PARALLEL_MOST_THREADS];
	size_t chunks = parallel_chunks(items, chunk_size);
	int wanted = parallel_threads(), started = 0;

	if (chunks < (size_t)wanted)
		wanted = (int)chunks;
	while (started < wanted - 1 &&
		pthread_create(&threads[started], NULL, parallel_run, &job) == 0)
		started++;
	parallel_run(&job);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}
