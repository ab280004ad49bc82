/* SPDX-License-Identifier: MIT */
/*
 * The headers of every answer, whatever it is.
 *
 * The one rule: nothing unsafe is allowed by the content policy, so a page has no inline script or
 * style, and asks nothing of any other site.
 */
#ifndef HEARTH_WEB_SECURITY_H
#define HEARTH_WEB_SECURITY_H

#include "web/response.h"

enum { SECURITY_HEADERS_LIMIT = 16 };

/* Writes the security and caching headers of the answer; returns how many. */
size_t security_headers(const struct response *response, bool secure,
	struct response_header out[SECURITY_HEADERS_LIMIT]);

#endif
