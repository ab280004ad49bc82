/* SPDX-License-Identifier: MIT */
/* What needs a person today: assessments overdue and due soon, and their own drafts. */
#ifndef HEARTH_WEB_PAGES_HOME_TODAY_H
#define HEARTH_WEB_PAGES_HOME_TODAY_H

#include "view/model.h"
#include "web/request.h"

/* Adds `today` (overdue and soon, each words and path; and the list `rows` of those who are first,
 * for people with children of their own or of a team) and the list `drafts`. Writes into the log
 * whom it names. Nothing for those who may not list children. */
bool add_today(struct model *page, const struct request *request, struct error *error) MUST_CHECK;

#endif
