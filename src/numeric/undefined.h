/* SPDX-License-Identifier: MIT */
/* What has no value: a mean of nothing, an interval of one. */
#ifndef HEARTH_NUMERIC_UNDEFINED_H
#define HEARTH_NUMERIC_UNDEFINED_H

#include <math.h>

/* NAN itself is a float: passing it on as a double would be a promotion. */
#define UNDEFINED ((double)NAN)

#endif
