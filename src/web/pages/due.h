/* SPDX-License-Identifier: MIT */
/* Handler of the list of assessments that are due, for routes.c. */
#ifndef HEARTH_WEB_PAGES_DUE_H
#define HEARTH_WEB_PAGES_DUE_H

#include "web/route.h"

/* due.c: overdue, soon and later on, for me, my team, everybody the person may see. */
route_handler due_page;

#endif
