/* SPDX-License-Identifier: MIT */
/*
 * The audit log: who saw or changed what, when, through which door and why.
 *
 * The one rule: a row is written in the transaction of what it tells of; when it cannot be written,
 * nothing is shown and nothing changes. Rows are chained: each holds the BLAKE2b hash of itself and
 * of the one before. Heads of the chain that are kept elsewhere show a cut or rewritten log.
 */
#ifndef HEARTH_PEOPLE_AUDIT_H
#define HEARTH_PEOPLE_AUDIT_H

#include "store/change.h"
#include "store/vault.h"

/* Who acts, through which door. Every function of people/ that changes something takes one and
 * writes its row itself. */
struct actor {
	int64_t account;   /* 0: no account, such as the command line */
	struct text name;  /* login name, or the machine's user */
	struct text route; /* "POST /accounts/{account}" or "hearth user add" */
	struct text why;   /* empty where no reason is asked for */
	int64_t now;	   /* seconds since 1970, UTC */
};

/* Whom an account works for. */
struct account_scope {
	bool every_authority;		/* also children whose authority is not known */
	const struct text *authorities; /* as in the files: children.csv, LA */
	size_t authority_count;
	int64_t team; /* 0: none */
};

enum { AUDIT_WHY_LONGEST = 2000 }; /* bytes */
enum { AUDIT_HASH_BYTES = 32, AUDIT_HASH_TEXT_SIZE = 44 };

struct audit_row {
	struct text act;       /* "child.view", "account.create" */
	int64_t child;	       /* 0: about no child */
	struct text authority; /* whose child or account; empty where it is nobody's */
	struct text fields;    /* which were seen or changed: "identity needs costs" */
	struct text about;     /* what else it is about, no personal data: "account 12" */
};

/* Appends a row; the transaction is the caller's (store_begin). */
bool audit_append(struct store *store, const struct actor *actor, const struct audit_row *row,
	struct error *error) MUST_CHECK;

struct audit_entry {
	int64_t sequence, at, account;
	struct text name, route, why;
	struct audit_row row;
};

/* Which rows to list, newest first; 0 and empty stand for all. */
struct audit_question {
	int64_t child;			   /* "who has seen this child" */
	int64_t account;		   /* what this person did */
	struct text act;		   /* only rows of this act */
	const struct account_scope *scope; /* only rows about these authorities; NULL: all */
	int64_t before;	     /* rows with a smaller sequence: the next page; 0: the newest */
	int64_t from, until; /* at from <= time < until; 0: open */
	size_t most;	     /* rows of a page */
};

bool audit_list(struct store *store, struct arena *arena, const struct audit_question *question,
	struct audit_entry **out_entries, size_t *out_count, struct error *error) MUST_CHECK;

/* The end of the chain, for keeping elsewhere. */
struct audit_head {
	int64_t sequence; /* 0: the log is empty */
	int64_t at;
	unsigned char hash[AUDIT_HASH_BYTES];
};

bool audit_head(struct store *store, struct audit_head *out_head, struct error *error) MUST_CHECK;

/* "SEQUENCE TIME HASH" (time in seconds, hash in base64url) without a line end, added to `line`. */
void audit_head_write(const struct audit_head *head, struct buffer *line);

struct audit_heads {
	struct audit_head *heads;
	size_t count;
};

/* The lines of a file of heads; empty lines and those with # are left out. ERROR_INPUT names a line
 * that is none. */
bool audit_heads_read(struct arena *arena, struct text lines, struct audit_heads *out_heads,
	struct error *error) MUST_CHECK;

struct audit_verdict {
	bool whole;	    /* nothing was changed, taken out, put in, moved, cut or rewritten */
	int64_t entries;    /* rows that were read */
	int64_t first_bad;  /* sequence of the first entry that is wrong or missing */
	const char *reason; /* of it, for a person */
};

/* Reads the whole log from its first row. Without heads (NULL) a log that was cut at its end or
 * written anew from some row on looks whole. */
bool audit_verify(struct store *store, const struct audit_heads *heads,
	struct audit_verdict *out_verdict, struct error *error) MUST_CHECK;

#endif
