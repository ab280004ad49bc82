/* SPDX-License-Identifier: MIT */
/*
 * Parts of pages that follow from the record in memory alone, kept for as long as that is: drawn
 * for the first who asks, shown to all who may see the same.
 *
 * The one rule: what a part depends on besides the snapshot is in its number.
 */
#ifndef HEARTH_WEB_KEPT_PARTS_H
#define HEARTH_WEB_KEPT_PARTS_H

#include "base/text.h"

struct kept_parts;

/* NULL when memory ran out: nothing is kept. */
struct kept_parts *kept_parts_open(void);
void kept_parts_close(struct kept_parts *parts); /* accepts NULL */

/* {NULL, 0} when there is none of that number; it lives as long as `parts`. */
struct text kept_part(struct kept_parts *parts, uint64_t number);

/* Keeps a copy while there is room. Returns it, or `part` itself. */
struct text keep_part(struct kept_parts *parts, uint64_t number, struct text part);

#endif
