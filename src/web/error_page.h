/* SPDX-License-Identifier: MIT */
/*
 * What a person or a program reads when something went wrong.
 *
 * The one rule: what went wrong inside (ERROR_SYSTEM and what comes after it) is for the log; the
 * person reads that it was not their doing, whether anything was changed, and a reference to quote.
 */
#ifndef HEARTH_WEB_ERROR_PAGE_H
#define HEARTH_WEB_ERROR_PAGE_H

#include "web/server.h"

/* The HTTP status of an error: the one table of it. */
int status_of_error(enum error_code code);

/* What goes with ERROR_UNCERTAIN. */
extern const char *const uncertain_words;

/* "Not Found" and so on. */
const char *status_title(int status);

/* Fills the response: application/problem+json (RFC 9457) for ROUTE_API and addresses below /api/,
 * else the site's page, else plain text. `words` NULL: those that go with the status. Cookies and
 * headers set before are kept only of a response that was cleared by the caller. */
void error_page(const struct site *site, const struct request *request, struct response *response,
	int status, const char *words);

#endif
