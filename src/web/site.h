/* SPDX-License-Identifier: MIT */
/*
 * What every page of Hearth shares: the record in memory, connections to it, who is asking and
 * what they may (web/visit.h), the frame around a page.
 */
#ifndef HEARTH_WEB_SITE_H
#define HEARTH_WEB_SITE_H

#include "web/server.h"
#include "web/visit.h"

struct site_options {
	const char *place;    /* of the record */
	const char *key_file; /* NULL: beside it */
	const char *data;     /* laid over the data dictionary; NULL */
	const char *framework;
	const char *templates; /* a folder to read them from for each page; NULL: those within */
	bool demonstration;    /* every page says so */
};

struct site_state;

/* Opens the record and reads it into memory. The clock is the caller's: seconds since 1970. */
bool site_open(struct site_state **out_state, const struct site_options *options,
	struct error *error) MUST_CHECK;
void site_close(struct site_state *state); /* accepts NULL */

/* What form tokens are made with (CRYPTO_KEY_BYTES): from the record's key, so that every server of
 * the record, and one that was started anew, knows those of the others. */
bool site_secret(
	struct site_state *state, unsigned char *out_secret, struct error *error) MUST_CHECK;

/* For web_serve: the site map with what admits, ends and explains. */
struct site site_of(struct site_state *state);

/* Reads the record again, for all requests that begin later; to be called after a change that
 * figures and lists show. */
bool site_record_changed(struct site_state *state, struct error *error) MUST_CHECK;

/* The model of a page with what its frame needs: title, who is signed in, what they may open, the
 * form token, the banner of a demonstration. Pages add to it. Without a visit: nobody's. */
struct model *page_open(
	const struct visit *visit, const struct request *request, const char *title);

/* Fills templates/pages/<name>.mustache and puts the frame around it. */
bool page_write(struct response *response, const struct request *request, const char *name,
	struct model *page, int status, struct error *error) MUST_CHECK;

/* Fills templates/<name>.mustache alone: a part of a page to be kept. */
bool page_part(struct buffer *out, const struct visit *visit, const char *name,
	const struct model *model, struct error *error) MUST_CHECK;

/* A fault in a form: beside its field and in the summary at the head of the page. */
void page_fault(struct model *page, const char *field, const char *words);
bool page_has_faults(const struct model *page);

#endif
