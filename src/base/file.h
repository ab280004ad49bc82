/* SPDX-License-Identifier: MIT */
/*
 * Files of the machine: read whole by mapping, written whole or not at all, listed in a folder.
 */
#ifndef HEARTH_BASE_FILE_H
#define HEARTH_BASE_FILE_H

#include "base/arena.h"
#include "base/text.h"

struct file_map {
	struct text bytes;
	size_t mapped; /* bytes to unmap */
};

/* Maps a regular file of at most `limit` bytes for reading. ERROR_MISSING when it is not there,
 * ERROR_LIMIT when it is larger, ERROR_INPUT when it is no regular file. The caller must not
 * truncate the file while it is mapped. */
bool file_map_open(
	struct file_map *out_map, const char *path, size_t limit, struct error *error) MUST_CHECK;
void file_map_close(struct file_map *map);

/* Writes beside `path`, synchronises, then renames over it: the old file or the new, never half.
 * What is no regular file (a pipe, a device, a link) is written to where it stands. */
bool file_write(const char *path, struct text bytes, struct error *error) MUST_CHECK;

/* Writes all of it where an open file stands; false with errno. */
bool file_write_bytes(int descriptor, struct text bytes) MUST_CHECK;

/* Gives a file that is whole and synchronised its name for good, on the disk too. ERROR_CONFLICT
 * when something has that name: it is never replaced. */
bool file_give_name(const char *beside, const char *path, struct error *error) MUST_CHECK;

/* A new file of that mode with these bytes, on the disk for good; ERROR_CONFLICT when it is there.
 */
bool file_write_new(
	const char *path, struct text bytes, unsigned mode, struct error *error) MUST_CHECK;

/* Synchronises the folder that `path` is in, so that its names last; false with errno. */
bool file_sync_folder(const char *path) MUST_CHECK;

/* All regular files under `path` (itself, when it is a file), at most 8 folders deep, sorted by
 * path in byte order; hidden files and folders are left out. Links to folders are not followed. */
bool file_list(struct arena *arena, const char *path, const char *const **out_paths,
	size_t *out_count, struct error *error) MUST_CHECK;

/* Makes a folder and those above it; existing ones are fine. */
bool file_make_folder(const char *path, struct error *error) MUST_CHECK;

bool file_is_folder(const char *path);

/* Whether anything is there, a link that leads nowhere too. */
bool file_exists(const char *path);

/* The last part of a path. */
const char *file_name(const char *path);

#endif
