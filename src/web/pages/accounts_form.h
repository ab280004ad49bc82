/* SPDX-License-Identifier: MIT */
/* The account that a page of accounts is about, and the form of one. */
#ifndef HEARTH_WEB_PAGES_ACCOUNTS_FORM_H
#define HEARTH_WEB_PAGES_ACCOUNTS_FORM_H

#include "web/site.h"

/* {account} of the address; ERROR_MISSING alike for one that is not there and one that is not for
 * the person to manage. */
bool accounts_find(const struct visit *visit, const struct request *request,
	struct account *out_account, struct error *error) MUST_CHECK;

/* The page that shows a first password, once. */
bool accounts_show_password(struct request *request, struct response *response, int64_t id,
	struct text shown, struct text login, const char *password, struct error *error) MUST_CHECK;

#endif
