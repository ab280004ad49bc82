/* SPDX-License-Identifier: MIT */
#include "store/health.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "store/place.h"
#include "store/record.h"

enum {
	FOUND_LONGEST = 400,
	ROOM_NEEDED_MB = 200, /* below it a day's work may not fit */
	ROOM_WANTED_MB = 1024,
	PATH_LONGEST = 4096,
};

void health_add(struct health *health, enum health_level level, const char *check,
	const char *advice, const char *format, ...)
{
	char found[FOUND_LONGEST];
	va_list arguments;
	const char *kept;

	va_start(arguments, format);
	vsnprintf(found, sizeof found, format, arguments);
	va_end(arguments);
	kept = arena_string(health->arena, found);
	if (health->count < HEALTH_LINES_MOST)
		health->lines[health->count++] = (struct health_line){level, check,
			kept ? kept : "memory ran out", level == HEALTH_OK ? NULL : advice};
}

/* Modes and owner of a file that is for one user only. */
static void look_at_file(struct health *health, const char *check, const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0) {
		health_add(health, HEALTH_FAIL, check,
			"name the right place, or restore the last backup", "%s: %s", path,
			strerror(errno));
		return;
	}
	if (!S_ISREG(status.st_mode))
		health_add(
			health, HEALTH_FAIL, check, "name the file itself", "%s is no file", path);
	else if (status.st_mode & 077)
		health_add(health, HEALTH_FAIL, check, "chmod 600 it: it is for its owner only",
			"%s has mode %04o: others may read or write it", path,
			status.st_mode & 07777);
	else if (status.st_uid != geteuid() && geteuid() != 0)
		health_add(health, HEALTH_WARN, check, "run Hearth as the user who owns it",
			"%s belongs to user %u, this is user %u", path, (unsigned)status.st_uid,
			(unsigned)geteuid());
	else
		health_add(health, HEALTH_OK, check, NULL, "%s, mode %04o, %lld KB", path,
			status.st_mode & 07777, (long long)status.st_size / 1024);
}

static void look_at_folder(struct health *health, const char *folder)
{
	struct stat status;

	if (stat(folder, &status) != 0)
		health_add(health, HEALTH_FAIL, "folder", "make it, or name the right place",
			"%s: %s", folder, strerror(errno));
	else if ((status.st_mode & 022) && !(status.st_mode & S_ISVTX))
		health_add(health, HEALTH_FAIL, "folder", "chmod 700 it: it holds a record",
			"%s has mode %04o: others may put files in the place of the record", folder,
			status.st_mode & 07777);
	else if (access(folder, W_OK) != 0)
		health_add(health, HEALTH_WARN, "folder",
			"give this user leave to write there, or nothing can be changed",
			"%s may not be written by this user", folder);
	else
		health_add(health, HEALTH_OK, "folder", NULL, "%s, mode %04o", folder,
			status.st_mode & 07777);
}

static void look_at_disk(struct health *health, const char *folder, const char *place)
{
	struct statvfs room;
	struct stat status;
	long long free_mb, record_mb = 0;

	if (statvfs(folder, &room) != 0) {
		health_add(health, HEALTH_WARN, "free disk", "look to the disk", "%s: %s", folder,
			strerror(errno));
		return;
	}
	free_mb = (long long)room.f_bavail * (long long)room.f_frsize >> 20;
	if (stat(place, &status) == 0)
		record_mb = (long long)status.st_size >> 20;
	if (free_mb < ROOM_NEEDED_MB)
		health_add(health, HEALTH_FAIL, "free disk",
			"make room: without it nothing can be kept, and no child be looked at",
			"%lld MB are free", free_mb);
	else if (free_mb < ROOM_WANTED_MB || free_mb < 2 * record_mb)
		health_add(health, HEALTH_WARN, "free disk",
			"make room for a copy of the record and for its growth",
			"%lld MB are free, the record has %lld MB", free_mb, record_mb);
	else
		health_add(health, HEALTH_OK, "free disk", NULL,
			"%lld MB are free, the record has %lld MB", free_mb, record_mb);
}

static bool ends_in(const char *name, const char *end)
{
	size_t length = strlen(name), of_end = strlen(end);

	return length >= of_end && strcmp(name + length - of_end, end) == 0;
}

/* A journal with something in it is taken back by the next program that opens the record; one that
 * stays while a server runs is empty at its front. */
static bool is_hot(const char *path)
{
	char front[8] = {0};
	FILE *file = fopen(path, "rbe");
	bool hot = file && fread(front, 1, sizeof front, file) == sizeof front && front[0];

	if (file)
		fclose(file);
	return hot;
}

static void look_at_leftover(
	struct health *health, const char *folder, const char *name, size_t *count)
{
	char path[PATH_LONGEST];

	if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
		return;
	if (ends_in(name, "-journal") && is_hot(path))
		health_add(health, HEALTH_WARN, "left behind",
			"nothing, if somebody writes just now; else open the record once (hearth "
			"import list): what was half done is taken back",
			"%s: a change that was not finished", name);
	else if (ends_in(name, ".part"))
		health_add(health, HEALTH_WARN, "left behind",
			"delete it, if no backup or restore is running",
			"%s: a backup or restore that was not finished", name);
	else if (ends_in(name, "-wal"))
		health_add(health, HEALTH_WARN, "left behind",
			"let no other program write to the record; keep this file with it",
			"%s: another program opened the record", name);
	else
		return;
	(*count)++;
}

static void look_for_leftovers(struct health *health, const char *folder, const char *place)
{
	const char *record = file_name(place);
	size_t length = strlen(record), count = 0;
	DIR *listing = opendir(folder);
	struct dirent *entry;

	if (!listing)
		return;
	while ((entry = readdir(listing)))
		if (strncmp(entry->d_name, record, length) == 0)
			look_at_leftover(health, folder, entry->d_name, &count);
	closedir(listing);
	if (!count)
		health_add(health, HEALTH_OK, "left behind", NULL,
			"nothing that a program left half done");
}

static void look_at_key(struct health *health, const char *place, const char *key_file)
{
	struct error error = {0};
	const char *path;
	bool credential;

	if (!vault_key_path(health->arena, place, key_file, &path, &credential, &error))
		health_add(health, HEALTH_FAIL, "key", "name the key file with --key", "%s",
			error.message);
	else if (credential)
		health_add(health, HEALTH_OK, "key", NULL, "%s, handed over by systemd", path);
	else if (!file_exists(path))
		health_add(health, HEALTH_FAIL, "key",
			"put the copy of the key there, or name it with --key: without it nobody "
			"can read names",
			"%s is not there", path);
	else
		look_at_file(health, "key", path);
}

void health_of_files(struct health *health, const char *place, const char *key_file)
{
	char folder[PATH_LONGEST], *plain;
	char *slash;

	if (!place_is_file(place))
		return;
	plain = realpath(place, NULL);
	snprintf(folder, sizeof folder, "%s", plain ? plain : place);
	free(plain);
	slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	else
		snprintf(folder, sizeof folder, ".");
	look_at_file(health, "record", place);
	look_at_folder(health, folder);
	look_at_key(health, place, key_file);
	look_at_disk(health, folder, place);
	look_for_leftovers(health, folder, place);
}
