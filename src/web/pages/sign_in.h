/* SPDX-License-Identifier: MIT */
/* Handlers of signing in and out, for routes.c. */
#ifndef HEARTH_WEB_PAGES_SIGN_IN_H
#define HEARTH_WEB_PAGES_SIGN_IN_H

#include "web/route.h"

route_handler sign_in_page, sign_in_take;
route_handler sign_in_code_page, sign_in_code_take;
route_handler sign_in_again_page, sign_in_again_take;
route_handler sign_out_take;

/* How long the session lasts, and a new form token for a page that stayed open: JSON. */
route_handler session_left;

#endif
