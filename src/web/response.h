/* SPDX-License-Identifier: MIT */
/*
 * One answer, filled by a handler.
 *
 * The one rule: the security headers, Cache-Control: no-store and the length are the server's; a
 * handler says what it answers and nothing about those, except response_forever.
 */
#ifndef HEARTH_WEB_RESPONSE_H
#define HEARTH_WEB_RESPONSE_H

#include "base/arena.h"
#include "base/text.h"

struct request;

enum { RESPONSE_HEADERS_LIMIT = 24 };

struct response_header {
	const char *name, *value;
};

struct response {
	struct arena *arena;
	int status;		  /* 0 until something was answered */
	const char *content_type; /* with its charset; NULL with an empty body */
	struct buffer body;
	struct text ready;	   /* instead of `body`: bytes that outlive the answer */
	const char *encoding;	   /* of `ready`: "gzip"; NULL: as it is */
	const char *cache_control; /* NULL: no-store */
	struct response_header headers[RESPONSE_HEADERS_LIMIT];
	size_t header_count;
	bool failed; /* memory ran out, or a header was wrong: answered with 500 */
	bool close;  /* the connection ends with it */
};

/* Begin an answer: the status, the type, and where its body goes. */
struct buffer *response_html(struct response *response, int status);
struct buffer *response_json(struct response *response, int status);
struct buffer *response_plain(struct response *response, int status);

/* A file to be saved as `file_name`, of any characters; `type` such as "text/csv; charset=utf-8".
 */
struct buffer *response_download(
	struct response *response, const char *type, struct text file_name);

/* 303 to a path of this site: begins with one "/", plain ASCII, at most TARGET_LIMIT bytes. */
void response_redirect(struct response *response, const char *path);

/* Adds a header. A name or value that is not plain printable ASCII fails the answer. */
void response_header(struct response *response, const char *name, const char *value);

enum cookie_life {
	COOKIE_SESSION, /* until the browser is closed */
	COOKIE_SECONDS, /* Max-Age */
	COOKIE_REMOVE,
};
struct cookie_setting {
	enum cookie_life life;
	int seconds;
	bool strict; /* SameSite=Strict instead of Lax */
};

/* Sets a cookie for the whole site: HttpOnly, SameSite; over https __Host- and Secure. */
void response_cookie(struct response *response, const struct request *request, const char *name,
	struct text value, struct cookie_setting setting);

/* Lets the answer be kept for ever by anybody, under a tag of its contents. */
void response_forever(struct response *response, const char *etag);

/* Forgets what was answered so far, cookies included. */
void response_clear(struct response *response);

#endif
