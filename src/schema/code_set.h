/* SPDX-License-Identifier: MIT */
/* Lists of codes with labels and the SSDA903 collection years in which each is valid. */
#ifndef HEARTH_SCHEMA_CODE_SET_H
#define HEARTH_SCHEMA_CODE_SET_H

#include "base/arena.h"
#include "base/text.h"

struct code {
	struct text code;
	struct text label;
	int first_year;	   /* collection year; 0 for no limit */
	int last_year;	   /* collection year; 0 for no limit */
	struct text group; /* what the set maps it to ("White", "male", "yes"), or empty */
};

struct code_set {
	const char *name;
	const struct code *codes;
	size_t count;	      /* at most 255 */
	const uint8_t *slots; /* open-addressing table of code index + 1, 0 for empty */
	size_t slot_mask;     /* size of slots less 1 */
};

/* Index of the code, spelled exactly so; -1 when it is not in the set. */
int code_set_find(const struct code_set *set, struct text code);

/* Makes slots of the codes; *out_again is the first code that stands in the set already, or count.
 */
bool code_set_index(struct code_set *set, struct arena *arena, size_t *out_again,
	struct error *error) MUST_CHECK;

/* Whether the code is valid in a collection year; any year when `year` is 0. */
static inline bool code_valid_in(const struct code *code, int year)
{
	return year == 0 || ((code->first_year == 0 || year >= code->first_year) &&
				    (code->last_year == 0 || year <= code->last_year));
}

#endif
