/* SPDX-License-Identifier: MIT */
/* The list of children, and its named views. */
#ifndef HEARTH_WEB_PAGES_CHILDREN_H
#define HEARTH_WEB_PAGES_CHILDREN_H

#include "view/model.h"
#include "web/route.h"

route_handler children_page; /* /children */
route_handler views_save;    /* POST /children/views */
route_handler views_remove;  /* POST /children/views/{view}/remove */

/* Adds the person's and their team's views, and the form to save this one. */
bool add_views(struct model *page, const struct request *request, struct error *error);

#endif
