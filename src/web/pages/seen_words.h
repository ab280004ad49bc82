/* SPDX-License-Identifier: MIT */
/* Rows of the audit log about a child in words. */
#ifndef HEARTH_WEB_PAGES_SEEN_WORDS_H
#define HEARTH_WEB_PAGES_SEEN_WORDS_H

#include "base/arena.h"
#include "base/text.h"

/* "Looked at the record"; for an act that is not known, "Did something else". */
const char *seen_act(struct text act);

/* The same for a young person: "looked at your record". */
const char *seen_act_plain(struct text act);

/* "about me, needs, homes" for "about needs homes". */
const char *seen_fields(struct arena *arena, struct text fields);

#endif
