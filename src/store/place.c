/* SPDX-License-Identifier: MIT */
#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { BUSY_SHORT = 40, BUSY_LONG = 2000 };

static bool make_file(const char *place, struct error *error)
{
	char folder[4096];
	const char *slash = strrchr(place, '/');
	int file;

	if (snprintf(folder, sizeof folder, "%.*s", (int)(slash - place), place) >=
		(int)sizeof folder)
		return error_set(error, ERROR_INPUT, "the path of the record is too long");
	if (slash > place && !file_is_folder(folder) && !file_make_folder(folder, error))
		return false;
	file = open(place, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0600);
	if (file < 0 && errno != EEXIST)
		return error_system(error, errno, "the record %s could not be made", place);
	if (file >= 0)
		close(file);
	return true;
}

bool place_check(const char *place, enum database_mode mode, struct error *error)
{
	struct stat link, status;

	if (lstat(place, &link) != 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return error_system(error, errno, "the record %s cannot be reached", place);
		if (mode == DATABASE_WRITE)
			return make_file(place, error);
		return error_set(error, ERROR_MISSING,
			"there is no record at %s yet: import files to make it", place);
	}
	if (stat(place, &status) != 0)
		return error_set(error, ERROR_INPUT, "%s is a link that leads nowhere", place);
	if (S_ISLNK(link.st_mode) && link.st_uid != geteuid() && link.st_uid != 0)
		return error_set(error, ERROR_DENIED,
			"%s is another user's link: name the file itself", place);
	if (!S_ISREG(status.st_mode))
		return error_set(
			error, ERROR_INPUT, "%s is not a file: name another with --db", place);
	if (status.st_mode & S_IWOTH)
		return error_set(error, ERROR_DENIED,
			"everybody on this machine may write to %s: run chmod o-w on it first",
			place);
	return true;
}

bool place_uncertain(const char *place, struct error *error)
{
	return error_set(error, ERROR_UNCERTAIN,
		"the disk of %.120s failed or is full, while the change was being kept: it may "
		"have been kept or not; look before you do it again",
		place);
}

bool place_is_file(const char *place)
{
	return !strstr(place, "://");
}

char *place_plain(struct arena *arena, const char *place)
{
	return place[0] == '/' ? arena_string(arena, place) : arena_format(arena, "./%s", place);
}

bool place_begin_beside(struct place_beside *out_beside, struct arena *arena, const char *to,
	const char *otherwise, struct error *error)
{
	const char *part = arena_format(arena, "%s.%ld.part", to, (long)getpid());
	const char *journal = arena_format(arena, "%s-journal", part ? part : "");

	if (!part || !journal)
		return error_no_memory(error);
	if (file_exists(to))
		return error_set(error, ERROR_CONFLICT,
			"%.120s is there already: a record is never written over; %s", to,
			otherwise);
	*out_beside = (struct place_beside){to, part, journal};
	return true;
}

bool place_end_beside(const struct place_beside *beside, bool done, struct error *error)
{
	if (done && file_give_name(beside->part, beside->to, error))
		return true;
	unlink(beside->part);
	unlink(beside->journal);
	return false;
}

int place_wait(void *context, int before)
{
	(void)context;
	if (before >= BUSY_SHORT + BUSY_LONG)
		return 0;
	usleep(before < BUSY_SHORT ? 250 : 5000);
	return 1;
}
