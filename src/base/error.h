/* SPDX-License-Identifier: MIT */
/*
 * What went wrong, told to whoever asked.
 *
 * The one rule: a function that can fail returns bool and takes `struct error *` last; it fills the
 * error exactly when it returns false. Bad data are not errors: import reports them as problems.
 */
#ifndef HEARTH_BASE_ERROR_H
#define HEARTH_BASE_ERROR_H

#include <stdbool.h>

#define MUST_CHECK __attribute__((warn_unused_result))

enum error_code {
	ERROR_NONE,    /* nothing went wrong */
	ERROR_INPUT,   /* what the caller gave is not usable: an option, a filter, a damaged file */
	ERROR_MISSING, /* what was asked for is not there */
	ERROR_DENIED,  /* not allowed to */
	ERROR_CONFLICT,	 /* somebody else's work stands in the way */
	ERROR_LIMIT,	 /* larger than we accept: a size, a depth, a time */
	ERROR_SYSTEM,	 /* memory, database, network, the program itself */
	ERROR_STORAGE,	 /* the disk is full or fails; nothing was changed */
	ERROR_UNCERTAIN, /* the disk failed while a change was being kept: it may be there or not */
};

struct error {
	enum error_code code;
	char message[240]; /* one sentence for a person: what is wrong and what to do; no newline */
};

/* Fills `error` (may be NULL) and returns false, so that `return error_set(...)` reads well. */
bool error_set(struct error *error, enum error_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The one wording for memory that ran out. */
bool error_no_memory(struct error *error);

/* The same with the system's words for `number` (an errno) at the end; ERROR_STORAGE where it
 * speaks of a disk that is full or fails. */
bool error_system(struct error *error, int number, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The exit status of a command that ended with this code: the one table of it. */
int error_exit_status(enum error_code code);

#endif
