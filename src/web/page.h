/* SPDX-License-Identifier: MIT */
/* The page of an error, with the frame of the site. The rest of pages is in web/site.h. */
#ifndef HEARTH_WEB_PAGE_H
#define HEARTH_WEB_PAGE_H

#include "view/model.h"
#include "web/server.h"
#include "web/visit.h"

/* For struct site: says what went wrong in a page of the site. */
bool page_error(void *context, const struct request *request, struct response *response, int status,
	const char *words);

/* For those who write templates: takes them as they stand in `folder` now; NULL changes nothing. */
bool page_templates(struct visit *visit, const char *folder, struct error *error) MUST_CHECK;

/* Whether there is a page at this path, which somebody's address names. */
bool page_is_there(const char *path);

#endif
