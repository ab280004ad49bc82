/* SPDX-License-Identifier: MIT */
/*
 * A request of somebody: who is asking, what they may, the record as it is for them.
 *
 * The one rule: a page gets at a child only through visit_child, which asks for the right, and
 * shows nothing without visit_shown, which writes the row of the audit log.
 */
#ifndef HEARTH_WEB_VISIT_H
#define HEARTH_WEB_VISIT_H

#include "care/rhythm.h"
#include "cohort/cohort.h"
#include "people/rights.h"
#include "people/sign_in.h"
#include "view/mustache.h"
#include "web/kept_parts.h"
#include "web/request.h"

struct site_state; /* web/site.h */

/* The record in columns, as it was when it was last read; const, shared, counted. */
struct snapshot {
	struct history history;
	const struct cohort *today; /* everyone looked after on the day it was read */
	struct kept_parts *parts;   /* what was drawn from it */
	uint64_t serial;	    /* no other has it */
};

/* One request: request->who. Lives as long as the handler runs. */
struct visit {
	struct site_state *state;
	struct arena *arena; /* of the request */
	const struct schema *schema;
	const struct framework *framework;
	const struct rights *rights;
	const struct mustache_shelf *shelf; /* the templates of pages */
	const struct rhythm *rhythm;	    /* of assessments */
	const struct desk *desk;
	const struct settings *settings;
	const struct session *session; /* NULL: nobody is signed in */
	struct store *store;	       /* of this request alone, to read and to write */
	const struct snapshot *snapshot;
	struct actor actor;
	struct known_state *known; /* people/known.h; may be NULL */
	struct audit_wait **shown; /* rows that must last before the answer leaves */
	int64_t now;
	int32_t today;
	bool demonstration;
};

struct visit *visit_of(const struct request *request);

/* Whether the person signed in has the permission at all: for what a page offers. */
bool visit_may(const struct visit *visit, const char *permission);

/* The child a page is about: {child} of the address. */
struct visit_child {
	int64_t number;	      /* of the record */
	uint32_t index;	      /* into the snapshot's history */
	struct text local_id; /* the council's; to be shown only with child.identity */
	struct text authority;
	struct child_facts facts;
	enum rights_answer answer;
};

/* Finds the child and asks for the right. ERROR_MISSING alike for a child who is not there and one
 * the person may not see. Writes nothing: a page that shows anything calls visit_shown first. */
bool visit_child(const struct visit *visit, const struct request *request, const char *permission,
	struct visit_child *out_child, struct error *error) MUST_CHECK;

/* What was read or made of the record before, by anybody, and is as it would be read now; NULL when
 * nothing is known. Who asks has the right to it. `number` tells apart what depends on more than
 * the child: a day, what the person may see. */
enum visit_kind { KNOWN_PROFILE = 1, KNOWN_TEXT };
const void *visit_known(
	const struct visit *visit, enum visit_kind kind, int64_t child, int64_t number);

/* Keeps it for the others. Takes over `arena`, which has it, whether it works or not. */
bool visit_keep(const struct visit *visit, enum visit_kind kind, int64_t child, int64_t number,
	struct arena *arena, const void *what, struct error *error) MUST_CHECK;

/* Writes that the person saw `fields` of the child ("identity needs costs"), lasting before the
 * answer leaves: when it does not, what the page wrote is dropped and an error is shown. When it
 * fails at once nothing may be shown. */
bool visit_shown(const struct visit *visit, const struct visit_child *child, const char *fields,
	struct error *error) MUST_CHECK;

/* Writes a row of the log that stands alone, lasting before it returns; for lists and the like. No
 * transaction of visit->store may be open. */
bool visit_logged(const struct visit *visit, const struct actor *actor, const struct audit_row *row,
	struct error *error) MUST_CHECK;

/* The authority of a child of the snapshot, empty when it is not known. */
struct text snapshot_authority(const struct snapshot *snapshot, uint32_t index);

#endif
