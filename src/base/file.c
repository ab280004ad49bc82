/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_DEEPEST_FOLDER = 8, FILE_LONGEST_PATH = 4096 };

static bool file_open_failed(struct error *error, const char *path)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return error_set(error, ERROR_MISSING, "there is no file %s", path);
	if (errno == EACCES)
		return error_set(error, ERROR_DENIED, "%s may not be read by this user", path);
	return error_system(error, errno, "%s could not be opened", path);
}

static bool file_map_descriptor(struct file_map *out_map, int descriptor, const char *path,
	size_t limit, struct error *error)
{
	struct stat status;
	void *start;

	if (fstat(descriptor, &status) != 0)
		return error_system(error, errno, "%s could not be read", path);
	if (!S_ISREG(status.st_mode))
		return error_set(error, ERROR_INPUT, "%s is not a file", path);
	if ((size_t)status.st_size > limit)
		return error_set(error, ERROR_LIMIT,
			"%s has %lld bytes, more than the %zu accepted", path,
			(long long)status.st_size, limit);
	*out_map = (struct file_map){.bytes = TEXT("")};
	if (status.st_size == 0)
		return true;
	start = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
	if (start == MAP_FAILED)
		return error_system(error, errno, "%s could not be read", path);
	out_map->bytes = (struct text){start, (size_t)status.st_size};
	out_map->mapped = (size_t)status.st_size;
	return true;
}

bool file_map_open(struct file_map *out_map, const char *path, size_t limit, struct error *error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool done;

	if (descriptor < 0)
		return file_open_failed(error, path);
	done = file_map_descriptor(out_map, descriptor, path, limit, error);
	close(descriptor);
	return done;
}

void file_map_close(struct file_map *map)
{
	if (map->mapped)
		munmap((char *)(uintptr_t)map->bytes.data, map->mapped);
	*map = (struct file_map){0};
}

bool file_write_bytes(int descriptor, struct text bytes)
{
	while (bytes.length) {
		ssize_t written = write(descriptor, bytes.data, bytes.length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes.data += written;
		bytes.length -= (size_t)written;
	}
	return true;
}

/* A pipe, a terminal, /dev/stdout, a link: nothing to be renamed over, its bytes go where it leads.
 */
static bool file_write_through(const char *path, struct text bytes, struct error *error)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
	bool done = descriptor >= 0 && file_write_bytes(descriptor, bytes);
	int number = errno;

	if (descriptor >= 0 && close(descriptor) != 0 && done) {
		done = false;
		number = errno;
	}
	return done || error_system(error, number, "%s could not be written", path);
}

/* A new file beside `path`, its name in out_beside; -1 and errno where there can be none. */
static int file_beside(const char *path, char *out_beside, size_t size)
{
	int descriptor = -1;

	for (unsigned number = (unsigned)getpid(), tries = 0; tries < 1000; tries++) {
		if (snprintf(out_beside, size, "%s.%06u", path, (number + tries) % 1000000) >=
			(int)size) {
			errno = ENAMETOOLONG;
			return -1;
		}
		descriptor = open(
			out_beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (descriptor >= 0 || errno != EEXIST)
			return descriptor;
	}
	return descriptor;
}

bool file_write(const char *path, struct text bytes, struct error *error)
{
	char beside[FILE_LONGEST_PATH];
	struct stat before;
	bool exists = lstat(path, &before) == 0, done;
	int descriptor, number;

	if (exists && !S_ISREG(before.st_mode))
		return file_write_through(path, bytes, error);
	descriptor = file_beside(path, beside, sizeof beside);
	if (descriptor < 0)
		return error_system(error, errno, "%s could not be written", path);
	/* the mode is what the user's umask gives, or that of the file it replaces */
	done = (!exists || fchmod(descriptor, before.st_mode & 0777) == 0) &&
	       file_write_bytes(descriptor, bytes) && fsync(descriptor) == 0;
	number = errno;
	if (close(descriptor) != 0 && done) {
		done = false;
		number = errno;
	}
	if (done && rename(beside, path) != 0) {
		done = false;
		number = errno;
	}
	if (done)
		return true;
	unlink(beside);
	return error_system(error, number, "%s could not be written", path);
}

bool file_sync_folder(const char *path)
{
	char folder[FILE_LONGEST_PATH];
	const char *slash = strrchr(path, '/');
	size_t length = !slash ? 0 : slash == path ? 1 : (size_t)(slash - path);
	int descriptor;
	bool done;

	if (length >= sizeof folder) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(folder, path, length);
	folder[length] = '\0';
	descriptor = open(length ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* some file systems cannot, and have nothing to be told */
	done = descriptor >= 0 && (fsync(descriptor) == 0 || errno == EINVAL);
	if (descriptor >= 0)
		close(descriptor);
	return done;
}

bool file_write_new(const char *path, struct text bytes, unsigned mode, struct error *error)
{
	int descriptor =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
	bool done = descriptor >= 0 && file_write_bytes(descriptor, bytes) &&
		    fsync(descriptor) == 0 && file_sync_folder(path);
	int number = errno;

	if (descriptor >= 0)
		close(descriptor);
	if (descriptor >= 0 && !done)
		unlink(path);
	if (!done && number == EEXIST)
		return error_set(error, ERROR_CONFLICT,
			"%.120s is there already: nothing is written in its place", path);
	return done || error_system(error, number, "%s could not be written", path);
}

/* Without replacing: by the system's own way, or where a file system lacks it by a second name. */
static int file_name_anew(const char *beside, const char *path)
{
	if (renameat2(AT_FDCWD, beside, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	return link(beside, path) == 0 ? unlink(beside) : -1;
}

bool file_give_name(const char *beside, const char *path, struct error *error)
{
	int number;

	if (file_name_anew(beside, path) == 0) {
		if (file_sync_folder(path))
			return true;
		number = errno;
		return unlink(path) == 0
			       ? error_system(error, number, "%s could not be written", path)
			       : error_set(error, ERROR_UNCERTAIN,
					 "the disk of %s failed or is full: it may have been "
					 "written",
					 path);
	}
	if (errno == EEXIST)
		return error_set(error, ERROR_CONFLICT,
			"%.120s is there already: nothing is written in its place", path);
	return error_system(error, errno, "%s could not be written", path);
}

struct file_listing {
	struct arena *arena;
	const char **paths;
	size_t count;
	size_t capacity;
};

static bool file_listing_add(struct file_listing *listing, const char *path, struct error *error)
{
	if (listing->count == listing->capacity) {
		size_t capacity = listing->capacity ? listing->capacity * 2 : 64;
		const char **paths = arena_grow(
			listing->arena, listing->paths, listing->capacity, capacity, sizeof *paths);

		if (!paths)
			return error_no_memory(error);
		listing->paths = paths;
		listing->capacity = capacity;
	}
	listing->paths[listing->count++] = path;
	return true;
}

static bool file_list_folder(
	struct file_listing *listing, const char *folder, int depth, struct error *error);

static bool file_list_entry(struct file_listing *listing, const char *folder, const char *name,
	int depth, struct error *error)
{
	const char *path = arena_format(listing->arena, "%s/%s", folder, name);
	struct stat status, target;

	if (!path)
		return error_no_memory(error);
	if (lstat(path, &status) != 0)
		return true; /* gone since it was listed */
	if (S_ISDIR(status.st_mode))
		return file_list_folder(listing, path, depth + 1, error);
	if (S_ISLNK(status.st_mode) && (stat(path, &target) != 0 || !S_ISREG(target.st_mode)))
		return true;
	if (!S_ISREG(status.st_mode) && !S_ISLNK(status.st_mode))
		return true;
	return file_listing_add(listing, path, error);
}

static bool file_list_folder(
	struct file_listing *listing, const char *folder, int depth, struct error *error)
{
	DIR *stream;
	struct dirent *entry;
	bool done = true;

	if (depth > FILE_DEEPEST_FOLDER)
		return error_set(error, ERROR_LIMIT, "%s is more than %d folders deep", folder,
			FILE_DEEPEST_FOLDER);
	stream = opendir(folder);
	if (!stream)
		return file_open_failed(error, folder);
	while (done && (entry = readdir(stream))) {
		if (entry->d_name[0] != '.')
			done = file_list_entry(listing, folder, entry->d_name, depth, error);
	}
	closedir(stream);
	return done;
}

static int file_compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "folder/" and "folder" are the same folder, and are shown the same way. */
static char *file_without_slash(struct arena *arena, const char *path)
{
	size_t length = strlen(path);

	while (length > 1 && path[length - 1] == '/')
		length--;
	return arena_copy(arena, path, length);
}

bool file_list(struct arena *arena, const char *path, const char *const **out_paths,
	size_t *out_count, struct error *error)
{
	struct file_listing listing = {.arena = arena};
	char *start = file_without_slash(arena, path);

	if (!start)
		return error_no_memory(error);
	if (!file_is_folder(start)) {
		if (!file_listing_add(&listing, start, error))
			return false;
	} else if (!file_list_folder(&listing, start, 0, error)) {
		return false;
	}
	if (listing.count)
		qsort(listing.paths, listing.count, sizeof *listing.paths, file_compare_paths);
	*out_paths = listing.paths;
	*out_count = listing.count;
	return true;
}

bool file_make_folder(const char *path, struct error *error)
{
	char part[FILE_LONGEST_PATH];
	size_t length = strlen(path);

	if (length == 0 || length >= sizeof part)
		return error_set(error, ERROR_INPUT, "'%.100s' is no folder's name", path);
	memcpy(part, path, length + 1);
	for (size_t i = 1; i <= length; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0755) != 0 && errno != EEXIST)
			return error_system(error, errno, "the folder %s could not be made", part);
		if (i < length)
			part[i] = '/';
	}
	if (!file_is_folder(path))
		return error_set(error, ERROR_CONFLICT, "%s is in the way: it is no folder", path);
	return true;
}

bool file_is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}
