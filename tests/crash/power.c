/* SPDX-License-Identifier: MIT */
/*
 * To preload: writes down what a program does to the files of $HEARTH_POWER_FOLDER, in order, at
 * the end of $HEARTH_POWER_LOG, for power_test.py to replay with what was not synchronised lost or
 * torn. Each entry: kind (1 byte), file (inode, 8), offset or length (8), size of what follows (4).
 *
 * $HEARTH_SYNCHRONOUS=normal or off weakens SQLite in place of what Hearth asks for: the control.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 4096, HEAD = 21 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int journal = -1;
static uint64_t inode_of[FILES]; /* 0: a file that does not matter */
static char is_folder[FILES];

static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("HEARTH_POWER_LOG");

	folder = getenv("HEARTH_POWER_FOLDER");
	if (path && folder)
		journal = ((int (*)(const char *, int, ...))next("open"))(
			path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int matters(const char *path)
{
	size_t length = folder ? strlen(folder) : 0;

	return journal >= 0 && path && strncmp(path, folder, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

/* One write of the whole entry, in one piece with those of other programs. */
static void note(char kind, uint64_t file, uint64_t where, const void *bytes, uint32_t size)
{
	char head[HEAD];
	struct iovec parts[] = {{head, sizeof head}, {(void *)(uintptr_t)bytes, size}};

	head[0] = kind;
	memcpy(head + 1, &file, 8);
	memcpy(head + 9, &where, 8);
	memcpy(head + 17, &size, 4);
	if (((ssize_t(*)(int, const struct iovec *, int))next("writev"))(journal, parts, 2) !=
		(ssize_t)(HEAD + size))
		abort();
}

static void note_names(char kind, const char *one, const char *two)
{
	char both[8192];
	int length = snprintf(both, sizeof both, "%s%c%s", one, '\0', two);

	note(kind, 0, 0, both, (uint32_t)length);
}

static int opened(int file, const char *path)
{
	struct stat status;

	if (file < 0 || file >= FILES)
		return file;
	inode_of[file] = 0;
	if (!matters(path) || fstat(file, &status) != 0)
		return file;
	pthread_mutex_lock(&lock);
	inode_of[file] = status.st_ino;
	is_folder[file] = S_ISDIR(status.st_mode);
	if (S_ISREG(status.st_mode))
		note('O', status.st_ino, (uint64_t)status.st_size, path, (uint32_t)strlen(path));
	pthread_mutex_unlock(&lock);
	return file;
}

#define OPENS(name)                                                                                \
	int name(const char *path, int flags, ...);                                                \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		va_list more;                                                                      \
		int mode;                                                                          \
                                                                                                   \
		va_start(more, flags);                                                             \
		mode = flags & O_CREAT ? va_arg(more, int) : 0;                                    \
		va_end(more);                                                                      \
		return opened(                                                                     \
			((int (*)(const char *, int, ...))next(#name))(path, flags, mode), path);  \
	}
OPENS(open)
OPENS(open64)

static ssize_t write_at(ssize_t (*real)(int, const void *, size_t, off_t), int file,
	const void *bytes, size_t size, off_t at)
{
	ssize_t written;

	if (file < 0 || file >= FILES || !inode_of[file])
		return real(file, bytes, size, at);
	pthread_mutex_lock(&lock);
	written = real(file, bytes, size, at);
	if (written > 0)
		note('W', inode_of[file], (uint64_t)at, bytes, (uint32_t)written);
	pthread_mutex_unlock(&lock);
	return written;
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
	return write_at((ssize_t(*)(int, const void *, size_t, off_t))next("pwrite"), file, bytes,
		size, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t at)
{
	return write_at((ssize_t(*)(int, const void *, size_t, off_t))next("pwrite64"), file, bytes,
		size, at);
}

ssize_t write(int file, const void *bytes, size_t size)
{
	ssize_t (*real)(int, const void *, size_t) =
		(ssize_t(*)(int, const void *, size_t))next("write");
	ssize_t written;
	off_t at;

	if (file < 0 || file >= FILES || !inode_of[file])
		return real(file, bytes, size);
	pthread_mutex_lock(&lock);
	at = lseek(file, 0, SEEK_CUR);
	written = real(file, bytes, size);
	if (written > 0)
		note('W', inode_of[file], (uint64_t)at, bytes, (uint32_t)written);
	pthread_mutex_unlock(&lock);
	return written;
}

static int truncated(int result, int file, off_t size)
{
	if (result == 0 && file >= 0 && file < FILES && inode_of[file])
		note('T', inode_of[file], (uint64_t)size, "", 0);
	return result;
}

int ftruncate(int file, off_t size)
{
	return truncated(((int (*)(int, off_t))next("ftruncate"))(file, size), file, size);
}

int ftruncate64(int file, off_t size)
{
	return truncated(((int (*)(int, off_t))next("ftruncate64"))(file, size), file, size);
}

static int synchronised(int result, int file)
{
	if (result == 0 && file >= 0 && file < FILES && inode_of[file])
		note(is_folder[file] ? 'D' : 'S', inode_of[file], 0, "", 0);
	return result;
}

int fsync(int file)
{
	return synchronised(((int (*)(int))next("fsync"))(file), file);
}

int fdatasync(int file)
{
	return synchronised(((int (*)(int))next("fdatasync"))(file), file);
}

int close(int file)
{
	if (file >= 0 && file < FILES)
		inode_of[file] = 0;
	return ((int (*)(int))next("close"))(file);
}

int unlink(const char *path)
{
	int result = ((int (*)(const char *))next("unlink"))(path);

	if (result == 0 && matters(path))
		note_names('U', path, "");
	return result;
}

int rename(const char *from, const char *to)
{
	int result = ((int (*)(const char *, const char *))next("rename"))(from, to);

	if (result == 0 && matters(to))
		note_names('R', from, to);
	return result;
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	int result = ((int (*)(int, const char *, int, const char *, unsigned))next("renameat2"))(
		a, from, b, to, flags);

	if (result == 0 && matters(to))
		note_names('R', from, to);
	return result;
}

struct sqlite3;
struct sqlite3_stmt;

/* "pragma synchronous = extra", alone in its statement. */
int sqlite3_prepare_v2(struct sqlite3 *database, const char *sql, int length,
	struct sqlite3_stmt **out, const char **out_next);
int sqlite3_prepare_v2(struct sqlite3 *database, const char *sql, int length,
	struct sqlite3_stmt **out, const char **out_next)
{
	int (*real)(struct sqlite3 *, const char *, int, struct sqlite3_stmt **, const char **) =
		(int (*)(struct sqlite3 *, const char *, int, struct sqlite3_stmt **,
			const char **))next("sqlite3_prepare_v2");
	const char *weaker = getenv("HEARTH_SYNCHRONOUS"), *end = strchr(sql, ';');
	const char *found = weaker && end ? strstr(sql, "synchronous = extra") : NULL;
	char other[80];

	if (!found || found > end)
		return real(database, sql, length, out, out_next);
	snprintf(other, sizeof other, "pragma synchronous = %s;", weaker);
	*out_next = end + 1;
	return real(database, other, -1, out, NULL);
}
