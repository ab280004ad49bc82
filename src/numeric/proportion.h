/* SPDX-License-Identifier: MIT */
/* Proportions, in percent. */
#ifndef HEARTH_NUMERIC_PROPORTION_H
#define HEARTH_NUMERIC_PROPORTION_H

#include <stdint.h>

#include "numeric/moments.h"

/* 100 count / n with the score interval of Wilson (1927), no continuity correction, in percent:
 * (p + z^2/2n +- z sqrt(p (1 - p) / n + z^2/4n^2)) / (1 + z^2/n). All NAN for n = 0. */
struct estimate wilson(int64_t count, int64_t n);

#endif
