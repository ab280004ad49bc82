/* SPDX-License-Identifier: MIT */
/*
 * Money is whole pence in an int64_t, MONEY_MISSING when unknown. 0 is a known amount.
 */
#ifndef HEARTH_BASE_MONEY_H
#define HEARTH_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define MONEY_MISSING INT64_MIN

/* £10,000 million: far more than any home costs, and small enough that sums over a nation fit. */
#define MONEY_LARGEST_PENCE INT64_C(1000000000000)

/* Pounds as digits with at most two decimals ("1234", "1234.5", "1234.50"): no sign, no £, no
 * thousands separator; at most MONEY_LARGEST_PENCE. */
bool money_parse(struct text text, int64_t *out_pence);

/* "£1,234.50", or "£1,235" when `whole`; "" when missing. Returns out. */
char *money_words(int64_t pence, bool whole, char out[40]);

#endif
