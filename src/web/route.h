/* SPDX-License-Identifier: MIT */
/*
 * The site map's row, and how an address finds it.
 *
 * The one rule: rows are written with ROUTE, which demands a method, a path, a permission, a
 * handler, a title and a kind; a row without any of them does not compile.
 *
 *	ROUTE(GET, "/children/{child}", CHILD_VIEW, child_page, "A child", PAGE)
 *	ROUTE(POST, "/children/{child}/notes", PROFILE_WRITE, note_save, "Add a note", FORM(16 *
 *KIB)) ROUTE(GET, "/api/v1/children", CHILD_LIST, children_json, "Children", API(0)) ROUTE(POST,
 *"/imports", IMPORT_MAKE, import_page, "Bring in files", UPLOAD(64 * MIB, import_take))
 *
 * A path begins with /, has no / at its end, and its parts are plain text or {name}; {name} takes
 * one part that is not empty. A last part {name...} takes the rest, with its slashes. Where both
 * plain text and a {name} fit, plain text wins, part by part from the left.
 */
#ifndef HEARTH_WEB_ROUTE_H
#define HEARTH_WEB_ROUTE_H

#include <assert.h>

#include "base/text.h"
#include "web/permission.h"

struct request;
struct response;
struct upload;

/* HEAD is answered as GET without the body, and a handler never sees it. */
enum web_method {
	METHOD_NONE,
	METHOD_GET,
	METHOD_POST,
	METHOD_PUT,
	METHOD_PATCH,
	METHOD_DELETE,
};

enum route_kind {
	ROUTE_PAGE = 1, /* HTML for a person; no body */
	ROUTE_FORM,	/* takes a form of a page, urlencoded */
	ROUTE_UPLOAD,	/* takes multipart/form-data with files, streamed to `take` */
	ROUTE_API,	/* JSON in and out; errors as application/problem+json */
	ROUTE_DOWNLOAD, /* a file for a person; no body */
	ROUTE_ASSET,	/* files of the program, the same for everybody: asks nobody who they are */
};

/* Fills the response. False with the error for an error page of the status that goes with its code
 * (web/error_page.h); what it had put into the response is dropped then. */
typedef bool route_handler(struct request *request, struct response *response, struct error *error);

/* Takes the next piece of a file that is being uploaded (struct upload, web/request.h), in order;
 * false with the error to refuse the rest. Called only after the form's token was found right. */
typedef bool route_take(struct request *request, const struct upload *upload, struct text piece,
	struct error *error);

struct route {
	enum web_method method;
	enum permission permission;
	enum route_kind kind;
	const char *path;
	const char *title;
	route_handler *handle;
	route_take *take;
	size_t body_limit; /* bytes of a body that are accepted; 0: none may come */
};

#define KIB 1024u
#define MIB (1024u * 1024u)

#define ROUTE_KIND_PAGE			.kind = ROUTE_PAGE
#define ROUTE_KIND_DOWNLOAD		.kind = ROUTE_DOWNLOAD
#define ROUTE_KIND_ASSET		.kind = ROUTE_ASSET
#define ROUTE_KIND_FORM(limit)		.kind = ROUTE_FORM, .body_limit = (limit)
#define ROUTE_KIND_API(limit)		.kind = ROUTE_API, .body_limit = (limit)
#define ROUTE_KIND_UPLOAD(limit, taker) .kind = ROUTE_UPLOAD, .body_limit = (limit), .take = (taker)

#define ROUTE(method_, path_, permission_, handler_, title_, kind_)                                \
	{                                                                                          \
		.method = METHOD_##method_, .path = "" path_,                                      \
		.permission = PERMISSION_##permission_, .handle = (handler_), .title = "" title_,  \
		ROUTE_KIND_##kind_                                                                 \
	}

enum { ROUTE_PARTS_LIMIT = 16, ROUTE_NAMES_LIMIT = 8 };

/* What the {names} of a path stood for. */
struct route_names {
	struct {
		struct text name, value;
	} named[ROUTE_NAMES_LIMIT];
	size_t count;
};

/* The row for a decoded, canonical path; NULL when there is none. *out_allowed has a bit 1 <<
 * method for every method that the path has, whether or not a row was found. */
const struct route *route_find(const struct route *routes, size_t count, enum web_method method,
	struct text path, struct route_names *out_names, unsigned *out_allowed);

/* Whether the table is well made: ERROR_INPUT names the first row that is not (an undeclared
 * permission, a path of the wrong form, the same method and path twice). */
bool route_check(const struct route *routes, size_t count, struct error *error) MUST_CHECK;

/* GET, POST, …; METHOD_NONE for what is not one of them. HEAD is METHOD_GET and sets *out_head. */
enum web_method web_method_of(struct text name, bool *out_head);
const char *web_method_name(enum web_method method);

#endif
