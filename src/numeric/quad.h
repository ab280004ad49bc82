/* SPDX-License-Identifier: MIT */
/*
 * Binary floating point of 113 bits (IEEE 754 binary128): the one rounding of what is exact before.
 *
 * Only + - * / and conversions are used, which compilers do without a library of their own:
 * `__float128` of gcc and clang on x86-64, `long double` where that is the same format (aarch64).
 */
#ifndef HEARTH_NUMERIC_QUAD_H
#define HEARTH_NUMERIC_QUAD_H

#include <float.h>

#if LDBL_MANT_DIG == 113
typedef long double numeric_quad;
#elif defined(__SIZEOF_FLOAT128__) || defined(__x86_64__)
__extension__ typedef __float128 numeric_quad;
#else
#error "Hearth needs a floating point type of 113 bits"
#endif

#endif
