/* SPDX-License-Identifier: MIT */
/*
 * What is well and what is wrong with an installation, a line a check, each with what to do about
 * it.
 *
 * The one rule: looking changes nothing, and a check that cannot be made says so.
 */
#ifndef HEARTH_STORE_HEALTH_H
#define HEARTH_STORE_HEALTH_H

#include "store/store.h"

enum health_level { HEALTH_OK, HEALTH_WARN, HEALTH_FAIL };

struct health_line {
	enum health_level level;
	const char *check;  /* "free disk" */
	const char *found;  /* "812 MB" */
	const char *advice; /* NULL when there is nothing to do */
};

enum { HEALTH_LINES_MOST = 64 };

struct health {
	struct arena *arena;
	struct health_line lines[HEALTH_LINES_MOST];
	size_t count;
};

/* Adds a line; `advice` may be NULL; `format` is what was found. */
void health_add(struct health *health, enum health_level level, const char *check,
	const char *advice, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The files of a record: itself, its folder, its key, what was left beside it, the disk. Nothing of
 * a record on a server. */
void health_of_files(struct health *health, const char *place, const char *key_file);

/* The record as a database: opens, version of its form and of the database, its own checks.
 * *out_opens says whether it can be asked for more. */
void health_of_record(
	struct health *health, const char *place, const char *key_file, bool *out_opens);

/* The clock against what the record says was done last (seconds since 1970; 0: not known). */
void health_of_clock(struct health *health, int64_t now, int64_t last);

/* The newest backup of a folder: its age, and whether it is whole with this key or passphrase. */
void health_of_backups(struct health *health, const char *folder, const char *place,
	const char *key_file, const char *passphrase, int64_t now);

#endif
