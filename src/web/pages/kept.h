/* SPDX-License-Identifier: MIT */
/*
 * Forms in which people write about a child, and that come when their session is over: what was
 * typed comes back to be sent again after signing in.
 *
 * The one rule: such a form does nothing before it came with a token of the person's own session.
 */
#ifndef HEARTH_WEB_PAGES_KEPT_H
#define HEARTH_WEB_PAGES_KEPT_H

#include "view/model.h"
#include "web/request.h"

/* Whether a request by nobody is to be read all the same, since it may hold what somebody wrote. */
bool kept_form_is(const struct request *request);

/* Adds what was typed to the page templates/pages/kept; false when there is nothing to keep. */
bool kept_form_add(struct model *page, const struct request *request);

#endif
