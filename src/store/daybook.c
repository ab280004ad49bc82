/* SPDX-License-Identifier: MIT */
/* The writer of the daybook. */
#include "store/daybook.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "store/daybook_file.h"

/* A file is filled with zeroes a step ahead, so that making a group last is one write of the disk
 * and none of the folder's or the file's own book-keeping. */
enum { STEP = 1 << 20, LONG = 4 << 20, PATH_LONGEST = 4096 };

struct daybook {
	char path[PATH_LONGEST];
	int file[DAYBOOK_FILES];
	int64_t filled[DAYBOOK_FILES]; /* zeroes or groups up to here */
	struct daybook_mark end;
	bool broken; /* the disk refused: what is in this turn may not last */
};

static bool disk_failed(const struct daybook *daybook, struct error *error)
{
	return error_system(error, errno,
		"the log of views at %s could not be written: make room or look to the disk",
		daybook->path);
}

static bool write_all(int file, const void *bytes, size_t length, int64_t at)
{
	const char *next = bytes;

	while (length > 0) {
		ssize_t written = pwrite(file, next, length, at);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0) {
			errno = written < 0 ? errno : ENOSPC;
			return false;
		}
		next += written;
		at += written;
		length -= (size_t)written;
	}
	return true;
}

/* Zeroes up to a whole number of steps behind `wanted`. */
static bool fill(struct daybook *daybook, int which, int64_t wanted, struct error *error)
{
	static const char zeroes[DAYBOOK_GROUP_MOST];
	int64_t *filled = &daybook->filled[which], target = (wanted / STEP + 1) * STEP;

	if (wanted <= *filled)
		return true;
	for (int64_t at = *filled; at < target; at += (int64_t)sizeof zeroes)
		if (!write_all(daybook->file[which], zeroes, sizeof zeroes, at))
			return disk_failed(daybook, error);
	if (fsync(daybook->file[which]) != 0)
		return disk_failed(daybook, error);
	*filled = target;
	return true;
}

/* Begins the next turn, in the other file. */
static bool turn(struct daybook *daybook, struct error *error)
{
	struct daybook_head head = daybook_head_made(daybook->end.book, daybook->end.turn + 1);
	int which = (int)(head.turn % DAYBOOK_FILES);

	if (!fill(daybook, which, DAYBOOK_START, error))
		return false;
	if (!write_all(daybook->file[which], &head, sizeof head, 0) ||
		fdatasync(daybook->file[which]) != 0)
		return disk_failed(daybook, error);
	daybook->end.turn = head.turn;
	daybook->end.position = DAYBOOK_START;
	memcpy(daybook->end.hash, head.hash, sizeof head.hash);
	daybook->broken = false;
	return true;
}

static bool open_files(struct daybook *daybook, struct error *error)
{
	for (int i = 0; i < DAYBOOK_FILES; i++) {
		daybook->file[i] = daybook_file_open(daybook->path, i, O_RDWR | O_CREAT);
		if (daybook->file[i] < 0)
			return error_system(error, errno,
				"the log of views at %s-%d could not be opened", daybook->path, i);
		daybook->filled[i] = lseek(daybook->file[i], 0, SEEK_END) / DAYBOOK_GROUP_MOST *
				     DAYBOOK_GROUP_MOST;
	}
	if (flock(daybook->file[0], LOCK_EX | LOCK_NB) != 0)
		return error_set(error, ERROR_CONFLICT,
			"another program serves the record of %s already", daybook->path);
	return true;
}

static void close_files(struct daybook *daybook)
{
	for (int i = 0; i < DAYBOOK_FILES; i++) {
		if (daybook->file[i] >= 0)
			close(daybook->file[i]);
		daybook->file[i] = -1;
	}
}

static bool note_group(void *context, struct text group, struct error *error)
{
	(void)group;
	(void)error;
	*(bool *)context = true;
	return true;
}

/* Whether there are groups that are not of the record, whatever they are. */
static bool is_of_another(const struct daybook *daybook, const struct daybook_mark *taken)
{
	bool found = false, more;

	for (int i = 0; i < DAYBOOK_FILES; i++) {
		struct daybook_mark from = {0};
		struct daybook_head head;

		if (!daybook_head_read(daybook->file[i], &head) || head.book == taken->book)
			continue;
		from.book = head.book;
		if (!daybook_read(daybook->path, &from, 1, note_group, &found, &more, NULL) ||
			found)
			return true;
	}
	return false;
}

static bool put_aside(struct daybook *daybook, struct error *error)
{
	char old[PATH_LONGEST + 8], aside[PATH_LONGEST + 16];

	close_files(daybook);
	for (int i = 0; i < DAYBOOK_FILES; i++) {
		snprintf(old, sizeof old, "%s-%d", daybook->path, i);
		snprintf(aside, sizeof aside, "%s.other", old);
		if (rename(old, aside) != 0 && errno != ENOENT)
			return error_system(error, errno, "%s could not be put aside", old);
	}
	return open_files(daybook, error);
}

/* The turn that is the last so far, 0 for a new book. */
static bool find_last_turn(
	struct daybook *daybook, const struct daybook_mark *taken, struct error *error)
{
	struct daybook_head head;

	daybook->end.book = taken->book;
	daybook->end.turn = taken->turn;
	for (int i = 0; i < DAYBOOK_FILES; i++)
		if (daybook_head_read(daybook->file[i], &head) && head.book == taken->book &&
			head.turn > daybook->end.turn)
			daybook->end.turn = head.turn;
	if (daybook->end.turn > taken->turn && taken->turn > 0)
		return error_set(error, ERROR_CONFLICT,
			"the record has not taken over what is in %s yet", daybook->path);
	while (daybook->end.book <= 0) {
		crypto_random(&daybook->end.book, sizeof daybook->end.book);
		daybook->end.book &= INT64_MAX;
	}
	return true;
}

/* Files that are new must have their names after a power cut, too. */
static bool sync_names(const struct daybook *daybook, struct error *error)
{
	return file_sync_folder(daybook->path) || disk_failed(daybook, error);
}

bool daybook_open(struct daybook **out_daybook, const char *path, const struct daybook_mark *taken,
	struct error *error)
{
	struct daybook *daybook = calloc(1, sizeof *daybook);

	if (!daybook)
		return error_no_memory(error);
	for (int i = 0; i < DAYBOOK_FILES; i++)
		daybook->file[i] = -1;
	snprintf(daybook->path, sizeof daybook->path, "%s", path);
	if (!open_files(daybook, error) ||
		(is_of_another(daybook, taken) && !put_aside(daybook, error)) ||
		!find_last_turn(daybook, taken, error) || !turn(daybook, error) ||
		!sync_names(daybook, error)) {
		close_files(daybook);
		free(daybook);
		return false;
	}
	*out_daybook = daybook;
	return true;
}

void daybook_close(struct daybook *daybook, const struct daybook_mark *taken)
{
	char path[PATH_LONGEST + 8];
	bool done;

	if (!daybook)
		return;
	done = taken && taken->book == daybook->end.book && taken->turn == daybook->end.turn &&
	       taken->position == daybook->end.position;
	for (int i = 0; done && i < DAYBOOK_FILES; i++) {
		snprintf(path, sizeof path, "%s-%d", daybook->path, i);
		unlink(path);
	}
	close_files(daybook);
	free(daybook);
}

bool daybook_add(struct daybook *daybook, struct text group, const struct daybook_mark *taken,
	struct error *error)
{
	char bytes[DAYBOOK_GROUP_MOST + DAYBOOK_EXTRA];
	uint32_t length = (uint32_t)group.length;
	bool free = taken->book == daybook->end.book && taken->turn == daybook->end.turn;
	int which;

	if (group.length == 0 || group.length > DAYBOOK_GROUP_MOST)
		return error_set(error, ERROR_LIMIT, "a group of the log of views is too long");
	if (daybook->broken && !free)
		return error_set(
			error, ERROR_SYSTEM, "the log of views at %s failed before", daybook->path);
	if ((daybook->broken || (free && daybook->end.position >= LONG)) && !turn(daybook, error))
		return false;
	which = (int)(daybook->end.turn % DAYBOOK_FILES);
	if (!fill(daybook, which, daybook->end.position + (int64_t)sizeof bytes, error))
		return false;
	memcpy(bytes, &length, sizeof length);
	memcpy(bytes + DAYBOOK_LENGTH_BYTES, group.data, group.length);
	daybook_chain(&daybook->end, group, daybook->end.hash);
	memcpy(bytes + DAYBOOK_LENGTH_BYTES + group.length, daybook->end.hash, DAYBOOK_HASH_BYTES);
	if (!write_all(daybook->file[which], bytes, group.length + DAYBOOK_EXTRA,
		    daybook->end.position)) {
		daybook->broken = true;
		return disk_failed(daybook, error);
	}
	daybook->end.position += (int64_t)(group.length + DAYBOOK_EXTRA);
	return true;
}

bool daybook_keep(struct daybook *daybook, struct error *error)
{
	if (fdatasync(daybook->file[daybook->end.turn % DAYBOOK_FILES]) == 0)
		return true;
	/* what the disk did not take it may forget: later success says nothing of earlier groups */
	daybook->broken = true;
	return disk_failed(daybook, error);
}

struct daybook_mark daybook_end(const struct daybook *daybook)
{
	return daybook->end;
}
