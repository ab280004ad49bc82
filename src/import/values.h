/* SPDX-License-Identifier: MIT */
/*
 * One value at a time: text to date, score, code and so on.
 *
 * The one rule: a reader says yes or no and repairs nothing. Texts are trimmed and not blank.
 */
#ifndef HEARTH_IMPORT_VALUES_H
#define HEARTH_IMPORT_VALUES_H

#include "import/hash.h"
#include "schema/code_set.h"

/* yyyy-mm-dd or dd/mm/yyyy of a day that exists, years 1 to 9999. */
bool value_date(struct text text, int32_t *out_days);

/* dd/mm/yyyy with zz (or zzzz) for parts that are not known, or a date. */
bool value_partial_date(struct text text);

/* Digits only, at most `most`. */
bool value_score(struct text text, unsigned most, uint8_t *out_score);

/* Digits, perhaps a point and digits. 999.9 is the DfE's "not computable": no fault, NAN. */
bool value_distance(struct text text, double *out_miles);

/* 2000 to 2099. */
bool value_year(struct text text, int16_t *out_year);

/* The codes of a set that have at most eight bytes, as numbers in a hash table. */
struct code_lookup {
	const struct code_set *set;
	uint64_t *words; /* 0 for empty */
	int16_t *codes;
	unsigned shift;
};

bool code_lookup_open(struct code_lookup *out_lookup, struct arena *arena,
	const struct code_set *set, struct error *error) MUST_CHECK;

/* Index of the code in its set, -1 when it is not there. */
static inline int code_lookup_find(const struct code_lookup *lookup, struct text text)
{
	uint64_t word;

	if (text.length > 8)
		return code_set_find(lookup->set, text);
	word = hash_word(text);
	for (size_t slot = word * UINT64_C(0x9E3779B97F4A7C15) >> lookup->shift;;
		slot = (slot + 1) & ((UINT64_C(1) << (64 - lookup->shift)) - 1)) {
		if (!lookup->words[slot])
			return -1;
		/* a word of zero bytes only differs from its code in length */
		if (lookup->words[slot] == word)
			return lookup->codes[slot];
	}
}

#endif
