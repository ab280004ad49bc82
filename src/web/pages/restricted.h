/* SPDX-License-Identifier: MIT */
/* Handlers of restricted records and of opening one with a reason, for routes.c. */
#ifndef HEARTH_WEB_PAGES_RESTRICTED_H
#define HEARTH_WEB_PAGES_RESTRICTED_H

#include "web/route.h"

route_handler break_glass_page, break_glass_take, break_glass_end;
route_handler restricted_page, restricted_review_take;
route_handler restricted_child_page, restricted_child_take;

#endif
