/* SPDX-License-Identifier: MIT */
/* Handlers of one's own account, for routes.c. */
#ifndef HEARTH_WEB_PAGES_ACCOUNT_H
#define HEARTH_WEB_PAGES_ACCOUNT_H

#include "web/route.h"

route_handler account_page;
route_handler account_password_page, account_password_take;
route_handler account_factor_page, account_factor_take, account_factor_remove;
route_handler account_session_end;

#endif
