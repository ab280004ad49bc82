/* SPDX-License-Identifier: MIT */
/*
 * One request as a handler sees it.
 *
 * The one rule: everything in it lives in its arena and ends with the answer; a handler takes its
 * own memory there too.
 */
#ifndef HEARTH_WEB_REQUEST_H
#define HEARTH_WEB_REQUEST_H

#include "base/arena.h"
#include "web/fields.h"
#include "web/guard.h"
#include "web/route.h"
#include "web/target.h"

enum { REQUEST_ID_SIZE = 17 };

struct assets;

struct request {
	struct arena *arena;
	const struct route *route; /* NULL on an error page for an address that is none */
	enum web_method method;
	bool head;   /* came as HEAD: the answer's body is not sent */
	bool secure; /* people reach the site over https */
	struct target target;
	struct route_names names;
	struct fields query;
	struct fields form; /* of ROUTE_FORM, and what is no file of ROUTE_UPLOAD */
	struct text body;   /* of ROUTE_API */
	struct text client; /* address of who asks: for limits, never for the log */
	struct text origin; /* of this site, "https://hearth.example": for links in messages */
	char id[REQUEST_ID_SIZE];      /* of this request in the log, to quote on an error page */
	const struct message *message; /* the request line and headers as they came */

	/* Set by the site's `admit` (web/server.h), for it and its handlers. */
	void *who;	     /* the person signed in, as the site knows them */
	struct text session; /* secret of the session, to which form tokens are bound */

	/* Who asks showed it by a header that a browser never sends by itself, such as a key of the
	 * API in Authorization: then no form token is asked for. Set by `admit` alone. */
	bool by_key;

	void *upload_state; /* free for a route's `take` and its handler */

	/* Of the server. */
	const unsigned char *secret; /* CRYPTO_KEY_BYTES: what form tokens are made with */
	const struct assets *assets;
};

/* A file that is being uploaded. */
struct upload {
	struct text name;      /* of the form's field */
	struct text file_name; /* as the browser named it, without folders; never a path to use */
	struct text type;      /* as the browser said it: not to be believed */
	size_t index;	       /* 0 for the first file */
	bool begins;	       /* this piece is its first (and may be empty) */
};

/* What stood for {name} in the path; never empty where the route has that name, else {NULL, 0}. */
struct text request_part(const struct request *request, const char *name);
bool request_part_integer(const struct request *request, const char *name, int64_t *out_number);

/* The value of a header that came once; {NULL, 0} when absent or twice. Letter case is the same. */
struct text request_header(const struct request *request, const char *name);

/* The value of our cookie `name` (without the __Host- prefix, which is added when secure). */
struct text request_cookie(const struct request *request, const char *name);

/* A new token for a form of this session, to be sent back in the field "csrf" or in the header
 * X-CSRF-Token; "" without a session. NULL when memory ran out. */
const char *request_form_token(const struct request *request);

/* The address of a file of the program ("site.css"), which changes with its contents; NULL when
 * there is none or memory ran out. */
const char *request_asset(const struct request *request, const char *name);

#endif
