/* SPDX-License-Identifier: MIT */
/* The site map of Hearth: every address it answers, in one table. */
#ifndef HEARTH_WEB_ROUTES_H
#define HEARTH_WEB_ROUTES_H

#include "web/route.h"

extern const struct route site_routes[];
extern const size_t site_route_count;

#endif
