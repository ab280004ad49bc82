/* SPDX-License-Identifier: MIT */
/* The list of children, and its named views. */
#ifndef HEARTH_WEB_PAGES_CHILDREN_H
#define HEARTH_WEB_PAGES_CHILDREN_H

#include "view/model.h"
#include "web/fields.h"
#include "web/route.h"

route_handler children_page;   /* /children */
route_handler children_search; /* POST /children/search */
route_handler views_save;      /* POST /children/views */
route_handler views_remove;    /* POST /children/views/{view}/remove */

/* The list; `view_fault` says what was wrong with a view that was to be saved, NULL if nothing. */
bool children_show(struct request *request, struct response *response, const char *view_fault,
	struct error *error) MUST_CHECK;

/* What somebody searched for, from the sealed field `q` of the address; empty without one. False
 * when it was sealed for somebody else or is none of ours. */
bool children_search_read(const struct request *request, struct text *out_search) MUST_CHECK;

/* The fields of a list's address that a view keeps, as they stand in an address. What somebody
 * searched for is none of them. */
struct text children_kept_query(struct arena *arena, const struct fields *fields);

/* Adds the person's and their team's views, and the form to save this one. */
bool add_views(struct model *page, const struct request *request, struct error *error);

#endif
