/* SPDX-License-Identifier: MIT */
/* Who asks, from where, and where they wanted to go: what the pages of signing in share. */
#ifndef HEARTH_WEB_PAGES_ASKING_H
#define HEARTH_WEB_PAGES_ASKING_H

#include "web/site.h"

/* Seconds for which a password that was given counts for weighty acts; a form that was opened
 * within them may be filled a while longer. */
enum { PROOF_SECONDS = 600, PROOF_SECONDS_TO_FILL = 3600 };

/* The field "to" of the query or the form where it is a page of this site, else "/". */
const char *asking_to(const struct request *request);

/* `path` with ?to= where there is somewhere to go. */
const char *asking_with_to(const struct request *request, const char *path, const char *to);

/* The form of people/sign_in.h as this request has it. */
struct sign_in_form asking_form(
	const struct visit *visit, const struct request *request, struct text login);

/* "Firefox on Windows", for a person's own list of sessions; names no version. */
const char *asking_device(const struct request *request);

/* Gives somebody who is not signed in a cookie to bind their form to; before page_open. */
void asking_visitor(struct request *request, struct response *response);

/* Puts the session of a sign-in, and the device it made known, into the browser. */
void asking_keep(const struct request *request, struct response *response,
	const struct signed_in *signed_in);

/* Whether the password was given lately; else the answer asks for it first, and then comes back to
 * `path`. */
bool asking_is_proved(const struct visit *visit, const struct request *request,
	struct response *response, const char *path);

/* "in 2 minutes" for a throttle. */
const char *asking_wait(struct arena *arena, int64_t seconds);

#endif
