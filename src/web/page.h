/* SPDX-License-Identifier: MIT */
/* The page of an error, with the frame of the site. The rest of pages is in web/site.h. */
#ifndef HEARTH_WEB_PAGE_H
#define HEARTH_WEB_PAGE_H

#include "web/server.h"

/* For struct site: says what went wrong in a page of the site. */
bool page_error(void *context, const struct request *request, struct response *response, int status,
	const char *words);

#endif
