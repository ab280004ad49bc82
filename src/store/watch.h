/* SPDX-License-Identifier: MIT */
/*
 * Whether the record is still as it was: a number that every commit changes, whichever program
 * makes it. For those who keep in memory what they read.
 *
 * The one rule: what is kept is kept with the number as it was while it was read, in one store_look
 * (nobody commits meanwhile); it is good as long as the number is the same.
 */
#ifndef HEARTH_STORE_WATCH_H
#define HEARTH_STORE_WATCH_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct watch {
	int file; /* -1: the record is no file, and nobody can tell */
};

/* Opens the record's file to look at. */
void watch_open(struct watch *watch, const char *place);

/* To be called when all connections of this program to the record are closed: the system takes the
 * locks of all of them away with the first file that is closed. */
void watch_close(struct watch *watch);

/* False: nothing may be kept. */
bool watch_look(const struct watch *watch, int64_t *out_number) MUST_CHECK;

#endif
