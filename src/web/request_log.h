/* SPDX-License-Identifier: MIT */
/*
 * The log: one line of JSON a request.
 *
 * The one rule: no personal data. The row of the site map stands for the address, and there is no
 * query, address of a client, cookie, or name of anybody in it.
 */
#ifndef HEARTH_WEB_REQUEST_LOG_H
#define HEARTH_WEB_REQUEST_LOG_H

#include "base/arena.h"
#include "base/error.h"

#include <stdint.h>

struct log_line {
	const char *id;
	const char *method; /* "GET"; "other" */
	const char *route;  /* "/children/{child}"; "" when none was found */
	int status;
	int64_t microseconds;
	size_t bytes;		   /* of the body sent */
	bool cut;		   /* the connection broke before the end */
	const struct error *error; /* of a 500: what went wrong inside; NULL otherwise */
};

/* Writes the line in one piece. What cannot be written is lost: a full disk for logs must not stop
 * the work (the audit trail is another thing, in the record). */
void request_log(int descriptor, struct arena *arena, const struct log_line *line);

#endif
