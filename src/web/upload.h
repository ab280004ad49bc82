/* SPDX-License-Identifier: MIT */
/*
 * A form with files, streamed: its fields are kept, its files go to the route's `take`.
 *
 * The one rule: no byte of a file is given on before the form's token was found right, so "csrf" is
 * the first field of such a form (or a header of the request).
 */
#ifndef HEARTH_WEB_UPLOAD_H
#define HEARTH_WEB_UPLOAD_H

#include "web/request.h"

enum { UPLOAD_FIELDS_LIMIT = 256 * 1024 }; /* bytes of all that is no file */

struct upload_form;

/* `trusted`: the token came in a header, or none is needed. NULL with the error. */
struct upload_form *upload_form_open(
	struct request *request, bool trusted, struct error *error) MUST_CHECK;

bool upload_form_read(struct upload_form *form, struct text bytes, struct error *error) MUST_CHECK;

/* The body is whole: the fields are in request->form. */
bool upload_form_end(struct upload_form *form, struct error *error) MUST_CHECK;

#endif
