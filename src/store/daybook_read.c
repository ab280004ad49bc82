/* SPDX-License-Identifier: MIT */
/* Readers of the daybook, whether its writer is at work or died. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/crypto.h"
#include "store/daybook_file.h"

struct reading {
	const char *path;
	int file;
	char *bytes[2]; /* a group and the one behind it */
	struct daybook_mark *mark;
	struct error *error;
};

enum found { FOUND_GROUP, FOUND_END, FOUND_DAMAGE };

int daybook_file_open(const char *path, int64_t turn, int flags)
{
	char name[4096];

	if (snprintf(name, sizeof name, "%s-%d", path, (int)(turn % DAYBOOK_FILES)) >=
		(int)sizeof name) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open(name, flags | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static void head_hash(const struct daybook_head *head, unsigned char *out_hash)
{
	crypto_digest(
		(struct text){(const char *)head, offsetof(struct daybook_head, hash)}, out_hash);
}

struct daybook_head daybook_head_made(int64_t book, int64_t turn)
{
	struct daybook_head head = {.magic = "Hearth daybook", .book = book, .turn = turn};

	head_hash(&head, head.hash);
	return head;
}

bool daybook_head_read(int file, struct daybook_head *out_head)
{
	unsigned char hash[DAYBOOK_HASH_BYTES];

	if (pread(file, out_head, sizeof *out_head, 0) != (ssize_t)sizeof *out_head)
		return false;
	head_hash(out_head, hash);
	return strcmp(out_head->magic, "Hearth daybook") == 0 && out_head->turn > 0 &&
	       memcmp(hash, out_head->hash, sizeof hash) == 0;
}

void daybook_chain(const struct daybook_mark *before, struct text group,
	unsigned char out_hash[DAYBOOK_HASH_BYTES])
{
	unsigned char bytes[2 * DAYBOOK_HASH_BYTES + sizeof before->turn];

	memcpy(bytes, before->hash, DAYBOOK_HASH_BYTES);
	crypto_digest(group, bytes + DAYBOOK_HASH_BYTES);
	memcpy(bytes + 2 * DAYBOOK_HASH_BYTES, &before->turn, sizeof before->turn);
	crypto_digest((struct text){(const char *)bytes, sizeof bytes}, out_hash);
}

/* Reads the group behind `before`. *out_after is behind it, with the hash that stands there.
 * Returns whether there are as many bytes as it says; *out_good whether they fit. */
static bool read_group(const struct reading *reading, const struct daybook_mark *before, int place,
	struct text *out_group, struct daybook_mark *out_after, bool *out_good)
{
	unsigned char hash[DAYBOOK_HASH_BYTES];
	uint32_t length;
	size_t whole;
	char *bytes = reading->bytes[place];

	if (pread(reading->file, &length, sizeof length, before->position) !=
			(ssize_t)sizeof length ||
		length == 0 || length > DAYBOOK_GROUP_MOST)
		return false;
	whole = length + (size_t)DAYBOOK_HASH_BYTES;
	if (pread(reading->file, bytes, whole, before->position + DAYBOOK_LENGTH_BYTES) !=
		(ssize_t)whole)
		return false;
	*out_group = (struct text){bytes, length};
	*out_after = *before;
	out_after->position += (int64_t)(DAYBOOK_LENGTH_BYTES + whole);
	memcpy(out_after->hash, bytes + length, DAYBOOK_HASH_BYTES);
	daybook_chain(before, *out_group, hash);
	*out_good = memcmp(hash, out_after->hash, sizeof hash) == 0;
	return true;
}

/*
 * The next group. One that does not fit is the end of what was made last, torn by a power cut, or
 * not written whole yet; but if one follows that fits to it, it had been made last before that one
 * was written, and was changed since.
 */
static enum found find_group(
	const struct reading *reading, struct text *out_group, struct daybook_mark *out_after)
{
	struct daybook_mark next;
	struct text ignored;
	bool good, follows;

	if (!read_group(reading, reading->mark, 0, out_group, out_after, &good))
		return FOUND_END;
	if (good)
		return FOUND_GROUP;
	if (!read_group(reading, out_after, 1, &ignored, &next, &follows) || !follows)
		return FOUND_END;
	/* or the writer was faster than our two looks */
	return read_group(reading, reading->mark, 0, out_group, out_after, &good) && good
		       ? FOUND_GROUP
		       : FOUND_DAMAGE;
}

/* Opens the file of the earliest turn that is not before `least`; the mark goes to its start,
 * unless it is of that turn already. */
static bool open_turn(struct reading *reading, int64_t least)
{
	struct daybook_mark *mark = reading->mark;
	struct daybook_head head, best = {.turn = INT64_MAX};

	if (reading->file >= 0)
		close(reading->file);
	reading->file = -1;
	for (int i = 0; i < DAYBOOK_FILES; i++) {
		int file = daybook_file_open(reading->path, i, O_RDONLY);

		if (file >= 0 && daybook_head_read(file, &head) && head.book == mark->book &&
			head.turn >= least && head.turn < best.turn) {
			if (reading->file >= 0)
				close(reading->file);
			reading->file = file;
			best = head;
		} else if (file >= 0) {
			close(file);
		}
	}
	if (reading->file >= 0 && best.turn != mark->turn) {
		mark->turn = best.turn;
		mark->position = DAYBOOK_START;
		memcpy(mark->hash, best.hash, sizeof best.hash);
	}
	return reading->file >= 0;
}

static bool take_groups(struct reading *reading, size_t most,
	bool (*take)(void *context, struct text group, struct error *error), void *context,
	size_t *count)
{
	for (; *count < most; ++*count) {
		struct daybook_mark after;
		struct text group;
		enum found found = find_group(reading, &group, &after);

		if (found == FOUND_DAMAGE)
			return error_set(reading->error, ERROR_INPUT,
				"%s-%d was changed by something else, or its disk failed: keep a "
				"copy of it and find out before it is moved away",
				reading->path, (int)(reading->mark->turn % DAYBOOK_FILES));
		if (found == FOUND_END)
			return true;
		if (!take(context, group, reading->error))
			return false;
		*reading->mark = after;
	}
	return true;
}

bool daybook_read(const char *path, struct daybook_mark *mark, size_t most,
	bool (*take)(void *context, struct text group, struct error *error), void *context,
	bool *out_more, struct error *error)
{
	struct reading reading = {.path = path, .file = -1, .mark = mark, .error = error};
	struct arena *arena = arena_open();
	size_t count = 0;
	int64_t least = mark->turn;
	bool done = true;

	for (int i = 0; arena && i < 2; i++) {
		reading.bytes[i] = arena_take_raw(arena, DAYBOOK_GROUP_MOST + DAYBOOK_EXTRA, 1);
		done = done && reading.bytes[i];
	}
	if (!arena || !done) {
		arena_close(arena);
		return error_no_memory(error);
	}
	while (done && count < most && open_turn(&reading, least)) {
		done = take_groups(&reading, most, take, context, &count);
		least = mark->turn + 1;
	}
	*out_more = count == most;
	if (reading.file >= 0)
		close(reading.file);
	arena_close(arena);
	return done;
}
