/* SPDX-License-Identifier: MIT */
/* Views that wait beside a record, for whoever is about to copy all of it. */
#ifndef HEARTH_PEOPLE_AUDIT_WAITING_H
#define HEARTH_PEOPLE_AUDIT_WAITING_H

#include "people/audit.h"

/* Takes over into the log what waits beside the record at `place` (with its key, as store_open_with
 * takes it), if anything does. */
bool audit_post_waiting(const char *place, const char *key_file, struct error *error) MUST_CHECK;

#endif
