/* SPDX-License-Identifier: MIT */
/*
 * Whether a request line and headers are ones we take, before anything else looks at them.
 *
 * The one rule: what two programs could read in two ways is refused, whatever stands in front of
 * us: lengths that differ or come twice, Transfer-Encoding, no Host or two, folded lines, lines
 * that end in a bare LF. (RFC 9112, and its section 11.2 on request smuggling.)
 */
#ifndef HEARTH_WEB_GUARD_H
#define HEARTH_WEB_GUARD_H

#include "base/text.h"
#include "web/route.h"

enum {
	GUARD_HEADERS_LIMIT = 64,	/* header lines */
	GUARD_HEADER_BYTES = 16 * 1024, /* of all of them */
	GUARD_VALUE_LIMIT = 8 * 1024,	/* of one */
};

struct message_header {
	struct text name, value;
};

/* A request as it came from the wire. */
struct message {
	struct text method;
	struct text target;
	struct text version;
	struct message_header *headers;
	size_t header_count;
	bool lines_broken; /* a line was folded, ended in a bare LF or held a zero byte */
	bool headers_cut;  /* there were more than could be kept */
};

/* What the guard found out. */
struct guard_facts {
	struct text host;
	uint64_t length; /* of the body; 0 without one */
	bool has_length;
};

/* 0 when the message is taken; otherwise the status to refuse it with, and *out_words for a
 * person. The connection must then be closed. */
int guard_check(
	const struct message *message, struct guard_facts *out_facts, const char **out_words);

/* The header's value when it came exactly once, else {NULL, 0}; *out_count (may be NULL) says how
 * often it came. */
struct text message_header(const struct message *message, const char *name, size_t *out_count);

/* 0 when the Host is one of this site's, else 421. `origin` as in web_options (NULL: loopback
 * names with any port). */
int guard_host(struct text host, const char *origin);

/* 0 when a request that may change something comes from a page of this site, by Sec-Fetch-Site and
 * Origin; else 403. `origin` is this site's, "http://127.0.0.1:8080". */
int guard_origin(const struct message *message, struct text origin);

#endif
