/* SPDX-License-Identifier: MIT */
/*
 * To preload: lets the k-th file call or allocation fail, once or from then on. What is to fail is
 * said in $HEARTH_FAULT_CONTROL, a file of struct control that the test maps too, so that a server
 * can be told while it runs. File calls count only for files in $HEARTH_FAULT_FOLDER.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 4096, OFF = 0, FILE_CALLS = 1, ALLOCATIONS = 2, SHORT = -1 };

/* as faults_test.py packs it: eight numbers of 8 bytes */
struct control {
	_Atomic int64_t what;  /* OFF, FILE_CALLS, ALLOCATIONS */
	_Atomic int64_t at;    /* the call that fails, from 1; 0: none, count only */
	_Atomic int64_t error; /* errno, or SHORT: half of what was to be written */
	_Atomic int64_t ever;  /* and all after it */
	_Atomic int64_t count; /* calls so far */
	_Atomic int64_t failed;
};

static struct control none, *control = &none;
static const char *folder;
static char ours[FILES]; /* files that count */
/* dlsym allocates: what it is asked for before that comes from here */
static char early[65536];
static size_t early_used;

static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("HEARTH_FAULT_CONTROL");
	int file;

	folder = getenv("HEARTH_FAULT_FOLDER");
	file = path ? ((int (*)(const char *, int, ...))next("open"))(path, O_RDWR | O_CLOEXEC)
		    : -1;
	if (file < 0)
		return;
	control = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (control == MAP_FAILED)
		control = &none;
}

/* Whether this call is to fail. */
static int fails(int what)
{
	int64_t number;

	if (control->what != what)
		return 0;
	number = ++control->count;
	if (!control->at || number < control->at || (number > control->at && !control->ever))
		return 0;
	control->failed++;
	return 1;
}

static int file_fails(void)
{
	if (!fails(FILE_CALLS))
		return 0;
	errno = control->error == SHORT ? EIO : (int)control->error;
	return 1;
}

static int counts(int file)
{
	return file >= 0 && file < FILES && ours[file];
}

static int matters(const char *path)
{
	return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

#define OPENS(name)                                                                                \
	int name(const char *path, int flags, ...);                                                \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		int (*real)(const char *, int, ...) =                                              \
			(int (*)(const char *, int, ...))next(#name);                              \
		va_list more;                                                                      \
		int mode, file;                                                                    \
                                                                                                   \
		va_start(more, flags);                                                             \
		mode = flags & O_CREAT ? va_arg(more, int) : 0;                                    \
		va_end(more);                                                                      \
		if (matters(path) && file_fails())                                                 \
			return -1;                                                                 \
		file = real(path, flags, mode);                                                    \
		if (file >= 0 && file < FILES)                                                     \
			ours[file] = (char)matters(path);                                          \
		return file;                                                                       \
	}
OPENS(open)
OPENS(open64)

/* How much of a write happens: all, half, or nothing with errno. */
static ssize_t how_much(int file, size_t size)
{
	if (!counts(file) || !file_fails())
		return (ssize_t)size;
	return control->error == SHORT && size > 1 ? (ssize_t)(size / 2) : -1;
}

ssize_t write(int file, const void *bytes, size_t size)
{
	ssize_t (*real)(int, const void *, size_t) =
		(ssize_t(*)(int, const void *, size_t))next("write");
	ssize_t now = how_much(file, size);

	return now < 0 ? -1 : real(file, bytes, (size_t)now);
}

#define WRITES(name)                                                                               \
	ssize_t name(int file, const void *bytes, size_t size, off_t at)                           \
	{                                                                                          \
		ssize_t (*real)(int, const void *, size_t, off_t) =                                \
			(ssize_t(*)(int, const void *, size_t, off_t))next(#name);                 \
		ssize_t now = how_much(file, size);                                                \
                                                                                                   \
		return now < 0 ? -1 : real(file, bytes, (size_t)now, at);                          \
	}
WRITES(pwrite)
WRITES(pwrite64)

#define READS(name)                                                                                \
	ssize_t name(int file, void *bytes, size_t size, off_t at)                                 \
	{                                                                                          \
		if (counts(file) && control->error == EIO && file_fails())                         \
			return -1;                                                                 \
		return ((ssize_t(*)(int, void *, size_t, off_t))next(#name))(                      \
			file, bytes, size, at);                                                    \
	}
READS(pread)
READS(pread64)

#define ON_A_FILE(name)                                                                            \
	int name(int file)                                                                         \
	{                                                                                          \
		if (counts(file) && file_fails())                                                  \
			return -1;                                                                 \
		return ((int (*)(int))next(#name))(file);                                          \
	}
ON_A_FILE(fsync)
ON_A_FILE(fdatasync)

int ftruncate(int file, off_t size)
{
	if (counts(file) && file_fails())
		return -1;
	return ((int (*)(int, off_t))next("ftruncate"))(file, size);
}

int ftruncate64(int file, off_t size)
{
	if (counts(file) && file_fails())
		return -1;
	return ((int (*)(int, off_t))next("ftruncate64"))(file, size);
}

int close(int file)
{
	if (file >= 0 && file < FILES)
		ours[file] = 0;
	return ((int (*)(int))next("close"))(file);
}

int unlink(const char *path)
{
	if (matters(path) && file_fails())
		return -1;
	return ((int (*)(const char *))next("unlink"))(path);
}

int rename(const char *from, const char *to)
{
	if (matters(to) && file_fails())
		return -1;
	return ((int (*)(const char *, const char *))next("rename"))(from, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	if (matters(to) && file_fails())
		return -1;
	return ((int (*)(int, const char *, int, const char *, unsigned))next("renameat2"))(
		a, from, b, to, flags);
}

static void *no_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

static void *from_early(size_t size)
{
	void *start = early + early_used;

	early_used += (size + 15) & ~(size_t)15;
	return early_used <= sizeof early ? start : NULL;
}

static int is_early(const void *memory)
{
	return (const char *)memory >= early && (const char *)memory < early + sizeof early;
}

void *malloc(size_t size)
{
	static void *(*real)(size_t);
	static int asking;

	if (!real) {
		if (asking)
			return from_early(size);
		asking = 1;
		real = (void *(*)(size_t))next("malloc");
		asking = 0;
	}
	return fails(ALLOCATIONS) ? no_memory() : real(size);
}

void *calloc(size_t count, size_t size)
{
	static void *(*real)(size_t, size_t);
	static int asking;

	if (!real) {
		if (asking)
			return from_early(count * size);
		asking = 1;
		real = (void *(*)(size_t, size_t))next("calloc");
		asking = 0;
	}
	return fails(ALLOCATIONS) ? no_memory() : real(count, size);
}

void *realloc(void *memory, size_t size)
{
	static void *(*real)(void *, size_t);

	if (!real)
		real = (void *(*)(void *, size_t))next("realloc");
	if (is_early(memory)) {
		void *moved = malloc(size);

		if (moved)
			memcpy(moved, memory, size);
		return moved;
	}
	return fails(ALLOCATIONS) ? no_memory() : real(memory, size);
}

void free(void *memory)
{
	static void (*real)(void *);

	if (is_early(memory))
		return;
	if (!real)
		real = (void (*)(void *))next("free");
	real(memory);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	if (fails(ALLOCATIONS))
		return ENOMEM;
	return ((int (*)(void **, size_t, size_t))next("posix_memalign"))(out, alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	if (fails(ALLOCATIONS))
		return no_memory();
	return ((void *(*)(size_t, size_t))next("aligned_alloc"))(alignment, size);
}

#define MAPS(name)                                                                                 \
	void *name(void *start, size_t size, int protection, int flags, int file, off_t at)        \
	{                                                                                          \
		if (counts(file) && control->error == EIO && file_fails())                         \
			return MAP_FAILED;                                                         \
		if (file < 0 && fails(ALLOCATIONS)) {                                              \
			no_memory();                                                               \
			return MAP_FAILED;                                                         \
		}                                                                                  \
		return ((void *(*)(void *, size_t, int, int, int, off_t))next(#name))(             \
			start, size, protection, flags, file, at);                                 \
	}
MAPS(mmap)
MAPS(mmap64)
