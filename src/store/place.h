/* SPDX-License-Identifier: MIT */
/* The file a record is in, before a database looks into it. */
#ifndef HEARTH_STORE_PLACE_H
#define HEARTH_STORE_PLACE_H

#include "store/database.h"

/* Sees that there is a file, not somebody else's link, to which not everybody may write; to write
 * it is made where there is none, for its owner only. ERROR_MISSING when there is none to read. */
bool place_check(const char *place, enum database_mode mode, struct error *error) MUST_CHECK;

#endif
