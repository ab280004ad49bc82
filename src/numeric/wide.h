/* SPDX-License-Identifier: MIT */
/*
 * Whole numbers of 128 bits: sums of products of scores and pence are exact in them.
 *
 * The one rule: sums are kept as whole numbers for as long as they can be and rounded once, so that
 * they are the same in any order, for any compiler and any number of threads.
 */
#ifndef HEARTH_NUMERIC_WIDE_H
#define HEARTH_NUMERIC_WIDE_H

#include <stdint.h>

__extension__ typedef __int128 numeric_wide;
__extension__ typedef unsigned __int128 numeric_wide_unsigned;

#endif
