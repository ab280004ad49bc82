/* SPDX-License-Identifier: MIT */
#include "web/audit_queue.h"

#include <signal.h>
#include <time.h>

#include "store/change.h"
#include "store/place.h"

enum {
	POST_GROUPS = 1024,    /* of one transaction */
	POST_AFTER_MS = 300,   /* the longest that a row stays in the daybook only */
	POST_PATIENCE_MS = 50, /* how long a quiet row waits to be in the log, too */
	POST_REST_MS = 200,    /* before another try */
	QUIET_MS = 100,	       /* so long, and the time before, with so many rows */
	QUIET_ROWS = 25,       /* at most, is quiet */
	GATHER_US = 300,       /* otherwise a batch waits for more */
};

static bool is_behind(const struct daybook_mark *taken, const struct daybook_mark *kept)
{
	return taken->turn < kept->turn ||
	       (taken->turn == kept->turn && taken->position < kept->position);
}

static struct timespec in_ms(long milliseconds)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_nsec += milliseconds % 1000 * 1000000;
	time.tv_sec += milliseconds / 1000 + time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

/* ---- the writer ------------------------------------------------------------------------------ */

/* All rows in groups, made last together. */
static bool write_all(struct audit_queue *queue, struct audit_wait *batch,
	const struct daybook_mark *taken, struct error *error)
{
	struct arena_mark scratch = arena_mark(queue->arena);
	struct buffer group = buffer_in(queue->arena);
	bool good = true;

	for (struct audit_wait *one = batch; one && good; one = one->next) {
		if (audit_pack(&group, one->actor, one->row))
			continue;
		good = daybook_add(
			queue->daybook, (struct text){group.data, group.length}, taken, error);
		group.length = 0;
		if (good && !audit_pack(&group, one->actor, one->row))
			good = error_no_memory(error);
	}
	good = good &&
	       daybook_add(queue->daybook, (struct text){group.data, group.length}, taken, error) &&
	       daybook_keep(queue->daybook, error);
	arena_release(queue->arena, scratch);
	return good;
}

static bool is_quiet(struct audit_queue *queue, unsigned rows)
{
	struct timespec now = in_ms(0);
	int64_t time = (now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000) / QUIET_MS;

	if (time != queue->time) {
		queue->rows_before = time == queue->time + 1 ? queue->rows : 0;
		queue->rows = 0;
		queue->time = time;
	}
	queue->rows += rows;
	return queue->rows <= QUIET_ROWS && queue->rows_before <= QUIET_ROWS &&
	       atomic_load(&queue->at_work) <= rows && !queue->first;
}

/* Nobody else is at work: the rows enter the log before anybody goes on, if that is soon done. */
static void post_if_quiet(struct audit_queue *queue, unsigned rows)
{
	struct timespec until = in_ms(POST_PATIENCE_MS);

	if (!is_quiet(queue, rows))
		return;
	queue->hurry = true;
	pthread_cond_signal(&queue->due);
	while (queue->hurry && pthread_cond_timedwait(&queue->posted, &queue->lock, &until) == 0)
		;
}

/* The waits are gone as soon as the lock is. */
static void tell(struct audit_wait *batch, bool good, const struct error *error)
{
	while (batch) {
		struct audit_wait *next = batch->next;

		batch->good = good;
		batch->error = *error;
		batch->done = true;
		batch = next;
	}
}

/* Without a daybook, which stands beside a file: in the log itself, in one transaction. */
static bool append_all(struct audit_queue *queue, struct audit_wait *batch, struct error *error)
{
	bool good = store_begin_aside(queue->store, error);

	if (!good)
		return false;
	for (struct audit_wait *one = batch; one && good; one = one->next)
		good = audit_append(queue->store, one->actor, one->row, error);
	return store_end(queue->store, good, error);
}

static void write_batch(struct audit_queue *queue, struct audit_wait *batch)
{
	struct error error = queue->damage;
	struct daybook_mark taken = queue->taken;
	unsigned rows = 0, number = queue->batch++;
	bool good;

	for (struct audit_wait *one = batch; one; one = one->next)
		rows++;
	pthread_mutex_unlock(&queue->lock);
	good = error.code == ERROR_NONE && (queue->daybook ? write_all(queue, batch, &taken, &error)
							   : append_all(queue, batch, &error));
	pthread_mutex_lock(&queue->lock);
	if (good && queue->daybook) {
		queue->kept = daybook_end(queue->daybook);
		post_if_quiet(queue, rows);
	}
	tell(batch, good, &error);
	/* woken with the lock held, they would run into it at once */
	pthread_mutex_unlock(&queue->lock);
	pthread_cond_broadcast(&queue->written[number % 2]);
	pthread_mutex_lock(&queue->lock);
}

/* Others are about to come: one more batch costs more than the wait. */
static void let_gather(struct audit_queue *queue)
{
	struct timespec pause = {.tv_nsec = GATHER_US * 1000L};

	pthread_mutex_unlock(&queue->lock);
	nanosleep(&pause, NULL);
	pthread_mutex_lock(&queue->lock);
}

static void *writer(void *context)
{
	struct audit_queue *queue = context;

	pthread_mutex_lock(&queue->lock);
	for (;;) {
		struct audit_wait *batch;

		if (queue->first && !is_quiet(queue, 0))
			let_gather(queue);
		batch = queue->first;
		if (batch) {
			queue->first = queue->last = NULL;
			write_batch(queue, batch);
		} else if (queue->ending) {
			break;
		} else {
			pthread_cond_wait(&queue->arrived, &queue->lock);
		}
	}
	pthread_mutex_unlock(&queue->lock);
	return NULL;
}

/* ---- the poster ------------------------------------------------------------------------------ */

/* Takes over what there is. False: not now. */
static bool post(struct audit_queue *queue)
{
	struct daybook_mark kept = queue->kept, taken = queue->taken;
	struct error error = {0};
	bool more = false, done;

	pthread_mutex_unlock(&queue->lock);
	done = audit_post(
		queue->store, queue->known, queue->path, POST_GROUPS, &taken, &more, &error);
	if (done && !more && is_behind(&taken, &kept))
		done = error_set(&error, ERROR_INPUT,
			"the log of views at %s was changed by something else: nothing is shown "
			"until it is looked into",
			queue->path);
	pthread_mutex_lock(&queue->lock);
	if (done)
		queue->taken = taken;
	else if (error.code == ERROR_INPUT)
		queue->damage = error;
	return done;
}

static void rest(struct audit_queue *queue, long milliseconds)
{
	struct timespec until = in_ms(milliseconds);

	while (!queue->hurry && !queue->ending &&
		pthread_cond_timedwait(&queue->due, &queue->lock, &until) == 0)
		;
}

static void *poster(void *context)
{
	struct audit_queue *queue = context;
	bool done = true;

	pthread_mutex_lock(&queue->lock);
	while (!queue->ending) {
		struct daybook_mark target;

		if (!queue->hurry)
			rest(queue, done ? POST_AFTER_MS : POST_REST_MS);
		target = queue->kept;
		done = true;
		while (done && is_behind(&queue->taken, &target) &&
			queue->damage.code == ERROR_NONE)
			done = post(queue);
		queue->hurry = false;
		pthread_cond_signal(&queue->posted);
	}
	pthread_mutex_unlock(&queue->lock);
	return NULL;
}

/* ---- both ------------------------------------------------------------------------------------ */

/* The record says which daybook is its own before a row is in it. */
static bool own_daybook(struct audit_queue *queue, struct error *error)
{
	queue->kept = daybook_end(queue->daybook);
	if (queue->taken.book == queue->kept.book)
		return true;
	queue->taken = queue->kept;
	return store_begin(queue->store, error) &&
	       store_end(queue->store, audit_set_taken(queue->store, &queue->taken, error), error);
}

/* Another server of the same record writes the daybook: this one does without. */
static bool is_taken(const struct audit_queue *queue, const struct error *error)
{
	return !queue->daybook && error->code == ERROR_CONFLICT;
}

static bool open_daybook(struct audit_queue *queue, const char *place, struct error *error)
{
	struct error own = {0};

	if (!audit_daybook_path(queue->arena, place, &queue->path, error) ||
		!audit_post_all(queue->store, place, &queue->taken, error))
		return false;
	if (daybook_open(&queue->daybook, queue->path, &queue->taken, &own))
		return own_daybook(queue, error);
	if (is_taken(queue, &own))
		return true;
	*error = own;
	return false;
}

static bool start(pthread_t *thread, void *(*run)(void *), struct audit_queue *queue,
	bool *out_started, struct error *error)
{
	sigset_t all, before;
	int fault;

	/* signals are for the thread that waits for them */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	fault = pthread_create(thread, NULL, run, queue);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	*out_started = fault == 0;
	return *out_started ||
	       error_system(error, fault, "the writer of the log could not be started");
}

static void init(struct audit_queue *queue)
{
	pthread_condattr_t monotonic;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->arrived, NULL);
	pthread_cond_init(&queue->written[0], NULL);
	pthread_cond_init(&queue->written[1], NULL);
	pthread_cond_init(&queue->due, &monotonic);
	pthread_cond_init(&queue->posted, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

bool audit_queue_open(struct audit_queue *queue, const char *place, const char *key_file,
	struct known *known, struct error *error)
{
	*queue = (struct audit_queue){.known = known};
	init(queue);
	queue->arena = arena_open();
	if (!queue->arena)
		return error_no_memory(error);
	return store_open_with(&queue->store, place, key_file, DATABASE_WRITE, error) &&
	       (!place_is_file(place) || open_daybook(queue, place, error)) &&
	       start(&queue->writer, writer, queue, &queue->writing, error) &&
	       (!queue->daybook || start(&queue->poster, poster, queue, &queue->posting, error));
}

static void end(struct audit_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->ending = true;
	pthread_cond_signal(&queue->arrived);
	pthread_cond_signal(&queue->due);
	pthread_mutex_unlock(&queue->lock);
	if (queue->posting)
		pthread_join(queue->poster, NULL);
	if (queue->writing)
		pthread_join(queue->writer, NULL);
	pthread_mutex_lock(&queue->lock);
	while (queue->damage.code == ERROR_NONE && is_behind(&queue->taken, &queue->kept) &&
		post(queue))
		;
	pthread_mutex_unlock(&queue->lock);
}

void audit_queue_close(struct audit_queue *queue)
{
	end(queue);
	daybook_close(queue->daybook, &queue->taken);
	store_close(queue->store);
	pthread_cond_destroy(&queue->posted);
	pthread_cond_destroy(&queue->due);
	pthread_cond_destroy(&queue->written[1]);
	pthread_cond_destroy(&queue->written[0]);
	pthread_cond_destroy(&queue->arrived);
	pthread_mutex_destroy(&queue->lock);
	arena_close(queue->arena);
}

void audit_queue_put(struct audit_queue *queue, struct audit_wait *wait, const struct actor *actor,
	const struct audit_row *row)
{
	*wait = (struct audit_wait){.actor = actor, .row = row};
	pthread_mutex_lock(&queue->lock);
	wait->batch = queue->batch;
	if (queue->last)
		queue->last->next = wait;
	else
		queue->first = wait;
	queue->last = wait;
	pthread_mutex_unlock(&queue->lock);
	pthread_cond_signal(&queue->arrived);
}

bool audit_queue_wait(struct audit_queue *queue, struct audit_wait *wait, struct error *error)
{
	pthread_mutex_lock(&queue->lock);
	while (!wait->done)
		pthread_cond_wait(&queue->written[wait->batch % 2], &queue->lock);
	pthread_mutex_unlock(&queue->lock);
	if (!wait->good && error)
		*error = wait->error;
	return wait->good;
}
