/* SPDX-License-Identifier: MIT */
/*
 * Doubles in decimal digits, quickly: what "%.15g", "%.16g" and "%.17g" print, the first that reads
 * back.
 *
 * The one rule: exact whole-number arithmetic decides, so that the digits are those of the C
 * library.
 */
#ifndef HEARTH_BASE_DECIMAL_H
#define HEARTH_BASE_DECIMAL_H

#include <stdbool.h>

enum { DECIMAL_SIZE = 32 };

/* Writes the digits of 0 and of numbers of a size from 0.0001 to below 9e14; false for all others.
 */
bool decimal_text(double number, char out[DECIMAL_SIZE]);

#endif
