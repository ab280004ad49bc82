/* SPDX-License-Identifier: MIT */
/* Lists whose filters and pages are in the address: what such an address is made of. */
#ifndef HEARTH_WEB_PAGES_QUERY_H
#define HEARTH_WEB_PAGES_QUERY_H

#include "web/site.h"

/* The address of the same list without the field `name`, and from its first page. */
const char *query_without(const struct request *request, const char *path, const char *name);

/* The same with the field set to a value. */
const char *query_with(
	const struct request *request, const char *path, const char *name, const char *value);

/* The number of the first row, by the field "page" (from 1). */
size_t query_first(const struct request *request, size_t of_a_page);

/* The links to the pages before and after, where `total` rows are in the list. */
void query_pages(struct model *page, const struct request *request, const char *path, size_t first,
	size_t of_a_page, size_t total);

#endif
