/* SPDX-License-Identifier: MIT */
/* Handlers of the log of who saw and changed what, for routes.c. */
#ifndef HEARTH_WEB_PAGES_AUDIT_H
#define HEARTH_WEB_PAGES_AUDIT_H

#include "web/route.h"

route_handler audit_page;
route_handler audit_verify_page, audit_verify_take;

#endif
