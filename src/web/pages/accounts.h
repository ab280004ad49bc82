/* SPDX-License-Identifier: MIT */
/* Handlers of the accounts of others, for routes.c. */
#ifndef HEARTH_WEB_PAGES_ACCOUNTS_H
#define HEARTH_WEB_PAGES_ACCOUNTS_H

#include "web/route.h"

route_handler accounts_page;
route_handler accounts_add_page, accounts_add_take;
route_handler accounts_one_page, accounts_change_take;
route_handler accounts_disable_take, accounts_enable_take, accounts_reset_take;

#endif
