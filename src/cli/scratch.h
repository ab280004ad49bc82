/* SPDX-License-Identifier: MIT */
/* A folder of the command's own, for what is not kept. */
#ifndef HEARTH_CLI_SCRATCH_H
#define HEARTH_CLI_SCRATCH_H

#include "base/arena.h"

/* Makes an empty folder in $TMPDIR, else in /tmp, that only this user may enter. */
bool scratch_make(const char **out_folder, struct arena *arena, struct error *error) MUST_CHECK;

/* Takes the folder away with all that is in it; NULL does nothing. */
void scratch_remove(const char *folder);

#endif
