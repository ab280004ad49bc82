/* SPDX-License-Identifier: MIT */
/* To preload, as a control: the program is told that a commit is done, and it is done 40 ms later
 * or when the connection is used again. Whoever is killed in between loses what was acknowledged.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct sqlite3;
struct sqlite3_stmt;
const char *sqlite3_sql(struct sqlite3_stmt *);
struct sqlite3 *sqlite3_db_handle(struct sqlite3_stmt *);
int sqlite3_step(struct sqlite3_stmt *);
int sqlite3_reset(struct sqlite3_stmt *);

enum { BUSY = 5, DONE = 101, MOST = 64, LATER_MICROSECONDS = 40000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sqlite3_stmt *waiting[MOST];
static int (*real_step)(struct sqlite3_stmt *), (*real_reset)(struct sqlite3_stmt *);

static void really_commit(int i)
{
	struct sqlite3_stmt *statement = waiting[i];
	int code = real_step(statement);

	real_reset(statement);
	if ((code & 0xff) != BUSY) /* a reader is in the way: later */
		waiting[i] = NULL;
}

static void commit_those_of(struct sqlite3 *database)
{
	for (int i = 0; i < MOST; i++)
		if (waiting[i] && (!database || sqlite3_db_handle(waiting[i]) == database))
			really_commit(i);
}

static void *commit_later(void *context)
{
	(void)context;
	for (;;) {
		usleep(LATER_MICROSECONDS);
		pthread_mutex_lock(&lock);
		commit_those_of(NULL);
		pthread_mutex_unlock(&lock);
	}
	return NULL;
}

static void begin(void)
{
	pthread_t thread;

	real_step = (int (*)(struct sqlite3_stmt *))dlsym(RTLD_NEXT, "sqlite3_step");
	real_reset = (int (*)(struct sqlite3_stmt *))dlsym(RTLD_NEXT, "sqlite3_reset");
	pthread_create(&thread, NULL, commit_later, NULL);
}

static void begin_once(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, begin);
}

static int put_off(struct sqlite3_stmt *statement)
{
	for (int i = 0; i < MOST; i++) {
		if (waiting[i])
			continue;
		waiting[i] = statement;
		return DONE;
	}
	return real_step(statement);
}

/* Whoever begins must not wait for what is put off; the lock is not held while a step waits. */
int sqlite3_step(struct sqlite3_stmt *statement)
{
	const char *sql = sqlite3_sql(statement);
	int code;

	begin_once();
	pthread_mutex_lock(&lock);
	commit_those_of(
		sql && strncasecmp(sql, "begin", 5) == 0 ? NULL : sqlite3_db_handle(statement));
	if (sql && strncasecmp(sql, "commit", 6) == 0) {
		code = put_off(statement);
		pthread_mutex_unlock(&lock);
		return code;
	}
	pthread_mutex_unlock(&lock);
	return real_step(statement);
}

int sqlite3_reset(struct sqlite3_stmt *statement)
{
	int code = 0;

	begin_once();
	pthread_mutex_lock(&lock);
	for (int i = 0; i < MOST; i++)
		if (waiting[i] == statement)
			goto done;
	code = real_reset(statement);
done:
	pthread_mutex_unlock(&lock);
	return code;
}
