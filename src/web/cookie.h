/* SPDX-License-Identifier: MIT */
/* The Cookie header, read strictly: name=value pairs of RFC 6265 section 4, separated by "; ". */
#ifndef HEARTH_WEB_COOKIE_H
#define HEARTH_WEB_COOKIE_H

#include "base/text.h"

enum { COOKIE_VALUE_LIMIT = 1024 };

/* Finds the one cookie of that name in the value of a Cookie header; {NULL, 0} when it is absent,
 * came twice, or has a value that is not plain (RFC 6265 cookie-octet, at most COOKIE_VALUE_LIMIT).
 * Other cookies, of whatever form, are passed over. */
struct text cookie_find(struct text header, struct text name);

/* Whether it may be the name or value of a cookie of ours. */
bool cookie_name_is_plain(struct text name);
bool cookie_value_is_plain(struct text value);

#endif
