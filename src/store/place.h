/* SPDX-License-Identifier: MIT */
/* The file a record is in, before a database looks into it. */
#ifndef HEARTH_STORE_PLACE_H
#define HEARTH_STORE_PLACE_H

#include "store/database.h"

/* Sees that there is a file, not somebody else's link, to which not everybody may write; to write
 * it is made where there is none, for its owner only. ERROR_MISSING when there is none to read. */
bool place_check(const char *place, enum database_mode mode, struct error *error) MUST_CHECK;

/* The words of ERROR_UNCERTAIN; false. */
bool place_uncertain(const char *place, struct error *error);

/* Whether a record at that place is a file, not the address of a server. */
bool place_is_file(const char *place);

/* "file:..." and ":memory:" are names of files here, nothing else. NULL when memory ran out. */
char *place_plain(struct arena *arena, const char *place) MUST_CHECK;

/* A new record, made in a file beside the one that it is to be, which gets the name when all is
 * well. */
struct place_beside {
	const char *to, *part, *journal;
};

/* ERROR_CONFLICT when there is something at `to`: `otherwise` says what to do then. */
bool place_begin_beside(struct place_beside *out_beside, struct arena *arena, const char *to,
	const char *otherwise, struct error *error) MUST_CHECK;
/* Gives it its name when `done`, else takes it away and leaves `error` as it is. */
bool place_end_beside(const struct place_beside *beside, bool done, struct error *error) MUST_CHECK;

/* Waits a little for another writer, the `before`th time; 0 after 10 s. `context` is not used. */
int place_wait(void *context, int before);

#endif
