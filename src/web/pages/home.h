/* SPDX-License-Identifier: MIT */
/* The start page, for routes.c. */
#ifndef HEARTH_WEB_PAGES_HOME_H
#define HEARTH_WEB_PAGES_HOME_H

#include "web/route.h"

route_handler home_page;

#endif
